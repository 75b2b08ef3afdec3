import { parseArgs } from 'node:util';
import { checkContent } from '../src/content/check';
import { ContentError } from '../src/content/faults';
import { readContent } from '../src/content/read';
import { intentsFolder, packageRoot } from '../src/package-files';
import { failWith } from './fail';
import { stalePages, writePages } from './generated/pages';

/** `npm run docs`: writes the generated pages and transcripts. With `--check` it writes nothing and names the stale ones; exit 1 on any. */
try {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const root = packageRoot();
  const result = readContent(intentsFolder());
  const faults = checkContent(result);
  if (faults.length > 0) throw new ContentError(faults);
  if (values.check) {
    const stale = stalePages(root, result.content);
    for (const { file, problem } of stale) console.error(`${file} ${problem}\n    → run \`npm run docs\``);
    if (stale.length > 0) process.exitCode = 1;
    else console.log('The generated pages are up to date.');
  } else {
    const written = writePages(root, result.content);
    for (const { file } of written) console.log(`wrote ${file}`);
    if (written.length === 0) console.log('Nothing to write: the generated pages are up to date.');
  }
} catch (error) {
  failWith(error);
}
