import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type Kysely, sql } from 'kysely';
import { CodedError } from '../core/errors';
import { connectPatiently, preparePostgres } from './postgres';
import { shownPlace } from './postgres-errors';
import { storable } from './postgres-pool';
import { openSqliteStore } from './sqlite';

export interface MovedTable {
  name: string;
  rows: number;
}

type Value = string | number | null;
type Row = Record<string, Value>;

/**
 * Copies everything from the embedded store into an empty database: all rows of all tables with their ids, and where
 * their numbers go on. All of it in one transaction, read back and compared before it is committed. The embedded store
 * stays as it is.
 * @param folder where helpdesk.sqlite is; no process may have it open
 */
export async function moveStore(
  folder: string,
  url: string,
  onTable: (table: MovedTable) => void = () => {},
): Promise<MovedTable[]> {
  const copy = mkdtempSync(join(tmpdir(), 'move-store-'));
  try {
    await copyFile(join(folder, 'helpdesk.sqlite'), join(copy, 'helpdesk.sqlite'));
    // Finds damage, and brings a store of an earlier version up to date: in the copy.
    await (await openSqliteStore(copy)).close();
    await preparePostgres(url);
    return await copyTables(join(copy, 'helpdesk.sqlite'), url, onTable);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

async function copyFile(file: string, to: string): Promise<void> {
  if (!existsSync(file)) throw new CodedError('STORE_MISSING', `Looked for ${file}.`);
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { timeout: 0 });
    // Refused as long as a service has the file open: what it writes from now on would be left behind.
    database.pragma('locking_mode = EXCLUSIVE');
    database.pragma('schema_version');
    await database.backup(to);
  } catch (error) {
    const { code = '', message } = error as { code?: string; message: string };
    if (/^SQLITE_(BUSY|LOCKED)/.test(code)) throw new CodedError('STORE_LOCKED', `The file is ${file}.`, error);
    throw new CodedError('STORE_CORRUPT', `The file is ${file}: ${message}.`, error);
  } finally {
    database?.close();
  }
}

async function copyTables(file: string, url: string, onTable: (table: MovedTable) => void): Promise<MovedTable[]> {
  const source = new Database(file, { readonly: true });
  const target = connectPatiently<unknown>(url);
  try {
    const tables = tablesOf(source);
    return await target.transaction().execute(async (trx) => {
      await sql`LOCK TABLE ${sql.join(tables.map((name) => sql.table(name)))} IN ACCESS EXCLUSIVE MODE`.execute(trx);
      for (const name of tables) await refuseRows(trx, name, url);
      const moved: MovedTable[] = [];
      for (const name of tables) {
        const table = await copyTable(source, trx, name);
        moved.push(table);
        onTable(table);
      }
      for (const name of tables) await countOn(source, trx, name);
      return moved;
    });
  } finally {
    source.close();
    await target.destroy();
  }
}

/** Every table of ours, those that others refer to first. */
function tablesOf(source: Database.Database): string[] {
  const rows = source
    .prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'kysely_*'",
    )
    .all() as { name: string }[];
  const left = new Map(
    rows.map(({ name }) => {
      const references = source.prepare('SELECT "table" AS name FROM pragma_foreign_key_list(?)').all(name);
      return [name, (references as { name: string }[]).map((reference) => reference.name)] as const;
    }),
  );
  const ordered: string[] = [];
  while (left.size > 0) {
    const next = [...left].find(([name, references]) => references.every((one) => one === name || !left.has(one)));
    if (!next) throw new Error('tables refer to one another in a circle');
    ordered.push(next[0]);
    left.delete(next[0]);
  }
  return ordered;
}

async function refuseRows(trx: Kysely<unknown>, table: string, url: string): Promise<void> {
  const { rows } = await sql`SELECT 1 FROM ${sql.table(table)} LIMIT 1`.execute(trx);
  if (rows.length > 0)
    throw new CodedError('STORE_NOT_EMPTY', `It is ${shownPlace(url)}, and table ${table} has rows.`);
}

