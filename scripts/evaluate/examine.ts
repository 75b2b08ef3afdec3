import { seededRandom } from '../../src/core/seeded-random';
import { outOfScope, type TrainingRow } from '../../src/core/understanding';
import {
  createUnderstander,
  type EntitiesFile,
  type LanguagesFile,
  type Model,
  modelHash,
  trainingHash,
} from '../../src/nlu';
import type { Sample } from '../../src/nlu/confidence';
import { commonWords } from '../../src/nlu/data/common-words';
import { buildLexicon } from '../../src/nlu/lexicon';
import { train } from '../../src/nlu/model';
import { deserialise, serialise } from '../../src/nlu/model-file';
import { shippedVectors } from '../../src/nlu/shipped-vectors';
import { intervals } from './bootstrap';
import { calibration } from './calibration';
import { effort } from './effort';
import { accountTypes, confusions, figures, isWanted, type Judgement, perIntent } from './figures';
import { milliseconds, percentile, share } from './numbers';
import type { Row } from './rows';
import { withTypos } from './typos';

export interface Vocabulary {
  entities: EntitiesFile;
  languages: LanguagesFile;
}

export interface Examined {
  model: Model;
  samples: readonly Sample[];
  judged: Judgement[];
  result: ReturnType<typeof report>;
}

const roundsOfWarmUp = 200;

/** Trains the shipped classifier on `rows`, reads it back from its file, and has it judge `test` as the bot would. */
export function examine(
  rows: readonly TrainingRow[],
  test: readonly Row[],
  { entities, languages }: Vocabulary,
): Examined {
  let samples: readonly Sample[] = [];
  const key = modelHash(trainingHash(rows), entities);
  const lexicon = buildLexicon(entities);
  const vectors = shippedVectors();
  const started = performance.now();
  const trained = train(rows, { lexicon, commonWords, vectors, onSamples: (s) => (samples = s) });
  const trainMs = performance.now() - started;
  const bytes = serialise(trained, key);
  const before = performance.now();
  const model = deserialise(bytes, key, lexicon) as Model;
  const understander = createUnderstander(model, { entities, languages });
  const readyMs = performance.now() - before;

  for (const row of test.slice(0, roundsOfWarmUp)) understander.understand(row.text);
  const times: number[] = [];
  const judged = test.map((row): Judgement => {
    const from = process.hrtime.bigint();
    const { intent, decision, alternatives, account_type } = understander.understand(row.text);
    times.push(Number(process.hrtime.bigint() - from) / 1e6);
    const { ranked, evidence } = model.judge(model.reading(row.text));
    const names = ranked.map((r) => model.intents[r.intent] as string);
    return {
      row,
      intent,
      decision,
      forced: names[0] ?? outOfScope,
      ranked: names,
      sure: model.probability(evidence),
      ours: model.oursProbability(evidence),
      alternatives: alternatives.map((a) => a.intent),
      accountType: account_type,
    };
  });
  return { model, samples, judged, result: report(model, judged, { trainMs, readyMs, times }) };
}

function report(model: Model, judged: Judgement[], time: { trainMs: number; readyMs: number; times: number[] }) {
  return {
    rows: judged.length,
    intents: model.intents.length,
    ...figures(judged),
    train_ms: milliseconds(time.trainMs),
    ready_ms: milliseconds(time.readyMs),
    p50_ms: percentile(time.times, 0.5),
    p99_ms: percentile(time.times, 0.99),
    ...accountTypes(judged),
    intervals: intervals(judged),
    calibration: calibration(judged.map((j) => ({ sure: j.sure, right: isWanted(j, j.forced) }))),
    typos: typoRobustness(model, judged),
    effort: effort(judged),
    per_intent: perIntent(judged),
    confusions: confusions(judged),
  };
}

/** The same rows with one or two slips each. */
function typoRobustness(model: Model, judged: readonly Judgement[]) {
  const random = seededRandom(20261201);
  const inside = judged.filter((j) => j.row.intent !== outOfScope);
  let right = 0;
  for (const j of inside) {
    const first = model.judge(model.reading(withTypos(j.row.text, 1 + Math.floor(random() * 2), random))).ranked[0];
    if (first && isWanted(j, model.intents[first.intent] as string)) right++;
  }
  const clean = inside.filter((j) => isWanted(j, j.forced)).length;
  return { forced_accuracy: share(right, inside.length), loss: share(clean - right, inside.length) };
}
