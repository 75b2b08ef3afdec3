import type { Features } from './features';
import type { SparseRows } from './linear-svm';

/** How alike an utterance is to the nearest training rows, by the cosine of their word blocks (0 to 1). */
export interface Nearness {
  /** Nearest row of the intent asked about. */
  own: number;
  /** Nearest row of any other intent. */
  other: number;
  /** Nearest out-of-scope row. */
  outside: number;
}

export interface NeighbourParts {
  start: Int32Array;
  rows: Int32Array;
  values: Float32Array;
  labels: Int32Array;
}

/** Words of more rows than this are left out: they say little, and most of the time would go into them. */
const commonest = 250;

/** Inverted index over the word block: only rows that share a word are looked at. */
export class Neighbours {
  private readonly sums: Float32Array;
  private readonly touched: Int32Array;

  constructor(readonly parts: NeighbourParts) {
    this.sums = new Float32Array(parts.labels.length);
    this.touched = new Int32Array(parts.labels.length);
  }

  /** @param terms number of word features; ids below it are the word block */
  static build(all: SparseRows, labels: Int32Array, terms: number): Neighbours {
    const start = new Int32Array(terms + 1);
    for (const id of all.ids) if (id < terms) start[id + 1] = (start[id + 1] as number) + 1;
    for (let i = 0; i < terms; i++) start[i + 1] = (start[i + 1] as number) + (start[i] as number);
    const rows = new Int32Array(start[terms] as number);
    const values = new Float32Array(rows.length);
    const place = start.slice();
    for (let row = 0; row < labels.length; row++) {
      for (let p = all.start[row] as number; p < (all.start[row + 1] as number); p++) {
        const id = all.ids[p] as number;
        if (id >= terms) continue;
        const at = place[id] as number;
        place[id] = at + 1;
        rows[at] = row;
        values[at] = all.values[p] as number;
      }
    }
    return new Neighbours({ start, rows, values, labels: labels.slice() });
  }

  nearest(features: Features, intent: number): Nearness {
    const { start, rows, values, labels } = this.parts;
    const { sums, touched } = this;
    let count = 0;
    for (let i = 0; i < features.wordFeatures; i++) {
      const id = features.ids[i] as number;
      const value = features.values[i] as number;
      const end = start[id + 1] as number;
      if (end - (start[id] as number) > commonest) continue;
      for (let p = start[id] as number; p < end; p++) {
        const row = rows[p] as number;
        if (sums[row] === 0) touched[count++] = row;
        sums[row] = (sums[row] as number) + value * (values[p] as number);
      }
    }
    const found: Nearness = { own: 0, other: 0, outside: 0 };
    for (let i = 0; i < count; i++) {
      const row = touched[i] as number;
      const sum = sums[row] as number;
      sums[row] = 0;
      const label = labels[row] as number;
      if (label === intent) {
        if (sum > found.own) found.own = sum;
      } else if (label < 0) {
        if (sum > found.outside) found.outside = sum;
      } else if (sum > found.other) found.other = sum;
    }
    return found;
  }
}
