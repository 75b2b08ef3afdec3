import type { App, Logger, Receiver, ReceiverEvent } from '@slack/bolt';
import type { z } from 'zod';
import { escaped } from './plain-text';
import type { Bolt } from './web-api';

/** What goes back to Slack with the ack: nothing, words for the person, or what a modal should do. */
export type Answer = object | undefined;

/** Says something to the person who pressed, alone, wherever they pressed; the bot need not be in that channel. */
export type Respond = (text: string) => Promise<void>;

/** What Bolt hands to listeners, as far as we use it. */
interface ListenerArgs {
  body: unknown;
  respond?: (message: { response_type: 'ephemeral'; replace_original: false; text: string }) => Promise<unknown>;
}

/** A listener that takes what fits the schema; its answer goes out with the ack. */
export type Listen = <T>(
  schema: z.ZodType<T>,
  handle: (payload: T, respond: Respond) => Promise<Answer>,
) => (args: ListenerArgs) => Promise<void>;

export interface BoltAppParts {
  bolt: Bolt;
  receiver: Receiver;
  botToken: string;
  logger: Logger;
  /** What came is for somebody else. */
  isForeign: (body: unknown) => boolean;
  /** Registers the listeners. */
  listeners: (app: App, listen: Listen) => void;
  /** Nobody took this payload: a kind we do not know, or one that is not as Slack describes it. */
  onUnknown: (body: unknown) => void;
  onFailed: (error: unknown) => void;
}

/**
 * Bolt, with its ack put off until the listeners are through. By itself Bolt acks an event before any listener has
 * seen it, so a crash in between would lose it; this way Slack hears that we have it only when it is recorded, and
 * sends again what we failed to take. Works for HTTP and for sockets, because both hand over what came in here.
 */
export function createBoltApp(parts: BoltAppParts): App {
  const { bolt, receiver, botToken, logger, isForeign, listeners, onUnknown, onFailed } = parts;
  /** By the body of what came in; there as soon as a listener has taken it. */
  const answers = new WeakMap<object, { answer: Answer }>();
  const takenOf = (body: unknown) => (typeof body === 'object' && body !== null ? answers.get(body) : undefined);

  class RecordFirstApp extends bolt.App {
    override async processEvent(event: ReceiverEvent): Promise<void> {
      try {
        if (!isForeign(event.body)) await super.processEvent({ ...event, ack: async () => undefined });
      } catch (error) {
        // Bolt itself stumbles over payloads that are not as it expects them; to send them again would not help.
        if (takenOf(event.body)) {
          onFailed(error);
          throw error;
        }
      }
      const taken = takenOf(event.body);
      if (!taken) onUnknown(event.body);
      await event.ack(taken?.answer);
    }
  }

  const app = new RecordFirstApp({
    receiver,
    logger,
    // With an authorisation of our own Bolt does not ask Slack about the token: `Credentials` does, and survives a no.
    authorize: async () => ({ botToken }),
    ignoreSelf: false,
    convoStore: false,
  });
  app.error(async (error) => {
    throw error;
  });
  listeners(app, (schema, handle) => async ({ body, respond }) => {
    const { data } = schema.safeParse(body);
    if (data === undefined) return;
    const taken: { answer: Answer } = { answer: undefined };
    answers.set(body as object, taken);
    taken.answer = await handle(data, async (text) => {
      await respond?.({ response_type: 'ephemeral', replace_original: false, text: escaped(text) });
    });
  });
  return app;
}
