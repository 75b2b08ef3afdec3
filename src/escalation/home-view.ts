import type { Content } from '../core/content';
import type { HomeTicket, HomeView } from '../core/home-view';
import type { Reply } from '../core/message';
import type { Store } from '../core/ports';
import { isClosed, type Ticket } from '../core/ticket';
import { viewTicket } from './ticket-view';

const mineLimit = 5;
const queueLimit = 20;

/** What somebody finds who opens the bot without asking anything. */
export async function viewHome(
  parts: { content: Content; store: Store; start: Reply },
  conversation: string,
  isAdmin: boolean,
): Promise<HomeView> {
  const { content, store, start } = parts;
  const mine = await store.tickets({ closed: true, limit: mineLimit, conversation });
  const open = isAdmin ? await store.tickets({ closed: false, limit: 200 }) : null;
  const inHome = async (ticket: Ticket): Promise<HomeTicket> => {
    const { id, number, title, state, stateText, urgent, person, updatedAt } = viewTicket(
      content,
      ticket,
      isClosed(ticket.state) ? await store.history(ticket.id) : [],
    );
    return { id, number, title, state, stateText, urgent, person: person.name, updatedAt };
  };
  return {
    start,
    mine: await Promise.all(mine.map(inHome)),
    queue: open && (await Promise.all(waitingFirst(open).slice(0, queueLimit).map(inHome))),
  };
}

/** Urgent ones first, then those nobody has taken, then by age. */
const waitingFirst = (tickets: readonly Ticket[]): Ticket[] =>
  [...tickets].sort(
    (a, b) =>
      Number(b.details.severity === 'urgent') - Number(a.details.severity === 'urgent') ||
      Number(b.claimedBy === null) - Number(a.claimedBy === null) ||
      a.id - b.id,
  );
