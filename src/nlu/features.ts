import { fitVocabulary, letterAt, type Vocabulary } from './feature-vocabulary';
import type { SparseRows } from './linear-svm';
import { edge } from './stems';
import type { WordVectors } from './word-vectors';

/** The readings of one utterance: its words (spelling put right), and the same with synonyms made one. */
export interface Reading {
  words: readonly string[];
  concepts: readonly string[];
  /** Words whose letters are looked at. */
  letters: readonly string[];
  /** Said of the whole message; they stand beside no other word. */
  marks: readonly string[];
  /** Something is named that is not ours to help with; the same with nothing of AWS beside it; a tool (each 0 or 1). */
  foreign: number;
  alone: number;
  tool: number;
  /** The message says of something that it is there, of something that it is gone (0 or 1). */
  ok: number;
  lost: number;
  /** Number of places where a sign divides it. */
  clauses: number;
}

export interface FeatureOptions {
  /** Weight of the character block against the word block; between 1 and 1.5 does not matter much. */
  characterWeight: number;
  /** Longest character n-gram. */
  longest: number;
  /** Weight of the block of word pairs that stand apart. */
  pairWeight: number;
  /** How far apart the words of a pair may stand. */
  reach: number;
  /** Weight of the block of what the words mean. */
  meaningWeight: number;
}

export const defaultFeatureOptions: FeatureOptions = {
  characterWeight: 1.2,
  longest: 5,
  pairWeight: 0.5,
  reach: 5,
  meaningWeight: 1.5,
};

/** Features of one utterance beyond these are left out; no message of readable length has as many. */
const mostCounted = 20000;

/** One utterance as numbers. The first `wordFeatures` entries are the word block. Reused by the next `transform`. */
export interface Features {
  ids: Int32Array;
  values: Float32Array;
  length: number;
  wordFeatures: number;
  /** Share of the words that training has seen, 0 to 1; a rare word counts more than a common one. */
  knownWords: number;
}

/**
 * Four blocks, each scaled to length 1 and then weighted: TF-IDF of stemmed word 1- and 2-grams with sentence edges; of pairs
 * of words that stand apart; of character 2- to 5-grams within words (edges are spaces); and the mean of the words' vectors.
 */
export class Vectoriser {
  private readonly counts: Float32Array;
  private readonly touched: Int32Array;
  private readonly out: Features;
  private seen = 0;
  private stemmed = new Int32Array(64);
  /** IDF of a word of one row, given to words of none. */
  private readonly rarest: number;

  constructor(
    readonly options: FeatureOptions,
    readonly vocabulary: Vocabulary,
    readonly vectors: WordVectors | null,
  ) {
    const { idf } = vocabulary;
    const capacity = Math.min(idf.length, mostCounted) + 1 + (vectors?.dimensions ?? 0);
    this.counts = new Float32Array(idf.length);
    this.touched = new Int32Array(idf.length + 1);
    this.rarest = idf.reduce((a, b) => Math.max(a, b), 1);
    this.out = {
      ids: new Int32Array(capacity),
      values: new Float32Array(capacity),
      length: 0,
      wordFeatures: 0,
      knownWords: 0,
    };
  }

  static fit(
    rows: readonly Reading[],
    options: FeatureOptions = defaultFeatureOptions,
    vectors: WordVectors | null = null,
  ): Vectoriser {
    return new Vectoriser(options, fitVocabulary(rows, options), vectors);
  }

  get size(): number {
    return this.vocabulary.idf.length + (this.vectors?.dimensions ?? 0);
  }

  /** Ids below this are word features. */
  get termCount(): number {
    const { stems, bigrams, pairs } = this.vocabulary;
    return stems.size + bigrams.size + pairs.size;
  }

  /** The returned object is the same at every call; copy what must last. */
  transform(reading: Reading): Features {
    const { out } = this;
    out.length = 0;
    this.countWords(reading);
    this.flush(1);
    out.wordFeatures = out.length;
    this.countPairs(reading.concepts.length);
    this.flush(this.options.pairWeight);
    this.countNgrams(reading.letters);
    this.flush(this.options.characterWeight);
    this.addMeaning(reading.letters);
    return out;
  }

