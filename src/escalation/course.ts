import type { Content } from '../core/content';
import { isClosed, type Ticket, ticketNumber } from '../core/ticket';
import type { Routes, SteeringAction, TicketCourse } from '../core/ticket-course';
import { floodRule } from './flood';
import { afterAction, openingOf } from './steering';
import { sentence } from './words';

export interface CourseParts {
  content: () => Content;
  /** As they are now: who is on call may have been changed a moment ago. */
  routes: () => Promise<Routes>;
}

/** The rules as turns use them. */
export function ticketCourse({ content, routes }: CourseParts): TicketCourse {
  return {
    opening: async (role, details, at) => ({
      ...openingOf(await routes(), role, details, at),
      flood: floodRule(content(), role, details),
    }),
    after: async (ticket, action, at) => {
      const now = await routes();
      const set = afterAction(now, ticket, action, at);
      return { set, words: soundsAgain(content(), now, ticket, action, set.places ?? ticket.places) };
    },
  };
}

/** What somebody gave back or handed on must be looked at again, also where its card is already. */
function soundsAgain(
  content: Content,
  { everywhere }: Routes,
  ticket: Ticket,
  { action }: SteeringAction,
  places: readonly string[],
) {
  if (isClosed(ticket.state) || !['not_mine', 'reassign'].includes(action)) return [];
  const say = sentence(content, 'desk-open-again', { ticket: ticketNumber(ticket.id) });
  return ticket.places
    .filter((place) => places.includes(place) && !everywhere.includes(place))
    .map((place) => ({ place, say, while: 'open' as const }));
}
