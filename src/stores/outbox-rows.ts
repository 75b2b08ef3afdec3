import type { Kysely } from 'kysely';
import { carrierOf, type Outgoing } from '../core/ports';
import { cardPlaces } from './card-places';
import type { Tables } from './tables';

/** How it stands against others, and when it may leave, where that is not at once. */
export interface Manner {
  rank?: 0 | 1 | 2;
  dueAt?: number;
}

/**
 * A key seen before is left as it is: the thing is on its way, or has left already.
 * @returns whether it is new
 */
export async function enqueue(
  trx: Kysely<Tables>,
  key: string,
  outgoing: Outgoing,
  at: number,
  { rank = 1, dueAt = at }: Manner = {},
): Promise<boolean> {
  const result = await trx
    .insertInto('outbox')
    .values({
      key,
      lane: laneOf(outgoing),
      platform: carrierOf(outgoing),
      json: JSON.stringify(outgoing),
      state: 'ready',
      attempts: 0,
      due_at: dueAt,
      lease_owner: null,
      lease_until: null,
      error: null,
      rank,
      made_at: at,
      calls: outgoing.kind === 'ping' && outgoing.what === 'opened' ? outgoing.ticket : null,
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

export async function enqueuePings(
  trx: Kysely<Tables>,
  key: string,
  ticket: number,
  what: 'opened' | 'updated',
  destinations: readonly string[],
  at: number,
  manner: Manner = {},
): Promise<boolean> {
  const opened = what === 'updated' ? await cardPlaces(trx, ticket) : [];
  let isNew = false;
  for (const destination of new Set([...destinations, ...opened]))
    isNew =
      (await enqueue(trx, `${key}/ping/${destination}`, { kind: 'ping', destination, ticket, what }, at, manner)) ||
      isNew;
  return isNew;
}

/** The week and the place are the key, so that it is sent once, whoever asks for it. */
export const enqueueReport = (
  db: Kysely<Tables>,
  outgoing: Extract<Outgoing, { kind: 'report' }>,
  at: number,
): Promise<boolean> => enqueue(db, `report/${outgoing.report.week}/${outgoing.destination}`, outgoing, at);
/** What a person took back is taken back below the cards too. */
export async function enqueueGone(
  trx: Kysely<Tables>,
  key: string,
  { ticket, word, places }: { ticket: number; word: string; places: readonly string[] },
  at: number,
): Promise<void> {
  const line = { from: 'person' as const, name: 'The employee', text: '', files: [] };
  for (const destination of places.filter((place) => place !== 'desk'))
    await enqueue(
      trx,
      `${key}/gone/${destination}`,
      { kind: 'thread', destination, ticket, word, what: 'gone', line },
      at,
    );
}

/** Words on their way below cards, or there already, are nowhere else in the outbox than under the keys of their inputs. */
export async function blankWords(trx: Kysely<Tables>, inputs: readonly string[]): Promise<void> {
  const keys = inputs.flatMap((input) => Array.from({ length: mostPlaces }, (_, index) => `${input}/also/${index}`));
  const rows = await trx.selectFrom('outbox').select(['id', 'json']).where('key', 'in', keys).execute();
  for (const { id, json } of rows) {
    const outgoing = JSON.parse(json) as Outgoing;
    if (outgoing.kind !== 'thread' || outgoing.line.from !== 'person') continue;
    const blank: Outgoing = { ...outgoing, what: 'gone', line: { ...outgoing.line, text: '', files: [] } };
    await trx
      .updateTable('outbox')
      .set({ json: JSON.stringify(blank) })
      .where('id', '=', id)
      .execute();
  }
}

/** A ticket has no more places than this. */
const mostPlaces = 40;

/** What must arrive in order shares a lane: one conversation, or one ticket's card in one place and the words below it. */
function laneOf(outgoing: Outgoing): string {
  switch (outgoing.kind) {
    case 'reply':
      return `chat:${outgoing.conversation}`;
    case 'notice':
      return `notice:${outgoing.conversation}:${outgoing.person.id}`;
    case 'ping':
    case 'thread':
      return `ping:${outgoing.destination}:${outgoing.ticket}`;
    case 'alarm':
      return `alarm:${outgoing.destination}`;
    case 'report':
      return `report:${outgoing.destination}`;
  }
}
