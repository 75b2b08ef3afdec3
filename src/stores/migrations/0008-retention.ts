import type { Kysely, Migration } from 'kysely';

/** What was touched longest ago is found without looking at all. Only an index, so that a version before works beside it. */
export const retention: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.createIndex('conversations_updated').on('conversations').column('updated_at').execute();
  },
};
