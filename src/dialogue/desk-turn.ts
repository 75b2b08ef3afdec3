import type { IncomingMessage, Reply } from '../core/message';
import { deskAnswer } from './desk-answers';
import { deskCommand } from './desk-commands';
import { mayAct, personOf, type TurnParts } from './turn-parts';
import { phrase } from './wording';

/**
 * Answers an administrator's command, to them alone and beside whatever their own conversation with the bot is about.
 * False where the words are none, or not for this: then they are words like others.
 */
export async function deskTurn(parts: TurnParts, incoming: IncomingMessage): Promise<boolean> {
  // Without a directory nobody can be told from anybody: there the web desk itself is for administrators.
  if (incoming.kind !== 'text' || !parts.directories.has(incoming.platform)) return false;
  const command = deskCommand(incoming.text);
  if (!command) return false;
  const person = await personOf(parts, incoming);
  const may = await mayAct(parts, incoming.platform, person);
  if (may !== 'yes') {
    // "Mine" may be an answer to a question; a number is most likely that of their own request.
    if (command.kind === 'mine' || (command.kind === 'ticket' && (await isOwn(parts, command.id, person.id))))
      return false;
    await tell(parts, incoming, phrase(parts.content(), may === 'no' ? 'desk-not-yours' : 'desk-not-checked'));
    return true;
  }
  await tell(parts, incoming, await deskAnswer(parts, command, person));
  return true;
}

const isOwn = async ({ store }: TurnParts, id: number, person: string): Promise<boolean> =>
  (await store.ticket(id))?.details.person.id === person;

const tell = (
  { store, clock }: TurnParts,
  { key, platform, conversation, person, address }: IncomingMessage,
  say: Reply,
): Promise<void> =>
  store.finish(key, {
    at: clock.now(),
    outgoing: { kind: 'notice', platform, conversation, person, address: address ?? null, say },
  });
