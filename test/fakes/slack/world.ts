import type { Activity } from './activity';
import type { Clock } from './clock';
import type { FaultBook } from './faults';
import type { MessageStore } from './messages';
import type { ResponseAddresses, Triggers } from './tickets';
import type { Delivery, Envelope } from './types';
import type { ViewStore } from './view-store';
import type { Workspace } from './workspace';

export interface Token {
  kind: 'bot' | 'app';
  /** What its use is answered with, once revoked. */
  error?: string;
}

/** Everything the parts of the fake share. */
export interface World {
  readonly clock: Clock;
  readonly workspace: Workspace;
  readonly messages: MessageStore;
  readonly views: ViewStore;
  readonly triggers: Triggers;
  readonly responses: ResponseAddresses;
  readonly activity: Activity;
  readonly faults: FaultBook;
  readonly tokens: Map<string, Token>;
  readonly scopes: Set<string>;
  readonly subscriptions: Set<string>;
  readonly allowedMentions: Set<string>;
  /** Status lines of threads, by channel and thread. */
  readonly statuses: Map<string, { text: string; at: number }>;
  /** `http://127.0.0.1:port` */
  readonly base: string;
  /** How many messages a channel takes, when a test asks for Slack's pace. */
  readonly postingLimit: { messages: number; perMs: number } | undefined;
  /** A new address for a socket. */
  socketAddress(): string;
  /** Sends a payload to the app, whichever way it is connected. */
  deliver(envelope: Envelope): Promise<Delivery>;
}
