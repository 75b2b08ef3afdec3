import type { Kysely } from 'kysely';
import { type Conversation, conversationSchema } from '../core/conversation';
import { type IncomingMessage, incomingMessageSchema } from '../core/message';
import type { ChatLine } from '../core/ports';
import { type Ticket, type TicketDetails, ticketDetailsSchema } from '../core/ticket';
import { forgetWords } from './insight-rows';
import { blankWords } from './outbox-rows';
import { wordsOf } from './sql-words';
import type { Tables } from './tables';
import { ticketOf } from './ticket-rows';

/** Stands where words were that the person took back. */
const takenBack = '(taken back by the person)';

/** Whether words that stand somewhere are those that were taken back. */
type IsTakenBack = (words: string) => boolean;

/** Removes the words of one message wherever this store holds them. Returns the open tickets that held them. */
export async function forgetMessage(trx: Kysely<Tables>, key: string): Promise<Ticket[]> {
  const wordings = await wordingsOf(trx, key);
  if (wordings.length === 0) return [];
  const keys = wordings.map((wording) => wording.key);
  const conversations = [
    ...new Set(
      wordings.flatMap(({ conversation, shared }) => [conversation, ...(shared ? [shared.conversation] : [])]),
    ),
  ];
  await hold(trx, conversations);
  const isTakenBack = await saidIn(trx, wordings, keys, conversations);
  for (const wording of wordings) await keepIncoming(trx, withoutWords(wording));
  await forgetMoved(trx, keys, conversations, isTakenBack);
  await forgetChat(trx, keys, conversations, isTakenBack);
  await forgetWords(trx, keys, conversations, isTakenBack);
  for (const id of conversations) await forgetConversation(trx, id, keys, isTakenBack);
  await blankWords(trx, keys);
  return forgetTickets(trx, conversations, isTakenBack);
}

/** The message as it first came in, and as it was changed later. */
async function wordingsOf(trx: Kysely<Tables>, key: string): Promise<IncomingMessage[]> {
  const rows = await wordsOf(trx)
    .held(
      trx
        .selectFrom('inbox')
        .select('json')
        .where((where) => where.or([where('key', '=', key), where('came_from', '=', key)])),
    )
    .execute();
  return rows.flatMap(({ json }) => {
    const { success, data } = incomingMessageSchema.safeParse(JSON.parse(json));
    return success && ['text', 'edit', 'file'].includes(data.kind) ? [data as IncomingMessage] : [];
  });
}

/** What is read from here on stays as it is until the end: a turn of another process waits. Tickets first, as turns do. */
async function hold(trx: Kysely<Tables>, conversations: readonly string[]): Promise<void> {
  const words = wordsOf(trx);
  if (!words.shared) return;
  const tickets = trx.selectFrom('tickets').select('id').where('conversation', 'in', conversations).orderBy('id');
  await words.held(tickets).execute();
  await words
    .held(trx.selectFrom('conversations').select('id').where('id', 'in', conversations).orderBy('id'))
    .execute();
}

function withoutWords(incoming: IncomingMessage): IncomingMessage {
  switch (incoming.kind) {
    case 'text': {
      const { files: _files, ...rest } = incoming;
      return { ...rest, text: '' };
    }
    case 'edit':
      return { ...incoming, text: '' };
    case 'file':
      return { ...incoming, name: '' };
    default:
      return incoming;
  }
}

const keepIncoming = (trx: Kysely<Tables>, incoming: IncomingMessage) =>
  trx
    .updateTable('inbox')
    .set({ json: JSON.stringify(incoming) })
    .where('key', '=', incoming.key)
    .execute();

/**
 * Words are kept cut off, without what was masked, or as a part of the message, so any part of it is taken back with
 * it; but not what the person has said in another message too.
 */
async function saidIn(
  trx: Kysely<Tables>,
  wordings: readonly IncomingMessage[],
  keys: readonly string[],
  conversations: readonly string[],
): Promise<IsTakenBack> {
  const texts = wordings.flatMap((wording) => ('text' in wording ? [` ${bare(wording.text)} `] : []));
  const rows = await trx
    .selectFrom('chat')
    .select('json')
    .where('conversation', 'in', conversations)
    .where('key', 'not in', keys)
    .execute();
  const others = new Set(
    rows
      .map(({ json }) => JSON.parse(json) as ChatLine)
      .flatMap((line) => (line.from === 'person' ? bare(line.text) : [])),
  );
  return (words) => {
    const said = bare(words);
    return (
      said !== '' &&
      !others.has(said) &&
      texts.some((text) => text.includes(` ${said} `) || text.startsWith(` ${said}`))
    );
  };
}

