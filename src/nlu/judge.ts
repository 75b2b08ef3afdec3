import type { Evidence } from './confidence';
import { type FeatureOptions, type Features, type Reading, Vectoriser } from './features';
import { type LinearModel, trainLinearSvm } from './linear-svm';
import { Neighbours } from './neighbours';
import type { WordVectors } from './word-vectors';

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

const rankedIntents = 4;

/** @param labels place of each row's intent, or -1 for out of scope */
export function fitCore(
  readings: readonly Reading[],
  labels: Int32Array,
  intents: number,
  features?: FeatureOptions,
  vectors: WordVectors | null = null,
): Core {
  const vectoriser = Vectoriser.fit(readings, features, vectors);
  const rows = vectoriser.transformAll(readings);
  const classOf = labels.map((label) => (label < 0 ? intents : label));
  return {
    vectoriser,
    linear: trainLinearSvm(rows, classOf, intents + 1, vectoriser.size),
    neighbours: Neighbours.build(rows, labels, vectoriser.termCount),
  };
}

export function judge({ vectoriser, linear, neighbours }: Core, intents: number, reading: Reading): Verdict {
  const features = vectoriser.transform(reading);
  const margins = marginsOf(linear, features);
  const ranked = best(margins, intents);
  const first = ranked[0] ?? { intent: -1, margin: -1 };
  const near = neighbours.nearest(features, first.intent);
  const { foreign, alone, ok, lost, clauses } = reading;
  return {
    ranked,
    evidence: {
      top: first.margin,
      second: ranked[1]?.margin ?? -1,
      outside: margins[intents] as number,
      ownCosine: near.own,
      otherCosine: near.other,
      outsideCosine: near.outside,
      knownWords: features.knownWords,
      support: supportFor(first.intent, linear, features, vectoriser.vocabulary.stems.size),
      length: reading.words.length,
      clauses,
      foreign,
      alone,
      ok,
      lost,
    },
  };
}

let marginsOfLast = new Float64Array(0);

/** The returned array is the same at every call. Four features a round: their weights are fetched from memory side by side. */
function marginsOf({ classes, weights, scale, bias }: LinearModel, { ids, values, length }: Features): Float64Array {
  if (marginsOfLast.length !== classes) marginsOfLast = new Float64Array(classes);
  const margins = marginsOfLast;
  for (let k = 0; k < classes; k++) margins[k] = bias[k] as number;
  const scaled = (i: number) => (values[i] as number) * (scale[ids[i] as number] as number);
  let i = 0;
  for (; i + 3 < length; i += 4) {
    const one = scaled(i);
    const two = scaled(i + 1);
    const three = scaled(i + 2);
    const four = scaled(i + 3);
    const a = (ids[i] as number) * classes;
    const b = (ids[i + 1] as number) * classes;
    const c = (ids[i + 2] as number) * classes;
    const d = (ids[i + 3] as number) * classes;
    for (let k = 0; k < classes; k++) {
      margins[k] =
        (margins[k] as number) +
        one * (weights[a + k] as number) +
        two * (weights[b + k] as number) +
        three * (weights[c + k] as number) +
        four * (weights[d + k] as number);
    }
  }
  for (; i < length; i++) {
    const value = scaled(i);
    const at = (ids[i] as number) * classes;
    for (let k = 0; k < classes; k++) margins[k] = (margins[k] as number) + value * (weights[at + k] as number);
  }
  return margins;
}

function best(margins: Float64Array, intents: number): Ranked[] {
  const ranked: Ranked[] = [];
  for (let k = 0; k < intents; k++) {
    const margin = margins[k] as number;
    let place = ranked.length;
    while (place > 0 && (ranked[place - 1] as Ranked).margin < margin) place--;
    if (place >= rankedIntents) continue;
    ranked.splice(place, 0, { intent: k, margin });
    if (ranked.length > rankedIntents) ranked.pop();
  }
  return ranked;
}

/** Share of the words whose weight speaks for the intent; a rare word counts more than a common one. */
function supportFor(intent: number, linear: LinearModel, features: Features, stems: number): number {
  if (intent < 0) return 0;
  let speaking = 0;
  let all = 0;
  for (let i = 0; i < features.wordFeatures; i++) {
    const id = features.ids[i] as number;
    if (id >= stems) continue;
    const value = features.values[i] as number;
    all += value;
    if ((linear.weights[id * linear.classes + intent] as number) > 0) speaking += value;
  }
  return all > 0 ? speaking / all : 0;
}
