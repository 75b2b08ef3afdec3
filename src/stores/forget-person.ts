import type { Kysely } from 'kysely';
import type { Incoming, Reply } from '../core/message';
import type { Forgotten } from '../core/personal-data';
import { chatSubject, type Outgoing } from '../core/ports';
import { isClosed, type TicketDetails, type TicketState } from '../core/ticket';
import { makeNobodys, nobody, nobodysConversation, nobodysId } from './nobody';
import { enqueueGone, enqueuePings } from './outbox-rows';
import { belongingsOf, named } from './person-rows';
import { wordsOf } from './sql-words';
import type { Tables } from './tables';
import { wordsBelowCards } from './words-below-cards';

/** What an account is, and how one signs in to it, names nobody. */
const impersonalSlots = new Set([
  'account_type',
  'account_id',
  'organization_member',
  'identity_source',
  'mfa_device',
  'only_admin',
]);

/**
 * Removes a person from everything but open requests: what they said, what is remembered, under which address they are
 * reached. Closed requests stay, as the record of what administrators did, without name, words or talk; their cards and
 * the words below them are brought up to date.
 * @param keep an inbox row that is being handled; it is blanked like the others, but stays
 */
export async function forgetPerson(
  trx: Kysely<Tables>,
  person: string,
  { key, at, conversation }: { key: string; at: number; conversation?: string },
): Promise<Forgotten> {
  await holdPerson(trx, person);
  const all = await belongingsOf(trx, person);
  const open = all.tickets.filter(({ state }) => !isClosed(state as TicketState));
  const busy = new Set(open.map((ticket) => ticket.conversation));
  const conversations = [
    ...new Set([...all.conversations, ...(conversation === undefined ? [] : [conversation])]),
  ].filter((id) => !busy.has(id));
  const closed = all.tickets.filter(({ state }) => isClosed(state as TicketState));
  if (conversations.length > 0) {
    await dropOutgoing(trx, key, conversations, closed, at);
    await takeBackBelow(trx, key, conversations, at);
    for (const table of ['chat', 'missed_words'] as const)
      await trx.deleteFrom(table).where('conversation', 'in', conversations).execute();
    await trx.deleteFrom('conversations').where('id', 'in', conversations).execute();
    // The answer still has to reach the chat they write in, and closes what stands there.
    const others = conversations.filter((id) => id !== conversation);
    if (others.length > 0) {
      await trx.deleteFrom('addresses').where('conversation', 'in', others).execute();
      await trx.deleteFrom('posts').where('subject', 'in', others.map(chatSubject)).execute();
    }
    for (const id of conversations) await makeNobodys(trx, ['turn_facts'], id);
    await blankIncoming(trx, conversations);
  }
  await dropNotices(trx, person);
  for (const ticket of closed) await withoutPerson(trx, key, ticket, all.names, at);
  return {
    conversations: conversations.length,
    requests: closed.map(({ id }) => id),
    open: open.map(({ id }) => id),
  };
}

/**
 * What is read of a person from here on stays as it is until the end: a turn of another process waits. Tickets first, as
 * turns do.
 */
export async function holdPerson(trx: Kysely<Tables>, person: string): Promise<void> {
  const words = wordsOf(trx);
  if (!words.shared) return;
  const { conversations, tickets } = await belongingsOf(trx, person);
  const ids = tickets.map(({ id }) => id);
  if (ids.length > 0)
    await words.held(trx.selectFrom('tickets').select('id').where('id', 'in', ids).orderBy('id')).execute();
  if (conversations.length > 0)
    await words
      .held(trx.selectFrom('conversations').select('id').where('id', 'in', conversations).orderBy('id'))
      .execute();
}

/** Words to them alone about something they pressed, wherever that was. */
async function dropNotices(trx: Kysely<Tables>, person: string): Promise<void> {
  await trx.deleteFrom('outbox').where('lane', 'like', 'notice:%').where(named(person)).execute();
}

/** Their words below cards, on the platforms that let a bot change what it posted. */
async function takeBackBelow(
  trx: Kysely<Tables>,
  key: string,
  conversations: readonly string[],
  at: number,
): Promise<void> {
  for (const { word, place, ticket } of await wordsBelowCards(trx, conversations))
    await enqueueGone(trx, `${key}/${word}`, { ticket, word, places: [place] }, at);
}

