import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type LanguagesFile, languagesSchema } from './language';
import { type EntitiesFile, entitiesSchema } from './lexicon';

/** Reads and checks `entities.yaml` in the `intents` folder. Throws zod's error, which names what is wrong. */
export function readEntities(root: string): EntitiesFile {
  return entitiesSchema.parse(parse(readFileSync(join(root, 'entities.yaml'), 'utf8')));
}

/** Reads and checks `languages.yaml` in the `intents` folder. */
export function readLanguages(root: string): LanguagesFile {
  return languagesSchema.parse(parse(readFileSync(join(root, 'languages.yaml'), 'utf8')));
}
