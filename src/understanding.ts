import { join } from 'node:path';
import { ContentError } from './content/faults';
import { readTrainingRows } from './content/training';
import { readYamlFile } from './content/yaml-file';
import type { Content } from './core/content';
import type { Understander } from './core/ports';
import {
  createUnderstander,
  type EntitiesFile,
  entitiesSchema,
  type LanguagesFile,
  languagesSchema,
  loadOrTrain,
  type Model,
} from './nlu';

/** What understanding needs beside the training rows. */
export interface Vocabulary {
  entities: EntitiesFile;
  languages: LanguagesFile;
}

/** Reads `entities.yaml` and `languages.yaml`. Throws a ContentError with every fault of both. */
export function readVocabulary(root: string): Vocabulary {
  const entities = readYamlFile(join(root, 'entities.yaml'), 'intents/entities.yaml', entitiesSchema);
  const languages = readYamlFile(join(root, 'languages.yaml'), 'intents/languages.yaml', languagesSchema);
  if (entities.kind === 'ok' && languages.kind === 'ok')
    return { entities: entities.value, languages: languages.value };
  throw new ContentError([entities, languages].flatMap((file) => (file.kind === 'faulty' ? file.faults : [])));
}

/**
 * Understanding of the content in `root`.
 * @param cacheFiles where a trained model may lie or be kept, in this order
 */
export function buildUnderstander(
  root: string,
  content: Content,
  cacheFiles: readonly string[],
): { understander: Understander; model: Model; from: 'file' | 'trained' } {
  const { entities, languages } = readVocabulary(root);
  const rows = readTrainingRows(root, content.scenarios);
  const { model, from } = loadOrTrain({ rows, entities, cacheFile: cacheFiles });
  return { understander: createUnderstander(model, { entities, languages }), model, from };
}

/** The model made by the build comes first; one made at run time, for changed content, lies with the data. */
export const modelFiles = (packageRoot: string, dataDir: string | null): string[] => [
  join(packageRoot, 'dist', 'nlu.model'),
  ...(dataDir === null ? [] : [join(dataDir, 'nlu.model')]),
];
