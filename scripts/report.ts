import { parseArgs } from 'node:util';
import { readKnowledge } from '../src/knowledge';
import { intentsFolder, packageRoot } from '../src/package-files';
import { buildUnderstander, modelFiles } from '../src/understanding';
import { lastWeekReport, reportText } from '../src/weekly-report';
import { failWith } from './fail';
import { openExistingStore } from './open-store';

/** `npm run report`: prints the report of the last whole week, as the channel gets it. `--json` prints it for programs. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
  const { settings, content, organization } = readKnowledge(process.env);
  const { model } = buildUnderstander(intentsFolder(), content, modelFiles(packageRoot(), settings.dataDir));
  const store = await openExistingStore(settings);
  try {
    const sources = { store, organization, content: () => content, model: () => model };
    const report = await lastWeekReport(sources, Date.now());
    if (values.json) console.log(JSON.stringify(report));
    else console.log(report ? reportText(report) : 'Nobody wrote to the bot in the last whole week.');
  } finally {
    await store.close();
  }
}

main().catch(failWith);
