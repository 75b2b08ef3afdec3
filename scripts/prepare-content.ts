import { join } from 'node:path';
import { readContent } from '../src/content/read';
import { buildUnderstander } from '../src/understanding';
import { failWith } from './fail';
import { intentsFolder, packageRoot } from './here';

/** Trains the classifier at build time, so that the service starts from a model file. Faulty content is left to `check`. */
try {
  const root = intentsFolder();
  buildUnderstander(root, readContent(root).content, [join(packageRoot(), 'dist', 'nlu.model')]);
} catch (error) {
  failWith(error);
}
