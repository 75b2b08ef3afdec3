import { type Kysely, sql } from 'kysely';
import { conversationSchema } from '../core/conversation';
import { type Incoming, type Person, replyText } from '../core/message';
import { exportReply, type PersonalData } from '../core/personal-data';
import type { ChatLine } from '../core/ports';
import { type TicketDetails, ticketNumber } from '../core/ticket';
import type { Tables } from './tables';

/** The person's id as it stands in JSON; ids may hold what LIKE takes for a placeholder. */
export const named = (person: string) => {
  const pattern = `%${JSON.stringify({ id: person })
    .slice(1, -1)
    .replace(/[\\%_]/g, '\\$&')}%`;
  return sql<boolean>`json LIKE ${pattern} ESCAPE '\\'`;
};

/** Whoever wrote under a name, or named an address, in whatever case; the same name may belong to several. */
export async function personsNamed(db: Kysely<Tables>, name: string): Promise<Person[]> {
  const wanted = name.trim().toLowerCase();
  const pattern = `%${JSON.stringify(wanted)
    .slice(1, -1)
    .replace(/[\\%_]/g, '\\$&')}%`;
  const holds = sql<boolean>`LOWER(json) LIKE ${pattern} ESCAPE '\\'`;
  const inbox = await db.selectFrom('inbox').select('json').where(holds).execute();
  const tickets = (await db.selectFrom('tickets').select('json').where(holds).execute()).map(
    ({ json }) => JSON.parse(json) as TicketDetails,
  );
  const talks = await db.selectFrom('conversations').select(['id', 'json']).where(holds).execute();
  const said = talks.filter(({ json }) => isAmong(conversationSchema.parse(JSON.parse(json)).slots, wanted));
  const writers =
    said.length === 0
      ? []
      : await writersIn(
          db,
          said.map(({ id }) => id),
        );
  const named = [
    ...inbox.map(({ json }) => (JSON.parse(json) as Incoming).person),
    ...tickets.map(({ person }) => person),
  ];
  const found = [
    ...named.filter((person) => person.name.toLowerCase().includes(wanted)),
    ...tickets.filter(({ slots }) => isAmong(slots, wanted)).map(({ person }) => person),
    ...writers,
  ];
  return [...new Map(found.map((person) => [person.id, person])).values()];
}

/** A fact that was learnt, such as an address. */
const isAmong = (slots: Readonly<Record<string, string>>, wanted: string): boolean =>
  Object.values(slots).some((value) => value.toLowerCase() === wanted);

async function writersIn(db: Kysely<Tables>, conversations: readonly string[]): Promise<Person[]> {
  const rows = await db.selectFrom('inbox').select('json').where('conversation', 'in', conversations).execute();
  return rows
    .map(({ json }) => JSON.parse(json) as Incoming)
    .filter(({ kind }) => kind !== 'ticket_action')
    .map(({ person }) => person);
}

export interface Belongings {
  /** Everything they said to the bot alone or in threads of their own. */
  conversations: string[];
  tickets: { id: number; conversation: string; state: string; places: string; details: TicketDetails }[];
  /** Under which names they wrote. */
  names: string[];
}

/** What belongs to a person: looked for by the id that their platform signed, never by a name. */
export async function belongingsOf(db: Kysely<Tables>, person: string): Promise<Belongings> {
  const ticketRows = await db
    .selectFrom('tickets')
    .select(['id', 'conversation', 'state', 'places', 'json'])
    .where(named(person))
    .execute();
  const tickets = ticketRows
    .map(({ json, ...row }) => ({ ...row, details: JSON.parse(json) as TicketDetails }))
    .filter(({ details }) => details.person.id === person);
  const inboxRows = await db.selectFrom('inbox').select('json').where(named(person)).execute();
  // What an administrator did with somebody's request belongs to that request.
  const messages = inboxRows
    .map(({ json }) => JSON.parse(json) as Incoming)
    .filter((incoming) => incoming.kind !== 'ticket_action' && incoming.person.id === person);
  const own = await db.selectFrom('conversations').select('id').where('id', '=', person).execute();
  const unique = (all: string[]) => [...new Set(all)];
  return {
    conversations: unique([
      ...own.map(({ id }) => id),
      ...messages.map(({ conversation }) => conversation),
      ...tickets.map(({ conversation }) => conversation),
    ]),
    tickets,
    names: unique([
      ...messages.map((message) => message.person.name),
      ...tickets.map(({ details }) => details.person.name),
    ]),
  };
}

const iso = (at: number): string => new Date(Number(at)).toISOString();

/** Everything that is kept of a person, and nothing of anybody else but what was said to them. */
export async function personalDataOf(db: Kysely<Tables>, person: string): Promise<PersonalData> {
  const { conversations, tickets, names } = await belongingsOf(db, person);
  const data: PersonalData = { person: { id: person, names }, conversations: [], requests: [], review: [], turns: 0 };
  for (const id of conversations) {
    const row = await db
      .selectFrom('conversations')
      .select(['platform', 'json'])
      .where('id', '=', id)
      .executeTakeFirst();
    const state = row && conversationSchema.parse(JSON.parse(row.json));
    const chat = await db
      .selectFrom('chat')
      .select(['at', 'json'])
      .where('conversation', '=', id)
      .orderBy('id')
      .execute();
    data.conversations.push({
      id,
      platform: row?.platform ?? id.split(':', 1)[0]!,
      remembers: state ? { facts: state.slots, words: state.words } : null,
      said: chat
        .map(({ at, json }) => ({ at, line: JSON.parse(json) as ChatLine }))
        .filter(({ line }) => !isExport(line))
        .map(({ at, line }) => ({ at: iso(at), ...saidBy(line) })),
    });
  }
  for (const { id, state, details } of tickets) data.requests.push(await requestOf(db, id, state, details));
  if (conversations.length === 0) return data;
  const missed = await db
    .selectFrom('missed_words')
    .select(['at', 'text'])
    .where('conversation', 'in', conversations)
    .execute();
  data.review = missed.map(({ at, text }) => ({ at: iso(at), text }));
  const { count } = await db
    .selectFrom('turn_facts')
    .select((of) => of.fn.countAll().as('count'))
    .where('conversation', 'in', conversations)
    .executeTakeFirstOrThrow();
  data.turns = Number(count);
  return data;
}

/** An export that was given in the chat repeats what stands here anyway. */
const isExport = (line: ChatLine): boolean => line.from === 'bot' && line.reply.name === exportReply;

function saidBy(line: ChatLine): Pick<PersonalData['conversations'][number]['said'][number], 'from' | 'name' | 'text'> {
  switch (line.from) {
    case 'person':
      return { from: 'you', text: line.text };
    case 'bot':
      return { from: 'bot', text: replyText(line.reply) };
    case 'admin':
      return { from: 'administrator', name: line.name, text: line.text };
  }
}

async function requestOf(
  db: Kysely<Tables>,
  id: number,
  state: string,
  { title, slots, words }: TicketDetails,
): Promise<PersonalData['requests'][number]> {
  const history = await db.selectFrom('ticket_history').selectAll().where('ticket', '=', id).orderBy('id').execute();
  return {
    number: ticketNumber(id),
    opened: iso(history[0]?.at ?? 0),
    state,
    about: title,
    facts: slots,
    words,
    history: history
      .filter(({ action }) => !action.startsWith('note'))
      .map(({ at, actor, action, text }) => ({ at: iso(at), by: actor, did: action, text })),
  };
}
