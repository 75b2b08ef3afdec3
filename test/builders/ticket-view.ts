import { loadContent } from '../../src/content/load';
import type { Ticket, TicketEvent } from '../../src/core/ticket';
import type { TicketView } from '../../src/core/ticket-view';
import { viewTicket } from '../../src/escalation/ticket-view';
import { intents } from './bot';
import { ticketDetails } from './store';

const ticket: Ticket = {
  id: 1042,
  conversation: 'c1',
  state: 'open',
  version: 1,
  role: 'account-admin',
  claimedBy: null,
  claimedById: null,
  details: ticketDetails({ tried: [{ step: 'mfa-lost/iam/another-device', outcome: 'not_solved' }] }),
  tier: 1,
  round: 0,
  asked: 0,
  unreached: [],
  takenAt: null,
  next: null,
  places: [],
  bundle: null,
  outcome: null,
  seenAt: null,
  createdAt: 0,
  updatedAt: 0,
};
const opened: TicketEvent = {
  ticket: 1042,
  at: 0,
  actor: 'Ada',
  action: 'opened',
  before: null,
  after: 'open',
  text: null,
};

let usual: TicketView | null = null;

/** A ticket about a lost phone as the desk sees it, with the shipped content; a test names only what it is about. */
export function ticketView(parts: Partial<TicketView> = {}): TicketView {
  usual ??= viewTicket(loadContent(intents), ticket, [opened]);
  return { ...usual, ...parts };
}
