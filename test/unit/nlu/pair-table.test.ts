import * as fc from 'fast-check';
import { PairTable } from '../../../src/nlu/pair-table';

it('finds what was put in, and nothing else', () => {
  const pair = fc.tuple(fc.nat(5000), fc.nat(5000), fc.nat());
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 3000 }), (pairs) => {
      const table = PairTable.empty();
      const expected = new Map<string, number>();
      for (const [a, b, value] of pairs) {
        table.set(a, b, value);
        expected.set(`${a} ${b}`, value);
      }
      expect(table.size).toBe(expected.size);
      const back = PairTable.from(table.parts, table.size);
      for (const [a, b] of pairs) {
        expect(back.get(a, b)).toBe(expected.get(`${a} ${b}`));
        expect(back.get(b, a)).toBe(expected.get(`${b} ${a}`) ?? -1);
      }
    }),
    { numRuns: 20 },
  );
});
