import { type Kysely, sql } from 'kysely';
import type { StoreLevels } from '../core/levels';
import type { Tables } from './tables';

/** Conditions are written out, because the partial indexes that make this cheap only serve those without parameters. */
export async function levelsOf(db: Kysely<Tables>): Promise<StoreLevels> {
  const inbox = await db
    .selectFrom('inbox')
    .select((of) => [of.fn.countAll<number>().as('waiting'), of.fn.min('at').as('oldest')])
    .where(sql<boolean>`state = 'new'`)
    .executeTakeFirstOrThrow();
  const outbox = await db
    .selectFrom('outbox')
    .select((of) => [
      'platform',
      of.fn.countAll<number>().as('waiting'),
      of.fn.min('due_at').as('oldest'),
      sql<number>`sum(CASE WHEN error IS NULL THEN 0 ELSE 1 END)`.as('retrying'),
    ])
    .where(sql<boolean>`state IN ('ready', 'sending')`)
    .groupBy('platform')
    .execute();
  const tickets = await db
    .selectFrom('tickets')
    .select((of) => ['state', of.fn.countAll<number>().as('count')])
    .where(sql<boolean>`state NOT IN ('resolved', 'cancelled')`)
    .groupBy('state')
    .execute();
  return {
    inbox: { waiting: Number(inbox.waiting), oldestAt: inbox.oldest === null ? null : Number(inbox.oldest) },
    outbox: outbox.map(({ platform, waiting, oldest, retrying }) => ({
      platform,
      waiting: Number(waiting),
      oldestDueAt: Number(oldest),
      retrying: Number(retrying),
    })),
    tickets: tickets.map(({ state, count }) => ({ state, count: Number(count) })),
  };
}