const bare = (text: string): string =>
  text
    .replace(/\[removed: [a-z-]+\]/g, ' ')
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** A conversation that went on in private was recorded with what had been said until then. */
async function forgetMoved(
  trx: Kysely<Tables>,
  keys: readonly string[],
  conversations: readonly string[],
  isTakenBack: IsTakenBack,
): Promise<void> {
  const rows = await trx.selectFrom('inbox').select('json').where('came_from', 'in', conversations).execute();
  for (const { json } of rows) {
    const moved = incomingMessageSchema.parse(JSON.parse(json));
    if (moved.kind !== 'moved') continue;
    const input = incomingMessageSchema.parse(moved.input);
    await keepIncoming(trx, {
      ...moved,
      input: keys.includes(input.key) ? withoutWords(input) : input,
      state: withoutTakenBack(conversationSchema.parse(moved.state), keys, isTakenBack),
    });
  }
}

async function forgetChat(
  trx: Kysely<Tables>,
  keys: readonly string[],
  conversations: readonly string[],
  isTakenBack: IsTakenBack,
): Promise<void> {
  const rows = await trx
    .selectFrom('chat')
    .select(['id', 'key', 'json'])
    .where('conversation', 'in', conversations)
    .execute();
  for (const { id, key, json } of rows) {
    const line = JSON.parse(json) as ChatLine;
    const left: ChatLine =
      key !== null && keys.includes(key) ? { from: 'person', text: takenBack } : withoutQuote(line, isTakenBack);
    if (left === line) continue;
    await trx
      .updateTable('chat')
      .set({ json: JSON.stringify(left) })
      .where('id', '=', id)
      .execute();
  }
}

/** The one sentence of the bot that repeats what a person wrote. */
function withoutQuote(line: ChatLine, isTakenBack: IsTakenBack): ChatLine {
  if (line.from !== 'bot' || line.reply.name !== 'phrases/second-problem') return line;
  const say = line.reply.say.map((words) =>
    words.map((span) => (isTakenBack(span.text) ? { ...span, text: takenBack } : span)),
  );
  return { from: 'bot', reply: { ...line.reply, say } };
}

async function forgetConversation(
  trx: Kysely<Tables>,
  id: string,
  keys: readonly string[],
  isTakenBack: IsTakenBack,
): Promise<void> {
  const row = await trx.selectFrom('conversations').select(['json', 'version']).where('id', '=', id).executeTakeFirst();
  if (!row) return;
  const left = withoutTakenBack(conversationSchema.parse(JSON.parse(row.json)), keys, isTakenBack);
  // A turn that is under way read the words, so it has to begin again.
  await trx
    .updateTable('conversations')
    .set({ json: JSON.stringify(left), version: row.version + 1 })
    .where('id', '=', id)
    .execute();
}

function withoutTakenBack(conversation: Conversation, keys: readonly string[], isTakenBack: IsTakenBack): Conversation {
  const { words, second, lastText } = conversation;
  return {
    ...conversation,
    words: words.filter((said) => !isTakenBack(said)),
    second: second && isTakenBack(second.text) ? null : second,
    lastText: lastText && !keys.includes(lastText.key) ? withoutBefore(lastText, keys, isTakenBack) : null,
  };
}

function withoutBefore(
  { key, before }: NonNullable<Conversation['lastText']>,
  keys: readonly string[],
  isTakenBack: IsTakenBack,
): Conversation['lastText'] {
  return {
    key,
    before: before === null ? null : withoutTakenBack(conversationSchema.parse(before), keys, isTakenBack),
  };
}

async function forgetTickets(
  trx: Kysely<Tables>,
  conversations: readonly string[],
  isTakenBack: IsTakenBack,
): Promise<Ticket[]> {
  const tickets = await trx
    .selectFrom('tickets')
    .selectAll()
    .where('conversation', 'in', conversations)
    .where('state', 'not in', ['resolved', 'cancelled'])
    .execute();
  const changed: Ticket[] = [];
  for (const ticket of tickets) {
    const details = ticketDetailsSchema.parse(JSON.parse(ticket.json)) as TicketDetails;
    const words = details.words.map((said) => (isTakenBack(said) ? takenBack : said));
    const history = await trx
      .selectFrom('ticket_history')
      .select(['id', 'text'])
      .where('ticket', '=', ticket.id)
      .where('action', 'in', ['opened', 'user_message'])
      .execute();
    const told = history.filter(({ text }) => text !== null && isTakenBack(text)).map(({ id }) => id);
    if (told.length === 0 && words.every((said, index) => said === details.words[index])) continue;
    if (told.length > 0)
      await trx.updateTable('ticket_history').set({ text: takenBack }).where('id', 'in', told).execute();
    // Cards show the version they were drawn at, so the change must count as one.
    const updated = await trx
      .updateTable('tickets')
      .set({ json: JSON.stringify({ ...details, words }), version: ticket.version + 1 })
      .where('id', '=', ticket.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    changed.push(ticketOf(updated));
  }
  return changed;
}
