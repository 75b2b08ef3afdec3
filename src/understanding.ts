import { join } from 'node:path';
import type { Content } from './core/content';
import type { Understander } from './core/ports';
import type { TrainingRow } from './core/understanding';
import { createUnderstander, loadOrTrain, readEntities, readLanguages, readTrainingRows } from './nlu';

/** What the classifier learns from: the utterance files, and each scenario's title as one more row. */
export function trainingRows(root: string, content: Content): TrainingRow[] {
  return [
    ...readTrainingRows(root),
    ...content.scenarios.map((scenario) => ({ text: scenario.wording.title, intent: scenario.intent })),
  ];
}

/**
 * Understanding of the content in `root`.
 * @param cacheFiles where a trained model may lie or be kept, in this order
 */
export function buildUnderstander(
  root: string,
  content: Content,
  cacheFiles: readonly string[],
): { understander: Understander; from: 'file' | 'trained' } {
  const entities = readEntities(root);
  const { model, from } = loadOrTrain({ rows: trainingRows(root, content), entities, cacheFile: cacheFiles });
  return { understander: createUnderstander(model, { entities, languages: readLanguages(root) }), from };
}

/** The model made by the build comes first; one made at run time, for changed content, lies with the data. */
export const modelFiles = (packageRoot: string, dataDir: string | null): string[] => [
  join(packageRoot, 'dist', 'nlu.model'),
  ...(dataDir === null ? [] : [join(dataDir, 'nlu.model')]),
];
