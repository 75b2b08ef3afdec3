/** One line of a benchmark's result. `ok` is absent where a figure is shown for information only. */
export interface Row {
  name: string;
  value: number;
  unit: string;
  limit?: number;
  ok?: boolean;
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** The value below which the share `q` of all values lies. */
export function percentile(values: ArrayLike<number>, q: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

/** Milliseconds that `work` took. */
export async function measure(work: () => Promise<void>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

/** A line of the result, with its limit and whether it was kept. */
export function formatRow({ name, value, unit, limit, ok }: Row): string {
  const digits = Number.isInteger(value) ? 0 : value < 10 ? 3 : 1;
  const bar = limit === undefined ? '' : `  limit ${limit} ${unit}`.trimEnd() + (ok ? '  ok' : '  BROKEN');
  return `${`${value.toFixed(digits)} ${unit}`.padStart(14)}  ${name}${bar}`;
}
