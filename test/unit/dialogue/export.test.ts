import fc from 'fast-check';
import { BUDGETS, CARD_LIMIT_BYTES } from '../../../src/cards/limits';
import { turnCard } from '../../../src/cards/reply-card';
import { exportReplies } from '../../../src/dialogue/export';

const textOf = (text: string): string =>
  exportReplies(text)
    .map(({ say }) =>
      say
        .flat()
        .map((span) => span.text)
        .join(''),
    )
    .join('');

/** Words as people write them, in scripts of one to four bytes a character, and lines from none to very long. */
const anything = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('\n', '}\n', '💥'.repeat(900), '漢字'.repeat(3_000), '"\\"'.repeat(700)),
    ),
    {
      maxLength: 60,
    },
  )
  .map((parts) => parts.join(''));

test('nothing is lost or doubled, whatever the text', () => {
  fc.assert(
    fc.property(anything, (text) => {
      expect(textOf(text)).toBe(text);
    }),
    { numRuns: 300 },
  );
});

test('each reply is shown whole by a card, with the most generous budget', () => {
  const [generous] = BUDGETS;
  fc.assert(
    fc.property(anything, (text) => {
      for (const reply of exportReplies(text)) {
        const card = turnCard([{ from: 'bot', reply }], { turn: 1, limit: Number.POSITIVE_INFINITY });
        expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThanOrEqual(CARD_LIMIT_BYTES);
        expect(JSON.stringify(card)).not.toContain('left out)');
        expect(reply.say.length).toBeLessThanOrEqual(generous.items);
      }
    }),
    { numRuns: 150 },
  );
});
