import type { Logger, webApi } from '@slack/bolt';

import type { PlatformLog } from '../../core/platform';
import { callsOverKeptConnections } from './kept-connections';
import { CALL_MS } from './limits';
import type { SlackSettings } from './settings';

export type Bolt = typeof import('@slack/bolt');
export type WebClient = webApi.WebClient;

/** Bolt takes a quarter of a second and 35 MB; deployments without Slack must not pay for it. */
export const loadBolt = (): Bolt => require('@slack/bolt') as Bolt;

/**
 * How we call Slack: one try within a time limit, and its wish for a pause told at once. By itself the client waits
 * for ever, tries ten times within half an hour (which can post twice), and stops all channels for a busy one.
 */
export const clientOptions = ({ apiUrl }: SlackSettings, logger: Logger, timeout = CALL_MS) => ({
  slackApiUrl: apiUrl,
  fetch: callsOverKeptConnections(),
  timeout,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  logger,
});

/** Bolt's own lines in our log. What it writes at `debug` holds messages of people, so that never gets out. */
export function boltLogger({ LogLevel }: Bolt, log: PlatformLog): Logger {
  const told = (parts: unknown[]) => parts.map(String).join(' ');
  return {
    debug: () => undefined,
    info: (...parts: unknown[]) => log.info({ sdk: 'slack' }, told(parts)),
    warn: (...parts: unknown[]) => log.warn({ sdk: 'slack' }, told(parts)),
    error: (...parts: unknown[]) => log.error({ sdk: 'slack' }, told(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}
