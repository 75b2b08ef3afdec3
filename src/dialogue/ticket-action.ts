import type { Content, PhraseName } from '../core/content';
import type { Conversation } from '../core/conversation';
import type { IncomingAction, Reply } from '../core/message';
import type { ChatLine } from '../core/ports';
import { isWith, moveTicket, type Ticket, type TicketOutcome, ticketNumber } from '../core/ticket';
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
  picked: { told?: string; note?: string } = {},
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
    case 'reassign': {
      const goesTo = phrase(content, 'ticket-reassigned', { ticket: number, who: picked.told ?? 'somebody else' });
      return { ...news(before, goesTo), text: noted(picked.note, text) };
    }
    case 'snooze': {
      const told =
        incoming.choice === 'aws'
          ? news(before, phrase(content, 'ticket-waits-aws', { admin, ticket: number }))
          : { conversation: before, lines: [] };
      return { ...told, text: noted(picked.note, text) };
    }
    case 'seen':
    case 'approve':
      return { conversation: before, lines: [], text: null };
    case 'check':
      return { conversation: before, lines: [], text: picked.note ?? null };
    case 'note':
      return text === '' && !incoming.files?.length
        ? null
        : { conversation: before, lines: [], text: withFiles(incoming) };
    case 'reply':
      return text === '' && !incoming.files?.length ? null : reply(before, incoming);
    case 'resolve': {
      const name = endings[(incoming.choice ?? 'solved') as TicketOutcome];
      const values = { admin, ticket: number, outcome: text === '' ? '' : `: ${text.replace(/[.!]+$/, '')}` };
      // Somebody who is busy with another problem by now is told, but not taken away from it.
      const busyWith = before.position && content.byName.get(before.position.scenario)?.intent;
      if (busyWith && busyWith !== ticket.details.intent)
        return { ...same, ...news(before, phrase(content, name, values)) };
      const reply = phrase(content, name, values, [button(content, 'solved'), button(content, 'not_solved')]);
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

/** How each way to end a ticket is told to whoever asked. */
const endings: Record<TicketOutcome, PhraseName> = {
  solved: 'ticket-resolved',
  sent_to_aws: 'ticket-sent-to-aws',
  refused: 'ticket-refused',
  duplicate: 'ticket-duplicate',
  not_needed: 'ticket-not-needed',
};

const reply = (conversation: Conversation, incoming: IncomingAction): ActionOutcome => {
  const text = withFiles(incoming);
  return { conversation, lines: [{ from: 'admin', name: incoming.person.name, text }], text };
};

/** Files never pass through the bot; that there was one does, so that the words make sense. */
export const withFiles = ({ text, files = [] }: Pick<IncomingAction, 'text' | 'files'>): string =>
  [text.trim(), ...(files.length ? [`(files that stay where they were sent: ${files.join(', ')})`] : [])]
    .filter(Boolean)
    .join('\n');

const noted = (note: string | undefined, text: string): string | null =>
  [note, text].filter(Boolean).join(': ') || null;

const bot = (reply: Reply): ChatLine => ({ from: 'bot', reply });
