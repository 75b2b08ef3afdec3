import type { AccountType } from '../core/understanding';

/**
 * Which kind of account a text says it is about. A small grammar over words, not a classifier: a wrong guess sends people
 * to somebody who may not help them, so what is not said stays unsaid.
 */
export interface AccountTypeClaim {
  type: AccountType;
  /** `own`: "my IAM user", "I'm root" · `named`: "root password" · `bare`: the word alone. */
  strength: 'own' | 'named' | 'bare';
  /** Identity Center by its name, not as "SSO" or "the portal". */
  explicit: boolean;
}

interface Mention {
  type: AccountType;
  start: number;
  end: number;
  strength: number;
  explicit: boolean;
}

const set = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Words that make a type's name speak of an account: "root password", "IAM login". */
const accountNouns = set(
  'user users account accounts acct acc login logins logon signin sign log password passwords passwort pw pwd passwd pass mfa 2fa ' +
    'credentials credential creds cred email mail e address username name id access authenticator code codes token device person one ' +
    'identity owner pass passcode passkey entry otp totp sms profile guy holder phone yubikey key login',
);
const personNouns = set('user users account accounts acct acc access login logins logon owner one person holder');
const rootIsNot = set(
  'cause causes causing directory dir folder folders path certificate cert certificates ca volume volumes device disk partition shell domain ' +
    'zone zones filesystem prompt privileges node element file project module hash',
);
const beforeOtherRoot = set(
  'sudo square ssh linux unix mysql postgres database db ubuntu debian kernel server instance ec2 docker container',
);
const iamIsTopic = set(
  'policy policies role roles permission permissions group groups service services analyzer condition conditions database best practice ' +
    'practices dashboard api cli authentication auth anywhere boundary boundaries statement docs documentation resource terraform ' +
    'simulator settings principal arn action actions document',
);
/** What follows "I am" when somebody writes it "iam". */
const afterIAm = set(
  'not trying unable getting a an the locked stuck having using in new on still also just at from sure facing seeing looking able ' +
    'receiving logged logging signing confused asked told being going so very out lost missing working really currently always only ' +
    'afraid sorry here back done ready root owner travelling traveling abroad waiting attempting setting having seeing asking requesting ' +
    'needing wanting supposed admin administrator developer student unsure certain worried blocked prompted required forced redirected ' +
    'authorized authorised denied allowed your our my too never now no one sitting writing calling contacting under with without about ' +
    'as federated happy fine good ok okay well tired done',
);
const servicePrepositions = set('in under via through inside within using from by when if does did');
const corporate = set(
  'company corporate corp work workplace office employee employees enterprise business network staff internal',
);
const corporateNouns = set(
  'login logins logon credentials credential creds sso password pw username id signin sign identity',
);
const otherPortals = set(
  'customer hr support billing partner partners training service student learning developer vendor supplier admin payroll academy academic skills',
);
const articles = set(
  'a an the my our this that aws amazon as only normal regular just plain simple standard actual single main new old own company',
);
const ownWords = set('my our im am as mine being ours use using have got were');
const negators = set('not isnt arent wasnt never nor aint non');
const softNegators = set('no without dont doesnt havent didnt');
const afterNegator = set(
  'a an the my as use have used really using to for aws any of than been had be got in with user account it actually this that',
);
const corrections = set('no nope sorry actually wait meant mean correction rather instead oops scratch');
const doubts = set('if whether which');
const doubtVerbs = set(
  'know sure idea clue unsure check tell find wonder wondering see certain remember understand matter',
);
const betweenChoices = set(
  'or vs versus and a an the user users account accounts login maybe perhaps even is it an nor as both aws my well',
);

const identityProviders = set(
  'okta entra adfs onelogin jumpcloud pingfederate pingone pingidentity keycloak auth0 shibboleth forgerock gsuite',
);
const federatedWords = set('federated federation saml idp idps');
const awsWords = set('aws amazon console awsapps sso iam');

