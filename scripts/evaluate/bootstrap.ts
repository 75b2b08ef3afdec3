import { seededRandom } from '../../src/core/seeded-random';
import { outOfScope } from '../../src/core/understanding';
import { isWanted, type Judgement } from './figures';

const resamples = 1000;

/** 95 % intervals of the main figures: what other draws of as many rows would have given. */
export function intervals(judged: readonly Judgement[]) {
  const inside = judged.filter((j) => j.row.intent !== outOfScope);
  const outside = judged.filter((j) => j.row.intent === outOfScope);
  return {
    forced_accuracy: interval(inside.map((j) => isWanted(j, j.forced))),
    in_scope_accuracy: interval(inside.map((j) => isWanted(j, j.intent))),
    oos_recall: interval(outside.map((j) => j.intent === outOfScope)),
  };
}

/** Percentile bootstrap of a share, with a fixed seed; null of nothing. */
export function interval(hits: readonly boolean[], seed = 5): [number, number] | null {
  if (hits.length === 0) return null;
  const random = seededRandom(seed);
  const shares = Float64Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let i = 0; i < hits.length; i++) if (hits[Math.floor(random() * hits.length)]) sum++;
    return sum / hits.length;
  }).sort();
  const at = (q: number) => Math.round(10000 * (shares[Math.floor(q * (resamples - 1))] as number)) / 10000;
  return [at(0.025), at(0.975)];
}
