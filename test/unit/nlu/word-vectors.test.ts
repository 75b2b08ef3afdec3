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
