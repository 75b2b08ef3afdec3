import type { Receiver } from '@slack/bolt';
import type { Router } from 'express';

/** How Slack's payloads reach us: Slack calls by HTTP, or we hold sockets open to it. */
export interface WayIn {
  receiver: Receiver;
  /** What the service mounts; null where nobody calls. */
  router: Router | null;
  /** Throws a CodedError when Slack does not let us in. */
  start(): Promise<void>;
  /** Throws when nothing can have come in for a while. */
  health(): void;
  /** Takes nothing in any more. */
  stop(): Promise<void>;
}
