import { type Kysely, type Migration, sql } from 'kysely';
import { wordsOf } from '../sql-words';

/**
 * What keeps an escalation going: the next step of each open ticket and when it is due, where its cards are, who is on call
 * instead of the plan, and what the auditor found. Every new column has a default, so that the version before this one
 * still works on the same tables while both run.
 */
export const escalation: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const words = wordsOf(db);
    const tickets = (name: string) =>
      db.schema.alterTable('tickets').addColumn.bind(db.schema.alterTable('tickets'), name);
    await tickets('tier')('integer', (c) => c.notNull().defaultTo(1)).execute();
    await tickets('round')('integer', (c) => c.notNull().defaultTo(0)).execute();
    await tickets('next_what')('text').execute();
    await tickets('next_at')('bigint').execute();
    await tickets('places')('text', (c) => c.notNull().defaultTo('[]')).execute();
    await tickets('bundle')(words.countType).execute();
    await tickets('outcome')('text').execute();
    await tickets('seen_at')('bigint').execute();
    await tickets('asked')('integer', (c) => c.notNull().defaultTo(0)).execute();
    await tickets('unreached')('text', (c) => c.notNull().defaultTo('[]')).execute();
    await tickets('taken_at')('text').execute();
    await tickets('look_at')('bigint').execute();
    await tickets('flood_key')('text').execute();
    // A ticket of the version before this one has no next step: it is found at once.
    await sql`CREATE INDEX tickets_due ON tickets (COALESCE(look_at, next_at, 0))
      WHERE state NOT IN ('resolved', 'cancelled')`.execute(db);
    await sql`CREATE INDEX tickets_flood ON tickets (flood_key, created_at)
      WHERE flood_key IS NOT NULL AND bundle IS NULL AND state NOT IN ('resolved', 'cancelled')`.execute(db);
    await sql`CREATE INDEX tickets_claimed ON tickets (claimed_by_id) WHERE state NOT IN ('resolved', 'cancelled')`.execute(
      db,
    );
    await sql`CREATE INDEX tickets_bundled ON tickets (bundle) WHERE bundle IS NOT NULL`.execute(db);
    await db.schema
      .createTable('on_call_overrides')
      .addColumn('id', words.countType, words.counting)
      .addColumn('schedule', 'text', (c) => c.notNull())
      .addColumn('person', 'text', (c) => c.notNull())
      .addColumn('from_at', 'bigint', (c) => c.notNull())
      .addColumn('until_at', 'bigint', (c) => c.notNull())
      .addColumn('by', 'text', (c) => c.notNull())
      .addColumn('made_at', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('alarms')
      .addColumn('key', 'text', (c) => c.primaryKey())
      .addColumn('text', 'text', (c) => c.notNull())
      .addColumn('raised_at', 'bigint', (c) => c.notNull())
      .addColumn('cleared_at', 'bigint')
      .addColumn('told_at', 'bigint')
      .execute();
    const outbox = (name: string) =>
      db.schema.alterTable('outbox').addColumn.bind(db.schema.alterTable('outbox'), name);
    await outbox('made_at')('bigint', (c) => c.notNull().defaultTo(0)).execute();
    await outbox('rank')('integer', (c) => c.notNull().defaultTo(1)).execute();
    await outbox('calls')('bigint').execute();
    await sql`CREATE INDEX outbox_ranked ON outbox (rank, due_at, id) WHERE state IN ('ready', 'sending')`.execute(db);
    await sql`CREATE INDEX outbox_calls ON outbox (made_at)
      WHERE calls IS NOT NULL AND state IN ('ready', 'sending')`.execute(db);
    await sql`DROP INDEX outbox_due`.execute(db);
  },
};
