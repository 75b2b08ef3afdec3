import { z } from 'zod';
import type { Json } from '../types';
import type { World } from '../world';
import { erase, post, rewrite } from './chat';
import { checked } from './content';
import { Refusal, text, ts } from './method';

/** What may be posted to a response address, and what the ack of a command may carry. */
const reply = z.strictObject({
  text: text.optional(),
  blocks: z.unknown().optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
  replace_original: z.boolean().optional(),
  delete_original: z.boolean().optional(),
  thread_ts: ts.optional(),
  mrkdwn: z.boolean().optional(),
  unfurl_links: z.boolean().optional(),
  unfurl_media: z.boolean().optional(),
});

interface Asked {
  channel: string;
  user: string;
  /** The message acted on. */
  ts?: string;
  thread_ts?: string;
}

/** Shows a reply to what a person did: to that person alone, unless it says otherwise. */
export function replied(world: World, where: string, asked: Asked, given: unknown): Json {
  const { data, error } = reply.safeParse(given);
  if (!data) throw new Refusal('invalid_payload', {}, `invalid_payload: ${z.prettifyError(error)}`);
  const { channel, user } = asked;
  const original = asked.ts
    ? (world.messages.get(channel, asked.ts) ?? world.messages.getEphemeral(asked.ts))
    : undefined;
  if (data.delete_original) {
    if (original) erase(world, original);
    return {};
  }
  const content = checked(world, where, data, { total: false });
  if (data.replace_original && original) rewrite(world, original, content, undefined);
  else
    post(world, channel, content, {
      ...(data.response_type === 'in_channel' ? {} : { ephemeral_to: user }),
      ...(data.thread_ts ? { thread_ts: data.thread_ts } : {}),
    });
  return {};
}

/** Status 404 for an address that is used up, as Slack answers. */
export function respond(world: World, id: string, given: unknown): { status: number; answer: Json } {
  const address = world.responses.take(id);
  if ('fault' in address) return { status: 404, answer: { ok: false, error: address.fault } };
  return { status: 200, answer: { ok: true, ...replied(world, 'response_url', address, given) } };
}
