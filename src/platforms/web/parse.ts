import { z } from 'zod';
import type { IncomingAction, IncomingMessage, Person } from '../../core/message';
import { recordActions, ticketActions } from '../../core/ticket-actions';
import type { Visitor } from './visitor';

/** Longer than anything a person types, short of what the body limit lets through. */
export const MAX_TEXT = 16_000;
export const MAX_TICKET_TEXT = 4_000;
export const MAX_NAME = 60;

/** Takes secrets out of a text before anything keeps it. */
export type Mask = (text: string) => { text: string; kinds: string[] };

const name = z
  .string()
  .trim()
  .min(1, 'write a name')
  .max(MAX_NAME, `at most ${MAX_NAME} characters`)
  .transform((value) => value.replace(/\s+/g, ' '));
const key = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, 'a key is 8 to 64 letters, digits, - or _');
const text = z.string().max(MAX_TEXT, `at most ${MAX_TEXT.toLocaleString('en')} characters`);

export const messageBody = z.union(
  [
    z.strictObject({ key, name, text }),
    z.strictObject({ key, name, press: z.string().min(1).max(120), turn: z.number().int().min(0).optional() }),
  ],
  { error: 'send key, name, and either text or press (with its turn)' },
);
export const fileBody = z.strictObject({ key, name, file: z.string().min(1).max(255) });
export const ticketPath = z.strictObject({
  id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER),
  action: z.enum([...ticketActions, ...recordActions]),
});
export const ticketBody = z.strictObject({
  key,
  name,
  text: z
    .string()
    .max(MAX_TICKET_TEXT, `at most ${MAX_TICKET_TEXT.toLocaleString('en')} characters`)
    .default(''),
  choice: z.string().min(1).max(200).optional(),
});

/** A request that cannot be used, with what is wrong in it, for a person who wrote the client. */
export class BadRequest extends Error {}

export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap((issue) => {
    const inner = issue.code === 'invalid_union' ? closest(issue.errors) : [];
    return (inner.length ? inner : [issue]).map(({ path, message }) =>
      path.length ? `${path.join('.')}: ${message}` : message,
    );
  });
  throw new BadRequest(faults.join('; '));
}

/** Of a union's branches, the one that fits best explains the fault; if none stands out, the union's own words do. */
function closest(branches: z.core.$ZodIssue[][]): z.core.$ZodIssue[] {
  const [best, second] = [...branches].sort((a, b) => a.length - b.length);
  if (!best || best.some((issue) => issue.code === 'unrecognized_keys')) return [];
  return second && second.length === best.length ? [] : best;
}

interface Arrival {
  conversation: string;
  at: number;
  mask: Mask;
  /** Null: whoever it is goes by the name they typed. */
  visitor: Visitor | null;
}

const employee = ({ conversation, mask, visitor }: Arrival, called: string): Person => ({
  id: `web:${conversation}`,
  name: mask(visitor?.name ?? called).text,
  member: true,
});

const base = (keyOfClient: string, { conversation, at }: Arrival) => ({
  key: `web:${conversation}:${keyOfClient}`,
  platform: 'web' as const,
  conversation,
  at,
});

export function toMessage(body: z.infer<typeof messageBody>, arrival: Arrival): IncomingMessage {
  const common = { ...base(body.key, arrival), person: employee(arrival, body.name) };
  if ('press' in body) {
    return { ...common, kind: 'press', press: body.press, ...(body.turn === undefined ? {} : { turn: body.turn }) };
  }
  const masked = arrival.mask(body.text);
  return { ...common, kind: 'text', text: masked.text, secrets: masked.kinds };
}

/** Only the name of a file ever leaves the browser. */
export function toFile(body: z.infer<typeof fileBody>, arrival: Arrival): IncomingMessage {
  return {
    ...base(body.key, arrival),
    person: employee(arrival, body.name),
    kind: 'file',
    name: arrival.mask(body.file).text,
  };
}

/** All pretended administrators share one desk; each is known by the name they act under. */
export const DESK = 'web:desk';

export function toAction(
  path: z.infer<typeof ticketPath>,
  body: z.infer<typeof ticketBody>,
  arrival: Omit<Arrival, 'conversation'>,
): IncomingAction {
  const masked = arrival.mask(body.text.trim());
  const { visitor } = arrival;
  const called = arrival.mask(visitor?.name ?? body.name).text;
  if (!masked.text && (path.action === 'reply' || path.action === 'note'))
    throw new BadRequest('text: write something first');
  return {
    key: visitor ? `${DESK}:${visitor.subject}:${body.key}` : `${DESK}:${body.key}`,
    platform: 'web',
    conversation: DESK,
    at: arrival.at,
    // One id for both halves, so that nobody who is signed in acts on their own ticket.
    person: {
      id: visitor ? `web:${visitor.subject}` : `web:admin:${called.toLowerCase()}`,
      name: called,
      member: true,
    },
    kind: 'ticket_action',
    ticket: path.id,
    action: path.action,
    ...(body.choice === undefined ? {} : { choice: body.choice }),
    text: masked.text,
    secrets: masked.kinds,
  };
}
