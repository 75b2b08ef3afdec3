import type { Content } from './core/content';
import type { DutyDesk, DutyPlans } from './core/duty-desk';
import type { HomeView } from './core/home-view';
import type { Incoming, Platform } from './core/message';
import type { Organization } from './core/organization';
import type {
  Clock,
  Destination,
  Directory,
  OutboxRow,
  Outgoing,
  PlatformSender,
  Store,
  Understander,
} from './core/ports';
import { mayShowDetail } from './core/restricted';
import { isClosed, type Ticket } from './core/ticket';
import type { TicketCourse } from './core/ticket-course';
import { type TicketView, withoutDetail } from './core/ticket-view';
import { startMenu } from './dialogue/start-menu';
import { Turns } from './dialogue/turn';
import { Auditor } from './escalation/auditor';
import { ticketCourse } from './escalation/course';
import { EscalationCycle } from './escalation/cycle';
import { viewHome } from './escalation/home-view';
import { DutyRoster, lookAheadDays, overrideFault, type RosterParts } from './escalation/on-call';
import { routesOf } from './escalation/routing';
import { pingText, viewTicket } from './escalation/ticket-view';
import { OutboxWorker } from './outbox/worker';

export interface HelpdeskParts {
  content: Content;
  /** The content as it is now, where it may change while the bot runs. */
  currentContent?: () => Content;
  understander: Understander;
  organization: Organization;
  store: Store;
  clock: Clock;
  senders: ReadonlyMap<Platform, PlatformSender>;
  directories?: ReadonlyMap<Platform, Directory>;
  /** By what comes before the colon in a destination's name. Those named `desk` see every ticket. */
  destinations: ReadonlyMap<string, Destination>;
  calendars?: RosterParts['calendars'];
  onTurnFailed: (reference: string, incoming: Incoming, error: unknown) => void;
  onTurnHandled?: (incoming: Incoming, milliseconds: number) => void;
  onInboxLost?: (error: unknown) => void;
  onDeliveryFailed: (row: OutboxRow | null, error: string) => void;
  onCycleFailed: (error: unknown) => void;
  /** Tells somebody outside that all is well. */
  heartbeat?: () => Promise<void>;
  onAuditFailed: (error: unknown) => void;
}

/** The bot put together: turns in, outbox out, tickets to look at. Platforms are handed in by whoever starts it. */
export interface Helpdesk {
  turns: Turns;
  outbox: OutboxWorker;
  /** Who is on call. */
  roster: DutyRoster;
  cycle: EscalationCycle;
  auditor: Auditor;
  course: TicketCourse;
  /** @param place where it is to be shown; without one, to somebody who may see all of it */
  ticketView(id: number, place?: string): Promise<TicketView | null>;
  /** The same, and in plain text. */
  ticketInWords(id: number, place?: string): Promise<{ view: TicketView; text: string } | null>;
  ticketViews(): Promise<TicketView[]>;
  /** Who is on call in the next 30 days, and when a route reaches nobody. */
  duty(): Promise<DutyPlans>;
  /** @param conversation the person's private conversation */
  homeView(conversation: string, isAdmin: boolean): Promise<HomeView>;
}

/** How many tickets the web desk shows at most, newest first. */
const shownTickets = 100;

