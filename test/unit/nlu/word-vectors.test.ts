import { train } from '../../../src/nlu/model';
import { shippedVectors } from '../../../src/nlu/shipped-vectors';
import { WordVectors } from '../../../src/nlu/word-vectors';

const vectors = shippedVectors();

function meaning(...words: string[]): Float32Array {
  const out = new Float32Array(vectors.dimensions);
  vectors.mean(words, 1, out, 0);
  return out;
}

function likeness(a: string, b: string): number {
  const [x, y] = [meaning(a), meaning(b)];
  return x.reduce((sum, value, i) => sum + value * (y[i] as number), 0);
}

describe('WordVectors', () => {
  it.each([
    ['broken', 'damaged', 'banana'],
    ['phone', 'telephone', 'river'],
    ['password', 'login', 'kitchen'],
    ['money', 'cash', 'garden'],
  ])('holds %s nearer to %s than to %s', (word, like, unlike) => {
    expect(likeness(word, like)).toBeGreaterThan(likeness(word, unlike) + 0.1);
  });
  it('gives a mean of the length asked for', () => {
    const out = new Float32Array(vectors.dimensions + 3);
    expect(vectors.mean(['lost', 'phone', 'xqzzy'], 1.5, out, 3)).toBe(true);
    expect(Math.hypot(...out)).toBeCloseTo(1.5, 5);
    expect([...out.subarray(0, 3)]).toEqual([0, 0, 0]);
  });
  it('says when it knows none of the words', () => {
    expect(vectors.mean(['xqzzy'], 1, new Float32Array(vectors.dimensions), 0)).toBe(false);
    expect(vectors.mean([], 1, new Float32Array(vectors.dimensions), 0)).toBe(false);
  });
  it('refuses codes that do not fit the words', () => {
    expect(() => new WordVectors(['a', 'b'], new Int8Array(3), 2)).toThrow('do not fit');
  });
});

describe('a model with word vectors', () => {
  const rows = [
    ...['my phone is broken', 'the phone broke', 'a broken phone'].map((text) => ({ text, intent: 'device' })),
    ...['send me an invoice', 'where is the invoice', 'the invoice please'].map((text) => ({
      text,
      intent: 'invoice',
    })),
  ];
  const lead = (withVectors: boolean, text: string): number => {
    const model = train(rows, { vectors: withVectors ? vectors : null });
    const { ranked } = model.judge(model.reading(text));
    const margin = (intent: string) =>
      ranked.find((r) => model.intents[r.intent] === intent)?.margin ?? Number.NEGATIVE_INFINITY;
    return margin('device') - margin('invoice');
  };
  it('recognises a problem by words that no row holds', () => {
    expect(lead(true, 'telephone damaged')).toBeGreaterThan(0.2);
    expect(lead(true, 'telephone damaged')).toBeGreaterThan(lead(false, 'telephone damaged'));
  });
});
