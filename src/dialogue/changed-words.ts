import type { IncomingAction } from '../core/message';
import type { ChatLine } from '../core/ports';
import { isClosed, type Ticket } from '../core/ticket';
import { below } from './below-cards';
import { withFiles } from './ticket-action';
import type { TurnParts } from './turn-parts';
import { phrase } from './wording';

type Again = IncomingAction & { again: NonNullable<IncomingAction['again']> };

/**
 * An administrator changed or took back what they wrote below a card. The employee hears of it if the words had gone to
 * them. What was internal stays internal, whatever it is changed into; a reply that becomes a note counts as taken back.
 */
export async function changedWords(parts: TurnParts, incoming: Again, ticket: Ticket): Promise<void> {
  const { store, clock } = parts;
  const { key, again, action, person, card } = incoming;
  const first = await store.incoming(again.of);
  // Nobody knows any more what it was, or it never counted: then nothing may come of it.
  if (first?.kind !== 'ticket_action' || first.ticket !== ticket.id || isClosed(ticket.state)) return store.finish(key);
  const wasReply = first.action === 'reply';
  const isGone = again.what === 'gone' || (wasReply && action === 'note');
  const text = isGone ? null : withFiles(incoming);
  const { conversation, version } = await store.loadConversation(ticket.conversation);
  const name = `${person.name} (${wasReply ? 'administrator' : 'internal note'})`;
  await store.commitTurn({
    key,
    at: clock.now(),
    conversationId: ticket.conversation,
    platform: ticket.details.platform,
    conversation,
    expectedVersion: version,
    said: null,
    replies: () => (wasReply ? [toEmployee(parts, person.name, text)] : []),
    open: null,
    change: {
      ticket,
      actor: person,
      action: `${wasReply ? 'reply' : 'note'}_${isGone ? 'gone' : 'changed'}`,
      text,
    },
    destinations: [],
    also: (changed) =>
      below(parts.organization(), changed ?? ticket, {
        word: again.of,
        what: isGone ? 'gone' : 'changed',
        line: { from: 'person', name, text: text ?? '', files: [] },
        ...(card ? { except: card.destination } : {}),
      }),
  });
}

function toEmployee({ content }: TurnParts, admin: string, text: string | null): ChatLine {
  const reply =
    text === null ? phrase(content(), 'words-gone', { admin }) : phrase(content(), 'words-changed', { admin, text });
  return { from: 'bot', reply };
}
