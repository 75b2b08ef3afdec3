import { inert } from '../../src/cards/inert-text';
import { isClosed, type Ticket, type TicketEvent, ticketNumber } from '../../src/core/ticket';
import { sayTime } from '../../src/escalation/on-call';

/** Words of people on one line, in which nothing steers the terminal. */
export const oneLine = (text: string): string => inert(text).replace(/\s+/g, ' ').trim();

/** A ticket on one line: number, state, since when, who asked, what about. */
export function ticketLine(ticket: Ticket, zone: string): string {
  const { details, claimedBy, state } = ticket;
  const urgent = details.severity === 'urgent' && !isClosed(state) ? 'URGENT ' : '';
  const by = claimedBy === null ? '' : ` (${oneLine(claimedBy)})`;
  return [
    ticketNumber(ticket.id),
    `${urgent}${state.replace(/_/g, ' ')}${by}`,
    sayTime(ticket.createdAt, zone),
    oneLine(details.person.name),
    oneLine(details.title),
  ].join('  ');
}

export function eventLine({ at, actor, action, before, after, text }: TicketEvent, zone: string): string {
  const moved = before === after ? '' : ` → ${after.replace(/_/g, ' ')}`;
  return `${sayTime(at, zone)}  ${oneLine(actor)}: ${action.replace(/_/g, ' ')}${moved}${text ? `: ${oneLine(text)}` : ''}`;
}
