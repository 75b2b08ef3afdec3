import { messageChanged, messageDeleted, messagePosted, sendEvent, sendIfSubscribed } from './events';
import { newBlockId, newId, newUuid } from './ids';
import { asTyped, unescaped } from './mrkdwn';
import type { Delivery, Envelope, Json, Said, SlackFile, SlackMessage } from './types';
import { idOf, team, type Where, type Who } from './workspace';
import type { World } from './world';

type Thread = SlackMessage | string;
export interface Saying {
  thread?: Thread;
  /** The text is Slack's own form already; otherwise it is taken as typed and escaped. */
  raw?: boolean;
}

const nothingSent: Envelope = { kind: 'events_api', payload: {}, acceptsResponse: false };
const unheard: Delivery = { status: 0, body: '', headers: {}, error: 'not_delivered', sent: nothingSent };

const said = (message: SlackMessage, deliveries: Delivery[]): Said => {
  const worst = deliveries.find(({ status }) => status < 200 || status > 299) ?? deliveries[0] ?? unheard;
  return { ...worst, message, deliveries };
};

/** A stretch between `<` and `>` of what was written, as an element of rich text. */
function marked(inside: string): Json {
  const [target = '', label] = inside.split('|');
  if (target.startsWith('@')) return { type: 'user', user_id: target.slice(1) };
  if (target.startsWith('#')) return { type: 'channel', channel_id: target.slice(1) };
  if (target.startsWith('!subteam^')) return { type: 'usergroup', usergroup_id: target.slice('!subteam^'.length) };
  return { type: 'link', url: unescaped(target), ...(label ? { text: unescaped(label) } : {}) };
}

/** The blocks Slack makes of what a person writes. */
function richText(text: string): Json[] {
  const elements = text
    .split(/(<[^<>]+>)/)
    .filter(Boolean)
    .map((it) => (/^<.+>$/.test(it) ? marked(it.slice(1, -1)) : { type: 'text', text: unescaped(it) }));
  return [{ type: 'rich_text', block_id: newBlockId(), elements: [{ type: 'rich_text_section', elements }] }];
}

/** People writing, editing, deleting and sharing files. */
export class Talk {
  constructor(private readonly world: World) {}

  async says(who: Who, where: Where, text: string, { thread, raw = false }: Saying = {}): Promise<Said> {
    return this.put(who, where, raw ? text : asTyped(text), thread, {});
  }

  mentions(who: Who, where: Where, text: string, options: Saying = {}): Promise<Said> {
    return this.says(who, where, `<@${this.world.workspace.bot.id}> ${text}`, options);
  }

  async sharesFile(
    who: Who,
    where: Where,
    file: Partial<SlackFile> = {},
    { text = '', thread }: { text?: string; thread?: Thread } = {},
  ): Promise<Said> {
    const { id = newId('F'), name = 'screenshot.png', mimetype = 'image/png', size = 48_213 } = file;
    const filetype = name.split('.').at(-1) ?? 'txt';
    const place = `https://files.slack.com/files-pri/${team.id}-${id}`;
    const shared: Json = {
      id,
      created: this.world.clock.seconds(),
      timestamp: this.world.clock.seconds(),
      name,
      title: name,
      mimetype,
      filetype,
      pretty_type: filetype.toUpperCase(),
      user: idOf(who),
      user_team: this.world.workspace.user(who).team_id,
      editable: false,
      size,
      mode: 'hosted',
      is_external: false,
      is_public: false,
      file_access: 'visible',
      url_private: `${place}/${name}`,
      url_private_download: `${place}/download/${name}`,
      permalink: `https://${team.domain}.slack.com/files/${idOf(who)}/${id}/${name}`,
    };
    return this.put(who, where, asTyped(text), thread, { subtype: 'file_share', files: [shared] });
  }

