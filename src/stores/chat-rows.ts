import type { Kysely } from 'kysely';
import type { ChatEntry, ChatLine } from '../core/ports';
import type { Tables } from './tables';

/**
 * In the order they were said.
 * @param said each with the inbox key of what a person said; null for what the bot says
 */
export async function addChat(
  trx: Kysely<Tables>,
  conversation: string,
  at: number,
  turn: number,
  said: readonly { line: ChatLine; key: string | null }[],
): Promise<void> {
  if (said.length === 0) return;
  await trx
    .insertInto('chat')
    .values(said.map(({ line, key }) => ({ conversation, at, turn, json: JSON.stringify(line), key })))
    .execute();
}

export async function chatAfter(db: Kysely<Tables>, conversation: string, after: number): Promise<ChatEntry[]> {
  const rows = await db
    .selectFrom('chat')
    .selectAll()
    .where('conversation', '=', conversation)
    .where('id', '>', after)
    .orderBy('id')
    .execute();
  return rows.map(({ id, at, turn, json }) => ({
    id,
    conversation,
    at: Number(at),
    turn,
    line: JSON.parse(json) as ChatLine,
  }));
}
