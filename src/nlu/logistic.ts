/** Newton's method with a ridge; some twenty unknowns, so the system is solved outright. */
export function fitLogistic(
  rows: number[][],
  targets: number[],
  inputCount: number,
  ridge = 1,
): { weights: number[]; intercept: number } {
  const width = inputCount + 1;
  let beta = new Array<number>(width).fill(0);
  for (let round = 0; round < 30; round++) {
    const gradient = new Array<number>(width).fill(0);
    const hessian = Array.from({ length: width }, () => new Array<number>(width).fill(0));
    rows.forEach((row, i) => {
      let z = beta[0] as number;
      for (let j = 1; j < width; j++) z += (beta[j] as number) * (row[j - 1] as number);
      const p = 1 / (1 + Math.exp(-z));
      const slope = p * (1 - p);
      for (let j = 0; j < width; j++) {
        const xj = j === 0 ? 1 : (row[j - 1] as number);
        gradient[j] = (gradient[j] as number) + ((targets[i] as number) - p) * xj;
        const line = hessian[j] as number[];
        for (let k = 0; k <= j; k++)
          line[k] = (line[k] as number) + slope * xj * (k === 0 ? 1 : (row[k - 1] as number));
      }
    });
    for (let j = 0; j < width; j++) {
      const line = hessian[j] as number[];
      line[j] = (line[j] as number) + (j === 0 ? 1e-6 : ridge);
      gradient[j] = (gradient[j] as number) - (j === 0 ? 0 : ridge * (beta[j] as number));
      for (let k = 0; k < j; k++) (hessian[k] as number[])[j] = line[k] as number;
    }
    const step = solve(hessian, gradient);
    beta = beta.map((b, j) => b + (step[j] as number));
    if (Math.max(...step.map(Math.abs)) < 1e-8) break;
  }
  return { intercept: beta[0] as number, weights: beta.slice(1) };
}

/** Gaussian elimination with pivoting. */
function solve(matrix: number[][], right: number[]): number[] {
  const n = right.length;
  const a = matrix.map((row, i) => [...row, right[i] as number]);
  for (let i = 0; i < n; i++) {
    let pivot = i;
    for (let r = i + 1; r < n; r++) {
      if (Math.abs((a[r] as number[])[i] as number) > Math.abs((a[pivot] as number[])[i] as number)) pivot = r;
    }
    [a[i], a[pivot]] = [a[pivot] as number[], a[i] as number[]];
    const top = a[i] as number[];
    const divisor = (top[i] as number) || 1e-12;
    for (let r = 0; r < n; r++) {
      if (r === i) continue;
      const row = a[r] as number[];
      const factor = (row[i] as number) / divisor;
      if (factor === 0) continue;
      for (let k = i; k <= n; k++) row[k] = (row[k] as number) - factor * (top[k] as number);
    }
  }
  return a.map((row, i) => (row[n] as number) / ((row[i] as number) || 1e-12));
}
