import type { Kysely } from 'kysely';
import type { Conversation } from '../core/conversation';
import { CodedError } from '../core/errors';
import type { TurnCommit } from '../core/ports';
import type { Tables } from './tables';

/** The conversation as the turn leaves it; refused when another turn was faster. */
export async function saveConversation(
  trx: Kysely<Tables>,
  turn: TurnCommit,
  conversation: Conversation,
): Promise<void> {
  const values = { version: turn.expectedVersion + 1, json: JSON.stringify(conversation), updated_at: turn.at };
  if (turn.expectedVersion === 0) {
    const result = await trx
      .insertInto('conversations')
      .values({ id: turn.conversationId, platform: turn.platform, ...values })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    if (result.numInsertedOrUpdatedRows === 1n) return;
  } else {
    const result = await trx
      .updateTable('conversations')
      .set(values)
      .where('id', '=', turn.conversationId)
      .where('version', '=', turn.expectedVersion)
      .executeTakeFirst();
    if (result.numUpdatedRows === 1n) return;
  }
  throw new CodedError('TURN_CONFLICT', `Conversation ${turn.conversationId} has moved on.`);
}