/**
 * What left, or waits to leave, still holds what it said. What is on its way at this moment may arrive all the same: its
 * row stays, without words, so that what follows in its lane comes after it; below cards that takes it back.
 */
async function dropOutgoing(
  trx: Kysely<Tables>,
  key: string,
  conversations: readonly string[],
  tickets: readonly { id: number; places: string }[],
  at: number,
): Promise<void> {
  const below = tickets.flatMap(({ id, places }) =>
    (JSON.parse(places) as string[]).map((place) => `ping:${place}:${id}`),
  );
  const rows = await trx
    .selectFrom('outbox')
    .select(['id', 'json', 'state', 'attempts'])
    .where('lane', 'in', [...conversations.map((id) => `chat:${id}`), ...below])
    .execute();
  for (const { id, json, state, attempts } of rows) {
    const outgoing = JSON.parse(json) as Outgoing;
    if (outgoing.kind === 'ping') continue;
    const mayArrive = state === 'sending' || (state === 'ready' && attempts > 0);
    if (!mayArrive) await trx.deleteFrom('outbox').where('id', '=', id).execute();
    else
      await trx
        .updateTable('outbox')
        .set({ json: JSON.stringify(withoutWords(outgoing)), error: null })
        .where('id', '=', id)
        .execute();
    if (mayArrive && outgoing.kind === 'thread' && outgoing.line.from === 'person') {
      const { ticket, word, destination } = outgoing;
      await enqueueGone(trx, `${key}/${word}`, { ticket, word, places: [destination] }, at);
    }
  }
}

const nothingSaid: Reply = { name: 'phrases/word', say: [[{ text: '(deleted)' }]], buttons: [], links: [] };

function withoutWords(outgoing: Outgoing): Outgoing {
  if (outgoing.kind === 'reply') return { ...outgoing, lines: [{ from: 'bot', reply: nothingSaid }] };
  if (outgoing.kind !== 'thread') return outgoing;
  return outgoing.line.from === 'bot'
    ? { ...outgoing, line: { from: 'bot', say: nothingSaid } }
    : { ...outgoing, what: 'gone', line: { from: 'person', name: 'The employee', text: '', files: [] } };
}

/** Their keys stay, so that what a platform delivers again is still known. */
async function blankIncoming(trx: Kysely<Tables>, conversations: readonly string[]): Promise<void> {
  const rows = await trx
    .selectFrom('inbox')
    .select(['seq', 'key', 'at', 'json'])
    .where((where) => where.or([where('conversation', 'in', conversations), where('lane', 'in', conversations)]))
    .where('state', '!=', 'new')
    .execute();
  for (const { seq, key, at, json } of rows) {
    const { platform } = JSON.parse(json) as Incoming;
    const blank: Incoming = {
      kind: 'press',
      key,
      platform,
      conversation: nobodysId,
      person: { id: nobodysId, name: '', member: false },
      at: Number(at),
      press: 'forgotten',
    };
    await trx
      .updateTable('inbox')
      .set({ json: JSON.stringify(blank), conversation: nobodysId, lane: nobodysId, came_from: null })
      .where('seq', '=', seq)
      .execute();
  }
}

async function withoutPerson(
  trx: Kysely<Tables>,
  key: string,
  { id, details }: { id: number; details: TicketDetails },
  names: readonly string[],
  at: number,
): Promise<void> {
  const blank: TicketDetails = {
    ...details,
    person: { id: nobodysId, name: nobody, member: details.person.member },
    words: [],
    slots: Object.fromEntries(Object.entries(details.slots).filter(([slot]) => impersonalSlots.has(slot))),
  };
  // Cards show the version they were drawn at, so the change must count as one.
  const { version, places } = await trx
    .updateTable('tickets')
    .set((of) => ({
      json: JSON.stringify(blank),
      conversation: nobodysConversation(),
      flood_key: null,
      version: of('version', '+', 1),
    }))
    .where('id', '=', id)
    .returning(['version', 'places'])
    .executeTakeFirstOrThrow();
  await trx.updateTable('ticket_history').set({ text: null }).where('ticket', '=', id).execute();
  await trx
    .updateTable('ticket_history')
    .set({ actor: nobody })
    .where('ticket', '=', id)
    .where('actor', 'in', [...names, details.person.name])
    .execute();
  await enqueuePings(trx, `${key}/forgotten/${id}/${version}`, id, 'updated', JSON.parse(places) as string[], at);
}
