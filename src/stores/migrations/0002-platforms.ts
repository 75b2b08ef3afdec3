import { type Kysely, type Migration, sql } from 'kysely';
import { wordsOf } from '../sql-words';

/** What chat platforms need: addresses, messages that are kept up to date, and lanes in which nothing overtakes. */
export const platforms: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const words = wordsOf(db);
    await db.schema
      .createTable('addresses')
      .addColumn('conversation', 'text', (c) => c.primaryKey())
      .addColumn('json', 'text', (c) => c.notNull())
      .addColumn('updated_at', 'bigint', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('posts')
      .addColumn('seq', words.countType, words.counting)
      .addColumn('subject', 'text', (c) => c.notNull())
      .addColumn('id', 'text', (c) => c.notNull())
      .addColumn('json', 'text', (c) => c.notNull())
      .addColumn('version', 'integer', (c) => c.notNull())
      .addUniqueConstraint('posts_of_subject', ['subject', 'id'])
      .execute();
    await db.schema.alterTable('inbox').addColumn('came_from', 'text').execute();
    await sql`CREATE INDEX inbox_came_from ON inbox (came_from) WHERE came_from IS NOT NULL`.execute(db);
    await db.schema.alterTable('chat').addColumn('key', 'text').execute();
    await db.schema.createIndex('chat_of_key').on('chat').column('key').execute();
    await db.schema.alterTable('tickets').addColumn('claimed_by_id', 'text').execute();
    await db.schema.createIndex('tickets_of_conversation').on('tickets').columns(['conversation', 'id']).execute();
    await db.schema
      .alterTable('outbox')
      .addColumn('lane', 'text', (c) => c.notNull().defaultTo(''))
      .execute();
    await db.schema
      .alterTable('outbox')
      .addColumn('platform', 'text', (c) => c.notNull().defaultTo(''))
      .execute();
    await bringOutboxUpToDate(db as Kysely<{ outbox: OutboxRow }>);
    await sql`CREATE INDEX outbox_lane ON outbox (lane, id) WHERE state IN ('ready', 'sending')`.execute(db);
  },
};

interface OutboxRow {
  id: number;
  json: string;
  lane: string;
  platform: string;
  state: string;
}

type Before =
  | { kind: 'reply'; platform: string; conversation: string; turn: number; line: unknown }
  | { kind: 'ping'; destination: string; ticket: number };

/** What still had to leave was written line by line, and had no lane. */
async function bringOutboxUpToDate(db: Kysely<{ outbox: OutboxRow }>): Promise<void> {
  const rows = await db
    .selectFrom('outbox')
    .select(['id', 'json'])
    .where('state', 'in', ['ready', 'sending'])
    .execute();
  for (const { id, json } of rows) {
    const before = JSON.parse(json) as Before;
    await db
      .updateTable('outbox')
      .set(before.kind === 'ping' ? ofPing(before) : ofReply(before))
      .where('id', '=', id)
      .execute();
  }
}

const ofPing = ({ destination, ticket }: Extract<Before, { kind: 'ping' }>) => ({
  lane: `ping:${destination}:${ticket}`,
  platform: destination.split(':', 1)[0]!,
});

const ofReply = ({ line, ...reply }: Extract<Before, { kind: 'reply' }>) => ({
  lane: `chat:${reply.conversation}`,
  platform: reply.platform,
  json: JSON.stringify({ ...reply, lines: [line], replaces: false }),
});
