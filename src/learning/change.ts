import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf } from '../content/read';
import { utteranceLines } from '../content/training';
import type { Content } from '../core/content';
import { outOfScope, type TrainingRow } from '../core/understanding';

/** Lines that come to the end of one file of the content. */
export interface FileChange {
  /** Below the content's folder. */
  path: string;
  /** What is there now; null where the file is new. */
  before: string | null;
  added: string[];
}

export interface Given {
  text: string;
  intent: string;
}

/** The file that teaches an intent. Words for one that does not exist yet wait where nothing is trained on. */
export function fileOf(content: Content, intent: string): string {
  if (intent === outOfScope) return 'training/out-of-scope/near-domain.en.utterances.txt';
  const scenario = content.byIntent.get(intent);
  return scenario ? `scenarios/${scenario.name}/en.utterances.txt` : wantedFile(folderOf(intent));
}

/** Where words for a scenario that is still to be written wait; `npm run new` takes them up. */
export const wantedFile = (name: string): string => `training/wanted/${name}.en.utterances.txt`;

/** What must be added to which files so that everything given is taught; nothing for what is there already. */
export function changesFor(root: string, content: Content, given: readonly Given[]): FileChange[] {
  const changes = new Map<string, FileChange>();
  const known = new Map<string, Set<string>>();
  for (const { text, intent } of given) {
    const path = fileOf(content, intent);
    let change = changes.get(path);
    if (!change) {
      const file = join(root, path);
      change = { path, before: existsSync(file) ? readFileSync(file, 'utf8') : null, added: [] };
      changes.set(path, change);
      known.set(path, new Set(utteranceLines(change.before ?? '').map((line) => line.toLowerCase())));
    }
    const line = asLine(text);
    const there = known.get(path)!;
    if (line === '' || there.has(line.toLowerCase())) continue;
    there.add(line.toLowerCase());
    change.added.push(line);
  }
  return [...changes.values()].filter(({ added }) => added.length > 0);
}

/** The rows that the changes add to training. */
export function rowsOf(content: Content, changes: readonly FileChange[]): TrainingRow[] {
  const intents = new Map<string, string>([
    [fileOf(content, outOfScope), outOfScope],
    ...content.scenarios.map(({ intent }): [string, string] => [fileOf(content, intent), intent]),
  ]);
  return changes.flatMap(({ path, added }) => {
    const intent = intents.get(path);
    return intent === undefined ? [] : added.map((text) => ({ text, intent }));
  });
}

/** One line of an utterance file: no comment, and never more than a line. */
const asLine = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/^[\s#]+/, '')
    .trim();

export const textAfter = ({ before, added }: FileChange): string =>
  `${before === null || before === '' || before.endsWith('\n') ? (before ?? '') : `${before}\n`}${added.join('\n')}\n`;

/** As `git apply` takes it. */
export const patchOf = (changes: readonly FileChange[]): string => changes.map((change) => filePatch(change)).join('');

function filePatch({ path, before, added }: FileChange): string {
  const name = `intents/${path}`;
  if (before === null || before === '') {
    const from = before === null ? '/dev/null' : `a/${name}`;
    const head =
      before === null ? `diff --git a/${name} b/${name}\nnew file mode 100644\n` : `diff --git a/${name} b/${name}\n`;
    return `${head}--- ${from}\n+++ b/${name}\n@@ -0,0 +1,${added.length} @@\n${added.map((line) => `+${line}\n`).join('')}`;
  }
  const isWhole = before.endsWith('\n');
  const lines = (isWhole ? before.slice(0, -1) : before).split('\n');
  const shown = lines.slice(-3);
  const first = lines.length - shown.length + 1;
  const context = shown.map((line, index) =>
    isWhole || index < shown.length - 1 ? ` ${line}\n` : `-${line}\n\\ No newline at end of file\n+${line}\n`,
  );
  return [
    `diff --git a/${name} b/${name}\n--- a/${name}\n+++ b/${name}\n`,
    `@@ -${first},${shown.length} +${first},${shown.length + added.length} @@\n`,
    ...context,
    ...added.map((line) => `+${line}\n`),
  ].join('');
}
