import type { Decision } from '../core/understanding';
import { fitLogistic } from './logistic';

/** What is known about a classifier's first choice, before anybody says how sure it is. */
export interface Evidence {
  /** Margin of the best intent (SVM units). */
  top: number;
  /** Margin of the second intent. */
  second: number;
  /** Margin of the out-of-scope class. */
  outside: number;
  /** Cosines to the nearest training rows. */
  ownCosine: number;
  otherCosine: number;
  outsideCosine: number;
  knownWords: number;
  /** Share of the known words that speak for the first choice. */
  support: number;
  /** Number of words, and of places where a sign divides them. */
  length: number;
  clauses: number;
  /** See `Reading`. */
  foreign: number;
  alone: number;
  ok: number;
  lost: number;
}

interface Line {
  weights: number[];
  intercept: number;
}

/**
 * Two logistic regressions over the same evidence, and a threshold for each. Plain numbers, so that it can live in the
 * model file. "Is the first choice right?" and "is this ours at all?" are two questions: a message torn between two of our
 * intents is certainly ours, and one score for both refuses it.
 */
export interface Confidence {
  mean: number[];
  deviation: number[];
  right: Line;
  ours: Line;
  /** Chance of being right from which on the bot answers; below it asks which of two or three was meant. */
  answer: number;
  /** Chance of being ours below which it has not understood. */
  refuse: number;
}

export interface ConfidenceOptions {
  /** Answer as much as leaves at most this share of people's own utterances (out of fold) answered wrongly … */
  wrong: number;
  /** … but let at least and at most these shares of them fall below. */
  fewestAsked: number;
  mostAsked: number;
  /** Share of them that may be refused outright. */
  refused: number;
}

export const defaultConfidenceOptions: ConfidenceOptions = {
  wrong: 0.025,
  fewestAsked: 0.1,
  mostAsked: 0.6,
  refused: 0.015,
};

/** Products and bends let a straight line follow what is not straight: a small lead says less in a long message. */
function inputs(e: Evidence): number[] {
  const lead = e.top - e.second;
  const inside = e.top - e.outside;
  const size = Math.log(1 + e.length);
  return [
    e.top,
    below(0, e.top),
    e.top * size,
    lead,
    below(0.5, lead),
    lead * e.knownWords,
    lead * e.ownCosine,
    inside,
    below(0.7, inside),
    e.ownCosine,
    below(0.5, e.ownCosine),
    e.ownCosine * e.knownWords,
    e.ownCosine - e.otherCosine,
    e.ownCosine - e.outsideCosine,
    e.knownWords,
    e.support,
    size,
    Math.log(1 + e.clauses),
    e.foreign,
    e.alone,
    e.ok,
    e.lost,
  ];
}

const below = (bend: number, x: number): number => Math.max(0, bend - x);

export interface Sample {
  /** Place of the row in the training data. */
  row: number;
  evidence: Evidence;
  /** The first choice was right. Out-of-scope rows never are. */
  right: boolean;
  inScope: boolean;
  /** Place of the first choice among the intents. */
  first: number;
}

/** With this many samples the ridge is doubled, so that a handful of rows does not make anybody sure. */
const fewSamples = 300;

/** Fits on out-of-fold samples of the training rows only. */
export function fitConfidence(samples: readonly Sample[], options = defaultConfidenceOptions): Confidence {
  const rows = samples.map((s) => inputs(s.evidence));
  const width = inputs(nothing).length;
  const mean = new Array<number>(width).fill(0);
  const deviation = new Array<number>(width).fill(0);
  for (const row of rows)
    for (let j = 0; j < width; j++) mean[j] = (mean[j] as number) + (row[j] as number) / rows.length;
  for (const row of rows) {
    for (let j = 0; j < width; j++) {
      deviation[j] = (deviation[j] as number) + ((row[j] as number) - (mean[j] as number)) ** 2 / rows.length;
    }
  }
  for (let j = 0; j < width; j++) deviation[j] = Math.sqrt(deviation[j] as number) || 1;
  const scaled = rows.map((row) => row.map((x, j) => (x - (mean[j] as number)) / (deviation[j] as number)));
  const ridge = 1 + fewSamples / Math.max(1, samples.length);
  const line = (target: (sample: Sample) => boolean) =>
    fitLogistic(
      scaled,
      samples.map((s) => (target(s) ? 1 : 0)),
      width,
      ridge,
    );
  const confidence: Confidence = {
    mean,
    deviation,
    right: line((s) => s.right),
    ours: line((s) => s.inScope),
    answer: 0.5,
    refuse: 0,
  };
  const inScope = samples
    .filter((s) => s.inScope)
    .map((s) => ({ p: probability(confidence, s.evidence), ours: oursProbability(confidence, s.evidence), ...s }));
  if (inScope.length > 0) {
    const at = (list: readonly number[], q: number) =>
      list[Math.min(list.length - 1, Math.floor(q * list.length))] as number;
    const sure = inScope.sort((a, b) => a.p - b.p);
    const chances = sure.map((s) => s.p);
    confidence.answer = Math.min(
      Math.max(safeFrom(sure, options.wrong), at(chances, options.fewestAsked)),
      at(chances, options.mostAsked),
    );
    // Who was never shown what is out of scope cannot tell it, and asks.
    if (inScope.length < samples.length) {
      const scores = inScope.map((s) => s.ours).sort((a, b) => a - b);
      confidence.refuse = at(scores, options.refused);
    }
  }
  return confidence;
}

/** The lowest threshold that at most this share of the rows pass although they are wrong. @param rows least sure first */
function safeFrom(rows: ReadonlyArray<{ p: number; right: boolean }>, share: number): number {
  let left = Math.floor(share * rows.length);
  let threshold = 1;
  for (let i = rows.length - 1; i >= 0; i--) {
    const { p, right } = rows[i] as { p: number; right: boolean };
    if (!right && left-- === 0) break;
    threshold = p;
  }
  return threshold;
}

const nothing: Evidence = {
  top: 0,
  second: 0,
  outside: 0,
  ownCosine: 0,
  otherCosine: 0,
  outsideCosine: 0,
  knownWords: 0,
  support: 0,
  length: 0,
  clauses: 0,
  foreign: 0,
  alone: 0,
  ok: 0,
  lost: 0,
};

/** How likely the first choice is right, 0 to 1. */
export function probability(c: Confidence, evidence: Evidence): number {
  return onLine(c, c.right, evidence);
}

/** How likely the message is about one of our intents, whichever it is, 0 to 1. */
export function oursProbability(c: Confidence, evidence: Evidence): number {
  return onLine(c, c.ours, evidence);
}

function onLine({ mean, deviation }: Confidence, { weights, intercept }: Line, evidence: Evidence): number {
  const row = inputs(evidence);
  let sum = intercept;
  for (let j = 0; j < row.length; j++) {
    sum += ((weights[j] as number) * ((row[j] as number) - (mean[j] as number))) / (deviation[j] as number);
  }
  return 1 / (1 + Math.exp(-sum));
}

/** @param right chance that the first choice is right @param ours chance that the message is ours */
export function decide(c: Confidence, right: number, ours: number): Decision {
  if (ours < c.refuse) return 'not_understood';
  return right >= c.answer ? 'answer' : 'clarify';
}
