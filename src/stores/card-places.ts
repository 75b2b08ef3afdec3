import type { Kysely } from 'kysely';
import { ticketSubject } from '../core/ports';
import type { Tables } from './tables';

/** Wherever a ticket's card stands, also where somebody opened it later: each of them must follow what happens. */
export async function cardPlaces(db: Kysely<Tables>, ticket: number): Promise<string[]> {
  const start = ticketSubject(ticket, '');
  const rows = await db.selectFrom('posts').select('subject').where('subject', 'like', `${start}%`).execute();
  return rows.map(({ subject }) => subject.slice(start.length));
}
