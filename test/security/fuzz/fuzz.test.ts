import fc from 'fast-check';
import { held, inRegister } from '../register';
import { fuzz } from './run';
import { type Target, targets } from './targets';

describe('parsers of the edge', () => {
  test(inRegister('fuzz.bytes'), () => {
    const { inputs, parsers } = held('fuzz.bytes');
    expect(targets.length).toBeGreaterThanOrEqual(parsers);
    expect(fuzz(inputs, 1)).toEqual([]);
  }, 120_000);

  test(inRegister('fuzz.values'), () => {
    const { values } = held('fuzz.values');
    const each = Math.ceil(values / targets.length);
    for (const target of targets)
      fc.assert(
        fc.property(fc.oneof(fc.json(), fc.string({ unit: 'binary' }), fc.webUrl(), fc.base64String()), (text) =>
          target.run(Buffer.from(text)),
        ),
        { numRuns: each, seed: 7 },
      );
  }, 120_000);

  test('a crash is seen, with the input that made it', () => {
    const fragile: Target = {
      name: 'fragile',
      seeds: ['{"a":1}'],
      run: (bytes) => void JSON.parse(bytes.toString('utf8')),
    };
    const [crash] = fuzz(100, 1, [fragile]);
    expect(crash).toMatchObject({ target: 'fragile', error: expect.stringContaining('SyntaxError') });
    expect(() => fragile.run(Buffer.from(crash!.input, 'base64'))).toThrow(SyntaxError);
  });
});
