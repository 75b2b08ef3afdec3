import { z } from 'zod';
import { buttonsOf, type CardAction, type CardInput, type CardJson, isRecord } from './card-json';
import { cardFaults } from './card-rules';
import { ADAPTIVE_CARD, MESSAGE_LIMIT_BYTES, type Setting } from './outgoing-activity';
import type { Posted } from './postman';

/** The button with this verb, title or id, and what a press of it sends. Fails as a person would: there is none. */
export function pressable(card: CardJson, wanted: string): { action: CardAction; inputs: CardInput[] } {
  const buttons = buttonsOf(card);
  const found =
    buttons.find(({ action }) => action.title === wanted) ??
    buttons.find(({ action }) => action.verb === wanted || action.id === wanted);
  if (found) return found;
  const there = buttons.map(({ action }) => `“${action.title ?? '?'}”${action.verb ? ` (${action.verb})` : ''}`);
  throw new Error(`there is no button “${wanted}”; there is ${there.join(', ') || 'none at all'}`);
}

/** The action's data with what was typed, as clients merge them. Fails where a client would not let the person go on. */
export function filledIn(data: unknown, inputs: CardInput[], typed: Record<string, string>): Record<string, unknown> {
  const strange = Object.keys(typed).filter((id) => !inputs.some((input) => input.id === id));
  if (strange.length) throw new Error(`the card has no input “${strange.join('”, “')}” for this button`);
  const values: Record<string, unknown> = {};
  for (const input of inputs) {
    const value = typed[input.id] ?? (typeof input.value === 'string' ? input.value : undefined);
    if (input.isRequired === true && !value) throw new Error(`the input “${input.id}” must be filled in`);
    if (typeof input.maxLength === 'number' && (value?.length ?? 0) > input.maxLength)
      throw new Error(`the input “${input.id}” takes ${input.maxLength} characters at most`);
    if (value !== undefined) values[input.id] = value;
  }
  return { ...(isRecord(data) ? data : {}), ...values };
}

const answer = z.discriminatedUnion('type', [
  z.strictObject({ statusCode: z.literal(200), type: z.literal(ADAPTIVE_CARD), value: z.looseObject({}) }),
  z.strictObject({
    statusCode: z.literal(200),
    type: z.literal('application/vnd.microsoft.activity.message'),
    value: z.string().min(1),
  }),
  z.strictObject({
    statusCode: z.number().int().min(400).max(599),
    type: z.literal('application/vnd.microsoft.error'),
    value: z.strictObject({ code: z.string().min(1), message: z.string().min(1) }),
  }),
]);

/** What a person sees after a press. */
export interface Effect {
  /** The card now shown to the person who pressed, if the bot answered with one. */
  card?: CardJson;
  /** The message shown to the person who pressed, if the bot answered with one. */
  message?: string;
  /** What Teams shows under the card when the bot refused, failed or answered nonsense. */
  error?: string;
}

const WENT_WRONG = 'Something went wrong. Please try again.';

/** Reads the bot's answer to `adaptiveCard/action`. Nonsense is a violation; a bot that is down is not. */
export function effectOf(posted: Posted, setting: Setting, violation: (text: string) => void): Effect {
  if (posted.status !== 200) return { error: WENT_WRONG };
  const parsed = answer.safeParse(posted.body);
  if (!parsed.success) {
    violation(`answer to a press: ${z.prettifyError(parsed.error).replace(/\s+/g, ' ')}`);
    return { error: WENT_WRONG };
  }
  const { type, value } = parsed.data;
  switch (type) {
    case ADAPTIVE_CARD: {
      const faults = setting.checksContent ? cardFaults(value, setting) : [];
      for (const text of faults) violation(`answer to a press: ${text}`);
      const size = Buffer.byteLength(JSON.stringify(posted.body));
      if (size > MESSAGE_LIMIT_BYTES) {
        violation(`answer to a press: ${size} bytes; Teams takes ${MESSAGE_LIMIT_BYTES}`);
        return { error: WENT_WRONG };
      }
      return { card: value };
    }
    case 'application/vnd.microsoft.activity.message':
      return { message: value };
    case 'application/vnd.microsoft.error':
      return { error: value.message };
  }
}
