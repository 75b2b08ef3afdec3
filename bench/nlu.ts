import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadContent } from '../src/content/load';
import { readTrainingRows } from '../src/content/training';
import { seededRandom } from '../src/core/seeded-random';
import type { TrainingRow } from '../src/core/understanding';
import { createUnderstander, loadOrTrain } from '../src/nlu';
import { checkedContent, intentsFolder } from '../src/package-files';
import { readVocabulary } from '../src/understanding';

/** One measured figure; `ok` is false when a limit is missed. */
export interface BenchRow {
  name: string;
  value: number;
  unit: string;
  limit?: number;
  ok: boolean;
}

/** Limits for a quiet core; twice as much is allowed for where the machine is known to be shared. */
const limits = { p50: 0.06, p99: 0.3, ready: 100, ratio: 5 };

/** One slip in about every third word: a letter swapped, doubled, dropped or replaced. */
function withTypos(text: string, random: () => number): string {
  return text
    .split(' ')
    .map((word) => {
      if (word.length < 4 || random() > 0.33) return word;
      const at = 1 + Math.floor(random() * (word.length - 2));
      const kind = Math.floor(random() * 4);
      if (kind === 0) return word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
      if (kind === 1) return word.slice(0, at) + word[at] + word.slice(at);
      if (kind === 2) return word.slice(0, at) + word.slice(at + 1);
      return `${word.slice(0, at)}${String.fromCharCode(97 + Math.floor(random() * 26))}${word.slice(at + 1)}`;
    })
    .join(' ');
}

function percentile(sorted: Float64Array, q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] as number;
}

/** Time per message, time until ready, and memory, over all training utterances with seeded typos. */
export async function understanding(
  rows: readonly TrainingRow[] = readTrainingRows(
    intentsFolder(),
    loadContent(intentsFolder(), checkedContent()).scenarios,
  ),
): Promise<BenchRow[]> {
  const root = intentsFolder();
  const { entities, languages } = readVocabulary(root);
  const file = join(tmpdir(), `nlu-bench-${process.pid}.model`);
  try {
    const trainStart = performance.now();
    loadOrTrain({ rows, entities, cacheFile: [file] });
    const trainMs = performance.now() - trainStart;

    // Two rounds with a pause, so that what training left behind is gone before the count.
    for (let i = 0; i < 2; i++) {
      globalThis.gc?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    const memoryBefore = process.memoryUsage();
    const readyStart = performance.now();
    const loaded = loadOrTrain({ rows, entities, cacheFile: [file] });
    const understander = createUnderstander(loaded.model, { entities, languages });
    understander.understand('ready');
    const readyMs = performance.now() - readyStart;
    globalThis.gc?.();
    const memoryAfter = process.memoryUsage();
    const memory = (m: NodeJS.MemoryUsage) => m.heapUsed + m.external;

    const random = seededRandom(99);
    const messages = rows.map((row) => withTypos(row.text, random));
    for (const message of messages) understander.understand(message);
    const times = new Float64Array(messages.length);
    messages.forEach((message, i) => {
      const from = process.hrtime.bigint();
      understander.understand(message);
      times[i] = Number(process.hrtime.bigint() - from) / 1e6;
    });
    times.sort();
    const row = (
      name: string,
      value: number,
      unit: string,
      limit?: number,
      ok = limit === undefined || value <= limit,
    ): BenchRow => ({
      name,
      value: Math.round(value * 1000) / 1000,
      unit,
      ...(limit === undefined ? {} : { limit }),
      ok,
    });
    return [
      row('understand a message, p50', percentile(times, 0.5), 'ms', limits.p50),
      row('understand a message, p99', percentile(times, 0.99), 'ms', limits.p99),
      row('ready from the model file', readyMs, 'ms', limits.ready, loaded.from === 'file' && readyMs <= limits.ready),
      row('train without a model file', trainMs, 'ms'),
      row('training over reading', trainMs / readyMs, 'times', limits.ratio, trainMs / readyMs >= limits.ratio),
      row('memory added by the model', (memory(memoryAfter) - memory(memoryBefore)) / 1e6, 'MB'),
    ];
  } finally {
    if (existsSync(file)) rmSync(file);
  }
}
