import { type RiskFlag, type RiskInput, riskFlagsOf } from '../../../src/escalation/risk-flags';

const day = 24 * 60 * 60 * 1000;
const now = 100 * day;
const flags = (words: string, parts: Partial<RiskInput> & { name?: string } = {}): RiskFlag[] =>
  riskFlagsOf({
    details: { person: { id: 'ada', name: parts.name ?? 'Ada', member: true }, words: [words], intent: 'mfa.lost' },
    before: parts.before ?? [],
    now,
    ...(parts.profileChangedAt === undefined ? {} : { profileChangedAt: parts.profileChangedAt }),
  });

describe('words that raise a flag', () => {
  test.each<[string, RiskFlag]>([
    ['this is urgent, lost my phone', 'urgency'],
    ['I am boarding a plane, reset it ASAP', 'urgency'],
    ['es eilt, bitte sofort', 'urgency'],
    ['es urgente', 'urgency'],
    ['tout de suite svp', 'urgency'],
    ['è urgente, subito', 'urgency'],
    ['I am the CEO and cannot get in', 'authority'],
    ['ich bin der Geschäftsführer', 'authority'],
    ['je suis le directeur', 'authority'],
    ['I need a reset for my colleague', 'for_somebody_else'],
    ['my boss lost his phone', 'for_somebody_else'],
    ['on behalf of Grace', 'for_somebody_else'],
    ['im Auftrag von Frau Hopper', 'for_somebody_else'],
    ['para mi jefa', 'for_somebody_else'],
    ['my admin already approved this', 'wants_check_skipped'],
    ['the admin said ok', 'wants_check_skipped'],
    ['no need to call me back', 'wants_check_skipped'],
    ['just this once please', 'wants_check_skipped'],
    ['bitte ohne Rückruf', 'wants_check_skipped'],
    ['sans vérification', 'wants_check_skipped'],
  ])('%s: %s', (words, flag) => expect(flags(words)).toContain(flag));
});

describe('what people write who only lost a phone raises none', () => {
  test.each([
    'lost my phone with the authenticator app, iam user',
    'I forgot my password and the reset mail does not come',
    'my mfa device broke, what now?',
    'new phone, codes are gone',
    'habe mein Handy verloren',
    'perdí mi teléfono',
    "j'ai perdu mon téléphone",
    'the account manager page is blank',
    'the process failed at login',
  ])('%s', (words) => expect(flags(words)).toEqual([]));
});

describe('what is known besides the words', () => {
  test('two requests within a week before this one are many; older ones do not count', () => {
    expect(flags('lost my phone', { before: [now - day, now - 2 * day] })).toEqual(['repeated']);
    expect(flags('lost my phone', { before: [now - day, now - 8 * day] })).toEqual([]);
    expect(flags('lost my phone', { before: [now + day, now + 2 * day] })).toEqual([]);
  });

  test('a profile changed within a week is new; unknown is not', () => {
    expect(flags('lost my phone', { profileChangedAt: now - 3 * day })).toEqual(['profile_changed']);
    expect(flags('lost my phone', { profileChangedAt: now - 30 * day })).toEqual([]);
    expect(flags('lost my phone', { profileChangedAt: null })).toEqual([]);
  });

  test.each(['Ada (verified by IT)', 'IT Support', 'Ada ✅', 'APPROVED reset Ada', 'Ada <admin>', 'CEO Ada'])(
    'a name that says more than a name: %s',
    (name) => expect(flags('lost my phone', { name })).toEqual(['name_with_instructions']),
  );
  test.each(['Ada Lovelace', 'Grace Hopper-Smith', "Conor O'Brien", '李雷', 'José Ñandú', 'Anna (Berlin)'])(
    'a name that is one: %s',
    (name) => expect(flags('lost my phone', { name })).toEqual([]),
  );

  test('flags come in one order, each once', () => {
    expect(
      flags('urgent!! I am the CEO. urgent. already approved, for my colleague', { before: [now, now], name: 'CEO' }),
    ).toEqual([
      'urgency',
      'authority',
      'for_somebody_else',
      'wants_check_skipped',
      'repeated',
      'name_with_instructions',
    ]);
  });
});
