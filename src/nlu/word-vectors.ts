/**
 * What common English words mean, as short vectors: words of like meaning point the same way, so that a sentence can be
 * recognised by a word that no training row holds. See `data/word-vectors.ts` for where they come from.
 */
export class WordVectors {
  private readonly places: ReadonlyMap<string, number>;
  /** Brings each word's vector to length 1. */
  private readonly scale: Float32Array;

  /** @param codes `dimensions` whole numbers a word, in the order of `words` */
  constructor(
    readonly words: readonly string[],
    readonly codes: Int8Array,
    readonly dimensions: number,
  ) {
    if (codes.length !== words.length * dimensions) throw new Error('word vectors do not fit their words');
    this.places = new Map(words.map((word, i) => [word, i]));
    this.scale = Float32Array.from(words, (_, i) => {
      let squares = 0;
      for (let d = i * dimensions; d < (i + 1) * dimensions; d++) squares += (codes[d] as number) ** 2;
      return squares > 0 ? 1 / Math.sqrt(squares) : 0;
    });
  }

  /** Two numbers of four bits a byte, each plus 8, as `data/word-vectors.ts` keeps them. */
  static unpack(words: string, packed: string, dimensions: number): WordVectors {
    const bytes = Buffer.from(packed, 'base64');
    const codes = new Int8Array(bytes.length * 2);
    for (let i = 0; i < bytes.length; i++) {
      codes[2 * i] = ((bytes[i] as number) & 15) - 8;
      codes[2 * i + 1] = ((bytes[i] as number) >> 4) - 8;
    }
    return new WordVectors(words.split(' '), codes, dimensions);
  }

  has(word: string): boolean {
    return this.places.has(word);
  }

  /** Mean direction of the words, scaled to `length`, written to `out` from `at` on. False if none of them is known. */
  mean(words: readonly string[], length: number, out: Float32Array, at: number): boolean {
    const { codes, dimensions, places, scale } = this;
    out.fill(0, at, at + dimensions);
    let any = false;
    for (const word of words) {
      const place = places.get(word);
      if (place === undefined) continue;
      any = true;
      const weight = scale[place] as number;
      const from = place * dimensions;
      for (let d = 0; d < dimensions; d++) out[at + d] = (out[at + d] as number) + weight * (codes[from + d] as number);
    }
    let squares = 0;
    for (let d = at; d < at + dimensions; d++) squares += (out[d] as number) ** 2;
    if (!any || squares === 0) return false;
    const factor = length / Math.sqrt(squares);
    for (let d = at; d < at + dimensions; d++) out[d] = (out[d] as number) * factor;
    return true;
  }
}
