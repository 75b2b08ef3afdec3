import { z } from 'zod';
import { roleSchema } from './escalation';

const position = z.strictObject({ scenario: z.string(), step: z.string() });
const slots = z.record(z.string(), z.string());

/** What the next message may be an answer to. */
export const awaitingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('nothing') }),
  /** The question at the current position. */
  z.strictObject({ kind: z.literal('answer') }),
  /** "Did this help?" about the told step at the current position. */
  z.strictObject({ kind: z.literal('outcome') }),
  z.strictObject({ kind: z.literal('clarify'), intents: z.array(z.string()) }),
  /** "Shall I ask them?" */
  z.strictObject({ kind: z.literal('confirm-person'), role: roleSchema }),
  z.strictObject({ kind: z.literal('confirm-second') }),
  /** "Shall I delete what I know about you?" */
  z.strictObject({ kind: z.literal('confirm-forget') }),
]);
export type Awaiting = z.infer<typeof awaitingSchema>;

/** Everything the bot remembers of one conversation. Stored as one JSON value. */
export const conversationSchema = z.strictObject({
  /** Counts the bot's turns; a button of an earlier turn is stale. */
  turn: z.number().int(),
  position: position.nullable(),
  /** Page of the told step on show, from 0. */
  page: z.number().int(),
  slots,
  awaiting: awaitingSchema,
  /** Told steps in order, with what the person said of each. */
  trail: z.array(z.strictObject({ step: z.string(), outcome: z.enum(['shown', 'not_solved', 'solved']) })),
  /** The person's own words about this problem, masked, newest last. */
  words: z.array(z.string()),
  second: z.strictObject({ text: z.string(), intent: z.string(), slots }).nullable(),
  /** Where to return on "back", newest last. */
  earlier: z.array(
    z.strictObject({
      position,
      slots,
      trail: z.array(z.strictObject({ step: z.string(), outcome: z.enum(['shown', 'not_solved', 'solved']) })),
    }),
  ),
  /** Messages in a row that were not understood. */
  misses: z.number().int(),
  /** Tickets opened here that are not closed yet, newest last. */
  tickets: z.array(z.number().int()),
  buttons: z.array(z.strictObject({ id: z.string(), label: z.string() })),
  /** Milliseconds since 1970 of the last message; 0 before the first. */
  lastAt: z.number(),
  /**
   * The newest words of the person, if nothing was done since: only those can still be changed by editing them. `before`
   * is the conversation as it stood without them; null when they opened or changed a ticket, which cannot be undone.
   */
  lastText: z.strictObject({ key: z.string(), before: z.unknown() }).nullable().default(null),
  /** The request that was marked as solved last, in case it turns out that it was not. */
  resolved: z.strictObject({ ticket: z.number().int(), intent: z.string() }).nullable().default(null),
});
export type Conversation = z.infer<typeof conversationSchema>;

export const newConversation = (): Conversation => ({
  turn: 0,
  position: null,
  page: 0,
  slots: {},
  awaiting: { kind: 'nothing' },
  trail: [],
  words: [],
  second: null,
  earlier: [],
  misses: 0,
  tickets: [],
  buttons: [],
  lastAt: 0,
  lastText: null,
  resolved: null,
});
