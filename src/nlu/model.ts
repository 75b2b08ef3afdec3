import { seededRandom, shuffle } from '../core/seeded-random';
import { outOfScope, type TrainingRow } from '../core/understanding';
import {
  type Confidence,
  type ConfidenceOptions,
  type Evidence,
  fitConfidence,
  oursProbability,
  probability,
  type Sample,
} from './confidence';
import type { FeatureOptions, Reading } from './features';
import { type Core, fitCore, judge, type Verdict } from './judge';
import { buildLexicon, type Lexicon } from './lexicon';
import { clean, words } from './normalise';
import { readingOf } from './reading';
import { Spelling } from './spelling';
import { trustedWords } from './trusted-words';
import type { WordVectors } from './word-vectors';

/** Raise when training would give another model from the same rows; old model files are then made anew. */
export const codeVersion = 13;

export interface TrainingOptions {
  lexicon?: Lexicon;
  /** English words that are no typos. */
  commonWords?: readonly string[];
  features?: FeatureOptions;
  /** What words mean; without them only words that training holds count. */
  vectors?: WordVectors | null;
  confidence?: ConfidenceOptions;
  folds?: number;
  /** Shown the out-of-fold samples, in the order of the rows. */
  onSamples?: (samples: readonly Sample[]) => void;
}

/** A trained classifier. Holds no file handles and changes nothing outside itself. */
export class Model {
  constructor(
    readonly intents: readonly string[],
    readonly spelling: Spelling,
    readonly core: Core,
    readonly confidence: Confidence,
    /** Word → number of training rows, as given to `Spelling`; kept for the model file. */
    readonly vocabulary: ReadonlyMap<string, number>,
    /** Synonyms used in training; a model must read as it was taught. */
    readonly lexicon: Lexicon,
  ) {}

  /** Words of a cleaned text, spelling put right. */
  read(cleaned: string): string[] {
    return words(cleaned).map((word) => this.spelling.correct(word));
  }

  reading(text: string): Reading {
    const breaks: number[] = [];
    const read = words(clean(text), breaks).map((word) => this.spelling.correct(word));
    return readingOf(this.lexicon, read, breaks);
  }

  judge(reading: Reading): Verdict {
    return judge(this.core, this.intents.length, reading);
  }

  /** How likely the first choice is right. */
  probability(evidence: Evidence): number {
    return probability(this.confidence, evidence);
  }

  /** How likely the message is about any of the intents. */
  oursProbability(evidence: Evidence): number {
    return oursProbability(this.confidence, evidence);
  }
}

/** From here on three folds are enough, and training stays bearable. */
const manyRows = 12000;

/** Same rows and options, same model, bit for bit. */
export function train(rows: readonly TrainingRow[], options: TrainingOptions = {}): Model {
  const lexicon = options.lexicon ?? buildLexicon(null);
  const intents = [...new Set(rows.map((row) => row.intent))].filter((intent) => intent !== outOfScope).sort();
  const place = new Map(intents.map((intent, i) => [intent, i]));
  const labels = Int32Array.from(rows, (row) => place.get(row.intent) ?? -1);

  const breaks = rows.map((): number[] => []);
  const read = rows.map((row, i) => words(clean(row.text), breaks[i]));
  const vocabulary = trustedWords(read, lexicon, [...(options.commonWords ?? []), ...(options.vectors?.words ?? [])]);
  const spelling = new Spelling(vocabulary);
  const readings = read.map((list, i) => {
    const corrected = list.map((word) => spelling.correct(word));
    return readingOf(lexicon, corrected, breaks[i]);
  });

  const core = fitCore(readings, labels, intents.length, options.features, options.vectors);
  const written = rows.map((row) => !row.generated);
  const samples = outOfFold(readings, labels, written, intents.length, options);
  options.onSamples?.(samples);
  return new Model(intents, spelling, core, fitConfidence(samples, options.confidence), vocabulary, lexicon);
}

/** Each row that a person wrote, judged by a model that has not seen it. Generated rows only teach. */
function outOfFold(
  readings: readonly Reading[],
  labels: Int32Array,
  written: readonly boolean[],
  intents: number,
  options: TrainingOptions,
): Sample[] {
  const folds = options.folds ?? (readings.length > manyRows ? 3 : 5);
  const fold = foldOf(labels, folds).map((f, i) => (written[i] ? f : -1));
  const samples: Sample[] = new Array(readings.length);
  for (let f = 0; f < folds; f++) {
    const kept = readings.map((_, i) => i).filter((i) => fold[i] !== f);
    const held = readings.map((_, i) => i).filter((i) => fold[i] === f);
    if (kept.length === 0 || held.length === 0) continue;
    const core = fitCore(
      kept.map((i) => readings[i] as Reading),
      Int32Array.from(kept, (i) => labels[i] as number),
      intents,
      options.features,
      options.vectors,
    );
    for (const i of held) {
      const { ranked, evidence } = judge(core, intents, readings[i] as Reading);
      const label = labels[i] as number;
      samples[i] = {
        row: i,
        evidence,
        inScope: label >= 0,
        right: label >= 0 && ranked[0]?.intent === label,
        first: ranked[0]?.intent ?? -1,
      };
    }
  }
  return samples.filter((sample) => sample !== undefined);
}

/** A fold number for each row; every label is spread evenly over the folds. */
export function foldOf(labels: Int32Array, folds: number, seed = 7): Int32Array {
  const order = Int32Array.from(labels, (_, i) => i);
  shuffle(order, seededRandom(seed));
  const counts = new Map<number, number>();
  const result = new Int32Array(labels.length);
  for (const i of order) {
    const label = labels[i] as number;
    const count = counts.get(label) ?? 0;
    counts.set(label, count + 1);
    result[i] = (count + label + 1) % folds;
  }
  return result;
}
