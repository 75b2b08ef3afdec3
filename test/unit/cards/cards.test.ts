import fc from 'fast-check';
import { byteLength } from '../../../src/cards/elements';
import { httpsOnly, inert, shorten } from '../../../src/cards/inert-text';
import { CARD_LIMIT_BYTES, MAX_BUTTONS_IN_A_ROW, MESSAGE_LIMIT_BYTES } from '../../../src/cards/limits';
import { replyCard } from '../../../src/cards/reply-card';
import { choiceOf, inputOf, ticketCard } from '../../../src/cards/ticket-card';
import type { Reply } from '../../../src/core/message';
import { type TicketEvent, ticketStates } from '../../../src/core/ticket';
import { ticketView as ticket } from '../../builders/ticket-view';
import { cardSchema, texts } from './card-schema';

// The package's main entry is for bundlers; this one runs in Node.
const AdaptiveCards = require('adaptivecards/dist/adaptivecards.js') as typeof import('adaptivecards');

const reply = (rest: Partial<Reply> = {}): Reply => ({
  name: 'a/b',
  say: [[{ text: 'Hello.' }]],
  buttons: [],
  links: [],
  ...rest,
});

/** Faults that our own strict shapes or the official library find. */
function faults(card: object): string[] {
  const parsed = cardSchema.safeParse(card);
  const ours = parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  const official = new AdaptiveCards.AdaptiveCard();
  official.hostConfig = new AdaptiveCards.HostConfig({ actions: { maxActions: MAX_BUTTONS_IN_A_ROW } });
  const context = new AdaptiveCards.SerializationContext();
  official.parse(card, context);
  const atParsing = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  return [...ours, ...atParsing, ...official.validateProperties().validationEvents.map(({ message }) => message)];
}

const full = reply({
  say: [[{ text: 'First ' }, { text: 'bold', bold: true }], [{ text: 'two\nlines' }]],
  steps: { first: 3, items: [[{ text: 'Open it.' }], [{ text: 'Close it.' }]] },
  note: [{ text: 'Never share a code.' }],
  buttons: [
    { id: 'solved', label: 'It worked' },
    { id: 'choose:iam', label: 'IAM user' },
  ],
  links: [{ label: 'The page', url: 'https://docs.aws.amazon.com/signin/' }],
});

describe('a reply as a card', () => {
  it.each([
    ['everything', full],
    ['words only', reply()],
    ['nothing at all', reply({ say: [], note: [{ text: '' }] })],
    [
      'a menu of 24',
      reply({ buttons: Array.from({ length: 24 }, (_, n) => ({ id: `choose:${n}`, label: `Topic ${n}` })) }),
    ],
  ])('is valid with %s', (_name, one) => {
    expect(faults(replyCard(one, 7))).toEqual([]);
  });

  it('carries what a press means, and a fallback for older clients', () => {
    const [first] = replyCard(full, 7).actions ?? [];
    expect(first).toEqual({
      type: 'Action.Execute',
      title: 'It worked',
      verb: 'solved',
      data: { press: 'solved', turn: 7 },
      fallback: { type: 'Action.Submit', title: 'It worked', data: { press: 'solved', turn: 7 } },
    });
  });

  it('numbers steps from where the page before ended', () => {
    const numbers = texts(replyCard(full, 1)).filter(({ text }) => /^\d+\.$/.test(text));
    expect(numbers.map(({ text }) => text)).toEqual(['3.', '4.']);
  });

  it('hides no button of a long menu', () => {
    const menu = replyCard(
      reply({ buttons: Array.from({ length: 24 }, (_, n) => ({ id: `b${n}`, label: `B${n}` })) }),
      1,
    );
    const verbs = texts(menu).filter(({ path }) => path.endsWith('.verb'));
    expect(verbs).toHaveLength(24);
  });

  it.each([
    'http://docs.aws.amazon.com/',
    'javascript:alert(1)',
    'https://me:secret@example.com/',
    'data:text/html,x',
    'not a url',
  ])('makes no link of %s', (url) => {
    expect(JSON.stringify(replyCard(reply({ links: [{ label: 'x', url }] }), 1))).not.toContain('OpenUrl');
    expect(httpsOnly(url, 2_000)).toBeNull();
  });
});

