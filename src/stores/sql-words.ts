import { type ColumnDefinitionBuilder, type Kysely, PostgresAdapter, type SelectQueryBuilder, sql } from 'kysely';

/** The few words that the two dialects do not share. All other SQL of this folder is written once, for both. */
export interface SqlWords {
  /** Several processes may work on one store at once. */
  readonly shared: boolean;
  /** Type of numbers that the database counts up, and of columns that refer to one. */
  readonly countType: 'integer' | 'bigint';
  /** A primary key that counts up by itself; numbers of rows that are gone are not given again. */
  counting(column: ColumnDefinitionBuilder): ColumnDefinitionBuilder;
  /** The first row of an empty table gets this number. */
  countFrom(db: Kysely<unknown>, table: string, column: string, first: number): Promise<void>;
  /** Holds the rows found until the transaction ends; whoever wants to change them waits. */
  held<DB, TB extends keyof DB, O>(query: SelectQueryBuilder<DB, TB, O>): SelectQueryBuilder<DB, TB, O>;
  /** The same, but passes over rows that somebody else holds. */
  heldIfFree<DB, TB extends keyof DB, O>(query: SelectQueryBuilder<DB, TB, O>): SelectQueryBuilder<DB, TB, O>;
  /** Until the transaction ends, nobody else who names the same thing goes on. */
  oneAtATime<DB>(db: Kysely<DB>, thing: string): Promise<void>;
}

/** One writer at a time, so rows need not be held. */
const sqlite: SqlWords = {
  shared: false,
  countType: 'integer',
  counting: (column) => column.primaryKey().autoIncrement(),
  countFrom: async (db, table, _column, first) => {
    await sql`INSERT INTO sqlite_sequence (name, seq) VALUES (${table}, ${first - 1})`.execute(db);
  },
  held: (query) => query,
  oneAtATime: async () => {},
  heldIfFree: (query) => query,
};

const postgres: SqlWords = {
  shared: true,
  countType: 'bigint',
  counting: (column) => column.generatedByDefaultAsIdentity().primaryKey(),
  countFrom: async (db, table, column, first) => {
    const words = sql`SET START WITH ${sql.lit(first)} RESTART WITH ${sql.lit(first)}`;
    await sql`ALTER TABLE ${sql.table(table)} ALTER COLUMN ${sql.ref(column)} ${words}`.execute(db);
  },
  held: (query) => query.forUpdate(),
  oneAtATime: async (db, thing) => {
    await sql`SELECT pg_advisory_xact_lock(hashtext(${thing}))`.execute(db);
  },
  heldIfFree: (query) => query.forUpdate().skipLocked(),
};

/** The words of the database behind `db`, a transaction or a migration. */
export const wordsOf = <DB>(db: Kysely<DB>): SqlWords =>
  db.getExecutor().adapter instanceof PostgresAdapter ? postgres : sqlite;
