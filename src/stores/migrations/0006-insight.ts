import { type Kysely, type Migration, sql } from 'kysely';
import { wordsOf } from '../sql-words';

/**
 * What happened in each turn, without its words; and, apart from that, words that were not understood or did not lead to
 * help. Only new tables, so that a version before this one works beside them.
 */
export const insight: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const words = wordsOf(db);
    await db.schema
      .createTable('turn_facts')
      .addColumn('id', words.countType, words.counting)
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('conversation', 'text', (c) => c.notNull())
      .addColumn('platform', 'text', (c) => c.notNull())
      .addColumn('step', 'text')
      .addColumn('next', 'text')
      .addColumn('began', 'text')
      .addColumn('walked', 'text', (c) => c.notNull())
      .addColumn('decision', 'text')
      .addColumn('outcome', 'text')
      .execute();
    await db.schema.createIndex('turn_facts_at').on('turn_facts').column('at').execute();
    await db.schema
      .createTable('missed_words')
      .addColumn('id', words.countType, words.counting)
      .addColumn('key', 'text', (c) => c.notNull().unique())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('conversation', 'text', (c) => c.notNull())
      .addColumn('platform', 'text', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('step', 'text')
      .addColumn('text', 'text', (c) => c.notNull())
      .addColumn('candidates', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('intent', 'text')
      .addColumn('judged_by', 'text')
      .addColumn('judged_at', 'bigint')
      .execute();
    await sql`CREATE INDEX missed_words_new ON missed_words (id) WHERE state = 'new'`.execute(db);
    await db.schema.createIndex('missed_words_of').on('missed_words').column('conversation').execute();
  },
};
