/** Of so many values, in milliseconds. */
export interface Middle {
  of: number;
  half: number;
  nineTenths: number;
}

/** The value that half (and nine tenths) of all values do not exceed; null of none. */
export function middle(values: readonly number[]): Middle | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const upTo = (share: number) => sorted[Math.ceil(share * sorted.length) - 1]!;
  return { of: sorted.length, half: upTo(0.5), nineTenths: upTo(0.9) };
}