export function createHelpdesk(parts: HelpdeskParts): Helpdesk {
  const { store, clock, currentContent: content = () => parts.content } = parts;
  const outbox = new OutboxWorker({
    store,
    clock,
    senders: parts.senders,
    destinations: parts.destinations,
    stillHolds: (outgoing) => stillHolds(store, outgoing),
    onFailed: parts.onDeliveryFailed,
  });
  const roster = new DutyRoster({
    organization: parts.organization,
    store,
    clock,
    ...(parts.calendars ? { calendars: parts.calendars } : {}),
  });
  const routes = async () => routesOf(parts.organization, parts.destinations, await roster.facts());
  const cycle = new EscalationCycle({
    store,
    clock,
    content,
    routes,
    onCommitted: () => outbox.wake(),
    onFailed: parts.onCycleFailed,
  });
  const auditor = new Auditor({
    store,
    clock,
    content,
    routes,
    heartbeat: parts.heartbeat ?? null,
    onCommitted: () => outbox.wake(),
    onFailed: parts.onAuditFailed,
  });
  const course = ticketCourse({ content, routes });
  const turns = new Turns({
    store,
    clock,
    understander: parts.understander,
    content,
    organization: () => parts.organization,
    directories: parts.directories ?? new Map(),
    course,
    duty: dutyDesk(roster, parts),
    onCommitted: () => outbox.wake(),
    onFailed: parts.onTurnFailed,
    ...(parts.onTurnHandled ? { onHandled: parts.onTurnHandled } : {}),
    ...(parts.onInboxLost ? { onInboxLost: parts.onInboxLost } : {}),
  });
  const viewOf = async (ticket: Ticket): Promise<TicketView> => {
    const history = await store.history(ticket.id);
    const earlier = await earlierRequests(store, ticket);
    return viewTicket(content(), ticket, history, await store.followers(ticket.id), parts.organization, earlier);
  };
  const ticketView = async (id: number, place?: string): Promise<TicketView | null> => {
    const ticket = await store.ticket(id);
    if (!ticket) return null;
    const view = await viewOf(ticket);
    const hides = view.restricted && place !== undefined && !mayShowDetail(parts.organization, place);
    return hides ? withoutDetail(view) : view;
  };
  return {
    turns,
    outbox,
    roster,
    cycle,
    auditor,
    course,
    ticketView,
    duty: async () => ({
      plans: (await roster.calendar(lookAheadDays)).map(({ schedule, shifts }) => ({
        schedule,
        shifts: shifts.map(({ from, until, names, override }) => ({ from, until, names, by: override?.by ?? null })),
      })),
      gaps: await roster.gaps(parts.destinations),
    }),
    ticketInWords: async (id, place) => {
      const view = await ticketView(id, place);
      return view && { view, text: pingText(view) };
    },
    ticketViews: async () => {
      const tickets = await store.tickets({ closed: true, limit: shownTickets });
      return Promise.all(tickets.map(viewOf));
    },
    homeView: (conversation, isAdmin) =>
      viewHome({ content: content(), store, start: startMenu(content()) }, conversation, isAdmin),
  };
}

/** So many are enough to see that somebody asks again and again. */
const earlierLooked = 10;

/** When the same person asked before, in milliseconds since 1970. */
async function earlierRequests(store: Store, { id, conversation }: Ticket): Promise<number[]> {
  const theirs = await store.tickets({ closed: true, limit: earlierLooked, conversation });
  return theirs.filter((other) => other.id < id).map(({ createdAt }) => createdAt);
}

/** A week is looked ahead: whoever answers longer than that answers for now. */
const aheadDays = 7;

const dutyDesk = (roster: DutyRoster, { organization, store, clock }: HelpdeskParts): DutyDesk => ({
  now: async () =>
    (await roster.calendar(aheadDays)).flatMap(({ schedule, shifts: [first] }) =>
      first ? [{ schedule, names: first.names, until: first.until }] : [],
    ),
  override: async (override) => {
    const fault = overrideFault(organization, override);
    if (fault === null) await store.addOverride({ ...override, madeAt: clock.now() });
    return fault;
  },
});

/** Nobody is called for what is over, and nobody is reminded of what has gone on since. */
async function stillHolds(store: Store, outgoing: Outgoing): Promise<boolean> {
  const isCall = outgoing.kind === 'ping' && outgoing.what === 'opened';
  const isReminder = outgoing.kind === 'thread' && outgoing.while !== undefined;
  if (!isCall && !isReminder) return true;
  const ticket = await store.ticket(outgoing.ticket);
  if (!ticket || isClosed(ticket.state)) return false;
  return !isReminder || ticket.state === outgoing.while;
}
