import { type Kysely, sql } from 'kysely';
import { schemaAge } from './migrate';
import { connectPatiently, migrationsDone, serverOf, unsuitable } from './postgres';

/** What a look at a database tells. Nothing in it is changed. */
export interface PostgresLook {
  version: string;
  /** Why the store cannot live there; null when it can. */
  unsuitable: string | null;
  /** `empty`: there is no schema yet. */
  schema: 'empty' | 'earlier' | 'current' | 'newer';
  /** It only copies what another server writes. */
  isReadOnly: boolean;
  /** What the user may not do and the bot needs. */
  missingRights: string[];
  /** Nobody between here and there can read along: TLS, a socket, or this machine itself. */
  isPrivate: boolean;
  openTickets: number | null;
}

/** Throws a CodedError where there is no way in. */
export async function lookAtPostgres(url: string): Promise<PostgresLook> {
  const db = connectPatiently<unknown>(url);
  try {
    const server = await serverOf(db);
    const done = await migrationsDone(db);
    const schema = done.length === 0 ? 'empty' : schemaAge(done);
    const missingRights = await rightsMissing(db, schema === 'current');
    return {
      version: server.version,
      unsuitable: unsuitable(server),
      schema,
      missingRights,
      ...(await surroundings(db)),
      openTickets: schema === 'current' && missingRights.length === 0 ? await openTickets(db) : null,
    };
  } finally {
    await db.destroy();
  }
}

async function surroundings(db: Kysely<unknown>): Promise<Pick<PostgresLook, 'isReadOnly' | 'isPrivate'>> {
  const { rows } = await sql<{ isReadOnly: boolean; isPrivate: boolean }>`SELECT
      pg_is_in_recovery() OR current_setting('default_transaction_read_only')::boolean AS "isReadOnly",
      COALESCE((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false)
        OR inet_client_addr() IS NULL OR inet_client_addr() = inet_server_addr() AS "isPrivate"`.execute(db);
  return rows[0]!;
}

async function rightsMissing(db: Kysely<unknown>, isCurrent: boolean): Promise<string[]> {
  const { rows: schemas } = await sql<{ name: string | null; mayCreate: boolean }>`SELECT current_schema() AS name,
      COALESCE(has_schema_privilege(current_schema(), 'CREATE'), false) AS "mayCreate"`.execute(db);
  const { name, mayCreate } = schemas[0]!;
  if (name === null) return ['USAGE on a schema of the search path'];
  // Only who still has to bring the schema up to date needs to make tables.
  if (!isCurrent) return mayCreate ? [] : [`CREATE on schema ${name}`];
  const { rows } = await sql<{ name: string }>`SELECT c.relname AS name FROM pg_class AS c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
      AND NOT (has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')
        AND has_table_privilege(c.oid, 'UPDATE') AND has_table_privilege(c.oid, 'DELETE'))
    ORDER BY c.relname`.execute(db);
  return rows.map((table) => `reading and writing table ${table.name}`);
}

async function openTickets(db: Kysely<unknown>): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM tickets WHERE state NOT IN ('resolved', 'cancelled')`.execute(db);
  return rows[0]!.count;
}
