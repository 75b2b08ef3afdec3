import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, Migrator, PostgresDialect, SqliteDialect, sql } from 'kysely';
import { Pool } from 'pg';
import type { Store } from '../../src/core/ports';
import { migrations } from '../../src/stores/migrations';
import { openPostgresStore } from '../../src/stores/postgres';
import { openSqliteStore } from '../../src/stores/sqlite';
import { noPostgres, startPostgres, type TestServer } from '../builders/postgres';

type Row = Record<string, string | number | null>;
type Db = Kysely<unknown>;

/** One place for a store, seen from below as well. */
export interface Place {
  open(): Promise<Store>;
  /** As the version left it that knew only so many migrations. */
  migrateTo(level: number): Promise<void>;
  insert(table: string, row: Row): Promise<void>;
  /** What a version after this one does to the schema. */
  later(name: string, change: (db: Db) => Promise<void>): Promise<void>;
  read<T>(text: string): Promise<T[]>;
  remove(): Promise<void>;
}

function placeOver(connect: () => Db, open: () => Promise<Store>, remove: () => Promise<void>): Place {
  const using = async <T>(work: (db: Db) => Promise<T>): Promise<T> => {
    const db = connect();
    try {
      return await work(db);
    } finally {
      await db.destroy();
    }
  };
  return {
    open,
    remove,
    migrateTo: (level) =>
      using(async (db) => {
        const some = Object.fromEntries(Object.entries(migrations).slice(0, level));
        const { error } = await new Migrator({ db, provider: { getMigrations: async () => some } }).migrateToLatest();
        if (error) throw error;
      }),
    insert: (table, row) =>
      using(async (db) => {
        const names = sql.join(Object.keys(row).map((name) => sql.ref(name)));
        await sql`INSERT INTO ${sql.table(table)} (${names}) VALUES (${sql.join(Object.values(row))})`.execute(db);
      }),
    later: (name, change) =>
      using(async (db) => {
        await change(db);
        await sql`INSERT INTO kysely_migration (name, timestamp) VALUES (${name}, '2030-01-01')`.execute(db);
      }),
    read: <T>(text: string) => using(async (db) => (await sql.raw<T>(text).execute(db)).rows),
  };
}

let server: TestServer;
if (noPostgres) process.stderr.write(`${noPostgres}\n`);
else {
  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);
  afterAll(() => server.stop(), 60_000);
}

export const upgradeKinds: { name: string; place(): Promise<Place> }[] = [
  {
    name: 'sqlite',
    place: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'upgrade-'));
      const data = join(folder, 'data');
      mkdirSync(data);
      return placeOver(
        () => new Kysely({ dialect: new SqliteDialect({ database: new Database(join(data, 'helpdesk.sqlite')) }) }),
        () => openSqliteStore(data),
        async () => rmSync(folder, { recursive: true, force: true }),
      );
    },
  },
  ...(noPostgres
    ? []
    : [
        {
          name: 'postgresql',
          place: async () => {
            const url = await server.database();
            return placeOver(
              () => new Kysely({ dialect: new PostgresDialect({ pool: new Pool({ connectionString: url, max: 1 }) }) }),
              () => openPostgresStore(url),
              async () => {},
            );
          },
        },
      ]),
];
