import { type Conversation, newConversation } from '../../src/core/conversation';
import type { Incoming, Reply } from '../../src/core/message';
import type { Position, Slots } from '../../src/core/navigate';
import { stepAt } from '../../src/core/navigate';
import { noOrganization } from '../../src/core/organization';
import { isAsk } from '../../src/core/scenario';
import type { Ticket } from '../../src/core/ticket';
import type { Outcome, Situation } from '../../src/dialogue/draft';
import { respond } from '../../src/dialogue/respond';
import { showStep } from '../../src/dialogue/wording';
import { knowledge, person } from './bot';
import { ticketDetails } from './store';

export const situation = (parts: Partial<Situation> = {}): Situation => ({
  ...knowledge(),
  organization: noOrganization,
  now: Date.UTC(2026, 10, 23, 9),
  person: person('Ada'),
  platform: 'web',
  tickets: [],
  ...parts,
});

/** `mfa-lost/iam/another-device` as a position. */
export function at(name: string): Position {
  const slash = name.indexOf('/');
  return { scenario: name.slice(0, slash), step: name.slice(slash + 1) };
}

/** A conversation that has just been shown a step. */
export function shown(name: string, slots: Slots = {}, parts: Partial<Conversation> = {}): Conversation {
  const { content } = knowledge();
  const position = at(name);
  const { step } = stepAt(content, position);
  return {
    ...newConversation(),
    turn: 1,
    position,
    slots: { ...slots },
    awaiting: isAsk(step) ? { kind: 'answer' } : { kind: 'outcome' },
    trail: isAsk(step) ? [] : [{ step: name, outcome: 'shown' }],
    buttons: showStep(content, position, 0, {}).reply.buttons,
    lastAt: Date.UTC(2026, 10, 23, 8, 59),
    ...parts,
  };
}

export const openTicket = (parts: Partial<Ticket> = {}): Ticket => ({
  id: 1001,
  conversation: 'c1',
  state: 'open',
  version: 1,
  role: 'account-admin',
  claimedBy: null,
  claimedById: null,
  details: ticketDetails(),
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
  ...parts,
});

export const say = (before: Conversation, text: string, parts: Partial<Situation> = {}): Outcome =>
  respond(situation(parts), before, { kind: 'text', text, secrets: [] });

export const press = (before: Conversation, id: string, turn?: number, parts: Partial<Situation> = {}): Outcome =>
  respond(situation(parts), before, { kind: 'press', press: id, turn });

export const names = (replies: readonly Reply[]): string[] => replies.map(({ name }) => name);

/** An administrator's action on a ticket as it comes in. */
export const adminAction = (action: Extract<Incoming, { kind: 'ticket_action' }>['action'], text = '') => ({
  key: 'a1',
  platform: 'web' as const,
  conversation: 'desk',
  person: person('Grace'),
  at: 0,
  kind: 'ticket_action' as const,
  ticket: 1001,
  action,
  text,
  secrets: [],
});
