import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The package's own folder, whether this runs compiled from `dist` or, in development, from its source. */
export function packageRoot(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) throw new Error('package.json was not found above the program');
  }
}

/** Where the bot's knowledge lies. */
export const intentsFolder = (): string => join(packageRoot(), 'intents');

/** What the build kept of the content it checked. */
export const checkedContent = (): string => join(packageRoot(), 'dist', 'content.json');

/** The web desk's page as the build made it. */
export const deskAssets = (): string => join(packageRoot(), 'dist', 'desk');

export const packageVersion = (): string =>
  (JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string }).version;
