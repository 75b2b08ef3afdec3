import { userInfo } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import type { Content } from '../src/core/content';
import type { Store } from '../src/core/ports';
import { readKnowledge } from '../src/knowledge';
import { groupWords, type WordGroup } from '../src/learning/alike';
import { intentsFolder, packageRoot } from '../src/package-files';
import { mostWords, Teaching } from '../src/teaching';
import { buildUnderstander, modelFiles } from '../src/understanding';
import { failWith } from './fail';
import { openExistingStore } from './open-store';
import { groupText, intentFault, lessonText } from './review/words';

/**
 * `npm run review`: words the bot did not understand, or that did not lead to help. Without options it asks group by
 * group. For scripts: `--list`, `--give INTENT --ids 1,2`, `--dismiss --ids 1,2`, `--examine`, `--write`, `--patch`.
 */
const usage = `Use:
  npm run review                                   asks group by group
  npm run -s review -- --list                      the groups, one JSON object a line
  npm run review -- --give <intent> --ids 1,2      gives words to an intent (a new name makes a wish for a scenario; oos is not for us)
  npm run review -- --dismiss --ids 1,2
  npm run review -- --examine                      what teaching all that was given would do; writes nothing
  npm run review -- --write                        examines, and writes it into the files
  npm run -s review -- --patch > words.patch       the change for \`git apply\``;

interface Parts {
  store: Store;
  content: Content;
  teaching: Teaching;
  groups: () => Promise<WordGroup[]>;
}

class UsageError extends Error {
  override name = 'CodedError';
}

async function main(): Promise<void> {
  const options = readOptions();
  const { settings, content } = readKnowledge(process.env);
  const root = intentsFolder();
  const { model } = buildUnderstander(root, content, modelFiles(packageRoot(), settings.dataDir));
  const store = await openExistingStore(settings);
  const heldOutFolder = join(packageRoot(), 'test/utterances/en');
  const parts: Parts = {
    store,
    content,
    teaching: new Teaching({ root, heldOutFolder, content: () => content, memory: store }),
    groups: async () => groupWords(model, await store.missedWords({ state: 'new', limit: mostWords })),
  };
  try {
    await run(parts, options);
  } finally {
    await store.close();
  }
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        list: { type: 'boolean' },
        give: { type: 'string' },
        dismiss: { type: 'boolean' },
        ids: { type: 'string' },
        examine: { type: 'boolean' },
        write: { type: 'boolean' },
        patch: { type: 'boolean' },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${usage}`);
  }
}

async function run(parts: Parts, options: ReturnType<typeof readOptions>): Promise<void> {
  const { teaching, groups, content } = parts;
  if (options.list) {
    for (const group of await groups()) console.log(JSON.stringify(group));
  } else if (options.give !== undefined || options.dismiss) {
    const intent = options.give ?? null;
    const fault = intent === null ? null : intentFault(content, intent);
    if (fault) throw new UsageError(fault);
    console.log(`${await judge(parts, idsOf(options.ids), intent)} judged.`);
  } else if (options.examine) {
    console.log(lessonText(await teaching.lesson()));
  } else if (options.write) {
    console.log(lessonText(await teaching.lesson()));
    for (const { path } of await teaching.write()) console.log(`wrote intents/${path}`);
  } else if (options.patch) {
    process.stdout.write(await teaching.patch());
  } else await interview(parts);
}

function idsOf(text: string | undefined): number[] {
  const ids = (text ?? '').split(',').map(Number);
  if (!text || ids.some((id) => !Number.isSafeInteger(id) || id <= 0))
    throw new UsageError(`Name the words by --ids 1,2.\n${usage}`);
  return ids;
}

const judge = ({ store }: Parts, ids: number[], intent: string | null): Promise<number> =>
  store.judgeWords(ids, { intent, by: userInfo().username, at: Date.now() });

async function interview(parts: Parts): Promise<void> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answers = terminal[Symbol.asyncIterator]();
  /** Null: nobody answers any more. */
  const ask = async (question: string): Promise<string | null> => {
    process.stdout.write(question);
    const { value, done } = await answers.next();
    return done ? null : value.trim();
  };
  try {
    await askGroups(parts, ask);
  } finally {
    terminal.close();
  }
}

async function askGroups(parts: Parts, ask: (question: string) => Promise<string | null>): Promise<void> {
  const groups = await parts.groups();
  for (const [index, group] of groups.entries()) {
    console.log(`\n${groupText(group, index + 1, groups.length)}`);
    const enter = group.suggested ? ` (Enter: ${group.suggested})` : '';
    for (;;) {
      const said = await ask(`Intent${enter}, - to dismiss, s to skip, q to stop: `);
      if (said === null || said === 'q') return finish(parts, ask);
      if (said === 's') break;
      const intent = said === '-' ? null : said || group.suggested;
      const fault =
        said !== '-' && !intent ? 'Name an intent.' : intent === null ? null : intentFault(parts.content, intent);
      if (fault) {
        console.log(fault);
        continue;
      }
      await judge(
        parts,
        group.words.map(({ id }) => id),
        intent,
      );
      break;
    }
  }
  if (groups.length === 0) console.log('No words wait to be judged.');
  return finish(parts, ask);
}

async function finish({ teaching }: Parts, ask: (question: string) => Promise<string | null>): Promise<void> {
  if ((await teaching.waiting()).length === 0) return;
  console.log('\nWhat teaching this would do (training twice, some seconds) …');
  console.log(lessonText(await teaching.lesson()));
  if (!teaching.isWritable) {
    console.log('The content cannot be changed here: npm run -s review -- --patch > words.patch');
    return;
  }
  if ((await ask('Write it? y/n: ')) !== 'y') return;
  for (const { path } of await teaching.write()) console.log(`wrote intents/${path}`);
  console.log(
    'A service that runs from this folder has it in a moment. `npm run check` and `npm test` say whether all still holds.',
  );
}

main().catch(failWith);