  private addMeaning(words: readonly string[]): void {
    const { out, vectors } = this;
    if (!vectors?.mean(words, this.options.meaningWeight, out.values, out.length)) return;
    const first = this.vocabulary.idf.length;
    for (let d = 0; d < vectors.dimensions; d++) out.ids[out.length++] = first + d;
  }

  private countWords({ concepts, marks }: Reading): void {
    const { stems, bigrams, idf } = this.vocabulary;
    if (this.stemmed.length < concepts.length) this.stemmed = new Int32Array(concepts.length * 2);
    let known = 0;
    let unknown = 0;
    let before = edge;
    for (let i = 0; i < concepts.length; i++) {
      const now = stems.of(concepts[i] as string);
      this.stemmed[i] = now;
      if (now < 0) unknown += this.rarest;
      else {
        known += idf[now] as number;
        this.count(now);
        if (before >= 0) this.count(bigrams.get(before, now));
      }
      before = now;
    }
    if (concepts.length > 0 && before >= 0) this.count(bigrams.get(before, edge));
    for (const mark of marks) this.count(stems.of(mark));
    this.out.knownWords = known > 0 ? known / (known + unknown) : 0;
  }

  private countPairs(length: number): void {
    const { stemmed } = this;
    const { pairs } = this.vocabulary;
    for (let i = 0; i < length; i++) {
      const one = stemmed[i] as number;
      if (one < 0) continue;
      const last = Math.min(length - 1, i + this.options.reach);
      for (let j = i + 2; j <= last; j++) {
        const two = stemmed[j] as number;
        if (two >= 0) this.count(one < two ? pairs.get(one, two) : pairs.get(two, one));
      }
    }
  }

  private countNgrams(letters: readonly string[]): void {
    const { trie, nodeFeature } = this.vocabulary;
    const { longest } = this.options;
    for (const word of letters) {
      const last = word.length + 1;
      for (let from = 0; from < last; from++) {
        let node = 0;
        const end = Math.min(longest, last - from + 1);
        for (let n = 1; n <= end; n++) {
          node = trie.step(node, letterAt(word, from + n - 1));
          if (node === 0) break;
          if (n > 1) this.count(nodeFeature[node] as number);
        }
      }
    }
  }

  /** @param id a feature, or -1 for none */
  private count(id: number): void {
    if (id < 0) return;
    const { counts } = this;
    if (counts[id] === 0) this.touched[this.seen++] = id;
    counts[id] = (counts[id] as number) + 1;
  }

  /** Moves the counted features into the result as one block of length `weight`. */
  private flush(weight: number): void {
    const { out, counts, touched, seen } = this;
    const { idf } = this.vocabulary;
    const from = out.length;
    let squares = 0;
    for (let i = 0; i < seen; i++) {
      const id = touched[i] as number;
      if (out.length < mostCounted) {
        const value = (counts[id] as number) * (idf[id] as number);
        out.ids[out.length] = id;
        out.values[out.length] = value;
        squares += value * value;
        out.length++;
      }
      counts[id] = 0;
    }
    this.seen = 0;
    if (squares === 0) return;
    const scale = weight / Math.sqrt(squares);
    for (let i = from; i < out.length; i++) out.values[i] = (out.values[i] as number) * scale;
  }

  /** All rows at once, for training. */
  transformAll(rows: readonly Reading[]): SparseRows {
    const start = new Int32Array(rows.length + 1);
    const ids: Int32Array[] = [];
    const values: Float32Array[] = [];
    rows.forEach((row, i) => {
      const features = this.transform(row);
      ids.push(features.ids.slice(0, features.length));
      values.push(features.values.slice(0, features.length));
      start[i + 1] = (start[i] as number) + features.length;
    });
    const total = start[rows.length] as number;
    const all = { start, ids: new Int32Array(total), values: new Float32Array(total) };
    ids.forEach((part, i) => {
      all.ids.set(part, start[i]);
      all.values.set(values[i] as Float32Array, start[i]);
    });
    return all;
  }
}
