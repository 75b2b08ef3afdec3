import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TrainingRow } from '../core/understanding';
import { outOfScope } from './model';
import { expandPatterns } from './patterns';

/** Words of an intent id after its first part keep `_`; folders have `-` for both, so ids are listed to tell them apart. */
const twoPartIds = /^(signin|account|mfa|password|verification|support|security|access|admin)-(.+)$/;

/** `signin-cannot-sign-in` → `signin.cannot_sign_in`. */
export function intentOfFolder(folder: string): string {
  const match = twoPartIds.exec(folder);
  if (match) return `${match[1]}.${(match[2] as string).replaceAll('-', '_')}`;
  return folder.replaceAll('-', '_');
}

/** Lines of an utterance file; `#` at a line's start makes a comment. */
export function utteranceLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

function readLines(file: string): string[] {
  return existsSync(file) ? utteranceLines(readFileSync(file, 'utf8')) : [];
}

function folders(path: string): string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/**
 * All English training rows under `root` (the `intents` folder), in a fixed order. The titles of scenarios are not read
 * here; whoever reads the scenarios adds them as rows.
 */
export function readTrainingRows(root: string): TrainingRow[] {
  const rows: TrainingRow[] = [];
  const add = (file: string, intent: string) => {
    for (const text of readLines(file)) rows.push({ text, intent });
  };
  for (const name of folders(join(root, 'scenarios'))) {
    add(join(root, 'scenarios', name, 'en.utterances.txt'), intentOfFolder(name));
  }
  for (const name of folders(join(root, 'common'))) {
    add(join(root, 'common', name, 'en.utterances.txt'), `act.${name.replaceAll('-', '_')}`);
  }
  for (const kind of ['generic', 'near-domain']) {
    add(join(root, 'training', 'out-of-scope', `${kind}.en.utterances.txt`), outOfScope);
  }
  const patterns = join(root, 'training', 'patterns.en.txt');
  if (existsSync(patterns)) rows.push(...expandPatterns(readFileSync(patterns, 'utf8')));
  return rows;
}

/** SHA-256 of the rows in order, hexadecimal. */
export function trainingHash(rows: readonly TrainingRow[]): string {
  const hash = createHash('sha256');
  for (const { text, intent, generated } of rows) hash.update(`${intent}\t${text}${generated ? '\t*' : ''}\n`);
  return hash.digest('hex');
}
