import { z } from 'zod';
import { recordActions, ticketActions } from './ticket-actions';

export const platforms = ['console', 'web', 'slack', 'teams'] as const;
export type Platform = (typeof platforms)[number];

/** Who wrote, as the platform knows them. None of it is proof of identity. */
export const personSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Belongs to the company (no guest, no other tenant); only members hear company facts. */
  member: z.boolean(),
});
export type Person = z.infer<typeof personSchema>;

/** How a platform reaches a conversation or a message of its own: its own words, opaque to everybody else. */
export const addressSchema = z.record(z.string(), z.unknown());
export type Address = z.infer<typeof addressSchema>;

const incomingBase = {
  /** Idempotency key: the same key is handled once, whatever the platform repeats. */
  key: z.string().min(1),
  platform: z.enum(platforms),
  /** The bot and one person (or thread) on one platform. */
  conversation: z.string().min(1),
  person: personSchema,
  /** Milliseconds since 1970. */
  at: z.number(),
  /** How the platform reaches this conversation from now on; absent where its id says enough. */
  address: addressSchema.optional(),
  /** Others read along (a channel, a thread, a group). Names where the same person is reached alone. */
  shared: z
    .strictObject({
      conversation: z.string().min(1),
      address: addressSchema,
      /** People of another company are among the readers. */
      outsiders: z.boolean(),
    })
    .optional(),
};

/** What a person did in the chat, secrets already masked. */
export const incomingMessageSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...incomingBase,
    kind: z.literal('text'),
    text: z.string(),
    secrets: z.array(z.string()),
    /** Names of files that came with the words. */
    files: z.array(z.string()).optional(),
  }),
  z.strictObject({
    ...incomingBase,
    kind: z.literal('press'),
    /** An action id, e.g. `solved` or `choose:iam`. */
    press: z.string(),
    /** The turn whose reply carried the button; absent means the current one. */
    turn: z.number().optional(),
  }),
  z.strictObject({ ...incomingBase, kind: z.literal('file'), name: z.string() }),
  /** The person changed what they wrote; `of` is the key of the message as it first came in. */
  z.strictObject({
    ...incomingBase,
    kind: z.literal('edit'),
    of: z.string(),
    text: z.string(),
    secrets: z.array(z.string()),
  }),
  z.strictObject({ ...incomingBase, kind: z.literal('delete'), of: z.string() }),
  /** Written by the bot itself: a conversation that began among others goes on in private, with the input that asked for it. */
  z.strictObject({
    ...incomingBase,
    kind: z.literal('moved'),
    from: z.string(),
    input: z.unknown(),
    state: z.unknown(),
  }),
]);
export type IncomingMessage = z.infer<typeof incomingMessageSchema>;

/** What an administrator did with a ticket. */
export const incomingActionSchema = z.strictObject({
  ...incomingBase,
  kind: z.literal('ticket_action'),
  ticket: z.number().int(),
  action: z.enum([...ticketActions, ...recordActions]),
  /** What was picked along with it: how long to snooze, whom to give it to, how it ended. */
  choice: z.string().max(200).optional(),
  text: z.string(),
  secrets: z.array(z.string()),
  /** Names of files that came with the words. */
  files: z.array(z.string()).optional(),
  /** The words were changed or taken back by whoever wrote them; `of` is the key under which they first came in. */
  again: z.strictObject({ what: z.enum(['changed', 'gone']), of: z.string() }).optional(),
  /** Written below the card and not into a form: the words stand there already. */
  fromThread: z.literal(true).optional(),
  /** The card it was pressed on, so that copies of cards do nothing; absent on the web desk. */
  card: z.strictObject({ destination: z.string(), id: z.string() }).optional(),
});
export type IncomingAction = z.infer<typeof incomingActionSchema>;

export const incomingSchema = z.union([incomingMessageSchema, incomingActionSchema]);
export type Incoming = IncomingMessage | IncomingAction;

/** A run of text. Markup exists only as `bold`, so words of a person can never become links, mentions or formatting. */
export interface Span {
  text: string;
  bold?: true;
}
export type Line = Span[];

export interface Button {
  /** Action id of the contract: `solved`, `ask_admin`, `choose:iam` … */
  id: string;
  label: string;
}

export interface ShownLink {
  label: string;
  url: string;
}

/** One answer of the bot, free of any platform. */
export interface Reply {
  /** Where its words are written: `<scenario>/<step>` or `phrases/<name>`. */
  name: string;
  say: Line[];
  /** Numbered actions; `first` is the number of the first one shown. */
  steps?: { first: number; items: Line[] };
  note?: Line;
  /** What is asked at the end: "Did this help?" */
  question?: Line;
  buttons: Button[];
  links: ShownLink[];
}

/** The longest text taken over into a ticket, in characters. */
export const ticketTextLimit = 2000;

export const plain = (line: Line): string => line.map((span) => span.text).join('');

/** The whole reply as a person reads it in plain text, without buttons and links. */
export function replyText(reply: Reply): string {
  const steps = reply.steps?.items.map((item, index) => `${reply.steps!.first + index}. ${plain(item)}`) ?? [];
  return [
    ...reply.say.map(plain),
    ...(steps.length ? [steps.join('\n')] : []),
    ...(reply.note ? [plain(reply.note)] : []),
    ...(reply.question ? [plain(reply.question)] : []),
  ].join('\n\n');
}
