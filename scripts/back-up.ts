import { parseArgs } from 'node:util';
import { CodedError } from '../src/core/errors';
import { backUp } from '../src/stores/back-up';
import { dataFolder } from './data-folder';
import { failWith } from './fail';

const usage = 'npm run back-up -- FILE [--from ./data]';

/** `npm run back-up -- FILE`: copies the embedded store into one file, while the service runs. `--from` names its folder; without it DATA_DIR does. */
export async function backUpStore(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { from: { type: 'string' } },
    allowPositionals: true,
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new CodedError('SETTINGS_FAULTY', `\n  - use: ${usage}`);
  const folder = values.from ?? dataFolder(env, 'pg_dump --format=custom --file=FILE "$DATABASE_URL"');
  const { bytes, conversations, tickets } = await backUp(folder, file);
  say(`${file}: ${(bytes / 1e6).toFixed(1)} MB, ${conversations} conversations, ${tickets} tickets, read through.`);
  say('It holds what people wrote, and their names. Keep it as carefully as the store itself.');
}

if (require.main === module)
  backUpStore(process.argv.slice(2), process.env, (line) => console.log(line)).catch(failWith);
