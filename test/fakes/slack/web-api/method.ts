import { z } from 'zod';
import type { ChannelKind, Json, SlackChannel } from '../types';
import { idOf } from '../workspace';
import type { World } from '../world';

/** A refusal, in Slack's own words. */
export class Refusal extends Error {
  constructor(
    readonly error: string,
    readonly more: Json = {},
    /** Set when no live Slack should ever have had to say so: a fault of the app, recorded for the test. */
    readonly violation?: string,
  ) {
    super(error);
  }
}

export interface Method<A = never> {
  /** One of these the token must have; none means any token will do. */
  scopes: string[];
  token?: 'bot' | 'app' | 'any';
  /** Most methods that only read take no JSON bodies. */
  json?: boolean;
  args: z.ZodType<A>;
  run(world: World, args: A): Json;
}

/** Keeps the types of one method together; the table knows them no more. */
export const method = <A>(it: Method<A>): Method => it as Method;

// Arguments come as text in a form, or as they are in JSON.
export const text = z.string();
export const flag = z
  .union([z.boolean(), z.enum(['true', 'false', '1', '0'])])
  .transform((it) => it === true || it === 'true' || it === '1');
export const count = z.coerce.number().int().min(1).max(1000);
export const ts = z.string().regex(/^\d{10}\.\d{6}$/, 'must be a message time such as 1700000000.123456');
/** `a,b`, or a list. */
export const ids = z
  .union([z.string().transform((it) => it.split(',')), z.array(z.string())])
  .transform((it) => it.map((one) => one.trim()).filter(Boolean));

/** A JSON value that a form carries as text. */
export function fromJson(value: unknown, error: string): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    throw new Refusal(error, {}, `${error}: ${value.slice(0, 100)}`);
  }
}

const kindOfScope: Record<ChannelKind, string> = { public: 'channels', private: 'groups', im: 'im', mpim: 'mpim' };

export function missingScope(world: World, needed: string): Refusal {
  return new Refusal('missing_scope', { needed, provided: [...world.scopes].join(',') });
}

/** The channel, if the bot may know of it. A person's id stands for the direct channel where `people` says so. */
export function channelFor(world: World, id: string, { people = false } = {}): SlackChannel {
  const { workspace } = world;
  const user = people ? workspace.users.get(id) : undefined;
  if (user && !user.deleted && !user.is_bot) return workspace.dm(user);
  const channel = workspace.channels.get(id);
  if (!channel || (channel.kind !== 'public' && !workspace.hasBot(channel))) throw new Refusal('channel_not_found');
  return channel;
}

/** The channel, for reading what the scope `channels:history`, `im:read`… of its kind allows. */
export function readable(world: World, id: string, what: 'history' | 'read'): SlackChannel {
  const channel = channelFor(world, id);
  const scope = `${kindOfScope[channel.kind]}:${what}`;
  if (!world.scopes.has(scope)) throw missingScope(world, scope);
  if (what === 'history' && !world.workspace.hasBot(channel)) throw new Refusal('not_in_channel');
  return channel;
}

/** One page of a list, and the cursor of the next. */
export function page<T>(all: T[], cursor: string | undefined, limit: number): { items: T[]; next: string } {
  const start = cursor ? Number(Buffer.from(cursor, 'base64').toString().replace('next:', '')) : 0;
  if (!Number.isInteger(start) || start < 0) throw new Refusal('invalid_cursor');
  const end = start + limit;
  return {
    items: all.slice(start, end),
    next: end < all.length ? Buffer.from(`next:${end}`).toString('base64') : '',
  };
}

export const cursorOf = (next: string): Json => ({ response_metadata: { next_cursor: next } });

export const knownUser = (world: World, id: string) => {
  const user = world.workspace.users.get(idOf(id));
  if (!user) throw new Refusal('user_not_found');
  return user;
};
