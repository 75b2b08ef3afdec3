import { LRUCache } from 'lru-cache';
import { slackWord } from './failures';
import { type SlackAddress, userOf } from './keys';
import type { Pacing } from './pacing';
import type { Page } from './pages';
import type { WebClient } from './web-api';

/** Where a message goes: a channel or direct channel, perhaps a thread in it. */
export interface Spot {
  channel: string;
  thread?: string | undefined;
}

/** Marks our messages, so that one can be found again after an answer of Slack's got lost. */
const EVENT_TYPE = 'helpdesk_message';
const marked = (key: string) => ({ metadata: asSent({ event_type: EVENT_TYPE, event_payload: { key } }) });

/**
 * Objects leave as JSON in a field of a form. Slack's client writes them so by itself; but from what is still an object
 * it first makes a copy without secrets, for a debug log that nobody keeps, which costs as much as the rest of the call.
 */
const asSent = <T extends object>(value: T): T => JSON.stringify(value) as unknown as T;

const shown = ({ text, blocks }: Page): Page => ({ text, blocks: asSent(blocks) });

/** How far back we look for a message of ours: so many messages, and in a thread (told oldest first) a day. */
const LOOK_BACK = 200;
const LOOK_BACK_S = 24 * 60 * 60;

/** The few calls by which messages are made, changed and found. All throw what Slack's client throws, or TooSoon. */
export class Messages {
  private readonly directChannels = new LRUCache<string, string>({ max: 10_000 });

  constructor(
    private readonly client: WebClient,
    private readonly pacing: Pacing,
  ) {}

  /** @returns the message's id (`ts`) */
  async post({ channel, thread }: Spot, page: Page, key: string): Promise<string> {
    const { ts } = await this.pacing.post(channel, () =>
      this.client.chat.postMessage({
        channel,
        ...shown(page),
        ...(thread ? { thread_ts: thread } : {}),
        ...marked(key),
        unfurl_links: false,
        unfurl_media: false,
      }),
    );
    if (!ts) throw new Error('Slack took a message and told no id');
    return ts;
  }

  async update(channel: string, ts: string, page: Page, key: string): Promise<void> {
    await this.pacing.call(`changes in ${channel}`, () =>
      this.client.chat.update({ channel, ts, ...shown(page), ...marked(key) }),
    );
  }

  /** Shown to one person alone among others; gone when they reload, and not promised by Slack to arrive. */
  async whisper({ channel, thread }: Spot, user: string, page: Page): Promise<void> {
    await this.pacing.post(channel, () =>
      this.client.chat.postEphemeral({ channel, user, ...shown(page), ...(thread ? { thread_ts: thread } : {}) }),
    );
  }

  /** The direct channel with a person; opened when there is none yet. */
  async directChannel(user: string): Promise<string> {
    const known = this.directChannels.get(user);
    if (known) return known;
    const { channel } = await this.pacing.call('conversations.open', () =>
      this.client.conversations.open({ users: user }),
    );
    if (!channel?.id) throw new Error('Slack opened a direct channel and told no id');
    this.directChannels.set(user, channel.id);
    return channel.id;
  }

  async spotOf({ channel, thread, user }: SlackAddress): Promise<Spot> {
    return channel ? { channel, thread } : { channel: await this.directChannel(userOf(user)) };
  }

  /** Messages of ours among the newest, by the key they were posted under. */
  async find({ channel, thread }: Spot): Promise<Map<string, string>> {
    const look = { channel, limit: LOOK_BACK, include_all_metadata: true };
    try {
      const { messages = [] } = await this.pacing.call(`history of ${channel}`, () =>
        thread
          ? this.client.conversations.replies({ ...look, ts: thread, oldest: String(Date.now() / 1000 - LOOK_BACK_S) })
          : this.client.conversations.history(look),
      );
      const ours = messages.flatMap(({ ts, metadata }): [string, string][] => {
        const key = metadata?.event_type === EVENT_TYPE ? (metadata.event_payload as { key?: unknown }).key : undefined;
        return ts && typeof key === 'string' ? [[key, ts]] : [];
      });
      return new Map(ours);
    } catch (error) {
      // Where we may not look (group chats, say), a message twice is better than none.
      if (slackWord(error) === 'missing_scope') return new Map();
      throw error;
    }
  }
}
