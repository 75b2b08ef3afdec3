/** The shapes the fake keeps and hands to tests; names inside are Slack's own. */

export type Json = Record<string, unknown>;

export interface SlackUser {
  id: string;
  team_id: string;
  /** The handle, as in `@ada`. */
  name: string;
  real_name: string;
  email: string;
  tz: string;
  locale: string;
  is_bot: boolean;
  /** A guest in several channels. */
  is_restricted: boolean;
  /** A guest in one channel only. */
  is_ultra_restricted: boolean;
  is_admin: boolean;
  deleted: boolean;
}

export type ChannelKind = 'public' | 'private' | 'im' | 'mpim';

export interface SlackChannel {
  id: string;
  name: string;
  kind: ChannelKind;
  members: Set<string>;
  is_archived: boolean;
  /** Shared with another organisation (Slack Connect). */
  is_ext_shared: boolean;
}

export interface SlackUserGroup {
  id: string;
  handle: string;
  name: string;
  users: string[];
  disabled: boolean;
}

export interface SlackFile {
  id: string;
  name: string;
  mimetype: string;
  size: number;
}

/** A message as Slack stores it: what `conversations.history` would answer, plus its channel. */
export interface SlackMessage {
  type: 'message';
  channel: string;
  ts: string;
  user?: string;
  bot_id?: string;
  app_id?: string;
  team?: string;
  subtype?: string;
  text: string;
  blocks?: Json[];
  thread_ts?: string;
  parent_user_id?: string;
  metadata?: { event_type: string; event_payload: Json };
  edited?: { user: string; ts: string };
  files?: Json[];
  reactions?: { name: string; users: string[]; count: number }[];
  client_msg_id?: string;
  /** Set on what one person alone can see. */
  ephemeral_to?: string;
}

export interface SlackView extends Json {
  id: string;
  type: 'modal' | 'home';
  callback_id: string;
  private_metadata: string;
  external_id: string;
  hash: string;
  blocks: Json[];
  state: { values: Record<string, Record<string, Json>> };
  root_view_id: string;
  previous_view_id: string | null;
  /** Who has it open; not part of what Slack sends. */
  user: string;
}

/** One call of the Web API (or of a response address, as method `response_url`) as it arrived. */
export interface Call {
  method: string;
  args: Json;
  at: number;
  /** What was answered; undefined while a call hangs or when the connection was cut. */
  answer?: Json;
  status?: number;
}

/** How the app took one payload: the HTTP answer, or the ack over the socket. */
export interface Delivery {
  /** 200 for an ack over the socket too; 0 when nothing came back in time. */
  status: number;
  body: string;
  /** The ack's payload, when it carried JSON. */
  payload?: unknown;
  headers: Record<string, string>;
  /** Why status is 0: `http_timeout`, `connection_failed`, `dispatch_failed`. */
  error?: string;
  /** What was sent, for `slack.redelivers`. */
  sent: Envelope;
}

/** A message a person wrote, and how the app took the events about it (none when the bot sees nothing of it). */
export interface Said extends Delivery {
  message: SlackMessage;
  deliveries: Delivery[];
}

export type EnvelopeKind = 'events_api' | 'interactive' | 'slash_commands';

/** One payload on its way to the app, before it is known which way it goes. */
export interface Envelope {
  kind: EnvelopeKind;
  payload: Json;
  acceptsResponse: boolean;
}

export type Fault = {
  /** Only calls for this channel fail. */
  channel?: string;
  /** How many calls fail; default 1. `Infinity` for all from now on. */
  times?: number;
  /** How many matching calls pass first; default 0. */
  after?: number;
} & (
  | { status: 429; retryAfter?: number }
  | { status: 500 | 502 | 503 | 504 | 404 }
  /** Answered with `ok: false` and this error; nothing is done. */
  | { error: string }
  /** Taken and done, then answered with `ok: false` and this error (`fatal_error` may mean this). */
  | { errorAfter: string }
  /** No answer until `release()` or `stop()`. */
  | { hang: 'before' | 'after' }
  /** Headers and the first half of the answer, then the connection is cut. The call was done. */
  | { half: true }
  /** The connection is cut before the call is done, or after. */
  | { drop: 'before' | 'after' }
);

export interface OrderedFault {
  /** How many calls it has met so far. */
  readonly met: number;
  /** Lets hanging calls be answered and ends the fault. */
  release(): void;
}

export interface Button {
  block_id: string;
  action_id: string;
  label: string;
  value?: string;
  url?: string;
  style?: string;
}
