import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkContent } from '../src/content/check';
import { keepChecked } from '../src/content/load';
import { readContent } from '../src/content/read';
import { intentsFolder, packageRoot } from '../src/package-files';
import { buildUnderstander } from '../src/understanding';
import { failWith } from './fail';

/**
 * The part of the build that prepares content: trains the classifier, and keeps content that passed every check, so
 * that the service starts at once. Faults are not the build's business; `check` lists them and the service refuses.
 */
try {
  const root = intentsFolder();
  const checked = join(packageRoot(), 'dist', 'content.json');
  rmSync(checked, { force: true });
  const result = readContent(root);
  if (checkContent(result).length === 0) keepChecked(root, result.content, checked);
  buildUnderstander(root, result.content, [join(packageRoot(), 'dist', 'nlu.model')]);
} catch (error) {
  failWith(error);
}
