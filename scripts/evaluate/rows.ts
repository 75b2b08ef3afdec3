import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const rowSchema = z.looseObject({
  text: z.string(),
  intent: z.string(),
  split: z.string().optional(),
  account_type: z.string().nullish(),
  also: z.array(z.string()).optional(),
  oos_kind: z.string().optional(),
});
export type Row = z.infer<typeof rowSchema>;

/** What the caller can put right; its message says how. */
export class UsageError extends Error {}

/** Labelled rows of a JSONL file; where rows name a split, those of this one. */
export function readRows(file: string, split: 'train' | 'test'): Row[] {
  if (!existsSync(file))
    throw new UsageError(`${file}: no such file. Give the path of a JSONL file with "text" and "intent" in each line.`);
  const rows: Row[] = [];
  readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .forEach((line, i) => {
      if (line.trim() === '') return;
      let value: unknown;
      try {
        value = JSON.parse(line);
      } catch {
        throw new UsageError(
          `${file}:${i + 1}: not JSON. Each line must be one object like {"text":"…","intent":"…"}.`,
        );
      }
      const row = rowSchema.safeParse(value);
      if (!row.success) {
        const fault = row.error.issues[0];
        throw new UsageError(
          `${file}:${i + 1}: ${fault?.path.join('.') || 'row'}: ${fault?.message}. Each row needs "text" and "intent".`,
        );
      }
      rows.push(row.data);
    });
  const kept = rows.some((row) => row.split === split) ? rows.filter((row) => row.split === split) : rows;
  if (kept.length === 0)
    throw new UsageError(`${file}: no rows. Each line must be one object like {"text":"…","intent":"…"}.`);
  return kept;
}