describe('a ticket as a card', () => {
  it.each(ticketStates)('is valid when %s', (state) => {
    expect(faults(ticketCard(ticket({ state })))).toEqual([]);
  });

  it('is valid with the least that can be known', () => {
    expect(
      faults(ticketCard(ticket({ facts: [], words: [], tried: [], rule: null, guide: null, actions: [] }))),
    ).toEqual([]);
  });

  it('asks for words where an action needs them', () => {
    const { body, actions: last = [] } = ticketCard(ticket());
    const seldom = body.findLast((element) => element.type === 'ActionSet')!.actions;
    const inputs = [...last, ...seldom].flatMap((action) =>
      action.type === 'Action.ShowCard' ? action.card.body.flatMap((one) => ('id' in one ? [one.id] : [])) : [],
    );
    expect(last.map(({ title }) => title)).toEqual(['Claim', 'Reply', 'Resolve', 'Show steps']);
    expect(seldom.map(({ title }) => title)).toEqual(['Internal note', 'Reassign', 'Snooze']);
    expect(inputs).toEqual([
      inputOf.reply,
      choiceOf.resolve,
      inputOf.resolve,
      inputOf.note,
      choiceOf.reassign,
      inputOf.reassign,
      choiceOf.snooze,
    ]);
  });

  it('hides the steps until they are wanted', () => {
    const { body } = ticketCard(ticket());
    const hidden = body.find((element) => element.id === 'ticket-1042-steps');
    expect(hidden).toMatchObject({ type: 'Container', isVisible: false });
    expect(ticketCard(ticket({ guide: null, actions: [] })).actions).toBeUndefined();
  });

  it('shows what was written since, with whose words they are, below what was said before', () => {
    const wrote = (text: string): TicketEvent => ({
      ticket: 1042,
      at: 1,
      actor: 'Ada',
      action: 'user_message',
      before: 'open',
      after: 'open',
      text,
    });
    const note: TicketEvent = { ...wrote('for admins'), actor: 'Grace', action: 'note' };
    const shown = texts(ticketCard(ticket({ history: [wrote('it was stolen'), note, wrote('at the airport')] })));
    const from = shown.findIndex(({ text }) => text === 'In their own words');
    expect(
      shown
        .slice(from)
        .filter(({ path }) => path.endsWith('.inlines.text'))
        .slice(0, 5)
        .map(({ text }) => text),
    ).toEqual([
      'In their own words',
      'lost my phone',
      'Written since',
      'Ada: it was stolen',
      'Grace (internal note): for admins',
    ]);
  });

  it.each(['x', '語', '{', '"', '\ud800', '\n', '👩‍💻', 'a\nb'])(
    'shortens a flood of %j with a mark that can be seen, and stays below what Teams accepts',
    (unit) => {
      const long = unit.repeat(20_000);
      const many = Array.from({ length: 100 }, () => long);
      const card = ticketCard(
        ticket({
          person: { name: long, id: 'x', platform: long },
          title: long,
          stateText: long,
          roleText: long,
          notVerified: long,
          facts: many.map((value) => ({ label: value, value })),
          words: many,
          tried: many,
          history: many.map((text) => ({ ...ticket().history[0]!, action: 'user_message', text })),
          rule: { id: long, user: long, reason: long, source: 'https://example.com/' },
          verify: long,
          guide: {
            title: long,
            console: many.map((text) => [{ text }]),
            cli: many,
            permissions: many,
            mind: many.map((text) => [{ text }]),
            links: many.map((label) => ({ label, url: 'https://example.com/' })),
          },
        }),
      );
      expect(byteLength(card)).toBeLessThanOrEqual(CARD_LIMIT_BYTES);
      expect(CARD_LIMIT_BYTES).toBeLessThan(MESSAGE_LIMIT_BYTES);
      expect(JSON.stringify(card)).toContain('left out');
      expect(faults(card)).toEqual([]);
    },
  );
});

