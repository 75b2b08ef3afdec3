import { outOfScope, type TrainingRow } from '../core/understanding';
import {
  type Confidence,
  type ConfidenceOptions,
  type Evidence,
  fitConfidence,
  probability,
  type Sample,
} from './confidence';
import { type FeatureOptions, type Reading, Vectoriser } from './features';
import { buildLexicon, type Lexicon, readingOf } from './lexicon';
import { type LinearModel, trainLinearSvm } from './linear-svm';
import { Neighbours } from './neighbours';
import { clean, words } from './normalise';
import { seededRandom, shuffle } from '../core/seeded-random';
import { Spelling } from './spelling';

/** Raise when training would give another model from the same rows; old model files are then made anew. */
export const codeVersion = 4;


/** What one fit on some rows gives: features, classifier and neighbours. */
export interface Core {
  vectoriser: Vectoriser;
  linear: LinearModel;
  neighbours: Neighbours;
}

export interface Ranked {
  /** Place in `Model.intents`. */
  intent: number;
  margin: number;
}

/** Everything the classifier makes of one reading. */
export interface Verdict {
  /** Best first, at most `rankedIntents`. */
  ranked: Ranked[];
  evidence: Evidence;
}

export interface TrainingOptions {
  lexicon?: Lexicon;
  /** English words that are no typos. */
  commonWords?: readonly string[];
  features?: FeatureOptions;
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
    return readingOf(this.lexicon, this.read(clean(text)));
  }

  judge(reading: Reading): Verdict {
    return judge(this.core, this.intents.length, reading);
  }

  probability(evidence: Evidence): number {
    return probability(this.confidence, evidence);
  }
}

const rankedIntents = 4;
/** From here on three folds are enough, and training stays bearable. */
const manyRows = 8000;

function judge({ vectoriser, linear, neighbours }: Core, intents: number, reading: Reading): Verdict {
  const features = vectoriser.transform(reading);
  const classes = linear.classes;
  const margins = scratch(classes);
  margins.set(linear.bias);
  const weights = linear.weights;
  for (let i = 0; i < features.length; i++) {
    const id = features.ids[i] as number;
    const value = (features.values[i] as number) * (linear.scale[id] as number);
    let at = id * classes;
    for (let k = 0; k < classes; k++, at++) margins[k] = (margins[k] as number) + value * (weights[at] as number);
  }
  const ranked: Ranked[] = [];
  for (let k = 0; k < intents; k++) {
    const margin = margins[k] as number;
    let place = ranked.length;
    while (place > 0 && (ranked[place - 1] as Ranked).margin < margin) place--;
    if (place >= rankedIntents) continue;
    ranked.splice(place, 0, { intent: k, margin });
    if (ranked.length > rankedIntents) ranked.pop();
  }
  const first = ranked[0] ?? { intent: -1, margin: -1 };
  const near = neighbours.nearest(features, first.intent);
  return {
    ranked,
    evidence: {
      top: first.margin,
      second: ranked[1]?.margin ?? -1,
      outside: margins[intents] as number,
      ownCosine: near.own,
      otherCosine: near.other,
      outsideCosine: near.outside,
      knownNgrams: features.knownNgrams,
      knownWords: features.knownWords,
      length: reading.words.length,
      foreign: reading.foreign,
      home: reading.home,
    },
  };
}

let marginsOfLast = new Float64Array(0);
function scratch(length: number): Float64Array {
  if (marginsOfLast.length !== length) marginsOfLast = new Float64Array(length);
  return marginsOfLast;
}

/** Same rows and options, same model, bit for bit. */
export function train(rows: readonly TrainingRow[], options: TrainingOptions = {}): Model {
  const lexicon = options.lexicon ?? buildLexicon(null);
  const intents = [...new Set(rows.map((row) => row.intent))].filter((intent) => intent !== outOfScope).sort();
  const place = new Map(intents.map((intent, i) => [intent, i]));
  const labels = Int32Array.from(rows, (row) => place.get(row.intent) ?? -1);

  const read = rows.map((row) => words(clean(row.text)));
  const vocabulary = trustedWords(read, lexicon, options.commonWords ?? []);
  const spelling = new Spelling(vocabulary);
  const readings = read.map((list) => {
    const corrected = list.map((word) => spelling.correct(word));
    return readingOf(lexicon, corrected);
  });

  const core = fitCore(readings, labels, intents.length, options.features);
  const written = rows.map((row) => !row.generated);
  const samples = outOfFold(readings, labels, written, intents.length, options);
  options.onSamples?.(samples);
  return new Model(intents, spelling, core, fitConfidence(samples, options.confidence), vocabulary, lexicon);
}

function fitCore(readings: readonly Reading[], labels: Int32Array, intents: number, features?: FeatureOptions): Core {
  const vectoriser = Vectoriser.fit(readings, features);
  const rows = vectoriser.transformAll(readings);
  const classOf = labels.map((label) => (label < 0 ? intents : label));
  return {
    vectoriser,
    linear: trainLinearSvm(rows, classOf, intents + 1, vectoriser.size),
    neighbours: Neighbours.build(rows, labels, vectoriser.termCount),
  };
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

/**
 * Words that are taken as meant: those of two or more rows, common English, and the lexicon's. A word of a single row
 * stays known too unless it is one slip away from a trusted word: then it is a typo somebody put there on purpose.
 */
function trustedWords(read: readonly string[][], lexicon: Lexicon, common: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const list of read) for (const word of new Set(list)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const trusted = new Map<string, number>();
  const commonSet = new Set(common);
  for (const [word, count] of counts) {
    if (count >= 2 || commonSet.has(word) || lexicon.words.has(word)) trusted.set(word, count);
  }
  for (const word of [...common, ...lexicon.words]) if (!trusted.has(word)) trusted.set(word, 0);
  const probe = new Spelling(trusted);
  for (const [word, count] of counts) if (!trusted.has(word) && probe.correct(word) === word) trusted.set(word, count);
  return trusted;
}
