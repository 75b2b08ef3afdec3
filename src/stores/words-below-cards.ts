import type { Kysely } from 'kysely';
import { wordSubject } from '../core/ports';
import type { Tables } from './tables';

export interface WordBelow {
  ticket: number;
  /** Inbox key of what was said. */
  word: string;
  place: string;
  subject: string;
}

/** So many subjects fit into one question to the database. */
const atOnce = 200;

/** What people said in conversations that stands below the cards of their tickets. */
export async function wordsBelowCards(db: Kysely<Tables>, conversations: readonly string[]): Promise<WordBelow[]> {
  const tickets = await db
    .selectFrom('tickets')
    .select(['id', 'conversation', 'places'])
    .where('conversation', 'in', conversations)
    .execute();
  const possible: WordBelow[] = [];
  for (const { id, conversation, places } of tickets) {
    const said = await db
      .selectFrom('chat')
      .select('key')
      .where('conversation', '=', conversation)
      .where('key', 'is not', null)
      .execute();
    for (const { key } of said)
      for (const place of JSON.parse(places) as string[])
        possible.push({ ticket: id, word: key!, place, subject: wordSubject(key!, place) });
  }
  const shown = new Set<string>();
  for (let first = 0; first < possible.length; first += atOnce) {
    const subjects = possible.slice(first, first + atOnce).map(({ subject }) => subject);
    const rows = await db.selectFrom('posts').select('subject').where('subject', 'in', subjects).execute();
    for (const { subject } of rows) shown.add(subject);
  }
  return possible.filter(({ subject }) => shown.has(subject));
}
