import type { Content } from './content';
import type { Conversation } from './conversation';
import { type Group, groupsOf, type Role, roles } from './escalation';
import { leadsTo } from './leads-to';
import { stepAt, stepName } from './navigate';
import { isAsk } from './scenario';
import { isClosed, type Ticket, ticketNumber } from './ticket';

/** Where a conversation stands, as `converse` and the logs show it. */
export interface Summary {
  intent: string | null;
  step: string | null;
  escalation: { to: Group[]; role: Role | null; state: 'offered' | 'opened' | 'none'; ticket: string | null };
}

/** The open ticket about the problem on the table; without one on the table, the newest. */
export function currentTicket(
  content: Content,
  { position }: Pick<Conversation, 'position'>,
  tickets: readonly Ticket[],
): Ticket | null {
  const open = tickets.filter((ticket) => !isClosed(ticket.state));
  const intent = position && content.byName.get(position.scenario)?.intent;
  return (intent ? open.findLast((ticket) => ticket.details.intent === intent) : open.at(-1)) ?? null;
}

/** @param tickets the tickets of `conversation.tickets` */
export function summarise(content: Content, conversation: Conversation, tickets: readonly Ticket[]): Summary {
  const { position, awaiting, slots } = conversation;
  const intent = position ? (content.byName.get(position.scenario)?.intent ?? null) : null;
  const step = position ? stepName(position) : null;
  const ticket = currentTicket(content, conversation, tickets);
  if (ticket) {
    return {
      intent: intent ?? ticket.details.intent,
      step,
      escalation: {
        to: [roles[ticket.role].group],
        role: ticket.role,
        state: 'opened',
        ticket: ticketNumber(ticket.id),
      },
    };
  }
  const path = position ? leadsTo(content, position, slots) : [];
  const offered = offeredNow(content, conversation);
  const list = awaiting.kind === 'confirm-person' && !path.includes(awaiting.role) ? [awaiting.role] : path;
  const to = groupsOf(list);
  return {
    intent,
    step,
    escalation: { to, role: offered ?? list[0] ?? null, state: offered ? 'offered' : 'none', ticket: null },
  };
}

function offeredNow(content: Content, { position, awaiting }: Conversation): Role | null {
  if (awaiting.kind === 'confirm-person') return awaiting.role;
  if (!position || awaiting.kind !== 'outcome') return null;
  const { step } = stepAt(content, position);
  return isAsk(step) ? null : (step.offer ?? null);
}