/** The type the words speak of, or null. @param signs the cleaned text, for the comma in "no, IAM" */
export function findAccountType(words: readonly string[], signs: string): AccountTypeClaim | null {
  const all = mentions(words);
  if (all.length === 0) return null;
  const found = all.filter((mention) => !isDenied(mention, words, signs) && !isDoubted(mention, words));
  const claims = withoutChoices(found, words);
  if (claims.length === 0) return null;
  const winner = winnerOf(claims, words);
  return (
    winner && {
      type: winner.type,
      strength: winner.strength >= 3 ? 'own' : winner.strength >= 2 ? 'named' : 'bare',
      explicit: winner.explicit,
    }
  );
}

function winnerOf(claims: readonly Mention[], words: readonly string[]): Mention | null {
  const first = claims[0] as Mention;
  const last = claims[claims.length - 1] as Mention;
  if (first.type !== last.type) {
    for (let i = first.end; i < last.start; i++) if (corrections.has(words[i] as string)) return last;
  }
  const strongest = Math.max(...claims.map((claim) => claim.strength));
  const best = claims.filter((claim) => claim.strength === strongest);
  // "Identity Center with Okta behind it" is Identity Center; where the password lives is another entity.
  const center = claims.find((claim) => claim.type === 'identity_center');
  if (center?.explicit && claims.every((claim) => claim.type === 'identity_center' || claim.type === 'federated'))
    return center;
  return best[0] ?? null;
}

/** Words that a mention can start with; all others are passed over at once. */
const starters = new Set([
  ...'root owner holder own email mail iam aim i identity identitycenter idc sso single awsapps start portal active ad windows domain directory ldap azure google ping'.split(
    ' ',
  ),
  ...federatedWords,
  ...corporate,
  ...identityProviders,
]);

function mentions(words: readonly string[]): Mention[] {
  const found: Mention[] = [];
  for (let i = 0; i < words.length; i++) {
    const mention = starters.has(words[i] as string) ? mentionAt(words, i) : null;
    if (!mention) continue;
    if (mention.strength < 3 && isOwn(mention, words)) mention.strength = 3;
    found.push(mention);
    i = Math.max(i, mention.end - 1);
  }
  return found;
}

function mentionAt(words: readonly string[], i: number): Mention | null {
  const word = words[i] as string;
  const next = words[i + 1] ?? '';
  const before = words[i - 1] ?? '';
  const make = (type: AccountType, length: number, strength: number, explicit = false): Mention => ({
    type,
    start: i,
    end: i + length,
    strength,
    explicit,
  });
  switch (word) {
    case 'root':
      if (rootIsNot.has(next) || beforeOtherRoot.has(before)) return null;
      if (next === 'of' && !words.slice(i + 2, i + 6).some((w) => w === 'account' || w === 'organization')) return null;
      return make('root', accountNouns.has(next) ? 2 : 1, accountNouns.has(next) || before === 'as' ? 2 : 1);
    case 'owner':
    case 'holder':
      return ownerClaim(words, i) ? make('root', 1, 3) : null;
    case 'owners':
      return null;
    case 'own':
      return before === 'i' && words.slice(i + 1, i + 5).some((w) => w === 'account' || w === 'acct')
        ? make('root', 1, 3)
        : null;
    case 'email':
    case 'mail':
      return words.length <= 7 &&
        (next === 'login' || next === 'one' || (next === 'address' && words[i + 2] === 'login'))
        ? make('root', 2, 2)
        : null;
    case 'iam':
    case 'aim':
      return iamMention(words, i, make);
    case 'i':
      // "my I AM user"
      if (next === 'am' && words[i + 2] === 'user' && (articles.has(before) || before === 'an'))
        return make('iam', 3, 2);
      return null;
    case 'identity':
      if (next === 'center' || next === 'centre') return make('identity_center', 2, 2, true);
      if (next === 'provider' || next === 'providers') return make('federated', 2, 2);
      return null;
    case 'identitycenter':
    case 'idc':
      return make('identity_center', 1, 2, true);
    case 'sso':
      return corporate.has(before) || isProvider(words, i - 1)
        ? make('federated', 1, 2)
        : make('identity_center', accountNouns.has(next) ? 2 : 1, accountNouns.has(next) || before === 'aws' ? 2 : 1);
    case 'single':
      if (next === 'sign' && (words[i + 2] === 'on' || words[i + 2] === 'in')) {
        return corporate.has(before) ? make('federated', 3, 2) : make('identity_center', 3, 1);
      }
      return null;
    case 'awsapps':
      return make('identity_center', 1, 2);
    case 'start':
      return next === 'page' || next === 'url' ? make('identity_center', 2, 2) : null;
    case 'portal':
      return portalMention(words, i, make);
    default:
      return federatedMention(words, i, make);
  }
}

