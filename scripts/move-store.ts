import { parseArgs } from 'node:util';
import { databaseFault } from '../src/config';
import { CodedError } from '../src/core/errors';
import { moveStore } from '../src/stores/move';
import { shownPlace } from '../src/stores/postgres-errors';
import { failWith } from './fail';

const usage = `npm run move-store -- --to postgres://user:password@host:port/database [--from ./data]

Copies everything from the embedded store into an empty PostgreSQL database. Stop the service first. Without --to,
DATABASE_URL says where to; without --from, DATA_DIR says where from. The embedded store stays as it is.`;

/** `npm run move-store`: from the embedded store to PostgreSQL. */
export async function move(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<void> {
  const values = options(args);
  if (values.help) return say(usage);
  const [name, url] = values.to ? ['--to', values.to.trim()] : ['DATABASE_URL', env.DATABASE_URL?.trim() ?? ''];
  const fault = url === '' ? 'is missing, and --to as well' : databaseFault(url);
  if (fault) throw new CodedError('SETTINGS_FAULTY', `\n  - ${name} ${fault}`);
  const folder = values.from ?? (env.DATA_DIR?.trim() || './data');
  say(`From ${folder} to ${shownPlace(url)}`);
  const tables = await moveStore(folder, url, ({ name: table, rows }) =>
    say(`  ${table.padEnd(16)} ${rows.toLocaleString('en').padStart(12)} rows`),
  );
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  say(`All ${rows.toLocaleString('en')} rows of ${tables.length} tables were read back and are as they were.`);
  say('The embedded store is unchanged. Start every process with DATABASE_URL from now on.');
}

function options(args: readonly string[]): { to?: string; from?: string; help?: boolean } {
  try {
    return parseArgs({
      args: [...args],
      options: { to: { type: 'string' }, from: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    }).values;
  } catch {
    // Its own message would repeat what was given, which may hold a password.
    throw new CodedError('SETTINGS_FAULTY', `\n  - the options are\n\n${usage}\n`);
  }
}

if (require.main === module) move(process.argv.slice(2), process.env, (line) => console.log(line)).catch(failWith);
