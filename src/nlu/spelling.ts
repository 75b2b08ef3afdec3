import { editDistance } from './edit-distance';

/**
 * Puts mistyped words right: a word that is neither in the training vocabulary nor among the known words goes to the
 * nearest of them, Damerau-Levenshtein distance 1, or 2 in a long word. Among equally near words a swap of letters wins,
 * then the one that training uses most. Known words (common English, products, AWS terms) are never touched.
 */
export class Spelling {
  private readonly counts: Map<string, number>;
  /** Words by length, with a bit set of their letters: most candidates are ruled out by counting differing bits. */
  private readonly byLength: Array<{ words: string[]; letters: Int32Array }> = [];
  private readonly memory = new Map<string, string>();

  /** @param counts word → number of training rows that hold it; 0 for words known from elsewhere */
  constructor(counts: ReadonlyMap<string, number>) {
    this.counts = new Map(counts);
    const buckets: string[][] = [];
    for (const word of counts.keys()) {
      if (word.length < 3 || word.length > longestWord || !onlyLetters.test(word)) continue;
      let bucket = buckets[word.length];
      if (!bucket) {
        bucket = [];
        buckets[word.length] = bucket;
      }
      bucket.push(word);
    }
    for (let length = 0; length <= longestWord; length++) {
      const list = buckets[length] ?? [];
      this.byLength.push({ words: list, letters: Int32Array.from(list, letterBits) });
    }
  }

  /** Known as it stands, or a regular form of a known word. */
  isKnown(word: string): boolean {
    return this.counts.has(word) || baseForms(word).some((base) => this.counts.has(base));
  }

  /** The word as it was probably meant; the word itself if it is known or nothing is near. */
  correct(word: string): string {
    if (this.counts.has(word) || word.length < shortestCorrected || word.length > longestWord) return word;
    const remembered = this.memory.get(word);
    if (remembered !== undefined) return remembered;
    const result = onlyLetters.test(word) && !this.isKnown(word) ? this.nearest(word) : word;
    if (this.memory.size >= rememberedWords) this.memory.clear();
    this.memory.set(word, result);
    return result;
  }

  private nearest(word: string): string {
    const limit = word.length >= longWord ? 2 : 1;
    const bits = letterBits(word);
    let best = word;
    let bestRank = Number.POSITIVE_INFINITY;
    for (let length = word.length - limit; length <= word.length + limit; length++) {
      const bucket = this.byLength[length];
      if (!bucket) continue;
      for (let i = 0; i < bucket.words.length; i++) {
        if (bitCount(bits ^ (bucket.letters[i] as number)) > 2 * limit) continue;
        const candidate = bucket.words[i] as string;
        const distance = editDistance(word, candidate, limit);
        if (distance > limit) continue;
        const count = this.counts.get(candidate) as number;
        const sameStart = candidate.charCodeAt(0) === word.charCodeAt(0);
        const swapped = length === word.length && bits === (bucket.letters[i] as number);
        if (distance > 1 && word.length < veryLongWord && !(sameStart && count > 1)) continue;
        // Three letters are an abbreviation as easily as a slip: only "hte" and "hve" say enough.
        if (word.length < 4 && !swapped && length <= word.length) continue;
        // Distance first; then words that training uses; then the same first letter, which people rarely miss.
        const rank =
          distance * 8 + (count > 0 ? 0 : 4) + (sameStart ? 0 : 3) - (swapped ? 1 : 0) - count / (count + 20);
        if (rank < bestRank) {
          bestRank = rank;
          best = candidate;
        }
      }
    }
    return best;
  }
}

const shortestCorrected = 3;
/** From this many letters on a word may have two slips: with the same first letter and a word of training; then any. */
const longWord = 6;
const veryLongWord = 8;
const longestWord = 24;
const rememberedWords = 5000;
const onlyLetters = /^[a-z]+$/;

const shortWord = /^[^aeiou]*[aeiou][^aeiouwxy]$/;

/** What a regular English form may come from: "replaced" → replace, "tapping" → tap; not "loged", which is a typo. */
function baseForms(word: string): string[] {
  const forms: string[] = [];
  const take = (ending: string, add: string) => {
    if (word.endsWith(ending) && word.length - ending.length >= 3) forms.push(word.slice(0, -ending.length) + add);
  };
  take('s', '');
  take('es', '');
  take('ies', 'y');
  take('ied', 'y');
  take('ly', '');
  for (const ending of ['ed', 'ing', 'er', 'ers']) {
    if (!word.endsWith(ending) || word.length - ending.length < 2) continue;
    const base = word.slice(0, -ending.length);
    forms.push(`${base}e`);
    if (!shortWord.test(base)) forms.push(base);
    if (base.length > 2 && base[base.length - 1] === base[base.length - 2]) forms.push(base.slice(0, -1));
  }
  return forms;
}

function letterBits(word: string): number {
  let bits = 0;
  for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) - 97);
  return bits;
}

function bitCount(value: number): number {
  let v = value - ((value >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return (((v + (v >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
