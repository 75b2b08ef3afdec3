import type { Decision } from '../core/understanding';

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
  knownNgrams: number;
  knownWords: number;
  /** Number of words. */
  length: number;
  /** The text names something that is not ours to help with (another product, an AWS service, a tool). */
  foreign: number;
  /** The text names AWS or one of its ways to sign in. */
  home: number;
}

/** Logistic regression over evidence, and the two thresholds. Plain numbers, so that it can live in the model file. */
export interface Confidence {
  mean: number[];
  deviation: number[];
  weights: number[];
  intercept: number;
  /** From here on the bot answers. */
  answer: number;
  /** From here on it asks which of two or three was meant; below it has not understood. */
  clarify: number;
}

export interface ConfidenceOptions {
  /** Answer when at least this sure … */
  answer: number;
  /** … but let at least and at most these shares of people's own utterances (out of fold) fall below it. */
  fewestAsked: number;
  mostAsked: number;
  /** Share of them that may be refused outright. */
  refused: number;
}

export const defaultConfidenceOptions: ConfidenceOptions = {
  answer: 0.72,
  fewestAsked: 0.1,
  mostAsked: 0.45,
  refused: 0.04,
};

function inputs(e: Evidence): number[] {
  return [
    e.top,
    e.top - e.second,
    e.top - e.outside,
    e.ownCosine,
    e.ownCosine - e.otherCosine,
    e.ownCosine - e.outsideCosine,
    e.knownNgrams,
    e.knownWords,
    Math.log(1 + e.length),
    e.foreign,
    e.foreign > 0 ? 1 - e.home : 0,
    e.home,
  ];
}

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
  const { weights, intercept } = fitLogistic(
    scaled,
    samples.map((s) => (s.right ? 1 : 0)),
    width,
  );
  const confidence: Confidence = { mean, deviation, weights, intercept, answer: 0.5, clarify: 0.25 };
  const inScope = samples
    .filter((s) => s.inScope)
    .map((s) => probability(confidence, s.evidence))
    .sort((a, b) => a - b);
  if (inScope.length > 0) {
    const at = (q: number) => inScope[Math.min(inScope.length - 1, Math.floor(q * inScope.length))] as number;
    confidence.answer = Math.min(Math.max(options.answer, at(options.fewestAsked)), at(options.mostAsked));
    confidence.clarify = Math.min(at(options.refused), confidence.answer);
  }
  return confidence;
}

const nothing: Evidence = {
  top: 0,
  second: 0,
  outside: 0,
  ownCosine: 0,
  otherCosine: 0,
  outsideCosine: 0,
  knownNgrams: 0,
  knownWords: 0,
  length: 0,
  foreign: 0,
  home: 0,
};

/** How likely the first choice is right, 0 to 1. */
export function probability(c: Confidence, evidence: Evidence): number {
  const row = inputs(evidence);
  let sum = c.intercept;
  for (let j = 0; j < row.length; j++) {
    sum += ((c.weights[j] as number) * ((row[j] as number) - (c.mean[j] as number))) / (c.deviation[j] as number);
  }
  return 1 / (1 + Math.exp(-sum));
}

export function decide(c: Confidence, p: number): Decision {
  if (p >= c.answer) return 'answer';
  return p >= c.clarify ? 'clarify' : 'not_understood';
}

/** Newton's method with a ridge; some ten unknowns, so the system is solved outright. */
function fitLogistic(
  rows: number[][],
  targets: number[],
  inputCount: number,
  ridge = 1,
): { weights: number[]; intercept: number } {
  const width = inputCount + 1;
  let beta = new Array<number>(width).fill(0);
  for (let round = 0; round < 30; round++) {
    const gradient = new Array<number>(width).fill(0);
    const hessian = Array.from({ length: width }, () => new Array<number>(width).fill(0));
    rows.forEach((row, i) => {
      let z = beta[0] as number;
      for (let j = 1; j < width; j++) z += (beta[j] as number) * (row[j - 1] as number);
      const p = 1 / (1 + Math.exp(-z));
      const slope = p * (1 - p);
      for (let j = 0; j < width; j++) {
        const xj = j === 0 ? 1 : (row[j - 1] as number);
        gradient[j] = (gradient[j] as number) + ((targets[i] as number) - p) * xj;
        const line = hessian[j] as number[];
        for (let k = 0; k <= j; k++)
          line[k] = (line[k] as number) + slope * xj * (k === 0 ? 1 : (row[k - 1] as number));
      }
    });
    for (let j = 0; j < width; j++) {
      const line = hessian[j] as number[];
      line[j] = (line[j] as number) + (j === 0 ? 1e-6 : ridge);
      gradient[j] = (gradient[j] as number) - (j === 0 ? 0 : ridge * (beta[j] as number));
      for (let k = 0; k < j; k++) (hessian[k] as number[])[j] = line[k] as number;
    }
    const step = solve(hessian, gradient);
    beta = beta.map((b, j) => b + (step[j] as number));
    if (Math.max(...step.map(Math.abs)) < 1e-8) break;
  }
  return { intercept: beta[0] as number, weights: beta.slice(1) };
}

/** Gaussian elimination with pivoting. */
function solve(matrix: number[][], right: number[]): number[] {
  const n = right.length;
  const a = matrix.map((row, i) => [...row, right[i] as number]);
  for (let i = 0; i < n; i++) {
    let pivot = i;
    for (let r = i + 1; r < n; r++) {
      if (Math.abs((a[r] as number[])[i] as number) > Math.abs((a[pivot] as number[])[i] as number)) pivot = r;
    }
    [a[i], a[pivot]] = [a[pivot] as number[], a[i] as number[]];
    const top = a[i] as number[];
    const divisor = (top[i] as number) || 1e-12;
    for (let r = 0; r < n; r++) {
      if (r === i) continue;
      const row = a[r] as number[];
      const factor = (row[i] as number) / divisor;
      if (factor === 0) continue;
      for (let k = i; k <= n; k++) row[k] = (row[k] as number) - factor * (top[k] as number);
    }
  }
  return a.map((row, i) => (row[n] as number) / ((row[i] as number) || 1e-12));
}
