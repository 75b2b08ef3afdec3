import type { Content } from './content';
import type { Conversation } from './conversation';
import { type Group, type Role, roles } from './escalation';
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

/** @param ticket the ticket the conversation waits for, if any */
export function summarise(content: Content, conversation: Conversation, ticket: Ticket | null): Summary {
  const { position, awaiting, slots } = conversation;
  const intent = position ? (content.byName.get(position.scenario)?.intent ?? null) : null;
  const step = position ? stepName(position) : null;
  if (ticket && !isClosed(ticket.state)) {
    return { intent: intent ?? ticket.details.intent, step, escalation: { to: [roles[ticket.role].group], role: ticket.role, state: 'opened', ticket: ticketNumber(ticket.id) } };
  }
  const path = position ? leadsTo(content, position, slots) : [];
  const offered = offeredNow(content, conversation);
  const list = awaiting.kind === 'confirm-person' && !path.includes(awaiting.role) ? [awaiting.role] : path;
  const to = [...new Set(list.map((role) => roles[role].group))];
  return { intent, step, escalation: { to, role: offered ?? list[0] ?? null, state: offered ? 'offered' : 'none', ticket: null } };
}

function offeredNow(content: Content, { position, awaiting }: Conversation): Role | null {
  if (awaiting.kind === 'confirm-person') return awaiting.role;
  if (!position || awaiting.kind !== 'outcome') return null;
  const { step } = stepAt(content, position);
  return isAsk(step) ? null : (step.offer ?? null);
}
