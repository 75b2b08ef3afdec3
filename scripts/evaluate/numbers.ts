export const share = (part: number, whole: number) => (whole > 0 ? Math.round((10000 * part) / whole) / 10000 : null);
export const milliseconds = (x: number) => Math.round(x * 1000) / 1000;

/** Chance that an in-scope score lies above an out-of-scope one. */
export function auroc(inside: number[], outside: number[]): number | null {
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

export function percentile(values: number[], q: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
  return value === undefined ? null : milliseconds(value);
}

export function counts(list: readonly string[]): Record<string, number> {
  const result: Record<string, number> = {};
  for (const item of list) result[item] = (result[item] ?? 0) + 1;
  return result;
}