type Make = (type: AccountType, length: number, strength: number, explicit?: boolean) => Mention;

function iamMention(words: readonly string[], i: number, make: Make): Mention | null {
  const next = words[i + 1] ?? '';
  const before = words[i - 1] ?? '';
  if (next === 'identity' && (words[i + 2] === 'center' || words[i + 2] === 'centre'))
    return make('identity_center', 3, 2, true);
  if (words[i] === 'aim')
    return personNouns.has(next) || next === 'password' || next === 'credentials' ? make('iam', 2, 2) : null;
  if (iamIsTopic.has(next)) return null;
  const choice = before === 'or' || before === 'vs' || before === 'versus';
  const pointed =
    choice || articles.has(before) || before === 'an' || before === 'is' || before === 'its' || before === 'not';
  if (!pointed && afterIAm.has(next)) return null;
  if (accountNouns.has(next)) return make('iam', 2, 2);
  if (servicePrepositions.has(before)) return null;
  const said = pointed || before === 'as' || before === 'im' || before === 'am';
  return said || words.length <= 8 ? make('iam', 1, said ? 2 : 1) : null;
}

function portalMention(words: readonly string[], i: number, make: Make): Mention | null {
  const next = words[i + 1] ?? '';
  const before = words[i - 1] ?? '';
  if (otherPortals.has(before) || otherPortals.has(words[i - 2] ?? '')) return null;
  if (before === 'access' || before === 'aws' || before === 'user') return make('identity_center', 1, 2);
  if (personNouns.has(next) || next === 'password' || next === 'username') return make('identity_center', 2, 2);
  return words.length <= 3 ? make('identity_center', 1, 1) : null;
}

function federatedMention(words: readonly string[], i: number, make: Make): Mention | null {
  const word = words[i] as string;
  const next = words[i + 1] ?? '';
  if (federatedWords.has(word)) return make('federated', 1, 2);
  if (word === 'active' && next === 'directory') return make('federated', 2, 2);
  if (word === 'ad' && (next === 'fs' || accountNouns.has(next))) return make('federated', 2, 2);
  if (
    (word === 'windows' || word === 'domain' || word === 'directory' || word === 'ldap') &&
    corporateNouns.has(next)
  ) {
    return make('federated', 2, 2);
  }
  if (corporate.has(word) && corporateNouns.has(next)) return make('federated', 2, 2);
  if (isProvider(words, i)) {
    const about = words.length <= 3 || words.some((w) => awsWords.has(w));
    return about ? make('federated', 1, 2) : null;
  }
  return null;
}

/** Names of identity providers that people sign in to AWS through. Authenticator apps of the same makers are not meant. */
function isProvider(words: readonly string[], i: number): boolean {
  const word = words[i];
  const next = words[i + 1];
  if (word === undefined) return false;
  if (word === 'okta') return next !== 'verify';
  if (identityProviders.has(word)) return true;
  if (word === 'azure') return next === 'ad' || next === 'active';
  if (word === 'google') return next === 'workspace' || next === 'sso';
  if (word === 'ping') return next === 'identity' || next === 'federate' || next === 'one';
  return false;
}

