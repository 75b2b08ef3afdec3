export interface FakeSlackOptions {
  port?: number;
  /** Milliseconds since 1970; trigger ids, response addresses and message times go by it. Default: the machine's. */
  now?: () => number;
  /** A parsed app manifest: scopes, subscriptions, commands and shortcuts are taken from it, and faults in it recorded. */
  manifest?: unknown;
  /** Scopes of the bot token; default: all that the methods here ask for. */
  scopes?: string[];
  /** Bot events, as in a manifest; default: app_mention, app_home_opened and message.* */
  subscriptions?: string[];
  /** How long the app may take to ack; default 3,000 ms, as Slack. */
  ackWithinMs?: number;
  /** How long a trigger id lives, by the fake's clock; default 3,000 ms, as Slack. */
  triggerLivesMs?: number;
  /** Pauses before each automatic retry of an event the app did not take over HTTP; default none. */
  retryAfterMs?: number[];
  /** How long `until` waits; default 4,500 ms, a little less than jest gives a test. */
  patienceMs?: number;
  /** Pings to sockets; default every 5,000 ms. */
  pingEveryMs?: number;
  /** Answers 429 to more messages per channel than this; default: takes all. */
  postingLimit?: { messages: number; perMs: number };
}

/** What a bot like this one subscribes to. */
export const defaultSubscriptions = [
  'app_mention',
  'app_home_opened',
  'message.im',
  'message.channels',
  'message.groups',
  'message.mpim',
];
