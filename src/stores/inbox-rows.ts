import { type Kysely, type RawBuilder, sql } from 'kysely';
import { CodedError } from '../core/errors';
import { type Address, type Incoming, incomingSchema } from '../core/message';
import type { Taker } from '../core/ports';
import { wordsOf } from './sql-words';
import type { Tables } from './tables';

/** How long a row that this version cannot read is left to a newer one. */
const newerVersionMs = 60 * 60_000;
/** Written out, because partial indexes only serve conditions without parameters. */
const isNew = sql<boolean>`state = 'new'`;

export async function insertIncoming(
  db: Kysely<Tables>,
  incoming: Incoming,
  taker?: Taker,
): Promise<'known' | 'waits' | 'taken'> {
  const lane = laneOf(incoming);
  const ifFree = <T>(value: RawBuilder<T>) =>
    taker
      ? sql<T | null>`CASE WHEN EXISTS (SELECT 1 FROM inbox AS other WHERE other.lane = ${lane} AND other.state = 'new')
          THEN NULL ELSE ${value} END`
      : null;
  const row = await db
    .insertInto('inbox')
    .values({
      key: incoming.key,
      conversation: incoming.conversation,
      lane,
      at: incoming.at,
      json: JSON.stringify(incoming),
      state: 'new',
      came_from: cameFrom(incoming),
      lease_owner: ifFree(sql<string>`CAST(${taker?.owner} AS text)`),
      lease_until: ifFree(sql<number>`CAST(${taker?.leaseUntil} AS bigint)`),
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('lease_owner')
    .executeTakeFirst();
  if (!row) return 'known';
  return row.lease_owner === null ? 'waits' : 'taken';
}

/** An administrator's action belongs to the employee's conversation: both sides wait in one lane. */
function laneOf(incoming: Incoming): RawBuilder<string> {
  const { conversation } = incoming;
  if (incoming.kind !== 'ticket_action' || !Number.isSafeInteger(incoming.ticket)) return sql`${conversation}`;
  return sql`COALESCE((SELECT conversation FROM tickets WHERE id = ${incoming.ticket}), ${conversation})`;
}

/** Where else the words of a row stand, so that they are found when the person takes them back. */
function cameFrom(incoming: Incoming): string | null {
  switch (incoming.kind) {
    case 'edit':
      return incoming.of;
    case 'moved':
      return incoming.from;
    default:
      return null;
  }
}

/** The head of each lane in which nothing is being handled. */
export async function takeIncoming(
  db: Kysely<Tables>,
  { owner, now, leaseUntil }: Taker,
  limit: number,
  evenLeased: boolean,
): Promise<Incoming[]> {
  const waiting = evenLeased ? isNew : sql<boolean>`${isNew} AND (lease_until IS NULL OR lease_until < ${now})`;
  const busy = evenLeased ? sql`` : sql`OR other.lease_until >= ${now}`;
  const heads = db
    .selectFrom('inbox')
    .select('seq')
    .where(waiting)
    .where(
      sql<boolean>`NOT EXISTS (SELECT 1 FROM inbox AS other WHERE other.lane = inbox.lane AND other.state = 'new'
        AND (other.seq < inbox.seq ${busy}))`,
    )
    .orderBy('seq')
    .limit(limit);
  const rows = await db
    .with('heads', () => wordsOf(db).heldIfFree(heads))
    .updateTable('inbox')
    .set({ lease_owner: owner, lease_until: leaseUntil })
    .where('seq', 'in', (from) => from.selectFrom('heads').select('seq'))
    .returning(['seq', 'key', 'json', 'at'])
    .execute();
  rows.sort((a, b) => a.seq - b.seq);
  const { read, unreadable } = readRows(rows);
  // It must not keep the others of its lane waiting for ever; but a newer version beside this one may know what it is.
  const hopeless = wordsOf(db).shared ? unreadable.filter(({ at }) => at < now - newerVersionMs) : unreadable;
  await giveUp(db, hopeless);
  return read;
}

export async function pendingIncoming(db: Kysely<Tables>): Promise<Incoming[]> {
  const rows = await db.selectFrom('inbox').select(['key', 'json']).where(isNew).orderBy('at').orderBy('seq').execute();
  const { read, unreadable } = readRows(rows);
  if (!wordsOf(db).shared) await giveUp(db, unreadable);
  return read;
}

/** Null where it is not kept any more, or not readable by this version. */
export async function incomingOf(db: Kysely<Tables>, key: string): Promise<Incoming | null> {
  const row = await db.selectFrom('inbox').select('json').where('key', '=', key).executeTakeFirst();
  const { data } = incomingSchema.safeParse(row && JSON.parse(row.json));
  return (data as Incoming | undefined) ?? null;
}

function readRows<T extends { json: string }>(rows: readonly T[]): { read: Incoming[]; unreadable: T[] } {
  const results = rows.map((row) => ({ row, result: incomingSchema.safeParse(JSON.parse(row.json)) }));
  return {
    read: results.flatMap(({ result }) => (result.success ? [result.data as Incoming] : [])),
    unreadable: results.filter(({ result }) => !result.success).map(({ row }) => row),
  };
}

async function giveUp(db: Kysely<Tables>, rows: readonly { key: string }[]): Promise<void> {
  const keys = rows.map(({ key }) => key);
  if (keys.length > 0) await db.updateTable('inbox').set({ state: 'failed' }).where('key', 'in', keys).execute();
}

/** The row is this turn's from here to its commit. Refused when it was handled before. */
export async function endIncoming(trx: Kysely<Tables>, key: string): Promise<void> {
  if (!(await closeIncoming(trx, key, 'done'))) throw new CodedError('TURN_HANDLED', `Its key is ${key}.`);
}

/** False when it was closed before. */
export async function closeIncoming(trx: Kysely<Tables>, key: string, state: 'done' | 'failed'): Promise<boolean> {
  const closed = await trx
    .updateTable('inbox')
    .set({ state, lease_owner: null, lease_until: null })
    .where('key', '=', key)
    .where('state', '=', 'new')
    .executeTakeFirst();
  return closed.numUpdatedRows === 1n;
}

/** Platforms move conversations between their servers, so the newest address counts, in whatever order they arrive. */
export async function saveAddress(
  db: Kysely<Tables>,
  conversation: string,
  address: Address,
  at: number,
): Promise<void> {
  const json = JSON.stringify(address);
  await db
    .insertInto('addresses')
    .values({ conversation, json, updated_at: at })
    .onConflict((conflict) =>
      conflict.column('conversation').doUpdateSet({ json, updated_at: at }).where('addresses.updated_at', '<=', at),
    )
    .execute();
}

/** For an address that is only guessed: any that the platform tells itself is better, also an older one. */
export async function keepAddress(db: Kysely<Tables>, conversation: string, address: Address): Promise<void> {
  await db
    .insertInto('addresses')
    .values({ conversation, json: JSON.stringify(address), updated_at: 0 })
    .onConflict((conflict) => conflict.column('conversation').doNothing())
    .execute();
}
