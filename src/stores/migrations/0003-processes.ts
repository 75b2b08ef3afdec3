import { type Kysely, type Migration, sql } from 'kysely';
import { wordsOf } from '../sql-words';

/**
 * What several processes on one store need: inbox rows count up in the order they were recorded, wait in lanes like
 * outbox rows, and belong for a while to the process that handles them.
 */
export const processes: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const words = wordsOf(db);
    // A table of its own first, because SQLite cannot add a column that counts.
    await db.schema
      .createTable('inbox_in_order')
      .addColumn('seq', words.countType, words.counting)
      .addColumn('key', 'text', (c) => c.notNull())
      .addColumn('conversation', 'text', (c) => c.notNull())
      .addColumn('lane', 'text', (c) => c.notNull().defaultTo(''))
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('json', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('came_from', 'text')
      .addColumn('lease_owner', 'text')
      .addColumn('lease_until', 'bigint')
      .addUniqueConstraint('inbox_key', ['key'])
      .execute();
    await sql`INSERT INTO inbox_in_order (key, conversation, lane, at, json, state, came_from)
      SELECT key, conversation, conversation, at, json, state, came_from FROM inbox ORDER BY at`.execute(db);
    await db.schema.dropTable('inbox').execute();
    await db.schema.alterTable('inbox_in_order').renameTo('inbox').execute();
    await sql`CREATE INDEX inbox_new ON inbox (seq) WHERE state = 'new'`.execute(db);
    await sql`CREATE INDEX inbox_lane ON inbox (lane, seq) WHERE state = 'new'`.execute(db);
    await sql`CREATE INDEX inbox_came_from ON inbox (came_from) WHERE came_from IS NOT NULL`.execute(db);
  },
};
