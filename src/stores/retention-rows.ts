import { type Kysely, sql } from 'kysely';
import type { KeptFor } from '../core/personal-data';
import { chatSubject, ticketSubject } from '../core/ports';
import { isClosed, type TicketState } from '../core/ticket';
import type { Tables } from './tables';
import { isOpen } from './ticket-bundles';
import { wordsBelowCards } from './words-below-cards';

/** So many rows are looked at in one go: short enough that no turn has to wait for it. */
const atOnce = 500;
/** Among the oldest tickets there may be some that stay open for long. */
const ticketsAtOnce = 5_000;

/** What one go deleted, and whether there may be more. */
export interface Swept {
  deleted: number;
  more: boolean;
}

/** Each deletes some of what was last touched before a moment; milliseconds since 1970. */
export type Sweep = (trx: Kysely<Tables>, before: number) => Promise<Swept>;

const closedOnly = sql<boolean>`NOT EXISTS (SELECT 1 FROM tickets WHERE tickets.conversation = conversations.id AND ${isOpen})`;

/** Conversations in which nothing has happened since, but for those that an open request belongs to. */
const conversations: Sweep = async (trx, before) => {
  const rows = await trx
    .selectFrom('conversations')
    .select('id')
    .where('updated_at', '<', before)
    .where(closedOnly)
    .orderBy('updated_at')
    .limit(atOnce)
    .execute();
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return { deleted: 0, more: false };
  const words = await wordsBelowCards(trx, ids);
  await dropPosts(trx, [...words.map(({ subject }) => subject), ...ids.map(chatSubject)]);
  await trx.deleteFrom('chat').where('conversation', 'in', ids).execute();
  await trx.deleteFrom('addresses').where('conversation', 'in', ids).execute();
  await trx.deleteFrom('conversations').where('id', 'in', ids).execute();
  return { deleted: ids.length, more: ids.length === atOnce };
};

/** What came in and is done with. Newer rows have higher numbers, so only the oldest are looked at. */
const incoming: Sweep = async (trx, before) => {
  const oldest = await trx.selectFrom('inbox').select(['seq', 'at', 'state']).orderBy('seq').limit(atOnce).execute();
  const gone = oldest.filter(({ at, state }) => Number(at) < before && state !== 'new').map(({ seq }) => seq);
  if (gone.length > 0) await trx.deleteFrom('inbox').where('seq', 'in', gone).execute();
  return { deleted: gone.length, more: gone.length === atOnce };
};

/** What has left, or never will. */
const outgoing: Sweep = async (trx, before) => {
  const oldest = await trx
    .selectFrom('outbox')
    .select(['id', 'made_at', 'due_at', 'state'])
    .orderBy('id')
    .limit(atOnce)
    .execute();
  const isOver = (row: (typeof oldest)[number]) =>
    Math.max(Number(row.made_at), Number(row.due_at)) < before && (row.state === 'sent' || row.state === 'failed');
  const gone = oldest.filter(isOver).map(({ id }) => id);
  if (gone.length > 0) await trx.deleteFrom('outbox').where('id', 'in', gone).execute();
  return { deleted: gone.length, more: gone.length === atOnce };
};

/** Requests closed before, with their history and what is remembered of their cards; on-call history goes with them. */
const requests: Sweep = async (trx, before) => {
  await trx.deleteFrom('alarms').where('cleared_at', 'is not', null).where('cleared_at', '<', before).execute();
  await trx.deleteFrom('on_call_overrides').where('until_at', '<', before).execute();
  // Numbers grow with time, so only the oldest are looked at.
  const oldest = await trx
    .selectFrom('tickets')
    .select(['id', 'state', 'updated_at', 'places'])
    .orderBy('id')
    .limit(ticketsAtOnce)
    .execute();
  const rows = oldest
    .filter(({ state, updated_at }) => isClosed(state as TicketState) && Number(updated_at) < before)
    .slice(0, atOnce);
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return { deleted: 0, more: false };
  await dropPosts(
    trx,
    rows.flatMap(({ id, places }) => (JSON.parse(places) as string[]).map((place) => ticketSubject(id, place))),
  );
  await trx.deleteFrom('ticket_history').where('ticket', 'in', ids).execute();
  await trx.deleteFrom('tickets').where('id', 'in', ids).execute();
  return { deleted: ids.length, more: ids.length === atOnce };
};

const review: Sweep = async (trx, before) => {
  const oldest = await trx.selectFrom('missed_words').select(['id', 'at']).orderBy('id').limit(atOnce).execute();
  const gone = oldest.filter(({ at }) => Number(at) < before).map(({ id }) => id);
  if (gone.length > 0) await trx.deleteFrom('missed_words').where('id', 'in', gone).execute();
  return { deleted: gone.length, more: gone.length === atOnce };
};

const figures: Sweep = async (trx, before) => {
  const oldest = await trx.selectFrom('turn_facts').select(['id', 'at']).orderBy('id').limit(atOnce).execute();
  const gone = oldest.filter(({ at }) => Number(at) < before).map(({ id }) => id);
  if (gone.length > 0) await trx.deleteFrom('turn_facts').where('id', 'in', gone).execute();
  return { deleted: gone.length, more: gone.length === atOnce };
};

async function dropPosts(trx: Kysely<Tables>, subjects: readonly string[]): Promise<void> {
  for (let first = 0; first < subjects.length; first += atOnce)
    await trx
      .deleteFrom('posts')
      .where('subject', 'in', subjects.slice(first, first + atOnce))
      .execute();
}

export const sweeps: Record<keyof KeptFor, Sweep[]> = {
  conversations: [conversations, incoming, outgoing],
  requests: [requests],
  review: [review],
  figures: [figures],
};
