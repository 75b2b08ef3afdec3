import { type Kysely, sql } from 'kysely';
import type { Alarm, AuditOrder, RaisedAlarm } from '../core/ports';
import { ticketNumber } from '../core/ticket';
import { openAlarms, raise } from './alarm-rows';
import { enqueue } from './outbox-rows';
import type { Tables } from './tables';
import { isOpen } from './ticket-bundles';

/** Nobody reads more of them at once. */
const mostFindings = 50;

/**
 * Looks whether every promise has a date and whether what should have left has left; raises and clears alarms, and tells
 * of each new one once. The caller's transaction makes it one.
 */
export async function audit(trx: Kysely<Tables>, order: AuditOrder): Promise<RaisedAlarm[]> {
  const found = [...(await withoutStep(trx, order)), ...(await stuck(trx, order))];
  for (const alarm of found) await raise(trx, alarm, order.now);
  for (const { key } of await openAlarms(trx))
    if (!found.some((alarm) => alarm.key === key) && (await isOver(trx, key)))
      await trx.updateTable('alarms').set({ cleared_at: order.now }).where('key', '=', key).execute();
  await tell(trx, order);
  return openAlarms(trx);
}

/** Open tickets that nothing would ever happen to, or to which it should have happened long ago. */
async function withoutStep(trx: Kysely<Tables>, { overdueBefore }: AuditOrder): Promise<Alarm[]> {
  const rows = await trx
    .selectFrom('tickets')
    .select(['id', 'next_what', 'next_at'])
    .where(isOpen)
    .where(sql<number>`COALESCE(look_at, next_at, 0)`, '<', overdueBefore)
    .limit(mostFindings)
    .execute();
  return rows.map(({ id, next_what, next_at }) => ({
    key: `ticket/${id}/no-step`,
    text:
      next_what === null || next_at === null
        ? `${ticketNumber(id)} is open and has no next step.`
        : `${ticketNumber(id)}: its next step is overdue.`,
  }));
}

/** Calls for tickets that neither arrived nor failed. */
async function stuck(trx: Kysely<Tables>, { stuckBefore }: AuditOrder): Promise<Alarm[]> {
  const rows = await trx
    .selectFrom('outbox')
    .select(['platform', (of) => of.fn.countAll().as('count')])
    .where(sql<boolean>`state IN ('ready', 'sending')`)
    .where('lane', 'like', 'ping:%')
    .where('made_at', '>', 0)
    .where('made_at', '<', stuckBefore)
    .groupBy('platform')
    .execute();
  return rows.map(({ platform, count }) => ({
    key: `outbox/${platform}`,
    text: `${Number(count)} ${Number(count) === 1 ? 'card' : 'cards'} cannot be brought to ${platform} for more than five minutes.`,
  }));
}

/** Whether the trouble is gone. */
async function isOver(trx: Kysely<Tables>, key: string): Promise<boolean> {
  const [kind, id, what] = key.split('/');
  // What is looked for each time is over when it is not found.
  if (kind !== 'ticket' || what === 'no-step') return true;
  const row = await trx.selectFrom('tickets').select('state').where('id', '=', Number(id)).executeTakeFirst();
  return row?.state !== 'open';
}

async function tell(trx: Kysely<Tables>, { now, places, say }: AuditOrder): Promise<void> {
  const untold = await trx
    .selectFrom('alarms')
    .select(['key', 'text', 'raised_at'])
    .where('cleared_at', 'is', null)
    .where('told_at', 'is', null)
    .orderBy('raised_at')
    .limit(mostFindings)
    .execute();
  for (const { key, text, raised_at } of untold) {
    for (const destination of places)
      await enqueue(
        trx,
        `alarm/${key}/${raised_at}/${destination}`,
        { kind: 'alarm', destination, key, say: say({ key, text }) },
        now,
      );
    await trx.updateTable('alarms').set({ told_at: now }).where('key', '=', key).execute();
  }
}
