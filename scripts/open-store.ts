import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../src/config';
import { CodedError } from '../src/core/errors';
import type { Store } from '../src/core/ports';
import { openPostgresStore } from '../src/stores/postgres';
import { openSqliteStore } from '../src/stores/sqlite';

/** The deployment's own store, beside a service that may be running. Makes none where there is none. */
export function openExistingStore({ databaseUrl, dataDir }: Settings): Promise<Store> {
  if (databaseUrl !== null) return openPostgresStore(databaseUrl, { onLost: () => {} });
  if (!existsSync(join(dataDir, 'helpdesk.sqlite')))
    throw new CodedError('STORE_MISSING', `Looked for ${join(dataDir, 'helpdesk.sqlite')}.`);
  return openSqliteStore(dataDir);
}
