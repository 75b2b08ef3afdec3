import { type Kysely, sql } from 'kysely';
import { conversationSchema } from '../core/conversation';
import type { Advance, Outgoing, Store } from '../core/ports';
import { isClosed, type Ticket } from '../core/ticket';
import { raise } from './alarm-rows';
import { addChat } from './chat-rows';
import { enqueue, enqueuePings } from './outbox-rows';
import { wordsOf } from './sql-words';
import type { Tables } from './tables';
import { isOpen, tellFollowers } from './ticket-bundles';
import { addHistory, columnsOf, ticketOf } from './ticket-rows';

/** When a ticket is to be looked at; the words of its index. */
const lookAt = sql<number>`COALESCE(look_at, next_at, 0)`;

/** Takes due tickets, asks what happens to each, and writes all of it; the caller's transaction makes it one. */
export async function advanceTickets(
  trx: Kysely<Tables>,
  now: number,
  limit: number,
  decide: Parameters<Store['advanceTickets']>[2],
): Promise<number> {
  const due = trx.selectFrom('tickets').selectAll().where(isOpen).where(lookAt, '<=', now).orderBy(lookAt).limit(limit);
  const tickets = (await wordsOf(trx).heldIfFree(due).execute()).map(ticketOf);
  const leaders = await leadersOf(trx, tickets);
  for (const ticket of tickets) {
    const advance = decide(ticket, ticket.bundle === null ? null : (leaders.get(ticket.bundle) ?? null));
    if (advance) await write(trx, ticket, advance, now);
    else await trx.updateTable('tickets').set({ look_at: null }).where('id', '=', ticket.id).execute();
  }
  return tickets.length;
}

async function leadersOf(trx: Kysely<Tables>, tickets: readonly Ticket[]): Promise<Map<number, Ticket>> {
  const ids = [...new Set(tickets.flatMap(({ bundle }) => (bundle === null ? [] : [bundle])))];
  if (ids.length === 0) return new Map();
  const rows = await trx.selectFrom('tickets').selectAll().where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, ticketOf(row)]));
}

async function write(trx: Kysely<Tables>, ticket: Ticket, advance: Advance, now: number): Promise<void> {
  const { state, owner, set, history, calls, words, tells, alarm } = advance;
  const row = await trx
    .updateTable('tickets')
    .set({
      state,
      look_at: null,
      ...(owner === undefined ? {} : { claimed_by: owner?.name ?? null, claimed_by_id: owner?.id ?? null }),
      ...columnsOf(isClosed(state) ? { ...set, next: null } : set),
      version: ticket.version + 1,
      updated_at: now,
    })
    .where('id', '=', ticket.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  const after = ticketOf(row);
  if (history) await addHistory(trx, { ticket: ticket.id, at: now, before: ticket.state, after: state, ...history });
  await tellFollowers(trx, ticket, after, now);
  // One version of a ticket is written once, so its keys are used once.
  const key = `advance/${ticket.id}/${after.version}`;
  const urgent = ticket.details.severity === 'urgent';
  if (history) {
    const known = after.places.filter((place) => !calls.includes(place));
    await enqueuePings(trx, key, ticket.id, 'opened', calls, now, { rank: urgent ? 0 : 1 });
    await enqueuePings(trx, key, ticket.id, 'updated', known, now);
  }
  for (const { place: destination, ...word } of words) {
    const outgoing: Outgoing = {
      kind: 'thread',
      destination,
      ticket: ticket.id,
      word: key,
      what: 'new',
      line: { from: 'bot', say: word.say },
      ...(word.while ? { while: word.while } : {}),
    };
    await enqueue(trx, `${key}/word/${destination}`, outgoing, now, { rank: 2 });
  }
  if (tells) await tell(trx, ticket, key, tells, now);
  if (alarm) await raise(trx, alarm, now);
}

/** The employee reads it in their chat; the conversation itself stays where it is. */
async function tell(
  trx: Kysely<Tables>,
  { conversation, details }: Ticket,
  key: string,
  reply: NonNullable<Advance['tells']>,
  now: number,
): Promise<void> {
  const row = await wordsOf(trx)
    .held(trx.selectFrom('conversations').select('json').where('id', '=', conversation))
    .executeTakeFirst();
  const turn = row ? conversationSchema.parse(JSON.parse(row.json)).turn : 0;
  const line = { from: 'bot' as const, reply };
  await addChat(trx, conversation, now, turn, [{ line, key: null }]);
  const outgoing: Outgoing = {
    kind: 'reply',
    platform: details.platform,
    conversation,
    turn,
    lines: [line],
    replaces: false,
  };
  await enqueue(trx, `${key}/reply`, outgoing, now);
}
