import { type Kysely, sql } from 'kysely';
import type { KeptFor } from '../core/personal-data';
import { cardRefSchema, chatSubject } from '../core/ports';
import { isClosed, type TicketState } from '../core/ticket';
import { makeNobodys } from './nobody';
import { wordsOf } from './sql-words';
import type { Tables } from './tables';
import { isOpen } from './ticket-bundles';
import { wordsBelowCards } from './words-below-cards';

/** So many rows are looked at in one go: short enough that no turn has to wait for it. */
const atOnce = 500;

/** What one go deleted, and where the next one goes on; null when there is nothing more. */
export interface Swept {
  deleted: number;
  next: number | null;
}

/** Each deletes some of what was last touched before a moment; milliseconds since 1970. @param after where the last go ended */
export type Sweep = (trx: Kysely<Tables>, before: number, after: number) => Promise<Swept>;

const ofNoOpenRequest = (conversation: string) =>
  sql<boolean>`NOT EXISTS (SELECT 1 FROM tickets WHERE tickets.conversation = ${sql.ref(conversation)} AND ${isOpen})`;

/**
 * Conversations in which nothing has happened since, but for those that an open request belongs to. What is counted of
 * them, and words kept for review, are nobody's from then on. A conversation that goes on at this moment is left alone.
 */
const conversations: Sweep = async (trx, before) => {
  const over = trx
    .selectFrom('conversations')
    .select('id')
    .where('updated_at', '<', before)
    .where(ofNoOpenRequest('conversations.id'))
    .orderBy('updated_at')
    .limit(atOnce);
  const ids = (await wordsOf(trx).heldIfFree(over).execute()).map(({ id }) => id);
  if (ids.length === 0) return { deleted: 0, next: null };
  const words = await wordsBelowCards(trx, ids);
  await dropPosts(trx, [...words.map(({ subject }) => subject), ...ids.map(chatSubject)]);
  await trx.deleteFrom('chat').where('conversation', 'in', ids).execute();
  await trx.deleteFrom('addresses').where('conversation', 'in', ids).execute();
  for (const id of ids) await makeNobodys(trx, ['turn_facts', 'missed_words'], id);
  await trx.deleteFrom('conversations').where('id', 'in', ids).execute();
  return { deleted: ids.length, next: ids.length === atOnce ? 0 : null };
};

/** What came in and is done with. Newer rows have higher numbers, so it ends at the first that is young enough. */
const incoming: Sweep = async (trx, before, after) => {
  const rows = await trx
    .selectFrom('inbox')
    .select(['seq as id', 'at', 'state', ofNoOpenRequest('inbox.conversation').as('free')])
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(atOnce)
    .execute();
  const gone = rows.filter(({ at, state, free }) => Number(at) < before && state !== 'new' && Boolean(free));
  if (gone.length > 0) await trx.deleteFrom('inbox').where('seq', 'in', idsOf(gone)).execute();
  return { deleted: gone.length, next: nextAfter(rows, before) };
};

/** What has left, or never will. */
const outgoing: Sweep = async (trx, before, after) => {
  const rows = (
    await trx
      .selectFrom('outbox')
      .select(['id', 'made_at', 'due_at', 'state'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(atOnce)
      .execute()
  ).map(({ made_at, due_at, ...row }) => ({ ...row, at: Math.max(Number(made_at), Number(due_at)) }));
  const gone = rows.filter(({ at, state }) => at < before && (state === 'sent' || state === 'failed'));
  if (gone.length > 0) await trx.deleteFrom('outbox').where('id', 'in', idsOf(gone)).execute();
  return { deleted: gone.length, next: nextAfter(rows, before) };
};

/** Requests closed before, with their history and what is remembered of their cards; on-call history goes with them. */
const requests: Sweep = async (trx, before, after) => {
  await trx.deleteFrom('alarms').where('cleared_at', 'is not', null).where('cleared_at', '<', before).execute();
  await trx.deleteFrom('on_call_overrides').where('until_at', '<', before).execute();
  const rows = await trx
    .selectFrom('tickets')
    .select(['id', 'state', 'created_at as at', 'updated_at'])
    .where('id', '>', after)
    .orderBy('id')
    .limit(atOnce)
    .execute();
  // A closed request is never opened again, so what is read here stays true.
  const gone = rows.filter(({ state, updated_at }) => isClosed(state as TicketState) && Number(updated_at) < before);
  if (gone.length > 0) {
    const ids = idsOf(gone);
    await dropCards(trx, ids);
    await trx.deleteFrom('ticket_history').where('ticket', 'in', ids).execute();
    await trx.deleteFrom('tickets').where('id', 'in', ids).execute();
  }
  return { deleted: gone.length, next: nextAfter(rows, before) };
};

/** Rows that count up with time and go by nothing but their age. */
const byAge =
  (table: 'missed_words' | 'turn_facts'): Sweep =>
  async (trx, before, after) => {
    const rows = await trx
      .selectFrom(table)
      .select(['id', 'at'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(atOnce)
      .execute();
    const gone = rows.filter(({ at }) => Number(at) < before);
    if (gone.length > 0) await trx.deleteFrom(table).where('id', 'in', idsOf(gone)).execute();
    return { deleted: gone.length, next: nextAfter(rows, before) };
  };

const idsOf = (rows: readonly { id: number }[]): number[] => rows.map(({ id }) => id);

/** What stays in between, and be it hundreds, keeps nothing behind it. */
function nextAfter(rows: readonly { id: number; at: number }[], before: number): number | null {
  const last = rows.at(-1);
  return rows.length === atOnce && last && Number(last.at) < before ? Number(last.id) : null;
}

/** Where the cards of tickets stood, wherever somebody opened one. */
async function dropCards(trx: Kysely<Tables>, tickets: readonly number[]): Promise<void> {
  const all = new Set(tickets.map(Number));
  const rows = await trx
    .selectFrom('posts')
    .select(['subject', 'json'])
    .where((where) =>
      where.or([
        // `;` comes after `:` – everything that begins with the word, by the index.
        where.and([where('subject', '>=', 'card:'), where('subject', '<', 'card;')]),
        where.and([where('subject', '>=', 'ticket:'), where('subject', '<', 'ticket;')]),
      ]),
    )
    .execute();
  const ticketOf = ({ subject, json }: (typeof rows)[number]): number | undefined =>
    subject.startsWith('ticket:')
      ? Number(subject.slice('ticket:'.length, subject.indexOf('@')))
      : cardRefSchema.safeParse(JSON.parse(json)).data?.ticket;
  await dropPosts(
    trx,
    rows.filter((row) => all.has(ticketOf(row) ?? 0)).map(({ subject }) => subject),
  );
}

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
  review: [byAge('missed_words')],
  figures: [byAge('turn_facts')],
};
