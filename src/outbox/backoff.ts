/** After this many tries a delivery counts as failed for good. */
export const maxAttempts = 10;

const firstMs = 1_000;
const longestMs = 5 * 60_000;

/** Milliseconds to wait after the given number of failed tries: doubling, up to five minutes. */
export const backoff = (attempts: number): number => Math.min(longestMs, firstMs * 2 ** Math.max(0, attempts - 1));
