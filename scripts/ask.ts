import { createInterface } from 'node:readline';
import { loadContent } from '../src/content/load';
import { maskSecrets } from '../src/core/secrets';
import { checkedContent, intentsFolder, packageRoot } from '../src/package-files';
import { buildUnderstander, modelFiles } from '../src/understanding';
import { failWith } from './fail';

/** `npm run -s ask`: one utterance a line in, one JSON object a line out, in order. Understanding only; nothing is stored. */
async function main(): Promise<void> {
  const root = intentsFolder();
  const { understander } = buildUnderstander(
    root,
    loadContent(root, checkedContent()),
    modelFiles(packageRoot(), null),
  );
  for await (const utterance of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    const masked = maskSecrets(utterance);
    const { also: _also, ...understanding } = understander.understand(masked.text);
    process.stdout.write(`${JSON.stringify(understanding)}\n`);
  }
}

main().catch(failWith);
