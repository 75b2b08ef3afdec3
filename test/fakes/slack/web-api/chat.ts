import { z } from 'zod';
import { inBackground, messageChanged, messageDeleted, messagePosted } from '../events';
import { shown } from '../messages';
import type { Json, SlackChannel, SlackMessage } from '../types';
import { appId, botId, team } from '../workspace';
import type { World } from '../world';
import { type Content, checked, longestUpdate } from './content';
import { channelFor, flag, fromJson, knownUser, method, Refusal, text, ts } from './method';

const content = {
  text: text.optional(),
  blocks: z.unknown().optional(),
  link_names: flag.optional(),
  parse: z.enum(['full', 'none', 'client']).optional(),
};

const metadataShape = z.strictObject({
  event_type: z.string().regex(/^[\w.-]+$/),
  event_payload: z.record(z.string(), z.unknown()),
});

function metadataOf(given: unknown): SlackMessage['metadata'] {
  if (given === undefined) return undefined;
  const { data } = metadataShape.safeParse(fromJson(given, 'invalid_metadata_format'));
  if (!data) throw new Refusal('invalid_metadata_schema', {}, 'metadata needs event_type and event_payload, no more');
  return data;
}

/** Where the bot may write. */
export function writable(world: World, id: string): SlackChannel {
  const channel = channelFor(world, id, { people: true });
  if (channel.is_archived) throw new Refusal('is_archived');
  if (!world.workspace.hasBot(channel) && !world.scopes.has('chat:write.public')) throw new Refusal('not_in_channel');
  return channel;
}

/** A thread is named by its first message; naming it by a reply makes a thread nobody finds. */
function threadIn(world: World, channel: SlackChannel, thread_ts: string | undefined): void {
  if (!thread_ts) return;
  const parent = world.messages.get(channel.id, thread_ts);
  if (parent?.thread_ts && parent.thread_ts !== parent.ts)
    throw new Refusal(
      'cannot_reply_to_message',
      {},
      `thread_ts ${thread_ts} is a reply, not the thread's first message`,
    );
}

/** A message by the bot, made and told to all. */
export function post(
  world: World,
  channel: string,
  { text: words, blocks }: Content,
  more: Partial<SlackMessage> = {},
): SlackMessage {
  const message = world.messages.put({
    type: 'message',
    channel,
    ts: world.clock.ts(),
    user: world.workspace.bot.id,
    bot_id: botId,
    app_id: appId,
    team: team.id,
    text: words,
    ...(blocks?.length ? { blocks } : {}),
    ...more,
  });
  if (message.thread_ts) world.statuses.delete(`${channel} ${message.thread_ts}`);
  if (message.ephemeral_to) world.activity.stir();
  else inBackground(world, messagePosted(world, message));
  return message;
}

/** Puts other content into a message. Text alone takes the blocks away, and marks the message as edited. */
export function rewrite(
  world: World,
  before: SlackMessage,
  { text: words, blocks }: Content,
  metadata: SlackMessage['metadata'],
): SlackMessage {
  const { blocks: old, edited, ...rest } = before;
  const kept = blocks ?? (words === '' ? old : undefined);
  const after = world.messages.put({
    ...rest,
    text: words === '' ? before.text : words,
    ...(kept?.length ? { blocks: kept } : {}),
    ...(blocks?.length ? {} : { edited: { user: world.workspace.bot.id, ts: world.clock.ts() } }),
    ...(metadata ? { metadata } : {}),
  });
  if (after.ephemeral_to) world.activity.stir();
  else inBackground(world, messageChanged(world, before, after));
  return after;
}

export function erase(world: World, message: SlackMessage): void {
  world.messages.remove(message.channel, message.ts);
  if (message.ephemeral_to) world.activity.stir();
  else inBackground(world, messageDeleted(world, message));
}

/** A message of the bot's own. */
function own(world: World, channelId: string, at: string, refused: string): SlackMessage {
  const channel = channelFor(world, channelId);
  const message = world.messages.get(channel.id, at);
  if (!message) throw new Refusal('message_not_found');
  if (message.bot_id !== botId) throw new Refusal(refused);
  return message;
}

const answer = (message: SlackMessage): Json => ({
  channel: message.channel,
  ts: message.ts,
  message: shown(message),
});

export const chat = {
  'chat.postMessage': method({
    scopes: ['chat:write'],
    json: true,
    args: z.strictObject({
      channel: text,
      ...content,
      thread_ts: ts.optional(),
      reply_broadcast: flag.optional(),
      metadata: z.unknown().optional(),
      mrkdwn: flag.optional(),
      unfurl_links: flag.optional(),
      unfurl_media: flag.optional(),
    }),
    run(world, args) {
      const channel = writable(world, args.channel);
      threadIn(world, channel, args.thread_ts);
      const metadata = metadataOf(args.metadata);
      return answer(
        post(world, channel.id, checked(world, 'chat.postMessage', args), {
          ...(args.thread_ts ? { thread_ts: args.thread_ts } : {}),
          ...(args.thread_ts && args.reply_broadcast ? { subtype: 'thread_broadcast' } : {}),
          ...(metadata ? { metadata } : {}),
        }),
      );
    },
  }),

  'chat.postEphemeral': method({
    scopes: ['chat:write'],
    json: true,
    args: z.strictObject({ channel: text, user: text, ...content, thread_ts: ts.optional() }),
    run(world, args) {
      const channel = writable(world, args.channel);
      const user = knownUser(world, args.user);
      if (!channel.members.has(user.id)) throw new Refusal('user_not_in_channel');
      threadIn(world, channel, args.thread_ts);
      const message = post(world, channel.id, checked(world, 'chat.postEphemeral', args), {
        ephemeral_to: user.id,
        ...(args.thread_ts ? { thread_ts: args.thread_ts } : {}),
      });
      return { message_ts: message.ts };
    },
  }),

  'chat.update': method({
    scopes: ['chat:write'],
    json: true,
    args: z.strictObject({ channel: text, ts, ...content, metadata: z.unknown().optional() }),
    run(world, args) {
      const message = own(world, args.channel, args.ts, 'cant_update_message');
      const metadata = metadataOf(args.metadata);
      const given = checked(world, 'chat.update', args, { maxText: longestUpdate });
      return { ...answer(rewrite(world, message, given, metadata)), text: given.text };
    },
  }),

  'chat.delete': method({
    scopes: ['chat:write'],
    json: true,
    args: z.strictObject({ channel: text, ts }),
    run(world, args) {
      const message = own(world, args.channel, args.ts, 'cant_delete_message');
      erase(world, message);
      return { channel: message.channel, ts: message.ts };
    },
  }),
};
