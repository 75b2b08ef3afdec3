import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from '../core/scenario';
import { outOfScope, type TrainingRow } from '../core/understanding';
import { expandPatterns } from './patterns';

/** Lines of an utterance file; `#` at a line's start makes a comment. */
export function utteranceLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/**
 * All English training rows of the `intents` folder, in a fixed order: each scenario's title and utterances, more of
 * them under `training/more`, the dialogue acts, and sentences that must not be answered.
 */
export function readTrainingRows(
  root: string,
  scenarios: readonly Pick<Scenario, 'name' | 'intent' | 'wording'>[],
): TrainingRow[] {
  const rows: TrainingRow[] = [];
  const add = (intent: string, ...path: string[]) => {
    const file = join(root, ...path);
    if (existsSync(file)) rows.push(...utteranceLines(readFileSync(file, 'utf8')).map((text) => ({ text, intent })));
  };
  for (const { name, intent, wording } of scenarios) {
    rows.push({ text: wording.title, intent });
    add(intent, 'scenarios', name, 'en.utterances.txt');
    add(intent, 'training', 'more', `${name}.en.utterances.txt`);
  }
  for (const act of entries(join(root, 'common')))
    add(`act.${act.replaceAll('-', '_')}`, 'common', act, 'en.utterances.txt');
  for (const file of entries(join(root, 'training', 'out-of-scope'))) add(outOfScope, 'training', 'out-of-scope', file);
  const patterns = join(root, 'training', 'patterns.en.txt');
  if (existsSync(patterns)) rows.push(...expandPatterns(readFileSync(patterns, 'utf8')));
  return rows;
}

const entries = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).sort() : []);