  async edits(message: SlackMessage, text: string): Promise<Said> {
    const before = this.standing(message);
    const words = asTyped(text);
    const edited = { user: before.user ?? '', ts: `${this.world.clock.seconds()}.000000` };
    const after = this.world.messages.put({ ...before, text: words, blocks: richText(words), edited });
    return said(after, await messageChanged(this.world, before, after));
  }

  async deletes(message: SlackMessage): Promise<Said> {
    const before = this.standing(message);
    this.world.messages.remove(before.channel, before.ts);
    return said(before, await messageDeleted(this.world, before));
  }

  /** Slack changes a message by itself when it adds a preview of a link: message_changed with the same text. */
  async unfurls(message: SlackMessage): Promise<Said> {
    const before = this.standing(message);
    const after = this.world.messages.put({ ...before });
    return said(after, await messageChanged(this.world, before, after));
  }

  async joins(who: Who, where: Where): Promise<Delivery | undefined> {
    const channel = this.world.workspace.channel(where);
    channel.members.add(idOf(who));
    const heard = this.world.workspace.hasBot(channel);
    return heard ? this.moved('member_joined_channel', idOf(who), channel.id) : undefined;
  }

  async leaves(who: Who, where: Where): Promise<Delivery | undefined> {
    const channel = this.world.workspace.channel(where);
    const heard = this.world.workspace.hasBot(channel);
    channel.members.delete(idOf(who));
    return heard ? this.moved('member_left_channel', idOf(who), channel.id) : undefined;
  }

  async opensHome(who: Who, tab: 'home' | 'messages' = 'home'): Promise<Delivery | undefined> {
    const user = this.world.workspace.user(who);
    const home = tab === 'home' ? this.world.views.home(user.id) : undefined;
    const { user: _, ...view } = home ?? { user: '' };
    const [delivery] = await sendIfSubscribed(this.world, {
      type: 'app_home_opened',
      user: user.id,
      channel: this.world.workspace.dm(user).id,
      tab,
      ...(home ? { view } : {}),
      event_ts: this.world.clock.ts(),
    });
    return delivery;
  }

  event(event: Json & { type: string }): Promise<Delivery> {
    return sendEvent(this.world, { event_ts: this.world.clock.ts(), ...event });
  }

  private async moved(type: string, user: string, channel: string): Promise<Delivery | undefined> {
    const event = { type, user, channel, channel_type: 'C', team: team.id, event_ts: this.world.clock.ts() };
    return (await sendIfSubscribed(this.world, event))[0];
  }

  private standing({ channel, ts }: SlackMessage): SlackMessage {
    const message = this.world.messages.get(channel, ts);
    if (!message) throw new Error(`message ${ts} in ${channel} is deleted`);
    return message;
  }

  private async put(
    who: Who,
    where: Where,
    text: string,
    thread: Thread | undefined,
    more: Partial<SlackMessage>,
  ): Promise<Said> {
    const user = this.world.workspace.user(who);
    const channel = this.world.workspace.channel(where);
    if (!channel.members.has(user.id)) throw new Error(`${user.name} is not in ${channel.name}`);
    const message: SlackMessage = {
      client_msg_id: newUuid(),
      type: 'message',
      text,
      user: user.id,
      ts: this.world.clock.ts(),
      team: user.team_id,
      ...(text === '' ? {} : { blocks: richText(text) }),
      channel: channel.id,
      ...this.inThread(channel.id, thread),
      ...more,
    };
    this.world.messages.put(message);
    return said(message, await messagePosted(this.world, message));
  }

  private inThread(channel: string, thread: Thread | undefined): Partial<SlackMessage> {
    if (thread === undefined) return {};
    const named = this.world.messages.get(channel, typeof thread === 'string' ? thread : thread.ts);
    const parentTs = named?.thread_ts ?? (typeof thread === 'string' ? thread : thread.ts);
    const parent = this.world.messages.get(channel, parentTs);
    return { thread_ts: parentTs, ...(parent?.user ? { parent_user_id: parent.user } : {}) };
  }
}
