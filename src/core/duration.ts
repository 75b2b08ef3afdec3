import { z } from 'zod';

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A length of time as people write it: `15m`, `1h`, `2d`. */
export const durationSchema = z.string().regex(/^[1-9]\d{0,5}(s|m|h|d)$/, 'write a duration as 15m, 1h or 2d');

/** Milliseconds of a duration that the schema let through. */
export function milliseconds(duration: string): number {
  return Number(duration.slice(0, -1)) * units[duration.at(-1) as keyof typeof units];
}
