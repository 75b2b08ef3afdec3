import { z } from 'zod';
import { inBackground, sendIfSubscribed } from '../events';
import type { Json, SlackMessage } from '../types';
import type { World } from '../world';
import { channelFor, method, Refusal, text, ts } from './method';

/** Small signs on messages and threads: reactions, and the status line. */

const reaction = z.strictObject({ channel: text, timestamp: ts, name: z.string() });
type Reaction = z.infer<typeof reaction>;

function reacted(world: World, args: Reaction): SlackMessage {
  const channel = channelFor(world, args.channel);
  if (!/^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/.test(args.name))
    throw new Refusal('invalid_name', {}, `reaction ${args.name} is no name of an emoji`);
  const message = world.messages.get(channel.id, args.timestamp);
  if (!message) throw new Refusal('message_not_found');
  return message;
}

function put(world: World, message: SlackMessage, { name }: Reaction, users: string[], type: string): Json {
  const others = (message.reactions ?? []).filter((it) => it.name !== name);
  const reactions = users.length > 0 ? [...others, { name, users, count: users.length }] : others;
  world.messages.put({ ...message, reactions });
  const item = { type: 'message', channel: message.channel, ts: message.ts };
  const event = { type, user: world.workspace.bot.id, reaction: name, item, event_ts: world.clock.ts() };
  inBackground(world, sendIfSubscribed(world, { ...event, item_user: message.user }));
  return {};
}

const usersOf = (message: SlackMessage, name: string): string[] =>
  message.reactions?.find((it) => it.name === name)?.users ?? [];

const statusLivesMs = 2 * 60_000;

export function statusOf(world: World, channel: string, thread: string): string | undefined {
  const status = world.statuses.get(`${channel} ${thread}`);
  return status && world.clock.now() - status.at <= statusLivesMs ? status.text : undefined;
}

export const marks = {
  'reactions.add': method({
    scopes: ['reactions:write'],
    json: true,
    args: reaction,
    run(world, args) {
      const message = reacted(world, args);
      const users = usersOf(message, args.name);
      const bot = world.workspace.bot.id;
      if (users.includes(bot)) throw new Refusal('already_reacted');
      return put(world, message, args, [...users, bot], 'reaction_added');
    },
  }),

  'reactions.remove': method({
    scopes: ['reactions:write'],
    json: true,
    args: reaction,
    run(world, args) {
      const message = reacted(world, args);
      const users = usersOf(message, args.name);
      const bot = world.workspace.bot.id;
      if (!users.includes(bot)) throw new Refusal('no_reaction');
      return put(
        world,
        message,
        args,
        users.filter((it) => it !== bot),
        'reaction_removed',
      );
    },
  }),

  'assistant.threads.setStatus': method({
    scopes: ['chat:write'],
    json: true,
    args: z.strictObject({
      channel_id: text,
      thread_ts: ts,
      status: text,
      loading_messages: z
        .union([z.string().transform((it) => JSON.parse(it) as unknown), z.array(z.string())])
        .pipe(z.array(z.string()).max(10))
        .optional(),
    }),
    run(world, args) {
      const channel = channelFor(world, args.channel_id);
      if (!world.messages.get(channel.id, args.thread_ts)) throw new Refusal('invalid_thread_ts');
      const thread = `${channel.id} ${args.thread_ts}`;
      if (args.status === '') world.statuses.delete(thread);
      else world.statuses.set(thread, { text: args.status, at: world.clock.now() });
      return {};
    },
  }),
};
