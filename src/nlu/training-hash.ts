import { createHash } from 'node:crypto';
import type { TrainingRow } from '../core/understanding';

/** SHA-256 of the rows in order, hexadecimal. */
export function trainingHash(rows: readonly TrainingRow[]): string {
  const hash = createHash('sha256');
  for (const { text, intent, generated } of rows) hash.update(`${intent}\t${text}${generated ? '\t*' : ''}\n`);
  return hash.digest('hex');
}
