import { seededRandom, shuffle } from '../../src/core/seeded-random';
import { outOfScope, type TrainingRow } from '../../src/core/understanding';
import { examine, type Vocabulary } from './examine';
import type { Row } from './rows';

const shares = [0.1, 0.25, 0.5, 1];

/** At most `most` rows of each intent, drawn with a seed; out-of-scope rows all stay. */
export function fewerRows<R extends TrainingRow>(rows: readonly R[], most: (intent: string) => number, seed = 1): R[] {
  const order = Int32Array.from(rows, (_, i) => i);
  shuffle(order, seededRandom(seed));
  const taken = new Map<string, number>();
  const kept = new Set<number>();
  for (const i of order) {
    const { intent } = rows[i] as R;
    const count = taken.get(intent) ?? 0;
    if (intent !== outOfScope && count >= most(intent)) continue;
    taken.set(intent, count + 1);
    kept.add(i);
  }
  return rows.filter((_, i) => kept.has(i));
}

/** Forced accuracy with a tenth, a quarter, half and all of the rows of each intent. */
export function learningCurve(rows: readonly TrainingRow[], test: readonly Row[], vocabulary: Vocabulary) {
  const sizes = new Map<string, number>();
  for (const { intent } of rows) sizes.set(intent, (sizes.get(intent) ?? 0) + 1);
  return shares.map((share) => {
    const some = fewerRows(rows, (intent) => Math.max(2, Math.ceil(share * (sizes.get(intent) ?? 0))));
    return { share, rows: some.length, forced_accuracy: examine(some, test, vocabulary).result.forced_accuracy };
  });
}
