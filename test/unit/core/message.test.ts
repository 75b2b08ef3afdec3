import { incomingSchema, plain, type Reply, replyText } from '../../../src/core/message';

const words = (text: string) => [{ text }];
const reply = (parts: Partial<Reply> = {}): Reply => ({
  name: 'mfa-lost/iam',
  say: [words('Hello.')],
  buttons: [],
  links: [],
  ...parts,
});

describe('replyText', () => {
  test('is what a person reads, actions numbered, parts parted by a blank line', () => {
    const text = replyText(
      reply({
        say: [[{ text: 'You sign in as ' }, { text: 'root', bold: true }, { text: '.' }], words('Two things.')],
        steps: { first: 1, items: [words('Open it.'), [{ text: 'Press ' }, { text: 'Next', bold: true }]] },
        note: words('That is all.'),
        buttons: [{ id: 'solved', label: 'That worked' }],
        links: [{ label: 'Page', url: 'https://docs.aws.amazon.com/' }],
      }),
    );
    expect(text).toBe('You sign in as root.\n\nTwo things.\n\n1. Open it.\n2. Press Next\n\nThat is all.');
  });

  test('a later page goes on counting', () => {
    expect(replyText(reply({ say: [], steps: { first: 7, items: [words('Last one.')] } }))).toBe('7. Last one.');
  });

  test('an empty list of actions leaves no trace', () => {
    expect(replyText(reply({ steps: { first: 1, items: [] } }))).toBe('Hello.');
  });
});

test('plain joins the runs of a line and drops their boldness', () => {
  expect(plain([{ text: 'a' }, { text: 'b', bold: true }, { text: 'c' }])).toBe('abc');
});

describe('incomingSchema', () => {
  const envelope = {
    key: 'k1',
    platform: 'web',
    conversation: 'c1',
    person: { id: 'ada', name: 'Ada', member: true },
    at: 1,
  };

  test.each([
    { ...envelope, kind: 'text', text: 'hi', secrets: [] },
    { ...envelope, kind: 'press', press: 'choose:iam', turn: 3 },
    { ...envelope, kind: 'press', press: 'solved' },
    { ...envelope, kind: 'file', name: 'screen.png' },
    { ...envelope, kind: 'ticket_action', ticket: 1001, action: 'claim', text: '', secrets: [] },
  ])('takes %j', (incoming) => {
    expect(incomingSchema.parse(incoming)).toEqual(incoming);
  });

  test.each([
    ['no key', { ...envelope, key: '', kind: 'file', name: 'x' }],
    ['an unknown platform', { ...envelope, platform: 'fax', kind: 'file', name: 'x' }],
    ['an unknown kind', { ...envelope, kind: 'dance' }],
    ['a made-up action', { ...envelope, kind: 'ticket_action', ticket: 1, action: 'delete', text: '', secrets: [] }],
    ['something extra', { ...envelope, kind: 'file', name: 'x', admin: true }],
  ])('refuses %s', (_what, incoming) => {
    expect(incomingSchema.safeParse(incoming).success).toBe(false);
  });
});