function ownerClaim(words: readonly string[], i: number): boolean {
  for (let k = i - 1; k >= 0 && k >= i - 6; k--) {
    const word = words[k] as string;
    if (word === 'as' || word === 'im' || word === 'am' || word === 'iam' || word === 'being' || word === 'me')
      return mentionsAccount(words, i);
    if (!articles.has(word) && word !== 'account' && word !== 'acct' && word !== 'sole' && word !== 'registered') break;
  }
  const next = words[i + 1] ?? '';
  return (
    next === 'login' ||
    next === 'password' ||
    next === 'credentials' ||
    (words.length <= 4 && mentionsAccount(words, i))
  );
}

function mentionsAccount(words: readonly string[], i: number): boolean {
  for (let k = Math.max(0, i - 3); k < Math.min(words.length, i + 6); k++) {
    if (words[k] === 'account' || words[k] === 'acct' || words[k] === 'aws') return true;
  }
  return false;
}

/** "my", "I'm", "as" and the like before the name, with only small words between. */
function isOwn({ start }: Mention, words: readonly string[]): boolean {
  for (let i = start - 1; i >= 0 && i >= start - 4; i--) {
    const word = words[i] as string;
    if (ownWords.has(word)) return true;
    if (!articles.has(word) && word !== 'users' && word !== 'an') return false;
  }
  return false;
}

function isDenied({ start, end }: Mention, words: readonly string[], signs: string): boolean {
  for (let i = start - 1; i >= 0 && i >= start - 5; i--) {
    const word = words[i] as string;
    if (negators.has(word)) return true;
    if (word === 'of' && words[i - 1] === 'instead') return true;
    if (word === 'than' && words[i - 1] === 'rather') return true;
    if (softNegators.has(word)) {
      if (word === 'no' && /\bno\s*[,.;:!-]/i.test(signs)) return false;
      // "no root password" speaks of root; "no root user" does not.
      const last = words[end - 1] as string;
      return end - start === 1 || personNouns.has(last);
    }
    if (!afterNegator.has(word)) return false;
  }
  return false;
}

/** "not sure if I'm root", "am I an IAM user?" */
function isDoubted({ start }: Mention, words: readonly string[]): boolean {
  for (let i = start - 1; i >= 0 && i >= start - 5; i--) {
    const word = words[i] as string;
    if (word === 'i' && words[i - 1] === 'am' && words[i - 2] !== 'i') return true;
    if (doubts.has(word)) return words.slice(Math.max(0, i - 3), i).some((w) => doubtVerbs.has(w));
  }
  return false;
}

/** Drops types that are only offered as a choice: "root or IAM", "IAM vs root". */
function withoutChoices(found: readonly Mention[], words: readonly string[]): Mention[] {
  const dropped = new Set<Mention>();
  for (let m = 1; m < found.length; m++) {
    const left = found[m - 1] as Mention;
    const right = found[m] as Mention;
    if (left.type === right.type) continue;
    const between = words.slice(left.end, right.start);
    const choice =
      between.length === 0
        ? right.strength < 3
        : between.some((w) => w === 'or' || w === 'vs' || w === 'versus' || w === 'and');
    if (choice && between.every((w) => betweenChoices.has(w))) {
      dropped.add(left);
      dropped.add(right);
    }
  }
  return found.filter((mention) => !dropped.has(mention));
}

/** The grammar's own words; spelling must leave them alone and may correct towards them. */
export const grammarWords: readonly string[] = [
  ...new Set([
    ...accountNouns,
    ...iamIsTopic,
    ...corporate,
    ...identityProviders,
    ...federatedWords,
    ...'root owner holder iam aim identity center centre identitycenter idc sso single awsapps portal active directory azure'.split(
      ' ',
    ),
  ]),
];
