import { Kysely, PostgresDialect, sql } from 'kysely';
import { CodedError } from '../core/errors';
import type { Store } from '../core/ports';
import { KyselyStore } from './kysely-store';
import { migrate, schemaAge } from './migrate';
import { shownPlace } from './postgres-errors';
import { connectPool, type PoolLimits } from './postgres-pool';
import type { Tables } from './tables';

export interface PostgresOptions {
  /** A connection broke while nobody used it: the next use makes another. */
  onLost?: (error: Error) => void;
}

/** Ten of one process are more than two cores of a server keep busy; platforms wait three seconds for a receipt. */
const atWork: PoolLimits = { connections: 10, connectMs: 5_000, statementMs: 10_000 };
/** One connection, which may take its time: a large table is not changed in ten seconds. */
const patient: PoolLimits = { connections: 1, connectMs: 5_000, statementMs: 0 };
const oldestServer = 130_000;

/**
 * The store for more than one process. Brings the schema up to date first; processes that start at once wait for one
 * another. Refuses with a CodedError that says what to do, and never prints the password.
 * @param url `postgres://user:password@host:port/database`, with `sslmode` and its companions as libpq knows them
 */
export async function openPostgresStore(url: string, { onLost }: PostgresOptions = {}): Promise<Store> {
  await preparePostgres(url);
  const db = kyselyOver<Tables>(url, atWork, onLost);
  return new KyselyStore(db, () => db.destroy());
}

/** A connection that may take its time, for work on the database as a whole. Whoever gets it ends it. */
export const connectPatiently = <DB>(url: string): Kysely<DB> => kyselyOver<DB>(url, patient);

const kyselyOver = <DB>(url: string, limits: PoolLimits, onLost?: (error: Error) => void): Kysely<DB> =>
  new Kysely<DB>({ dialect: new PostgresDialect({ pool: connectPool(url, limits, onLost) }) });

/** Brings the schema up to date, or refuses. */
export async function preparePostgres(url: string): Promise<void> {
  const db = connectPatiently<unknown>(url);
  try {
    await refuseUnsuitable(db, url);
    // Asked first, so that a process that only joins the others needs no right to make tables.
    if (schemaAge(await migrationsDone(db)) !== 'current') await migrate(db);
  } finally {
    await db.destroy();
  }
}

async function refuseUnsuitable(db: Kysely<unknown>, url: string): Promise<void> {
  const fault = unsuitable(await serverOf(db));
  if (fault) throw new CodedError('STORE_UNSUITABLE', `${shownPlace(url)} ${fault}.`);
}

export interface Server {
  number: number;
  version: string;
  encoding: string;
}

export async function serverOf(db: Kysely<unknown>): Promise<Server> {
  const { rows } = await sql<Server>`SELECT current_setting('server_version_num')::int AS number,
    current_setting('server_version') AS version, current_setting('server_encoding') AS encoding`.execute(db);
  return rows[0]!;
}

/** Why the store cannot live there; null when it can. */
export function unsuitable({ number, version, encoding }: Server): string | null {
  if (number < oldestServer) return `is version ${version}`;
  return encoding === 'UTF8' ? null : `keeps its texts in ${encoding}`;
}

/** Empty where there is no schema yet. */
export async function migrationsDone(db: Kysely<unknown>): Promise<string[]> {
  const { rows: found } = await sql<{ there: boolean }>`
    SELECT to_regclass('kysely_migration') IS NOT NULL AS there`.execute(db);
  if (!found[0]?.there) return [];
  const { rows } = await sql<{ name: string }>`SELECT name FROM kysely_migration`.execute(db);
  return rows.map(({ name }) => name);
}
