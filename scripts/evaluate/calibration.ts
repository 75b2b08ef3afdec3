export interface Bin {
  from: number;
  to: number;
  rows: number;
  /** Mean confidence, and the share that was right. */
  sure: number | null;
  right: number | null;
}

const bins = 10;
const round = (x: number) => Math.round(10000 * x) / 10000;

/** Expected calibration error over ten bins of equal width, and the bins for the reliability plot. */
export function calibration(rows: ReadonlyArray<{ sure: number; right: boolean }>): {
  ece: number | null;
  bins: Bin[];
} {
  const list: Bin[] = [];
  let error = 0;
  for (let b = 0; b < bins; b++) {
    const here = rows.filter(({ sure }) => Math.min(bins - 1, Math.floor(sure * bins)) === b);
    const sure = here.reduce((sum, row) => sum + row.sure, 0) / here.length;
    const right = here.filter((row) => row.right).length / here.length;
    if (here.length > 0) error += (here.length / rows.length) * Math.abs(sure - right);
    list.push({
      from: b / bins,
      to: (b + 1) / bins,
      rows: here.length,
      sure: here.length > 0 ? round(sure) : null,
      right: here.length > 0 ? round(right) : null,
    });
  }
  return { ece: rows.length > 0 ? round(error) : null, bins: list };
}
