import { join } from 'node:path';
import { expandPatterns } from '../../../src/content/patterns';
import type { TrainingRow } from '../../../src/core/understanding';
import { readVocabulary } from '../../../src/understanding';

const intents = join(__dirname, '../../../intents');
export const { entities, languages } = readVocabulary(intents);

/** A few intents with plain wording: enough to see the machinery work, and trained in a moment. */
export const rows: TrainingRow[] = expandPatterns(`
== mfa.lost
[lost|broke|misplaced] my [phone|token|authenticator], no [codes|mfa]
my [mfa device|security key] is [gone|stolen|broken]
== password.forgot
[forgot|lost] my [password|pw|login password]
need to [reset|recover] [my|the] password
my password [has expired|is unknown]
== account.manage
[change|replace|update] [our|the] [credit card|payment method|billing contact]
[close|cancel] [my|our] account
== signin.cannot_sign_in
[can't|unable to] [log in|sign in] to [aws|the console]
my correct login is [refused|rejected]
== act.thanks
[thanks|thank you|cheers][ a lot|]
== oos
[weather|joke|recipe|football|music|printer] [please|today|for me|tomorrow]
[s3|lambda|ec2|terraform] [permission denied|timeout|error]
`).map(({ text, intent }) => ({ text, intent }));
