import { type Kysely, sql } from 'kysely';
import type { FloodRule } from '../core/ports';
import type { Ticket } from '../core/ticket';
import { enqueuePings } from './outbox-rows';
import { wordsOf } from './sql-words';
import type { Tables } from './tables';

/** Written out, because partial indexes only serve a condition without parameters. */
export const isOpen = sql<boolean>`state NOT IN ('resolved', 'cancelled')`;

/** The first one's card tells at most so often how many stand behind it. */
const countEveryMs = 30_000;

/** The ticket that a new one stands behind, once enough people were called for the same trouble; else null. */
export async function leaderOf(
  trx: Kysely<Tables>,
  { key, alone, withinMs }: FloodRule,
  at: number,
): Promise<number | null> {
  // Two at once would each find one too few.
  await wordsOf(trx).oneAtATime(trx, `flood ${key}`);
  const before = await trx
    .selectFrom('tickets')
    .select('id')
    .where('flood_key', '=', key)
    .where('created_at', '>=', at - withinMs)
    .where('bundle', 'is', null)
    .where(isOpen)
    .orderBy('created_at')
    .orderBy('id')
    .limit(alone)
    .execute();
  return before.length < alone ? null : before[0]!.id;
}

/** Somebody more stands behind the ticket. Its card says so with the others of the same half minute. */
export async function countOneMore(trx: Kysely<Tables>, leader: number, at: number): Promise<void> {
  const slot = Math.floor(at / countEveryMs) + 1;
  const { places } = await trx
    .selectFrom('tickets')
    .select('places')
    .where('id', '=', leader)
    .executeTakeFirstOrThrow();
  const where = JSON.parse(places) as string[];
  const manner = { rank: 2 as const, dueAt: slot * countEveryMs };
  const isFirst = await enqueuePings(trx, `count/${leader}/${slot}`, leader, 'updated', where, at, manner);
  // A card that shows this version already would not be drawn again.
  if (isFirst)
    await trx.updateTable('tickets').set({ version: sql<number>`version + 1` }).where('id', '=', leader).execute();
}

/** Those behind a ticket look at it again when it went to another state or person; if it was taken back, one of them leads. */
export async function tellFollowers(trx: Kysely<Tables>, before: Ticket, after: Ticket, at: number): Promise<void> {
  if (before.state === after.state && before.claimedById === after.claimedById) return;
  if (after.state === 'cancelled') await promote(trx, after.id, at);
  await trx
    .updateTable('tickets')
    .set({ next_what: 'wake', next_at: at })
    .where('bundle', '=', after.id)
    .where(isOpen)
    .execute();
}

async function promote(trx: Kysely<Tables>, leader: number, at: number): Promise<void> {
  const first = await trx
    .selectFrom('tickets')
    .select('id')
    .where('bundle', '=', leader)
    .where(isOpen)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  if (!first) return;
  await trx
    .updateTable('tickets')
    .set({ bundle: first.id, next_what: 'wake', next_at: at })
    .where('bundle', '=', leader)
    .where('id', '!=', first.id)
    .where(isOpen)
    .execute();
  await trx
    .updateTable('tickets')
    .set({
      bundle: null,
      state: 'open',
      claimed_by: null,
      claimed_by_id: null,
      tier: 0,
      next_what: 'escalate',
      next_at: at,
      version: sql<number>`version + 1`,
    })
    .where('id', '=', first.id)
    .execute();
}

/** How many open tickets stand behind one. */
export async function followersOf(db: Kysely<Tables>, leader: number): Promise<number> {
  const { count } = await db
    .selectFrom('tickets')
    .select((of) => of.fn.countAll().as('count'))
    .where('bundle', '=', leader)
    .where(isOpen)
    .executeTakeFirstOrThrow();
  return Number(count);
}
