import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The package's own folder, whether this runs from `dist/scripts` or, in development, from `scripts`. */
export function packageRoot(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) throw new Error('package.json was not found above the program');
  }
}

/** Where the bot's knowledge lies. */
export const intentsFolder = (): string => join(packageRoot(), 'intents');
