import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Tables } from './tables';

/** Stands where the name of somebody was who had their data deleted. */
export const nobody = 'Somebody (data deleted)';
export const nobodysId = 'forgotten';

/** A conversation that leads to nobody. */
export const nobodysConversation = (): string => `${nobodysId}:${randomUUID()}`;

/** Rows of a conversation stay together, but nothing leads from them to a person. */
export async function makeNobodys(
  trx: Kysely<Tables>,
  tables: readonly ('turn_facts' | 'missed_words')[],
  conversation: string,
): Promise<void> {
  const to = nobodysConversation();
  for (const table of tables)
    await trx.updateTable(table).set({ conversation: to }).where('conversation', '=', conversation).execute();
}
