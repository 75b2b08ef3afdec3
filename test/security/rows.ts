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
  'permissions.table': {
    area: 'Who may do what',
    threat: 'Somebody presses a button on a ticket that is not theirs to press',
    defence:
      'One table of role, action and state (src/core/permissions.ts), asked when the press is handled, with the identity the platform signed; the refusal is private and says who may',
    file: 'test/security/permissions/role-action-state.test.ts',
    bar: { cells: 252 },
    figure: 'every cell of the table, {cells} at least, played on the whole bot',
  },
  'permissions.other-side': {
    area: 'Who may do what',
    threat: 'Somebody asks on one platform and acts on their own ticket from the other',
    defence: 'Nobody acts on a ticket of somebody of the same name on the other platform',
    file: 'test/security/permissions/role-action-state.test.ts',
    bar: { spellings: 4 },
    figure: '{spellings} spellings of the name, all refused',
  },
} as const satisfies Record<string, Row>;
