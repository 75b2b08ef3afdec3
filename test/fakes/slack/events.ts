import { newId } from './ids';
import { shown } from './messages';
import type { ChannelKind, Delivery, Json, SlackChannel, SlackMessage } from './types';
import { appId, botId, team } from './workspace';
import type { World } from './world';

/** What happens in the workspace, told to the app as far as it subscribed to it and sits in the channel. */

const subscriptionOf: Record<ChannelKind, string> = {
  public: 'message.channels',
  private: 'message.groups',
  im: 'message.im',
  mpim: 'message.mpim',
};
const channelType: Record<ChannelKind, string> = { public: 'channel', private: 'group', im: 'im', mpim: 'mpim' };

/** The wrapper Slack puts around every event. */
export function wrapped(world: World, event: Json & { type: string }): Json {
  const channel = world.workspace.channels.get(String(event.channel ?? ''));
  return {
    token: 'verification',
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: appId,
    event,
    type: 'event_callback',
    event_id: newId('Ev'),
    event_time: world.clock.seconds(),
    authorizations: [
      {
        enterprise_id: null,
        team_id: team.id,
        user_id: world.workspace.bot.id,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: channel?.is_ext_shared ?? false,
    event_context: `4-${newId('')}`,
  };
}

export const sendEvent = (world: World, event: Json & { type: string }): Promise<Delivery> =>
  world.deliver({ kind: 'events_api', payload: wrapped(world, event), acceptsResponse: false });

/** Sends it when the app subscribed to it. */
export async function sendIfSubscribed(
  world: World,
  event: Json & { type: string },
  subscription: string = event.type,
): Promise<Delivery[]> {
  return world.subscriptions.has(subscription) ? [await sendEvent(world, event)] : [];
}

/** A message as an event carries it; in shared channels Slack adds where the writer is from. */
function told(world: World, message: SlackMessage): Json {
  const author = world.workspace.users.get(message.user ?? '');
  if (!author || !world.workspace.channel(message.channel).is_ext_shared) return shown(message);
  const { team_id, name, real_name, is_restricted, is_ultra_restricted } = author;
  const profile = { team: team_id, name, real_name, display_name: name, is_restricted, is_ultra_restricted };
  const isForeign = team_id !== team.id;
  return {
    ...shown(message),
    user_team: team_id,
    source_team: team_id,
    ...(isForeign ? { user_profile: profile } : {}),
  };
}

async function toChannel(world: World, channel: SlackChannel, event: Json): Promise<Delivery[]> {
  if (!world.workspace.hasBot(channel)) return [];
  const full = { ...event, type: 'message', channel: channel.id, channel_type: channelType[channel.kind] };
  return sendIfSubscribed(world, full, subscriptionOf[channel.kind]);
}

/** Somebody must be named, in a channel the bot sits in; direct messages never give this event. */
async function mention(world: World, message: SlackMessage, event_ts: string): Promise<Delivery[]> {
  const channel = world.workspace.channel(message.channel);
  const bot = world.workspace.bot.id;
  const named = message.text.includes(`<@${bot}>`) && message.user !== bot;
  if (!named || channel.kind === 'im' || !world.workspace.hasBot(channel)) return [];
  const { subtype, ...rest } = told(world, message);
  return sendIfSubscribed(world, { ...rest, type: 'app_mention', channel: channel.id, event_ts });
}

/** A new message, by anybody, the bot itself included. A mention gives two events, in no particular order. */
export async function messagePosted(world: World, message: SlackMessage): Promise<Delivery[]> {
  world.activity.stir();
  const channel = world.workspace.channel(message.channel);
  const both = await Promise.all([
    toChannel(world, channel, { ...told(world, message), event_ts: message.ts }),
    mention(world, message, message.ts),
  ]);
  return both.flat();
}

/** An edit gives message_changed, and once more app_mention (with `edited`) when the bot is named and a person edited. */
export async function messageChanged(world: World, before: SlackMessage, after: SlackMessage): Promise<Delivery[]> {
  world.activity.stir();
  const ts = world.clock.ts();
  const channel = world.workspace.channel(after.channel);
  const both = await Promise.all([
    toChannel(world, channel, {
      subtype: 'message_changed',
      hidden: true,
      ts,
      event_ts: ts,
      message: { ...told(world, after), source_team: team.id, user_team: team.id },
      previous_message: told(world, before),
    }),
    after.edited && after.bot_id !== botId && before.text !== after.text ? mention(world, after, ts) : [],
  ]);
  return both.flat();
}

export async function messageDeleted(world: World, before: SlackMessage): Promise<Delivery[]> {
  world.activity.stir();
  const ts = world.clock.ts();
  return toChannel(world, world.workspace.channel(before.channel), {
    subtype: 'message_deleted',
    hidden: true,
    ts,
    event_ts: ts,
    deleted_ts: before.ts,
    previous_message: told(world, before),
  });
}

/** Runs what the app's own calls set off, without making the call wait for it. */
export function inBackground(world: World, work: Promise<unknown>): void {
  void world.activity.during(work).catch((error: unknown) => world.activity.violation(`the fake failed: ${error}`));
}
