import { join } from 'node:path';
import { checkContent } from '../src/content/check';
import { formatFaults } from '../src/content/faults';
import { readContent } from '../src/content/read';
import { pathsOf } from '../src/content/walk';

/** `npm run check` part: reads all content, walks every path and lists every fault. Exit 1 on any. */
const root = process.argv[2] ?? join(process.cwd(), 'intents');
const result = readContent(root);
const faults = checkContent(result);
if (faults.length > 0) {
  console.error(`${formatFaults(faults)}\n${faults.length} faults`);
  process.exitCode = 1;
} else {
  const paths = result.content.scenarios.flatMap((scenario) => pathsOf(result.content, scenario));
  console.log(
    `content: ${result.content.scenarios.length} scenarios, ${result.content.rules.size} rules, ${paths.length} paths, no fault`,
  );
}
