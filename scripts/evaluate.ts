/**
 * `npm run -s evaluate -- --train FILE --test FILE` trains the shipped classifier on any labelled JSONL and examines it;
 * `--test FILE` alone examines the shipped intents. Prints one JSON object; its fields are in docs/evaluation and the contract.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { loadContent } from '../src/content/load';
import { readTrainingRows } from '../src/content/training';
import { outOfScope, type TrainingRow } from '../src/core/understanding';
import { createUnderstander, type Model, modelHash, trainingHash } from '../src/nlu';
import { decide, probability, type Sample } from '../src/nlu/confidence';
import { commonWords } from '../src/nlu/data/common-words';
import { buildLexicon } from '../src/nlu/lexicon';
import { train } from '../src/nlu/model';
import { deserialise, serialise } from '../src/nlu/model-file';
import { shippedVectors } from '../src/nlu/shipped-vectors';
import { checkedContent, intentsFolder } from '../src/package-files';
import { readVocabulary } from '../src/understanding';

const rowSchema = z.looseObject({
  text: z.string(),
  intent: z.string(),
  split: z.string().optional(),
  account_type: z.string().nullish(),
  also: z.array(z.string()).optional(),
  oos_kind: z.string().optional(),
});
type Row = z.infer<typeof rowSchema>;

class UsageError extends Error {}

function readRows(file: string, split: 'train' | 'test'): Row[] {
  if (!existsSync(file))
    throw new UsageError(`${file}: no such file. Give the path of a JSONL file with "text" and "intent" in each line.`);
  const rows: Row[] = [];
  readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .forEach((line, i) => {
      if (line.trim() === '') return;
      let value: unknown;
      try {
        value = JSON.parse(line);
      } catch {
        throw new UsageError(
          `${file}:${i + 1}: not JSON. Each line must be one object like {"text":"…","intent":"…"}.`,
        );
      }
      const row = rowSchema.safeParse(value);
      if (!row.success) {
        const fault = row.error.issues[0];
        throw new UsageError(
          `${file}:${i + 1}: ${fault?.path.join('.') || 'row'}: ${fault?.message}. Each row needs "text" and "intent".`,
        );
      }
      rows.push(row.data);
    });
  const kept = rows.some((row) => row.split === split) ? rows.filter((row) => row.split === split) : rows;
  if (kept.length === 0)
    throw new UsageError(`${file}: no rows. Each line must be one object like {"text":"…","intent":"…"}.`);
  return kept;
}

const share = (part: number, whole: number) => (whole > 0 ? Math.round((10000 * part) / whole) / 10000 : null);
const milliseconds = (x: number) => Math.round(x * 1000) / 1000;

/** Chance that an in-scope score lies above an out-of-scope one. */
function auroc(inside: number[], outside: number[]): number | null {
  if (inside.length === 0 || outside.length === 0) return null;
  const sorted = [...outside].sort((a, b) => a - b);
  let above = 0;
  for (const score of inside) {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] as number) < score) low = middle + 1;
      else high = middle;
    }
    let equal = low;
    while (equal < sorted.length && sorted[equal] === score) equal++;
    above += low + (equal - low) / 2;
  }
  return Math.round((10000 * above) / (inside.length * outside.length)) / 10000;
}

function percentile(values: number[], q: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
  return value === undefined ? null : milliseconds(value);
}

interface Judgement {
  row: Row;
  intent: string;
  forced: string;
  decision: string;
  sure: number;
  alternatives: string[];
  accountType: string | null;
}

/** Figures over judged rows; the same for a test file and for cross-validation. */
function figures(judged: Judgement[]) {
  const wanted = (j: Judgement) => new Set([j.row.intent, ...(j.row.also ?? [])]);
  const inside = judged.filter((j) => j.row.intent !== outOfScope);
  const outside = judged.filter((j) => j.row.intent === outOfScope);
  const refused = judged.filter((j) => j.intent === outOfScope);
  const harmless = (j: Judgement) =>
    j.decision !== 'answer' ||
    wanted(j).has(j.intent) ||
    (j.intent.startsWith('act.') && j.row.oos_kind !== 'near_domain');
  const right = (j: Judgement) => wanted(j).has(j.intent);
  const near = outside.filter((j) => j.row.oos_kind === 'near_domain');
  const count = (list: Judgement[], test: (j: Judgement) => boolean) => list.filter(test).length;
  return {
    forced_accuracy: share(
      count(inside, (j) => wanted(j).has(j.forced)),
      inside.length,
    ),
    in_scope_accuracy: share(count(inside, right), inside.length),
    oos_recall: share(
      count(outside, (j) => j.intent === outOfScope),
      outside.length,
    ),
    oos_precision: share(
      count(refused, (j) => j.row.intent === outOfScope),
      refused.length,
    ),
    oos_auroc: auroc(
      inside.map((j) => j.sure),
      outside.map((j) => j.sure),
    ),
    right_or_asked: share(
      count(
        inside,
        (j) => right(j) || (j.decision === 'clarify' && j.alternatives.slice(0, 3).some((a) => wanted(j).has(a))),
      ),
      inside.length,
    ),
    confidently_wrong: share(
      count(inside, (j) => !right(j) && j.decision === 'answer'),
      inside.length,
    ),
    oos_not_answered: share(count(outside, harmless), outside.length),
    near_domain_not_answered: share(count(near, harmless), near.length),
    decisions: {
      in_scope: counts(inside.map((j) => j.decision)),
      oos: counts(outside.map((j) => j.decision)),
    },
  };
}

