import stemmer = require('natural/lib/natural/stemmers/porter_stemmer');

import type { SparseRows } from './linear-svm';
import { letterOf, NgramTrie } from './ngram-trie';

/** The two readings of one utterance: its words (spelling put right), and the same with synonyms made one. */
export interface Reading {
  words: readonly string[];
  concepts: string[];
  /** Any of the concepts is foreign, or at home (0 or 1). */
  foreign: number;
  home: number;
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
}

export const defaultFeatureOptions: FeatureOptions = { characterWeight: 1, longest: 5, pairWeight: 0.7, reach: 5 };

/** One utterance as numbers. The first `wordFeatures` entries are the word block. Reused by the next `transform`. */
export interface Features {
  ids: Int32Array;
  values: Float32Array;
  length: number;
  wordFeatures: number;
  /** Share of the character n-grams that training has seen, 0 to 1. */
  knownNgrams: number;
  /** Share of the words that training has seen, 0 to 1; a rare word counts more than a common one. */
  knownWords: number;
}

export interface VectoriserParts {
  options: FeatureOptions;
  terms: string[];
  trie: { keys: Int32Array; children: Int32Array; size: number };
  /** Feature of each node of the tree, or -1. */
  nodeFeature: Int32Array;
  idf: Float32Array;
}

const edge = '^';
const stems = new Map<string, string>();
const rememberedStems = 20000;

function stem(word: string): string {
  let result = stems.get(word);
  if (result === undefined) {
    result = word.length > 40 ? word : stemmer.stem(word);
    if (stems.size >= rememberedStems) stems.clear();
    stems.set(word, result);
  }
  return result;
}

/**
 * TF-IDF in three blocks, each scaled to length 1 and then weighted: stemmed word 1- and 2-grams with sentence edges; pairs of
 * words that stand apart; character 2- to 5-grams within words (edges are spaces).
 */
export class Vectoriser {
  private readonly counts: Float32Array;
  private readonly touched: Int32Array;
  private readonly out: Features;
  /** IDF of a word of one row, given to words of none. */
  private readonly rarest: number;

  private constructor(
    readonly options: FeatureOptions,
    private readonly terms: Map<string, number>,
    private readonly trie: NgramTrie,
    private readonly nodeFeature: Int32Array,
    private readonly idf: Float32Array,
  ) {
    const capacity = Math.min(idf.length, 20000) + 1;
    this.counts = new Float32Array(idf.length);
    this.touched = new Int32Array(idf.length + 1);
    this.rarest = idf.reduce((a, b) => Math.max(a, b), 1);
    this.out = {
      ids: new Int32Array(capacity),
      values: new Float32Array(capacity),
      length: 0,
      wordFeatures: 0,
      knownNgrams: 0,
      knownWords: 0,
    };
  }

  get size(): number {
    return this.idf.length;
  }

  /** Ids below this are word features. */
  get termCount(): number {
    return this.terms.size;
  }

  static fit(rows: readonly Reading[], options: FeatureOptions = defaultFeatureOptions): Vectoriser {
    const terms = new Map<string, number>();
    const frequency: number[] = [];
    const lastRow: number[] = [];
    const see = (id: number, row: number) => {
      if (lastRow[id] === row) return;
      lastRow[id] = row;
      frequency[id] = (frequency[id] ?? 0) + 1;
    };
    rows.forEach((reading, row) => {
      eachTerm(reading.concepts, (term) => {
        let id = terms.get(term);
        if (id === undefined) {
          id = terms.size;
          terms.set(term, id);
        }
        see(id, row);
      });
    });
    addPairs(rows, terms, options.reach, see);
    const trie = NgramTrie.empty();
    const nodeFeature: number[] = [-1];
    let next = terms.size;
    rows.forEach((reading, row) => {
      for (const word of reading.words) {
        const last = word.length + 1;
        for (let from = 0; from < last; from++) {
          let node = 0;
          for (let n = 1; n <= options.longest && from + n - 1 <= last; n++) {
            node = trie.grow(node, letterAt(word, from + n - 1));
            if (nodeFeature.length <= node) nodeFeature.push(n === 1 ? -1 : next++);
            const id = nodeFeature[node] as number;
            if (id >= 0) see(id, row);
          }
        }
      }
    });
    const idf = new Float32Array(next);
    for (let i = 0; i < next; i++) idf[i] = Math.log((1 + rows.length) / (1 + (frequency[i] as number))) + 1;
    return new Vectoriser(options, terms, trie, Int32Array.from(nodeFeature), idf);
  }

