import type { Content } from './core/content';
import type { Role } from './core/escalation';
import type { Incoming, Platform } from './core/message';
import type { Organization } from './core/organization';
import type { Clock, Destination, OutboxRow, Outgoing, PlatformSender, Store, Understander } from './core/ports';
import { isClosed } from './core/ticket';
import type { TicketView } from './core/ticket-view';
import { Turns } from './dialogue/turn';
import { viewTicket } from './escalation/ticket-view';
import { OutboxWorker } from './outbox/worker';

export interface HelpdeskParts {
  content: Content;
  understander: Understander;
  organization: Organization;
  store: Store;
  clock: Clock;
  senders: ReadonlyMap<Platform, PlatformSender>;
  /** By name; every ping goes to all of them. */
  destinations: ReadonlyMap<string, Destination>;
  onTurnFailed: (reference: string, incoming: Incoming, error: unknown) => void;
  onDeliveryFailed: (row: OutboxRow | null, error: string) => void;
}

/** The bot put together: turns in, outbox out, tickets to look at. Platforms are handed in by whoever starts it. */
export interface Helpdesk {
  turns: Turns;
  outbox: OutboxWorker;
  ticketView(id: number): Promise<TicketView | null>;
  ticketViews(): Promise<TicketView[]>;
}

/** How many tickets the web desk shows at most, newest first. */
const shownTickets = 100;

export function createHelpdesk(parts: HelpdeskParts): Helpdesk {
  const { content, store, clock } = parts;
  const outbox = new OutboxWorker({
    store,
    clock,
    senders: parts.senders,
    destinations: parts.destinations,
    stillHolds: (outgoing) => stillHolds(store, outgoing),
    onFailed: parts.onDeliveryFailed,
  });
  const names = [...parts.destinations.keys()];
  const turns = new Turns({
    store,
    clock,
    understander: parts.understander,
    content: () => content,
    organization: () => parts.organization,
    destinations: (_role: Role) => names,
    onCommitted: () => outbox.wake(),
    onFailed: parts.onTurnFailed,
  });
  const ticketView = async (id: number): Promise<TicketView | null> => {
    const ticket = await store.ticket(id);
    return ticket && viewTicket(content, ticket, await store.history(id));
  };
  return {
    turns,
    outbox,
    ticketView,
    ticketViews: async () => {
      const tickets = await store.tickets({ closed: true, limit: shownTickets });
      return Promise.all(tickets.map(async (ticket) => viewTicket(content, ticket, await store.history(ticket.id))));
    },
  };
}

/** A ping about a new ticket is dropped once the ticket is closed: nobody is called for what is over. */
async function stillHolds(store: Store, outgoing: Outgoing): Promise<boolean> {
  if (outgoing.kind !== 'ping' || outgoing.what !== 'opened') return true;
  const ticket = await store.ticket(outgoing.ticket);
  return ticket !== null && !isClosed(ticket.state);
}
