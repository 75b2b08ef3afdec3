import type { Content } from '../core/content';
import type { Conversation } from '../core/conversation';
import type { IncomingAction } from '../core/message';
import type { ChatLine } from '../core/ports';
import { moveTicket, type Ticket, ticketNumber } from '../core/ticket';
import { button, phrase } from './wording';

export interface ActionOutcome {
  conversation: Conversation;
  lines: ChatLine[];
  text: string | null;
}

/**
 * What an administrator's action means for the employee's side. Null when it changes nothing any more (too late, or
 * done already): then nothing is said twice.
 */
export function actOnTicket(content: Content, before: Conversation, ticket: Ticket, incoming: IncomingAction): ActionOutcome | null {
  if (moveTicket(ticket, incoming.action) === null) return null;
  const admin = incoming.person.name;
  const number = ticketNumber(ticket.id);
  const text = incoming.text.trim();
  const same = { conversation: before, text: text === '' ? null : text };
  switch (incoming.action) {
    case 'claim':
      return { ...same, lines: [bot(phrase(content, 'ticket-claimed', { admin, ticket: number }, before.buttons))] };
    case 'not_mine':
      return { ...same, lines: [bot(phrase(content, 'ticket-returned', { ticket: number }, before.buttons))] };
    case 'note':
      return text === '' ? null : { ...same, lines: [] };
    case 'reply':
      return text === '' ? null : { ...same, lines: [{ from: 'admin', name: admin, text }] };
    case 'resolve': {
      const reply = phrase(content, 'ticket-resolved', { admin, ticket: number, outcome: text === '' ? '' : `: ${text}` }, [button(content, 'solved'), button(content, 'not_solved')]);
      const conversation: Conversation = { ...before, turn: before.turn + 1, awaiting: { kind: 'outcome' }, buttons: reply.buttons };
      return { conversation, text: same.text, lines: [bot(reply)] };
    }
  }
}

const bot = (reply: ReturnType<typeof phrase>): ChatLine => ({ from: 'bot', reply });