  static from({ options, terms, trie, nodeFeature, idf }: VectoriserParts): Vectoriser {
    const map = new Map<string, number>();
    for (let i = 0; i < terms.length; i++) map.set(terms[i] as string, i);
    return new Vectoriser(options, map, NgramTrie.from(trie.keys, trie.children, trie.size), nodeFeature, idf);
  }

  get parts(): VectoriserParts {
    const { options, nodeFeature, idf } = this;
    return { options, terms: [...this.terms.keys()], trie: this.trie.parts, nodeFeature, idf };
  }

  /** The returned object is the same at every call; copy what must last. */
  transform(reading: Reading): Features {
    const { out, counts, touched, trie, nodeFeature } = this;
    let seen = 0;
    let known = 0;
    let unknown = 0;
    eachTerm(reading.concepts, (term, single) => {
      const id = this.terms.get(term);
      if (id === undefined) {
        if (single) unknown += this.rarest;
        return;
      }
      if (single) known += this.idf[id] as number;
      if (counts[id] === 0) touched[seen++] = id;
      counts[id] = (counts[id] as number) + 1;
    });
    out.knownWords = known > 0 ? known / (known + unknown) : 0;
    out.length = 0;
    this.flush(seen, 1);
    out.wordFeatures = out.length;

    seen = 0;
    eachPair(reading.concepts, this.options.reach, (pair) => {
      const id = this.terms.get(pair);
      if (id === undefined) return;
      if (counts[id] === 0) touched[seen++] = id;
      counts[id] = (counts[id] as number) + 1;
    });
    this.flush(seen, this.options.pairWeight);

    seen = 0;
    let met = 0;
    let possible = 0;
    const longest = this.options.longest;
    for (const word of reading.words) {
      const last = word.length + 1;
      for (let from = 0; from < last; from++) {
        let node = 0;
        const end = Math.min(longest, last - from + 1);
        possible += end - 1;
        for (let n = 1; n <= end; n++) {
          node = trie.step(node, letterAt(word, from + n - 1));
          if (node === 0) break;
          if (n === 1) continue;
          const id = nodeFeature[node] as number;
          met++;
          if (counts[id] === 0) touched[seen++] = id;
          counts[id] = (counts[id] as number) + 1;
        }
      }
    }
    out.knownNgrams = possible ? met / possible : 0;
    this.flush(seen, this.options.characterWeight);
    return out;
  }

  /** Moves the counted features into the result as one block of length `weight`. */
  private flush(seen: number, weight: number): void {
    const { out, counts, touched, idf } = this;
    const from = out.length;
    let squares = 0;
    for (let i = 0; i < seen && out.length < out.ids.length; i++) {
      const id = touched[i] as number;
      const value = (counts[id] as number) * (idf[id] as number);
      counts[id] = 0;
      out.ids[out.length] = id;
      out.values[out.length] = value;
      squares += value * value;
      out.length++;
    }
    for (let i = 0; i < seen; i++) counts[touched[i] as number] = 0;
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

/** The character at `place` of a word that has one space on each side. */
function letterAt(word: string, place: number): number {
  return place === 0 || place === word.length + 1 ? 37 : letterOf(word.charCodeAt(place - 1));
}

function eachTerm(concepts: readonly string[], visit: (term: string, single: boolean) => void): void {
  let before = edge;
  for (const concept of concepts) {
    const now = stem(concept);
    visit(now, true);
    visit(`${before} ${now}`, false);
    before = now;
  }
  if (concepts.length > 0) visit(`${before} ${edge}`, false);
}

/** Two words of one message in either order, with others between: "code … not … mail" is one problem in any wording. */
function eachPair(concepts: readonly string[], reach: number, visit: (pair: string) => void): void {
  const stemmed = concepts.map(stem);
  for (let i = 0; i < stemmed.length; i++) {
    const one = stemmed[i] as string;
    for (let j = i + 2; j <= i + reach && j < stemmed.length; j++) {
      const two = stemmed[j] as string;
      visit(one < two ? `${one}~${two}` : `${two}~${one}`);
    }
  }
}

/** Pairs of two rows or more become features; a pair seen once teaches nothing and costs memory. */
function addPairs(
  rows: readonly Reading[],
  terms: Map<string, number>,
  reach: number,
  see: (id: number, row: number) => void,
): void {
  const first = new Map<string, number>();
  rows.forEach((reading, row) => {
    eachPair(reading.concepts, reach, (pair) => {
      let id = terms.get(pair);
      if (id === undefined) {
        const before = first.get(pair);
        if (before === undefined) first.set(pair, row);
        if (before === undefined || before === row) return;
        id = terms.size;
        terms.set(pair, id);
        see(id, before);
      }
      see(id, row);
    });
  });
}
