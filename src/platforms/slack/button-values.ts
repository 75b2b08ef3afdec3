import { z } from 'zod';

/** What a pressed button brings back: which conversation or ticket it stood for, as it was when it was shown. */

const conversationValue = z.strictObject({
  /** The conversation's id; its buttons work for its own person only. */
  c: z.string(),
  /** The turn that showed it; absent in the home view, which belongs to no turn. */
  t: z.number().int().optional(),
});
export type ConversationValue = z.infer<typeof conversationValue>;

const ticketValue = z.strictObject({
  ticket: z.number().int(),
  /** The ticket's version on the card, so that one click counts once and a later one again. */
  v: z.number().int(),
  /** The destination the card was put into. */
  at: z.string(),
});
export type TicketValue = z.infer<typeof ticketValue>;

const buttonValue = z.union([conversationValue, ticketValue]);

export const writeValue = (value: ConversationValue | TicketValue): string => JSON.stringify(value);

/** Null for anything that is no value of ours. */
export function readValue(text: string | undefined): ConversationValue | TicketValue | null {
  try {
    return buttonValue.parse(JSON.parse(text ?? ''));
  } catch {
    return null;
  }
}

export const ticketActions = ['claim', 'reply', 'note', 'resolve', 'not_mine'] as const;
export type TicketAction = (typeof ticketActions)[number];
export const isTicketAction = (id: string): id is TicketAction => (ticketActions as readonly string[]).includes(id);

/** On the Home tab: puts the card of a ticket before its administrator. The number makes each of them unique. */
const OPEN_TICKET = 'open_ticket';
export const openTicket = (ticket: number): string => `${OPEN_TICKET}:${ticket}`;
export const isOpenTicket = (id: string): boolean => id.startsWith(`${OPEN_TICKET}:`);

/** Opens the administrator's steps; changes nothing. */
export const SHOW_STEPS = 'steps';
