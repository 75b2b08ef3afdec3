import type { Content } from '../core/content';
import type { Conversation } from '../core/conversation';
import type { IncomingAction, Reply } from '../core/message';
import type { ChatLine } from '../core/ports';
import { isWith, moveTicket, type Ticket, ticketNumber } from '../core/ticket';
import { button, phrase } from './wording';

export interface ActionOutcome {
  conversation: Conversation;
  lines: ChatLine[];
  text: string | null;
}

/**
 * What an administrator's action means for the employee's side. Null when it changes nothing (too late, done already,
 * or giving back what somebody else has): then nothing is said twice.
 */
export function actOnTicket(
  content: Content,
  before: Conversation,
  ticket: Ticket,
  incoming: IncomingAction,
): ActionOutcome | null {
  if (moveTicket(ticket, incoming.action, incoming.choice) === null) return null;
  if (incoming.action === 'not_mine' && !isWith(ticket, incoming.person)) return null;
  const admin = incoming.person.name;
  const number = ticketNumber(ticket.id);
  const text = incoming.text.trim();
  const same = { conversation: before, text: text === '' ? null : text };
  switch (incoming.action) {
    case 'claim':
      return { ...same, ...news(before, phrase(content, 'ticket-claimed', { admin, ticket: number })) };
    case 'not_mine':
      return { ...same, ...news(before, phrase(content, 'ticket-returned', { ticket: number })) };
    case 'reassign':
    case 'snooze':
      return { ...same, lines: [] };
    case 'note':
      return text === '' ? null : { ...same, lines: [] };
    case 'reply':
      return text === '' ? null : { ...same, lines: [{ from: 'admin', name: admin, text }] };
    case 'resolve': {
      const values = { admin, ticket: number, outcome: text === '' ? '' : `: ${text.replace(/[.!]+$/, '')}` };
      // Somebody who is busy with another problem by now is told, but not taken away from it.
      const busyWith = before.position && content.byName.get(before.position.scenario)?.intent;
      if (busyWith && busyWith !== ticket.details.intent)
        return { ...same, ...news(before, phrase(content, 'ticket-resolved', values)) };
      const reply = phrase(content, 'ticket-resolved', values, [
        button(content, 'solved'),
        button(content, 'not_solved'),
      ]);
      const conversation: Conversation = {
        ...before,
        turn: before.turn + 1,
        awaiting: { kind: 'outcome' },
        buttons: reply.buttons,
      };
      return { conversation, text: same.text, lines: [bot(reply)] };
    }
  }
}

/**
 * A word about the ticket. It takes the buttons of the last answer along, so that older ones die; but in the middle of
 * another problem that problem's buttons stay where they are.
 */
function news(before: Conversation, reply: Reply): Pick<ActionOutcome, 'conversation' | 'lines'> {
  if (before.awaiting.kind !== 'nothing') return { conversation: before, lines: [bot(reply)] };
  return { conversation: { ...before, turn: before.turn + 1 }, lines: [bot({ ...reply, buttons: before.buttons })] };
}

const bot = (reply: Reply): ChatLine => ({ from: 'bot', reply });
