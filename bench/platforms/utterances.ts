import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packageRoot } from '../../src/package-files';

/** What people say in the tests of the classifier: none of it is in the training. */
export function utterances(): string[] {
  const folder = join(packageRoot(), 'test', 'utterances', 'en');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name) => {
      const { phrases } = parse(readFileSync(join(folder, name), 'utf8')) as { phrases: { text: string }[] };
      return phrases.map(({ text }) => text);
    });
}
