import { z } from 'zod';
import type { roleSchema } from './escalation';
import { type Person, personSchema, platforms } from './message';

export const ticketStates = [
  'open',
  'claimed',
  'waiting_for_user',
  'waiting_for_aws',
  'resolved',
  'cancelled',
] as const;
export type TicketState = (typeof ticketStates)[number];

/** How a ticket ended, as whoever resolved it said. */
export const ticketOutcomes = ['solved', 'sent_to_aws', 'refused', 'duplicate', 'not_needed'] as const;
export type TicketOutcome = (typeof ticketOutcomes)[number];

/**
 * What happens to an open ticket by itself, and when. Every open ticket has exactly one such step, so none is forgotten.
 * `escalate`: nobody claimed it, the next tier is called. `remind`: claimed, but nothing was done. `return`: still nothing,
 * it goes back to everybody. `wake`: a snooze is over. `ask_user`, `ask_aws`: whoever is waited for is asked again.
 */
export const nextSteps = ['escalate', 'remind', 'return', 'wake', 'ask_user', 'ask_aws'] as const;
export type NextStep = (typeof nextSteps)[number];

/** What an administrator needs to know, fixed when the ticket is opened. */
export const ticketDetailsSchema = z.strictObject({
  person: personSchema,
  platform: z.enum(platforms),
  intent: z.string(),
  title: z.string(),
  severity: z.enum(['normal', 'urgent']),
  slots: z.record(z.string(), z.string()),
  /** The person's own words, masked. */
  words: z.array(z.string()),
  /** Told steps, by name, that did not help or were only shown. */
  tried: z.array(z.strictObject({ step: z.string(), outcome: z.enum(['shown', 'not_solved', 'solved']) })),
  /** Ids of the rules that sent it here. */
  rules: z.array(z.string()),
  guide: z.string().nullable(),
  /** The solved ticket about the same problem that turned out not to be solved. */
  follows: z.number().int().nullable().default(null),
});
export type TicketDetails = z.infer<typeof ticketDetailsSchema>;

export interface Ticket {
  id: number;
  conversation: string;
  state: TicketState;
  /** Grows by one with each change. */
  version: number;
  role: z.infer<typeof roleSchema>;
  /** Name of the person who has it. */
  claimedBy: string | null;
  /** Id of that person; null where nobody has it, or where it was taken before ids were kept. */
  claimedById: string | null;
  details: TicketDetails;
  /**
   * The group of people that was called last, from 1; 0 while none was: their hours have not begun, or somebody was asked
   * by name. `round` counts how often the whole chain was called before.
   */
  tier: number;
  round: number;
  /** How often the present step was done already: a tier called again, somebody asked again. */
  asked: number;
  /** Null once it is closed, and on tickets of an earlier version until the cycle meets them. */
  next: { what: NextStep; at: number } | null;
  /** Where its card is, or is on its way to: `desk`, `slack:C…`, `teams:19:…`, `email:…`. */
  places: string[];
  /** Those of the places that a card could not be brought to since the last call. */
  unreached: string[];
  /** The place of the card that whoever has it took it on; null where nobody has it, or where they used no card. */
  takenAt: string | null;
  /** The ticket whose card stands for this one as well: many people, one outage. */
  bundle: number | null;
  outcome: TicketOutcome | null;
  /** When somebody who may act first looked into it; null before that. */
  seenAt: number | null;
  /** Milliseconds since 1970. */
  createdAt: number;
  updatedAt: number;
}

/** One line of a ticket's append-only history. */
export interface TicketEvent {
  ticket: number;
  at: number;
  actor: string;
  /** `opened`, one of `ticketActions` or `recordActions`, `user_message`, `cancelled`, `reply_changed`, or what the bot did: `escalated`, `reminded`, … */
  action: string;
  before: TicketState | null;
  after: TicketState;
  text: string | null;
}

export const ticketNumber = (id: number): string => `D-${id}`;

export const isClosed = (state: TicketState): boolean => state === 'resolved' || state === 'cancelled';

/** Whether the person has this ticket. Names may be alike, so the id counts where it is known. */
export const isWith = (
  { claimedBy, claimedById }: Pick<Ticket, 'claimedBy' | 'claimedById'>,
  { id, name }: Pick<Person, 'id' | 'name'>,
): boolean => (claimedById === null ? claimedBy === name : claimedById === id);

/**
 * The state an action leads to, or null where it changes nothing any more: a late press never reopens a ticket.
 * @param choice what was picked along with the action; a snooze until `aws` waits for AWS
 */
export function moveTicket(ticket: Pick<Ticket, 'state'>, action: string, choice?: string): TicketState | null {
  if (isClosed(ticket.state)) return null;
  switch (action) {
    case 'claim':
      return ticket.state === 'open' ? 'claimed' : null;
    case 'not_mine':
      return ticket.state === 'open' ? null : 'open';
    case 'reply':
      return 'waiting_for_user';
    case 'user_message':
      return ticket.state === 'waiting_for_user' ? 'claimed' : ticket.state;
    case 'note':
    case 'seen':
    case 'check':
    case 'approve':
    // Words that stood before, changed or taken back: the talk is where it was.
    case 'reply_changed':
    case 'reply_gone':
    case 'note_changed':
    case 'note_gone':
      return ticket.state;
    case 'reassign':
      return 'open';
    case 'snooze':
      return choice === 'aws' ? 'waiting_for_aws' : ticket.state;
    case 'resolve':
      return 'resolved';
    case 'cancelled':
      return 'cancelled';
    default:
      return null;
  }
}
