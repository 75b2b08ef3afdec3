import { type Kysely, sql } from 'kysely';
import type { Outgoing } from '../core/ports';
import { wordsOf } from './sql-words';
import type { Tables } from './tables';
import { isOpen } from './ticket-bundles';

/** Cards that were not brought to their place: their tickets remember it and are looked at now. */
export async function markUnreached(
  trx: Kysely<Tables>,
  rows: readonly { json: string; calls: number | null }[],
): Promise<void> {
  for (const { json, calls } of rows) {
    const { destination } = JSON.parse(json) as Extract<Outgoing, { kind: 'ping' }>;
    const ticket = await wordsOf(trx)
      .held(trx.selectFrom('tickets').select(['id', 'unreached']).where('id', '=', Number(calls)).where(isOpen))
      .executeTakeFirst();
    if (!ticket) continue;
    const unreached = [...new Set([...(JSON.parse(ticket.unreached) as string[]), destination])];
    await trx
      .updateTable('tickets')
      .set({ unreached: JSON.stringify(unreached), look_at: 0 })
      .where('id', '=', ticket.id)
      .execute();
  }
}

/**
 * Calls that were tried and have not got through for too long count as such that will not. They still leave when they
 * can: a card that comes late does no harm. One that its platform asked us to hold back was not tried.
 */
export async function giveUpCalls(trx: Kysely<Tables>, before: number): Promise<number> {
  const late = trx
    .selectFrom('outbox')
    .select('id')
    .where('calls', 'is not', null)
    .where(sql<boolean>`state IN ('ready', 'sending')`)
    .where('made_at', '<=', before)
    .where(sql<boolean>`(state = 'ready' AND attempts > 0 OR attempts > 1)`)
    .orderBy('made_at')
    .limit(50);
  const ids = (await wordsOf(trx).heldIfFree(late).execute()).map(({ id }) => id);
  if (ids.length === 0) return 0;
  const rows = await trx.selectFrom('outbox').select(['json', 'calls']).where('id', 'in', ids).execute();
  await trx.updateTable('outbox').set({ calls: null }).where('id', 'in', ids).execute();
  await markUnreached(trx, rows);
  return ids.length;
}
