import { isPerson, type Role, roleSchema } from '../core/escalation';
import type { TicketChange } from '../core/ports';
import { isClosed, moveTicket, type Ticket, type TicketDetails, ticketOutcomes } from '../core/ticket';
import type { Opening, Routes, SteeringAction } from '../core/ticket-course';
import { snoozeMs } from './follow-up';

/** Where a new ticket's card goes, and what happens if nobody takes it. */
export function openingOf(routes: Routes, role: Role, details: TicketDetails, at: number): Omit<Opening, 'flood'> {
  // What only AWS can do calls nobody; the employee is asked how it stands.
  if (!isPerson(role)) {
    const next = { what: 'ask_aws' as const, at: at + routes.followUp({ role, details }).askAws };
    return { state: 'waiting_for_aws', tier: 0, places: [...routes.everywhere], next, startsAt: at };
  }
  const call = routes.call({ role, details }, 1, at);
  // Nobody is woken before their hours begin; the web desk shows it from the start.
  // With nobody on duty there, the cycle looks for the next at once.
  const state = 'open';
  if (call.nobody)
    return { state, tier: 0, places: [...routes.everywhere], next: { what: 'escalate', at }, startsAt: at };
  return call.startsAt > at
    ? {
        state,
        tier: 0,
        places: [...routes.everywhere],
        next: { what: 'escalate', at: call.startsAt },
        startsAt: call.startsAt,
      }
    : {
        state,
        tier: 1,
        places: together(routes.everywhere, call.places),
        next: { what: 'escalate', at: call.claimBy },
        startsAt: at,
      };
}

/** What an action changes of a ticket beside its state: above all what happens next by itself, and when. */
export function afterAction(routes: Routes, ticket: Ticket, action: SteeringAction, at: number): TicketChange {
  const state = moveTicket(ticket, action.action, action.choice);
  // Whoever acts on one of many takes it out of the crowd.
  const alone: TicketChange = ticket.bundle === null || action.action === 'user_message' ? {} : { bundle: null };
  if (state === null) return {};
  if (isClosed(state)) return { ...alone, next: null, ...(state === 'resolved' ? { outcome: outcomeOf(action) } : {}) };
  const moved = { ...ticket, state };
  switch (action.action) {
    case 'reassign':
      return { ...alone, ...reassigned(routes, ticket, action.choice ?? '', at) };
    case 'snooze':
      return {
        ...alone,
        asked: 0,
        next:
          action.choice === 'aws' ? usualStep(routes, moved, at) : { what: 'wake', at: at + snoozeMs(action.choice) },
      };
    case 'claim':
      return { ...alone, asked: 0, takenAt: action.place ?? null, next: usualStep(routes, moved, at) };
    case 'reply':
    case 'note': {
      const takes = ticket.claimedBy === null && action.action === 'reply' ? { takenAt: action.place ?? null } : {};
      // A note on a ticket that nobody has is no claim: the next tier is still called.
      return state === 'open' ? alone : { ...alone, ...takes, asked: 0, next: usualStep(routes, moved, at) };
    }
    case 'not_mine':
      return { ...alone, asked: 0, takenAt: null, next: usualStep(routes, moved, at) };
    case 'user_message':
      return ticket.state === 'waiting_for_user' ? { asked: 0, next: usualStep(routes, moved, at) } : {};
    default:
      return alone;
  }
}

/** The step that a ticket waits for in its state, counted from now. */
export function usualStep(routes: Routes, ticket: Ticket, at: number): NonNullable<Ticket['next']> {
  const times = routes.followUp(ticket);
  switch (ticket.state) {
    case 'claimed':
      return { what: 'remind', at: atWork(routes, ticket, at + times.remind) };
    case 'waiting_for_user':
      return { what: 'ask_user', at: at + times.askUser };
    case 'waiting_for_aws':
      return { what: 'ask_aws', at: atWork(routes, ticket, at + times.askAws) };
    default: {
      const call = routes.call(ticket, tierOf(routes, ticket), at);
      return { what: 'escalate', at: call.startsAt > at && ticket.tier === 0 ? call.startsAt : call.claimBy };
    }
  }
}

/** That time, or when the people of the ticket are at work next: reminders do not come at night. */
export const atWork = (routes: Routes, ticket: Ticket, at: number): number =>
  routes.call(ticket, tierOf(routes, ticket), at).startsAt;

/** The tier that was called last, or the first where none was; never one that a changed route no longer has. */
export const tierOf = (routes: Routes, ticket: Ticket): number =>
  Math.min(Math.max(1, ticket.tier), routes.tiers(ticket));

export const together = (...lists: (readonly string[])[]): string[] => [...new Set(lists.flat())];

function reassigned(routes: Routes, ticket: Ticket, choice: string, at: number): TicketChange {
  const fresh: TicketChange = { round: 0, asked: 0, unreached: [], takenAt: null };
  const role = roleSchema.safeParse(choice.replace(/^role:/, ''));
  if (role.success) {
    const { tier, places, next } = openingOf(routes, role.data, ticket.details, at);
    return { ...fresh, role: role.data, tier, places: together(ticket.places, places), next };
  }
  // Somebody is asked by name. If they do not take it, the chain begins at its first tier.
  const places = routes.placesOf(choice.replace(/^to:/, ''), at);
  const { claimBy } = routes.call(ticket, 1, at);
  return { ...fresh, tier: 0, places: together(ticket.places, places), next: { what: 'escalate', at: claimBy } };
}

const outcomeOf = ({ choice }: SteeringAction): NonNullable<Ticket['outcome']> =>
  ticketOutcomes.find((outcome) => outcome === choice) ?? 'solved';