const atOnce = 1000;

async function copyTable(source: Database.Database, trx: Kysely<unknown>, name: string): Promise<MovedTable> {
  const columns = await columnsOf(source, trx, name);
  const list = sql.join(columns.map((column) => sql.ref(column)));
  const sent = new Sum();
  let batch: Row[] = [];
  const send = async () => {
    // As one value: PostgreSQL takes no more than 65,535 of them, and reads this far faster.
    await sql`INSERT INTO ${sql.table(name)} (${list}) SELECT ${list}
      FROM json_populate_recordset(NULL::${sql.table(name)}, ${JSON.stringify(batch)}::json)`.execute(trx);
    batch = [];
  };
  for (const row of source.prepare(`SELECT * FROM "${name}"`).iterate() as Iterable<Row>) {
    const kept = Object.fromEntries(columns.map((column) => [column, storable(row[column] ?? null)])) as Row;
    sent.add(columns, kept);
    if (batch.push(kept) === atOnce) await send();
  }
  if (batch.length > 0) await send();
  const arrived = await readBack(trx, name, columns);
  if (arrived.rows !== sent.rows || arrived.sum !== sent.sum)
    throw new CodedError('STORE_MISMATCH', `Table ${name}: ${sent.rows} rows sent, ${arrived.rows} arrived.`);
  return { name, rows: sent.rows };
}

/** Both sides must have the same ones, or something would be left behind in silence. */
async function columnsOf(source: Database.Database, trx: Kysely<unknown>, table: string): Promise<string[]> {
  const here = source.prepare('SELECT name FROM pragma_table_info(?) ORDER BY name').pluck().all(table) as string[];
  const { rows } = await sql<{ name: string }>`SELECT attname AS name FROM pg_attribute
    WHERE attrelid = ${table}::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attname COLLATE "C"`.execute(trx);
  const there = rows.map(({ name }) => name);
  if (here.join() !== there.join())
    throw new CodedError(
      'STORE_MISMATCH',
      `Table ${table} has the columns ${here.join()} here, ${there.join()} there.`,
    );
  return here;
}

async function readBack(trx: Kysely<unknown>, table: string, columns: readonly string[]): Promise<Sum> {
  const arrived = new Sum();
  const list = sql.join(columns.map((column) => sql.ref(column)));
  await sql`DECLARE arrived NO SCROLL CURSOR FOR SELECT ${list} FROM ${sql.table(table)}`.execute(trx);
  for (;;) {
    const { rows } = await sql<Row>`FETCH ${sql.lit(atOnce)} FROM arrived`.execute(trx);
    for (const row of rows) arrived.add(columns, row);
    if (rows.length < atOnce) break;
  }
  await sql`CLOSE arrived`.execute(trx);
  return arrived;
}

/** Adds up rows in any order: the same rows give the same sum. */
class Sum {
  rows = 0;
  sum = 0n;

  add(columns: readonly string[], row: Row): void {
    const text = JSON.stringify(columns.map((column) => row[column]));
    this.rows += 1;
    this.sum = BigInt.asUintN(256, this.sum + BigInt(`0x${createHash('sha256').update(text).digest('hex')}`));
  }
}

/** Numbers go on where they were, so that none that was ever given is given again. */
async function countOn(source: Database.Database, trx: Kysely<unknown>, table: string): Promise<void> {
  const { rows } = await sql<{ name: string }>`SELECT attname AS name FROM pg_attribute
    WHERE attrelid = ${table}::regclass AND attidentity <> ''`.execute(trx);
  const last = source.prepare('SELECT seq FROM sqlite_sequence WHERE name = ?').pluck().get(table) as
    | number
    | undefined;
  for (const { name } of rows) {
    if (last === undefined) continue;
    await sql`ALTER TABLE ${sql.table(table)} ALTER COLUMN ${sql.ref(name)} RESTART WITH ${sql.lit(last + 1)}`.execute(
      trx,
    );
  }
  await sql`ANALYZE ${sql.table(table)}`.execute(trx);
}
