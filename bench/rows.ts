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

/** Milliseconds that `work` took. */
export async function measure(work: () => Promise<void>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}
