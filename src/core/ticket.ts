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
  /** Milliseconds since 1970. */
  createdAt: number;
  updatedAt: number;
}

/** One line of a ticket's append-only history. */
export interface TicketEvent {
  ticket: number;
  at: number;
  actor: string;
  /** `opened`, `claim`, `reply`, `note`, `resolve`, `not_mine`, `user_message`, `cancelled`. */
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

/** The state an action leads to, or null where it changes nothing any more: a late press never reopens a ticket. */
export function moveTicket(ticket: Pick<Ticket, 'state'>, action: string): TicketState | null {
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
      return ticket.state;
    case 'resolve':
      return 'resolved';
    case 'cancelled':
      return 'cancelled';
    default:
      return null;
  }
}
