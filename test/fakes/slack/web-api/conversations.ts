import { z } from 'zod';
import { shown } from '../messages';
import type { Json, SlackChannel, SlackMessage } from '../types';
import { team } from '../workspace';
import type { World } from '../world';
import {
  count,
  cursorOf,
  flag,
  ids,
  knownUser,
  method,
  missingScope,
  page,
  Refusal,
  readable,
  text,
  ts,
} from './method';

function channelShown(world: World, channel: SlackChannel): Json {
  const { id, name, kind, is_archived, is_ext_shared, members } = channel;
  if (kind === 'im') {
    const user = [...members].find((it) => it !== world.workspace.bot.id);
    return {
      id,
      created: 1_700_000_000,
      is_im: true,
      is_archived,
      user,
      is_org_shared: false,
      context_team_id: team.id,
    };
  }
  return {
    id,
    name,
    name_normalized: name,
    created: 1_700_000_000,
    is_channel: kind === 'public',
    is_group: kind === 'private',
    is_im: false,
    is_mpim: kind === 'mpim',
    is_private: kind !== 'public',
    is_archived,
    is_general: name === 'general',
    is_member: world.workspace.hasBot(channel),
    is_shared: is_ext_shared,
    is_ext_shared,
    is_org_shared: false,
    is_pending_ext_shared: false,
    context_team_id: team.id,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  };
}

/** The first message of a thread knows of its replies. */
function withReplies(world: World, message: SlackMessage, metadata: boolean): Json {
  const it = shown(message, { metadata });
  if (message.thread_ts && message.thread_ts !== message.ts) {
    const parent = world.messages.get(message.channel, message.thread_ts);
    return parent?.user ? { ...it, parent_user_id: parent.user } : it;
  }
  const replies = world.messages.replies(message.channel, message.ts);
  const users = [...new Set(replies.flatMap(({ user }) => user ?? []))];
  return replies.length === 0
    ? it
    : {
        ...it,
        thread_ts: message.ts,
        reply_count: replies.length,
        reply_users: users,
        reply_users_count: users.length,
        latest_reply: replies.at(-1)?.ts,
      };
}

const span = {
  cursor: text.optional(),
  limit: count.optional(),
  oldest: text.optional(),
  latest: text.optional(),
  inclusive: flag.optional(),
  include_all_metadata: flag.optional(),
};
interface Span {
  oldest?: string | undefined;
  latest?: string | undefined;
  inclusive?: boolean | undefined;
}

const within =
  ({ oldest, latest, inclusive }: Span) =>
  ({ ts: at }: SlackMessage): boolean => {
    const time = Number(at);
    const first = oldest ? Number(oldest) : 0;
    const last = latest ? Number(latest) : Number.POSITIVE_INFINITY;
    return inclusive ? time >= first && time <= last : time > first && time < last;
  };

export const conversations = {
  'conversations.open': method({
    scopes: ['im:write', 'mpim:write'],
    json: true,
    args: z.strictObject({ users: ids.optional(), channel: text.optional(), return_im: flag.optional() }),
    run(world, args) {
      const { workspace } = world;
      if (args.channel) return { channel: { id: readable(world, args.channel, 'read').id } };
      const users = (args.users ?? []).map((id) => knownUser(world, id));
      const [first] = users;
      if (!first) throw new Refusal('users_list_not_supplied', {}, 'conversations.open needs users or channel');
      if (users.length > 8) throw new Refusal('too_many_users', {}, 'conversations.open: more than 8 users');
      const scope = users.length === 1 ? 'im:write' : 'mpim:write';
      if (!world.scopes.has(scope)) throw missingScope(world, scope);
      if (users.some((user) => user.id === workspace.bot.id)) throw new Refusal('cannot_dm_bot');
      if (users.some(({ deleted }) => deleted)) throw new Refusal('user_disabled');
      const channel =
        users.length === 1
          ? workspace.dm(first)
          : workspace.addChannel({ kind: 'mpim', members: users, botIsMember: true, name: 'mpdm' });
      return { channel: args.return_im ? channelShown(world, channel) : { id: channel.id } };
    },
  }),

  'conversations.info': method({
    scopes: ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
    args: z.strictObject({ channel: text, include_locale: flag.optional(), include_num_members: flag.optional() }),
    run(world, args) {
      const channel = readable(world, args.channel, 'read');
      const members = args.include_num_members ? { num_members: channel.members.size } : {};
      return { channel: { ...channelShown(world, channel), ...members } };
    },
  }),

  'conversations.members': method({
    scopes: ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
    args: z.strictObject({ channel: text, cursor: text.optional(), limit: count.optional() }),
    run(world, args) {
      const { members } = readable(world, args.channel, 'read');
      const { items, next } = page([...members], args.cursor, args.limit ?? 100);
      return { members: items, ...cursorOf(next) };
    },
  }),

  'conversations.history': method({
    scopes: ['channels:history', 'groups:history', 'im:history', 'mpim:history'],
    args: z.strictObject({ channel: text, ...span }),
    run(world, args) {
      const channel = readable(world, args.channel, 'history');
      const topLevel = ({ thread_ts, ts: at, subtype }: SlackMessage): boolean =>
        !thread_ts || thread_ts === at || subtype === 'thread_broadcast';
      const all = world.messages.in(channel.id).filter(topLevel).filter(within(args)).reverse();
      const { items, next } = page(all, args.cursor, args.limit ?? 100);
      return {
        messages: items.map((it) => withReplies(world, it, args.include_all_metadata ?? false)),
        has_more: next !== '',
        pin_count: 0,
        ...(next ? cursorOf(next) : {}),
      };
    },
  }),

  'conversations.replies': method({
    scopes: ['channels:history', 'groups:history', 'im:history', 'mpim:history'],
    args: z.strictObject({ channel: text, ts, ...span }),
    run(world, args) {
      const channel = readable(world, args.channel, 'history');
      const named = world.messages.get(channel.id, args.ts);
      const parent = world.messages.get(channel.id, named?.thread_ts ?? args.ts);
      if (!parent) throw new Refusal('thread_not_found');
      const replies = world.messages.replies(channel.id, parent.ts).filter(within(args));
      const { items, next } = page([parent, ...replies], args.cursor, args.limit ?? 1000);
      return {
        messages: items.map((it) => withReplies(world, it, args.include_all_metadata ?? false)),
        has_more: next !== '',
        ...(next ? cursorOf(next) : {}),
      };
    },
  }),
};