function counts(list: string[]): Record<string, number> {
  const result: Record<string, number> = {};
  for (const item of list) result[item] = (result[item] ?? 0) + 1;
  return result;
}

function perIntent(judged: Judgement[]) {
  const intents = [...new Set(judged.map((j) => j.row.intent))].sort();
  return Object.fromEntries(
    intents.map((intent) => {
      const rows = judged.filter((j) => j.row.intent === intent);
      const predicted = judged.filter((j) => j.intent === intent);
      const hits = rows.filter((j) => j.intent === intent).length;
      return [
        intent,
        { rows: rows.length, recall: share(hits, rows.length), precision: share(hits, predicted.length) },
      ];
    }),
  );
}

function confusions(judged: Judgement[]) {
  const pairs = counts(
    judged
      .filter((j) => j.row.intent !== j.intent && !j.row.also?.includes(j.intent))
      .map((j) => `${j.row.intent} → ${j.intent}`),
  );
  return Object.entries(pairs)
    .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
    .slice(0, 10)
    .map(([pair, rows]) => ({ pair, rows }));
}

function accountTypes(judged: Judgement[]) {
  if (!judged.some((j) => j.row.account_type !== undefined)) return {};
  const inside = judged.filter((j) => j.row.intent !== outOfScope);
  const said = inside.filter((j) => j.row.account_type);
  const unsaid = inside.filter((j) => !j.row.account_type);
  return {
    account_type_found: share(said.filter((j) => j.accountType === j.row.account_type).length, said.length),
    account_type_invented: share(unsaid.filter((j) => j.accountType !== null).length, unsaid.length),
  };
}

/** Out-of-fold judgements of the training rows, by the decision as shipped. */
function crossValidated(rows: readonly TrainingRow[], model: Model, samples: readonly Sample[]) {
  const judged = samples.map(({ row: place, evidence, first }): Judgement => {
    const { text, intent: label } = rows[place] as TrainingRow;
    const row = { text, intent: label };
    const sure = probability(model.confidence, evidence);
    const forced = model.intents[first] ?? outOfScope;
    const decision = decide(model.confidence, sure);
    return {
      row,
      forced,
      sure,
      decision,
      intent: decision === 'not_understood' ? outOfScope : forced,
      alternatives: [],
      accountType: null,
    };
  });
  const { right_or_asked: _, near_domain_not_answered: __, ...rest } = figures(judged);
  const problems = judged.filter((j) => !j.row.intent.startsWith('act.'));
  const scenarios = figures(problems);
  return {
    folds: 5,
    rows: samples.length,
    ...rest,
    forced_accuracy_without_acts: scenarios.forced_accuracy,
    confidently_wrong_without_acts: scenarios.confidently_wrong,
    answered_without_acts: share(
      problems.filter((j) => j.row.intent !== outOfScope && j.decision === 'answer').length,
      problems.filter((j) => j.row.intent !== outOfScope).length,
    ),
    confusions: confusions(judged),
  };
}

function main(): void {
  const { values } = parseArgs({ options: { train: { type: 'string' }, test: { type: 'string' } } });
  if (!values.test) throw new UsageError('--test FILE is missing. Use --test FILE, or --train FILE --test FILE.');
  const test = readRows(values.test, 'test');
  const root = intentsFolder();
  const { entities, languages } = readVocabulary(root);
  const shipped = values.train === undefined;
  const rows: TrainingRow[] = shipped
    ? readTrainingRows(root, loadContent(root, checkedContent()).scenarios)
    : readRows(values.train as string, 'train');

  let samples: readonly Sample[] = [];
  const key = modelHash(trainingHash(rows), entities);
  const lexicon = buildLexicon(entities);
  const started = performance.now();
  const model = train(rows, { lexicon, commonWords, vectors: shippedVectors(), onSamples: (s) => (samples = s) });
  const trainMs = performance.now() - started;
  const bytes = serialise(model, key);
  const before = performance.now();
  const ready = deserialise(bytes, key, lexicon) as Model;
  const understander = createUnderstander(ready, { entities, languages });
  const readyMs = performance.now() - before;

  for (const row of test.slice(0, 200)) understander.understand(row.text);
  const times: number[] = [];
  const judged = test.map((row): Judgement => {
    const from = process.hrtime.bigint();
    const { intent, decision, alternatives, account_type } = understander.understand(row.text);
    times.push(Number(process.hrtime.bigint() - from) / 1e6);
    const reading = ready.reading(row.text);
    const verdict = ready.judge(reading);
    const first = verdict.ranked[0];
    return {
      row,
      intent,
      decision,
      forced: first ? (ready.intents[first.intent] as string) : outOfScope,
      sure: ready.probability(verdict.evidence),
      alternatives: alternatives.map((a) => a.intent),
      accountType: account_type,
    };
  });

  const result = {
    rows: test.length,
    intents: model.intents.length,
    ...figures(judged),
    train_ms: milliseconds(trainMs),
    ready_ms: milliseconds(readyMs),
    p50_ms: percentile(times, 0.5),
    p99_ms: percentile(times, 0.99),
    ...accountTypes(judged),
    per_intent: perIntent(judged),
    confusions: confusions(judged),
    ...(shipped ? { cross_validated: crossValidated(rows, model, samples) } : {}),
  };
  console.log(JSON.stringify(result));
}

try {
  main();
} catch (error) {
  const usage = error instanceof UsageError || (error instanceof TypeError && 'code' in error);
  console.error(usage ? (error as Error).message : error);
  process.exitCode = 1;
}
