import type { Kysely } from 'kysely';
import type { ChatLine } from '../core/ports';
import type { Tables } from './tables';

/** @param key the inbox key of what a person said; null for what the bot says */
export async function addChat(
  trx: Kysely<Tables>,
  conversation: string,
  at: number,
  turn: number,
  line: ChatLine,
  key: string | null,
): Promise<void> {
  await trx
    .insertInto('chat')
    .values({ conversation, at, turn, json: JSON.stringify(line), key })
    .execute();
}
