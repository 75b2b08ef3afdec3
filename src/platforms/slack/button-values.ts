import { z } from 'zod';
import type { TicketAction } from '../../core/ticket-actions';

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
  /** Which check of identity it stands for. */
  choice: z.string().max(40).optional(),
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

/** Done at once; the others first ask for words or a choice. */
const direct = ['claim', 'not_mine', 'check', 'approve'] as const;
export type DirectAction = (typeof direct)[number] | 'seen';
export type AskingAction = Exclude<TicketAction, DirectAction>;
export const askingActions = [
  'reply',
  'note',
  'resolve',
  'reassign',
  'snooze',
] as const satisfies readonly AskingAction[];

const of =
  <A extends string>(ids: readonly A[]) =>
  (id: string): id is A =>
    (ids as readonly string[]).includes(id);
export const isDirect = of(direct);
export const isAsking = of(askingActions);

/** The action of a button: those of single checks have the check's name after a colon, since ids must differ. */
export const actionOf = (id: string): string => id.split(':', 1)[0]!;

/** On the Home tab: puts the card of a ticket before its administrator. The number makes each of them unique. */
const OPEN_TICKET = 'open_ticket';
export const openTicket = (ticket: number): string => `${OPEN_TICKET}:${ticket}`;
export const isOpenTicket = (id: string): boolean => id.startsWith(`${OPEN_TICKET}:`);

/** Opens the administrator's steps; changes nothing. */
export const SHOW_STEPS = 'steps';
