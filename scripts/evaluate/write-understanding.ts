import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Measured } from './measure';
import { understandingPage, understandingPictures } from './page';

/** The page and its pictures, by path from the root, from the figures kept beside them. */
export function understandingFiles(figures: Measured): Map<string, string> {
  const pictures = [...understandingPictures(figures)].map(([name, svg]): [string, string] => [
    `docs/pictures/${name}`,
    svg,
  ]);
  return new Map([['docs/understanding.md', understandingPage(figures)], ...pictures]);
}

export const keptFigures = (root: string): Measured =>
  JSON.parse(readFileSync(join(root, 'docs/understanding.json'), 'utf8')) as Measured;

/** Writes the page and its pictures; with new figures, these first. */
export function writeUnderstanding(root: string, figures?: Measured): void {
  if (figures) writeFileSync(join(root, 'docs/understanding.json'), `${JSON.stringify(figures, null, 1)}\n`);
  for (const [file, text] of understandingFiles(figures ?? keptFigures(root))) {
    writeFileSync(join(root, file), text);
    console.log(`wrote ${file}`);
  }
}
