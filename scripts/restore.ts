import { parseArgs } from 'node:util';
import { CodedError } from '../src/core/errors';
import { restore } from '../src/stores/back-up';
import { dataFolder } from './data-folder';
import { failWith } from './fail';

const usage = 'npm run restore -- FILE [--to ./data]';

/** `npm run restore -- FILE`: puts a back-up in the place of the embedded store, and keeps the old one beside it. The service must be stopped. `--to` names the folder; without it DATA_DIR does. */
export async function restoreStore(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
  now = new Date(),
): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { to: { type: 'string' } },
    allowPositionals: true,
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new CodedError('SETTINGS_FAULTY', `\n  - use: ${usage}`);
  const folder = values.to ?? dataFolder(env, 'pg_restore --dbname="$DATABASE_URL" FILE');
  const { found, kept } = await restore(folder, file, now);
  say(`${folder} holds ${file} now: ${found.conversations} conversations, ${found.tickets} tickets.`);
  if (kept) say(`What was there before is ${kept}. Remove it when all is well.`);
}

if (require.main === module)
  restoreStore(process.argv.slice(2), process.env, (line) => console.log(line)).catch(failWith);
