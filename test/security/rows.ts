import type { Row } from './register';

const secrets = 'test/security/secrets/secrets.test.ts';

/** Threats, and what the tests hold against them. A row is shown by the test that names it with `inRegister`. */
export const rows = {
  'secrets.keys': {
    area: 'Secrets',
    threat: 'Somebody pastes a key, a token, a link that opens something, an MFA seed, a code or a card number',
    defence: 'Masked before the first write, by shape and context; the person reads what to replace and how',
    file: secrets,
    bar: { samples: 500, missed: 0.01 },
    figure: 'at most {missed%} of more than {samples} generated samples get through',
  },
  'secrets.passwords': {
    area: 'Secrets',
    threat: 'Somebody gives a password away in a sentence',
    defence: 'Masked by the words around it, in the 18 languages the bot speaks or recognises',
    file: secrets,
    bar: { samples: 500, missed: 0.05 },
    figure: 'at most {missed%} of more than {samples} sentences, hand-written ones by themselves too',
  },
  'secrets.false-alarms': {
    area: 'Secrets',
    threat: 'Harmless words are taken for a secret, and people learn to ignore the warning',
    defence: 'Account ids, request ids, telephone numbers, dates and plain sentences are left alone',
    file: secrets,
    bar: { samples: 2_000, alarms: 0.005 },
    figure: 'at most {alarms%} of more than {samples} texts, every known utterance among them',
  },
} as const satisfies Record<string, Row>;
