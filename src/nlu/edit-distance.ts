/**
 * Damerau-Levenshtein distance with adjacent swaps (optimal string alignment), given up as soon as it must exceed
 * `limit`; then `limit + 1`. natural's own takes 50 times as long, which counts in a message full of typos.
 */
export function editDistance(a: string, b: string, limit: number): number {
  const rows = a.length;
  const columns = b.length;
  if (Math.abs(rows - columns) > limit) return limit + 1;
  let before = scratch[0] as Int32Array;
  let last = scratch[1] as Int32Array;
  let now = scratch[2] as Int32Array;
  if (columns >= before.length) return limit + 1;
  for (let j = 0; j <= columns; j++) last[j] = j;
  for (let i = 1; i <= rows; i++) {
    now[0] = i;
    let best = i;
    const code = a.charCodeAt(i - 1);
    for (let j = 1; j <= columns; j++) {
      const other = b.charCodeAt(j - 1);
      let cost = (last[j - 1] as number) + (code === other ? 0 : 1);
      cost = Math.min(cost, (last[j] as number) + 1, (now[j - 1] as number) + 1);
      if (i > 1 && j > 1 && code === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === other) {
        cost = Math.min(cost, (before[j - 2] as number) + 1);
      }
      now[j] = cost;
      if (cost < best) best = cost;
    }
    if (best > limit) return limit + 1;
    const spare = before;
    before = last;
    last = now;
    now = spare;
  }
  return Math.min(last[columns] as number, limit + 1);
}

/** Words longer than this are never compared. */
const longest = 40;
const scratch = [new Int32Array(longest), new Int32Array(longest), new Int32Array(longest)];
