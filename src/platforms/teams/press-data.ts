import { z } from 'zod';
import { choiceOf, inputOf } from '../../cards/ticket-card';
import { recordActions, ticketActions } from '../../core/ticket-actions';

/** What a pressed button brings back. The data comes from a client and is believed only as far as it is checked. */
export type Pressed =
  | { kind: 'chat'; press: string; turn: number | null; conversation: string }
  | {
      kind: 'ticket';
      ticket: number;
      action: TicketAction | 'seen';
      version: number | null;
      text: string;
      choice?: string;
    }
  | { kind: 'home' }
  /** An administrator wants the card of a ticket that waits. */
  | { kind: 'open'; ticket: number }
  /** The client wants to know whether the card is still true; nobody pressed anything. */
  | { kind: 'refresh'; ticket: number };

const ticketId = z.number().int().positive().max(Number.MAX_SAFE_INTEGER);
const chat = z.object({
  press: z.string().min(1).max(120),
  turn: z.number().int().nonnegative().optional(),
  c: z.string().min(1).max(1_000),
});
const ticketAction = z.enum([...ticketActions, ...recordActions]).exclude(['seen']);
type TicketAction = z.infer<typeof ticketAction>;
const words = z.string().max(10_000).nullish();
const pick = z.string().max(200).nullish();
const ticket = z.object({
  ticket: ticketId,
  action: ticketAction,
  v: z.number().int().nonnegative().optional(),
  [inputOf.reply]: words,
  [inputOf.note]: words,
  [inputOf.resolve]: words,
  [inputOf.reassign]: words,
  choice: pick,
  [choiceOf.resolve]: pick,
  [choiceOf.reassign]: pick,
  [choiceOf.snooze]: pick,
});
const home = z.object({ home: z.literal(1) });
const open = z.object({ open: ticketId });
const refresh = z.object({ refresh: ticketId });

/** What was pressed; null for what no card of ours says. */
export function pressedBy(data: unknown): Pressed | null {
  const ofChat = chat.safeParse(data);
  if (ofChat.success) {
    const { press, turn, c } = ofChat.data;
    return { kind: 'chat', press, turn: turn ?? null, conversation: c };
  }
  const ofTicket = ticket.safeParse(data);
  if (ofTicket.success) {
    const { ticket: number, action, v, ...inputs } = ofTicket.data;
    const typed = action in inputOf ? inputs[inputOf[action as keyof typeof inputOf]] : null;
    const choice = action in choiceOf ? inputs[choiceOf[action as keyof typeof choiceOf]] : inputs.choice;
    return {
      kind: 'ticket',
      ticket: number,
      action,
      version: v ?? null,
      text: (typed ?? '').trim(),
      ...(choice ? { choice } : {}),
    };
  }
  if (home.safeParse(data).success) return { kind: 'home' };
  const opened = open.safeParse(data);
  if (opened.success) return { kind: 'open', ticket: opened.data.open };
  const asked = refresh.safeParse(data);
  return asked.success ? { kind: 'refresh', ticket: asked.data.refresh } : null;
}

const executed = z.object({ action: z.object({ data: z.unknown().optional() }) });

/** The data of a pressed `Action.Execute`. */
export const executedData = (value: unknown): unknown => executed.safeParse(value).data?.action.data;
