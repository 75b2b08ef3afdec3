import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError, errorCodes } from '../../src/core/errors';
import { shownPlace } from '../../src/stores/postgres-errors';
import { lookAtPostgres, type PostgresLook } from '../../src/stores/postgres-look';
import { check, type KnownFault } from './check';

/** The start's own word for each fault, so that both say the same. */
const asCoded = (code: keyof typeof errorCodes): KnownFault => ({
  kind: 'fault',
  fault: errorCodes[code].meaning,
  remedy: errorCodes[code].remedy,
});

/** Whether PostgreSQL, where DATABASE_URL names it, can hold the store. Nothing in it is made or changed. */
export const database = check(
  'database',
  {
    'database-unreachable': asCoded('STORE_UNREACHABLE'),
    'database-refused': asCoded('STORE_REFUSED'),
    'database-not-private': asCoded('STORE_NOT_PRIVATE'),
    'database-unsuitable': asCoded('STORE_UNSUITABLE'),
    'database-newer': asCoded('STORE_NEWER'),
    'database-read-only': {
      kind: 'fault',
      fault: 'This server only copies what another one writes:',
      remedy: 'Name the server that writes in DATABASE_URL.',
    },
    'database-rights': {
      kind: 'fault',
      fault: 'The user lacks rights:',
      remedy: 'Grant them, or make the user the owner of the database.',
    },
    'database-open-line': {
      kind: 'warning',
      fault: 'What people write travels to the database without TLS.',
      remedy: 'Add sslmode=verify-full to DATABASE_URL, and sslrootcert where the authority is your own.',
    },
    'store-not-moved': {
      kind: 'warning',
      fault: 'The database is empty, and there is an embedded store as well:',
      remedy: 'To keep what is in it, stop the service and run `npm run move-store -- --to $DATABASE_URL`.',
    },
  },
  async ({ settings }, report) => {
    const url = settings?.databaseUrl;
    if (!settings || !url) return;
    let look: PostgresLook;
    try {
      look = await lookAtPostgres(url);
    } catch (error) {
      const id = error instanceof CodedError ? byCode[error.code] : undefined;
      if (!id) throw error;
      const cause = (error as CodedError).cause;
      return report.found(id, `It is ${shownPlace(url)}: ${cause instanceof Error ? cause.message : ''}`);
    }
    const place = shownPlace(url);
    if (look.unsuitable) return report.found('database-unsuitable', `${place} ${look.unsuitable}.`);
    if (look.schema === 'newer') return report.found('database-newer');
    if (look.isReadOnly) return report.found('database-read-only', `${place}.`);
    if (look.missingRights.length > 0) return report.found('database-rights', `${look.missingRights.join('; ')}.`);
    report.ok(`${place} is PostgreSQL ${look.version}; ${stateOf(look)}`);
    if (!look.isPrivate) report.found('database-open-line');
    const file = join(settings.dataDir, 'helpdesk.sqlite');
    if (look.schema === 'empty' && existsSync(file)) report.found('store-not-moved', `${file}.`);
  },
);

function stateOf({ schema, openTickets }: PostgresLook): string {
  if (schema === 'empty') return 'nothing in it yet, the first start makes the tables';
  if (schema === 'earlier') return 'made by an earlier version, the next start brings it up to date';
  return `${openTickets ?? 0} open tickets`;
}

const byCode: Partial<
  Record<
    keyof typeof errorCodes,
    'database-unreachable' | 'database-refused' | 'database-not-private' | 'database-unsuitable'
  >
> = {
  STORE_UNREACHABLE: 'database-unreachable',
  STORE_REFUSED: 'database-refused',
  STORE_NOT_PRIVATE: 'database-not-private',
  STORE_UNSUITABLE: 'database-unsuitable',
};
