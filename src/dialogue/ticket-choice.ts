import type { PhraseName } from '../core/content';
import { isPerson, type Role, roles } from '../core/escalation';
import { type IdentityCheck, identityCheck, isApproved } from '../core/identity-check';
import type { IncomingAction, Person } from '../core/message';
import { nextMorning } from '../core/next-morning';
import type { TicketChange } from '../core/ports';
import { isClosed, isWith, type Ticket, type TicketOutcome, ticketNumber, ticketOutcomes } from '../core/ticket';
import { readReassignment, type Snooze, snoozes, writeReassignment } from '../core/ticket-actions';
import type { TurnParts } from './turn-parts';
import { type Values, who } from './wording';

/** What was picked along with an action: what it changes, and how it is told; or why it cannot be. */
export type Chosen =
  | {
      set: TicketChange;
      /** As the ticket's course understands it. */
      choice?: string | undefined;
      /** Places that get the card besides. */
      places?: string[];
      told?: string;
      note?: string;
    }
  | { refusal: PhraseName; values: Values };

/** Where a ticket goes on to by a reassignment, in words for its history, and what it may not lack: a choice that exists. */
export async function chosen(
  parts: TurnParts,
  ticket: Ticket,
  { action, choice, platform }: IncomingAction,
  person: Person,
): Promise<Chosen> {
  // Too late for any of it: whoever acts is told so, whatever they picked.
  if (isClosed(ticket.state)) return { set: {} };
  switch (action) {
    case 'reassign':
      return reassigned(parts, ticket, platform, choice);
    case 'snooze':
      return snoozed(parts, ticket, choice);
    case 'resolve':
      return resolved(parts, ticket, choice, person);
    case 'check':
      return checked(parts, ticket, choice);
    case 'approve':
      return approved(parts, ticket, person);
    default:
      return { set: {} };
  }
}

async function reassigned(
  { content, directories, organization }: TurnParts,
  ticket: Ticket,
  platform: IncomingAction['platform'],
  choice: string | undefined,
): Promise<Chosen> {
  const values = { ticket: ticketNumber(ticket.id) };
  const nowhere: Chosen = { refusal: 'action-no-such-place', values };
  // Nothing picked: back to everybody it belongs to.
  const goal = readReassignment(choice ?? writeReassignment({ to: 'role', name: ticket.role }));
  switch (goal?.to) {
    case undefined:
      return nowhere;
    case 'role': {
      const role = goal.name as Role;
      if (!Object.hasOwn(roles, role) || !isPerson(role)) return nowhere;
      const told = who(content(), role);
      return { set: {}, choice: writeReassignment(goal), told, note: `to ${told}` };
    }
    case 'place': {
      const { destinations = {}, on_call = {}, people = {} } = organization();
      const isKnown = [destinations, on_call, people].some((named) => Object.hasOwn(named, goal.name));
      if (!isKnown) return nowhere;
      const name = Object.hasOwn(people, goal.name) ? (people[goal.name]?.name ?? goal.name) : goal.name;
      return { set: {}, choice: writeReassignment(goal), told: who(content(), ticket.role), note: `to ${name}` };
    }
    case 'person': {
      const found = await directories.get(platform)?.administrator?.(goal.name);
      if (!found || found.id === ticket.details.person.id) return { refusal: 'action-no-such-admin', values };
      const places = [`${platform}:${goal.name}`];
      return { set: {}, choice: asked, places, told: found.name, note: `to ${found.name}` };
    }
  }
}

/** Somebody is asked by name, and the ticket's course knows no name for them. */
const asked = writeReassignment({ to: 'place', name: '-' });

function snoozed({ clock, content, organization }: TurnParts, ticket: Ticket, choice: string | undefined): Chosen {
  if (choice === undefined) return { set: {} };
  if (!isSnooze(choice)) return { refusal: 'unknown-card', values: { ticket: ticketNumber(ticket.id) } };
  const note = content().phrases.snoozes[choice].toLowerCase();
  if (choice !== 'morning') return { set: {}, choice, note };
  const at = nextMorning(clock.now(), organization().timezone);
  return { set: { next: { what: 'wake', at } }, choice, note };
}

const isSnooze = (choice: string): choice is Snooze => (snoozes as readonly string[]).includes(choice);

async function resolved(parts: TurnParts, ticket: Ticket, choice: string = 'solved', person: Person): Promise<Chosen> {
  const values = { ticket: ticketNumber(ticket.id) };
  if (!isOutcome(choice)) return { refusal: 'unknown-card', values };
  if (choice === 'solved' && !isApproved(await checkOf(parts, ticket), [person.name, ticket.claimedBy])) {
    const { approve } = parts.content().phrases.checks;
    return { refusal: 'action-needs-approval', values: { ...values, approve, person: ticket.details.person.name } };
  }
  return { set: {}, choice };
}

const isOutcome = (choice: string): choice is TicketOutcome => (ticketOutcomes as readonly string[]).includes(choice);

/** The single check stands in the history as its id; asked for twice, it is done already. */
async function checked(parts: TurnParts, ticket: Ticket, choice: string | undefined): Promise<Chosen> {
  const { checks } = await checkOf(parts, ticket);
  const one = checks.find(({ id }) => id === choice);
  const values = { ticket: ticketNumber(ticket.id) };
  if (!one) return { refusal: 'unknown-card', values };
  return one.by === null
    ? { set: {}, note: one.id }
    : { refusal: 'check-done-already', values: { ...values, admin: one.by } };
}

/** Two people means two: whoever has the ticket cannot approve of it, and whoever asked cannot act at all. */
async function approved(parts: TurnParts, ticket: Ticket, person: Person): Promise<Chosen> {
  const values = { ticket: ticketNumber(ticket.id), admin: person.name };
  const { approval } = await checkOf(parts, ticket);
  if (!approval.needed) return { refusal: 'unknown-card', values };
  if (isWith(ticket, person)) return { refusal: 'action-own-approval', values };
  return approval.by.includes(person.name) ? { refusal: 'check-done-already', values } : { set: {} };
}

async function checkOf({ content, store }: TurnParts, ticket: Ticket): Promise<IdentityCheck> {
  const { guide } = ticket.details;
  const verify = guide === null ? undefined : content().guides.get(guide)?.verify;
  return identityCheck(verify ?? 'full', await store.history(ticket.id));
}
