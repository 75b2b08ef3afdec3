import type { FeatureOptions, Reading } from './features';
import { letterOf, NgramTrie } from './ngram-trie';
import { PairTable } from './pair-table';
import { edge, Stems } from './stems';

/** The features that training has seen, by number: stems first, then neighbours, pairs that stand apart, and character n-grams. */
export interface Vocabulary {
  /** A stem's number is its feature. */
  stems: Stems;
  /** Feature of two stems one after the other. */
  bigrams: PairTable;
  /** Feature of two stems that stand apart; the smaller number comes first. */
  pairs: PairTable;
  trie: NgramTrie;
  /** Feature of each node of the tree, or -1. */
  nodeFeature: Int32Array;
  idf: Float32Array;
}

/** The character at `place` of a word that has one space on each side. */
export function letterAt(word: string, place: number): number {
  return place === 0 || place === word.length + 1 ? 37 : letterOf(word.charCodeAt(place - 1));
}

/** In how many rows each feature occurs. */
class Frequencies {
  private readonly counts: number[] = [];
  private readonly lastRow: number[] = [];

  see(id: number, row: number): void {
    if (this.lastRow[id] === row) return;
    this.lastRow[id] = row;
    this.counts[id] = (this.counts[id] ?? 0) + 1;
  }

  idf(features: number, rows: number): Float32Array {
    return Float32Array.from({ length: features }, (_, i) => Math.log((1 + rows) / (1 + (this.counts[i] ?? 0))) + 1);
  }
}

export function fitVocabulary(rows: readonly Reading[], { reach, longest }: FeatureOptions): Vocabulary {
  const frequencies = new Frequencies();
  const stems = new Stems();
  const stemmed = rows.map(({ concepts, marks }, row) => {
    const numbers = Int32Array.from(concepts, (concept) => stems.learn(concept));
    for (const number of numbers) frequencies.see(number, row);
    for (const mark of marks) frequencies.see(stems.learn(mark), row);
    return numbers;
  });
  const bigrams = fitBigrams(stemmed, stems.size, frequencies);
  const pairs = fitPairs(stemmed, stems.size + bigrams.size, reach, frequencies);
  const first = stems.size + bigrams.size + pairs.size;
  const { trie, nodeFeature, next } = fitNgrams(rows, first, longest, frequencies);
  return { stems, bigrams, pairs, trie, nodeFeature, idf: frequencies.idf(next, rows.length) };
}

function fitBigrams(rows: readonly Int32Array[], first: number, frequencies: Frequencies): PairTable {
  const bigrams = PairTable.empty();
  rows.forEach((numbers, row) => {
    for (let i = 0; numbers.length > 0 && i <= numbers.length; i++) {
      const one = numbers[i - 1] ?? edge;
      const two = numbers[i] ?? edge;
      let id = bigrams.get(one, two);
      if (id < 0) {
        id = first + bigrams.size;
        bigrams.set(one, two, id);
      }
      frequencies.see(id, row);
    }
  });
  return bigrams;
}

/**
 * Two words of one message in either order, with others between: "code … not … mail" is one problem in any wording. Pairs of
 * two rows or more become features; a pair seen once teaches nothing and costs memory.
 */
function fitPairs(rows: readonly Int32Array[], first: number, reach: number, frequencies: Frequencies): PairTable {
  const firstRow = PairTable.empty();
  const pairs = PairTable.empty();
  rows.forEach((numbers, row) => {
    for (let i = 0; i < numbers.length; i++) {
      for (let j = i + 2; j <= i + reach && j < numbers.length; j++) {
        const one = Math.min(numbers[i] as number, numbers[j] as number);
        const two = Math.max(numbers[i] as number, numbers[j] as number);
        let id = pairs.get(one, two);
        if (id < 0) {
          const before = firstRow.get(one, two);
          if (before < 0) firstRow.set(one, two, row);
          if (before < 0 || before === row) continue;
          id = first + pairs.size;
          pairs.set(one, two, id);
          frequencies.see(id, before);
        }
        frequencies.see(id, row);
      }
    }
  });
  return pairs;
}

function fitNgrams(rows: readonly Reading[], first: number, longest: number, frequencies: Frequencies) {
  const trie = NgramTrie.empty();
  const nodeFeature: number[] = [-1];
  let next = first;
  rows.forEach(({ letters }, row) => {
    for (const word of letters) {
      const last = word.length + 1;
      for (let from = 0; from < last; from++) {
        let node = 0;
        for (let n = 1; n <= longest && from + n - 1 <= last; n++) {
          node = trie.grow(node, letterAt(word, from + n - 1));
          if (nodeFeature.length <= node) nodeFeature.push(n === 1 ? -1 : next++);
          const id = nodeFeature[node] as number;
          if (id >= 0) frequencies.see(id, row);
        }
      }
    }
  });
  return { trie, nodeFeature: Int32Array.from(nodeFeature), next };
}
