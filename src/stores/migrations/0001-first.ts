import { type Kysely, type Migration, sql } from 'kysely';
import { wordsOf } from '../sql-words';

/** The first schema. Ticket numbers begin at 1001, so that they are easy to say and never look like a count. */
export const first: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const words = wordsOf(db);
    await db.schema
      .createTable('inbox')
      .addColumn('key', 'text', (c) => c.primaryKey())
      .addColumn('conversation', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('json', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .execute();
    await sql`CREATE INDEX inbox_new ON inbox (at) WHERE state = 'new'`.execute(db);
    await db.schema
      .createTable('conversations')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('platform', 'text', (c) => c.notNull())
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('json', 'text', (c) => c.notNull())
      .addColumn('updated_at', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('chat')
      .addColumn('id', words.countType, words.counting)
      .addColumn('conversation', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('turn', 'integer', (c) => c.notNull())
      .addColumn('json', 'text', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('chat_of_conversation').on('chat').columns(['conversation', 'id']).execute();
    await db.schema
      .createTable('tickets')
      .addColumn('id', words.countType, words.counting)
      .addColumn('conversation', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('role', 'text', (c) => c.notNull())
      .addColumn('claimed_by', 'text')
      .addColumn('json', 'text', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('updated_at', 'bigint', (c) => c.notNull())
      .execute();
    await sql`CREATE INDEX tickets_open ON tickets (id) WHERE state NOT IN ('resolved', 'cancelled')`.execute(db);
    await db.schema
      .createTable('ticket_history')
      .addColumn('id', words.countType, words.counting)
      .addColumn('ticket', words.countType, (c) => c.notNull().references('tickets.id'))
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('actor', 'text', (c) => c.notNull())
      .addColumn('action', 'text', (c) => c.notNull())
      .addColumn('before', 'text')
      .addColumn('after', 'text', (c) => c.notNull())
      .addColumn('text', 'text')
      .execute();
    await db.schema.createIndex('history_of_ticket').on('ticket_history').columns(['ticket', 'id']).execute();
    await db.schema
      .createTable('outbox')
      .addColumn('id', words.countType, words.counting)
      .addColumn('key', 'text', (c) => c.notNull().unique())
      .addColumn('json', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('attempts', 'integer', (c) => c.notNull())
      .addColumn('due_at', 'bigint', (c) => c.notNull())
      .addColumn('lease_owner', 'text')
      .addColumn('lease_until', 'bigint')
      .addColumn('error', 'text')
      .execute();
    await sql`CREATE INDEX outbox_due ON outbox (due_at) WHERE state IN ('ready', 'sending')`.execute(db);
    await words.countFrom(db, 'tickets', 'id', 1001);
  },
};
