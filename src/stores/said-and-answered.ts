import type { Kysely } from 'kysely';
import type { ChatLine, Outgoing, TurnCommit } from '../core/ports';
import { addChat } from './chat-rows';
import { enqueue } from './outbox-rows';
import type { Tables } from './tables';

/** What was said and answered: into the chat log, and the answer on its way. */
export async function say(trx: Kysely<Tables>, commit: TurnCommit, lines: readonly ChatLine[]): Promise<void> {
  const { key, at, conversationId, platform, said, replaces = false } = commit;
  const { turn } = commit.conversation;
  await addChat(trx, conversationId, at, turn, [
    ...(said ? [{ line: said, key }] : []),
    ...lines.map((line) => ({ line, key: null })),
  ]);
  if (lines.length === 0) return;
  const reply: Outgoing = { kind: 'reply', platform, conversation: conversationId, turn, lines: [...lines], replaces };
  await enqueue(trx, `${key}/reply`, reply, at);
}
