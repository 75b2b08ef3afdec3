import type { SlackMessage } from './types';

/**
 * What was said where. A message is never changed in place, so that a copy a test holds stays what somebody saw then.
 * Message times only ever grow, so the order of a map is the order of time.
 */
export class MessageStore {
  private readonly byChannel = new Map<string, Map<string, SlackMessage>>();
  private readonly forOne = new Map<string, SlackMessage>();

  put(message: SlackMessage): SlackMessage {
    if (message.ephemeral_to) {
      this.forOne.set(message.ts, message);
      return message;
    }
    const channel = this.byChannel.get(message.channel) ?? new Map<string, SlackMessage>();
    this.byChannel.set(message.channel, channel.set(message.ts, message));
    return message;
  }

  get(channel: string, ts: string): SlackMessage | undefined {
    return this.byChannel.get(channel)?.get(ts);
  }

  getEphemeral(ts: string): SlackMessage | undefined {
    return this.forOne.get(ts);
  }

  remove(channel: string, ts: string): void {
    this.byChannel.get(channel)?.delete(ts);
    this.forOne.delete(ts);
  }

  /** Oldest first; replies in threads too. */
  in(channel: string): SlackMessage[] {
    return [...(this.byChannel.get(channel)?.values() ?? [])];
  }

  ephemeral(channel: string, user: string): SlackMessage[] {
    return [...this.forOne.values()].filter((it) => it.channel === channel && it.ephemeral_to === user);
  }

  replies(channel: string, parent: string): SlackMessage[] {
    return this.in(channel).filter(({ thread_ts, ts }) => thread_ts === parent && ts !== parent);
  }
}

/** A message as Slack shows it to an app: without the fake's own notes. */
export function shown(message: SlackMessage, { metadata = false } = {}): Omit<SlackMessage, 'channel'> {
  const { channel, ephemeral_to, metadata: noted, ...rest } = message;
  return metadata && noted ? { ...rest, metadata: noted } : rest;
}