const hostile = [
  '[free money](https://evil.example)',
  '**bold** _italic_ `code`',
  '{{DATE(2026-11-23T09:00:00Z,SHORT)}}',
  '{{{TIME(2026-11-23T09:00:00Z)}}}',
  '<at>everyone</at>',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '<!channel> <@U123> <mailto:a@b.example>',
  '\u202egnp.exe\u202c',
  'a\u0000b\u0007c\u001b[31m',
  '\ud800 alone',
  '${expression} ${$root.secret}',
  'line\r\nbreak\u2028here',
  '![pic](https://evil.example/x.png)',
];

describe('words of people', () => {
  it.each(hostile)('come out inert: %j', (text) => {
    const card = ticketCard(
      ticket({
        person: { name: text, id: text, platform: 'web' },
        words: [text],
        facts: [{ label: 'Said', value: text }],
        tried: [text],
        claimedBy: text,
        stateText: text,
      }),
    );
    expect(faults(card)).toEqual([]);
    const json = JSON.stringify(card);
    expect(json).not.toMatch(/\{\{/);
    expect(json).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    expect(json).not.toContain('"TextBlock"');
    expect(json).not.toContain('"msteams"');
  });

  it('stay readable', () => {
    expect(inert('see [x](y) & <b>this</b>')).toBe('see [x](y) & <b>this</b>');
    expect(inert('مرحبا שלום 👩‍💻')).toBe('مرحبا שלום 👩‍💻');
  });

  it('stand nowhere but in a TextRun: 10,000 strings', () => {
    // Every text of a person contains the mark; so nothing outside TextRun.text may contain it.
    const mark = 'Zq7';
    const words = fc
      .oneof(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.constantFrom(...hostile),
      )
      .map((text) => `${mark}${text}`);
    fc.assert(
      fc.property(words, words, words, words, (one, two, three, four) => {
        const cards = [
          ticketCard(
            ticket({
              person: { name: one, id: two, platform: 'web' },
              words: [one, three],
              facts: [{ label: 'Said', value: four }],
              tried: [one],
              claimedBy: one,
              stateText: `taken by ${two}`,
            }),
          ),
          replyCard(
            reply({
              say: [[{ text: two }]],
              note: [{ text: three, bold: true }],
              steps: { first: 1, items: [[{ text: four }]] },
            }),
            1,
          ),
        ];
        for (const card of cards) {
          for (const { path, type, text } of texts(card)) {
            if (text.includes(mark) && (type !== 'TextRun' || !path.endsWith('.inlines.text')))
              throw new Error(`words of a person in ${path} of ${type}`);
            if (text.includes('{{')) throw new Error(`a function is left in ${path}`);
          }
        }
      }),
      { numRuns: 2_500 },
    );
  }, 60_000);

  it('never make a card too large or invalid: any text in any place', () => {
    const any = fc.string({ unit: 'binary', maxLength: 3_000 });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 30 }), any, (list, one) => {
        const card = ticketCard(
          ticket({
            words: list,
            tried: list,
            title: one,
            verify: one,
            facts: list.map((value) => ({ label: one, value })),
          }),
        );
        expect(byteLength(card)).toBeLessThanOrEqual(CARD_LIMIT_BYTES);
        expect(cardSchema.safeParse(card).error).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });
});

describe('shortening', () => {
  it('never exceeds the limit, never cuts a character in half, and says how much is gone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.integer({ min: 50, max: 300 }), (text, limit) => {
        const short = shorten(text, limit);
        expect(short.length).toBeLessThanOrEqual(limit);
        if (text.length <= limit) expect(short).toBe(text);
        else expect(short).toMatch(/… \([\d,]+ characters left out\)$/);
        expect(short).not.toMatch(/\p{Surrogate}/u);
      }),
    );
  });
});
