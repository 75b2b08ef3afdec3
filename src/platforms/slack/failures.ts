import { z } from 'zod';
import type { Delivery } from '../../core/ports';

/** Slack is not called now, because it asked us to wait, or would. */
export class TooSoon extends Error {
  override name = 'TooSoon';

  constructor(
    readonly retryAfter: number,
    what: string,
  ) {
    super(`${what}: wait for ${Math.ceil(retryAfter / 1000)} s`);
  }
}

const platformError = z.object({
  code: z.literal('slack_webapi_platform_error'),
  data: z.object({ error: z.string(), needed: z.string().optional() }),
});
const rateLimited = z.object({ code: z.literal('slack_webapi_rate_limited_error'), retryAfter: z.number() });

/** Slack's own word for what went wrong; null when Slack did not answer in words. */
export const slackWord = (error: unknown): string | null => platformError.safeParse(error).data?.data.error ?? null;

/** Milliseconds that Slack asks to wait; null when it is not about that. */
export function waitAskedFor(error: unknown): number | null {
  const limited = rateLimited.safeParse(error).data;
  if (limited) return limited.retryAfter * 1000;
  // A limit without a time, which Slack's client turns into a bare error.
  const isLimit = slackWord(error) === 'ratelimited' || messageOf(error).includes('Retry header did not contain');
  return isLimit ? WAIT_UNTOLD_MS : null;
}
const WAIT_UNTOLD_MS = 30_000;

/** The credentials no longer work, and no try will change that. */
const dead = new Set([
  'account_inactive',
  'invalid_auth',
  'not_allowed_token_type',
  'not_authed',
  'team_access_not_granted',
  'token_expired',
  'token_revoked',
]);
export const isRefusal = (error: unknown): boolean => dead.has(slackWord(error) ?? '');

/** The message that should be changed is not there any more, or cannot be changed. */
const gone = new Set(['cant_update_message', 'edit_window_closed', 'message_not_found', 'thread_not_found']);
export const isGone = (error: unknown): boolean => gone.has(slackWord(error) ?? '');

/** Nobody can be reached there, however often we try; or what we send is wrong. All other errors may pass. */
const permanent = new Set([
  'as_user_not_supported',
  'cannot_dm_bot',
  'channel_is_archived',
  'channel_not_found',
  'invalid_arguments',
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_metadata_format',
  'invalid_metadata_schema',
  'invalid_users_list',
  'is_archived',
  'messages_tab_disabled',
  'metadata_must_be_sent_from_app',
  'metadata_too_large',
  'missing_scope',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_permission',
  'no_text',
  'not_in_channel',
  'restricted_action',
  'restricted_action_non_threadable_channel',
  'restricted_action_read_only_channel',
  'restricted_action_thread_locked',
  'restricted_action_thread_only_channel',
  'slack_connect_canvas_sharing_blocked',
  'slack_connect_file_link_sharing_blocked',
  'thread_not_found',
  'too_many_attachments',
  'user_disabled',
  'user_not_found',
  'user_not_in_channel',
  'user_not_visible',
  'users_not_found',
]);

const remedies: Record<string, string> = {
  channel_not_found: 'the bot cannot see this channel: check its id, and invite the bot (/invite @…)',
  is_archived: 'the channel is archived',
  not_in_channel: 'the bot is not in this channel: invite it (/invite @…)',
};

export type FailedDelivery = Exclude<Delivery, { kind: 'sent' }>;

/**
 * Whether to try again. A refusal of the credentials counts as a wait: the process ends because of it, and what is owed
 * to people leaves once the credentials are mended.
 */
export function deliveryOf(error: unknown): FailedDelivery {
  if (error instanceof TooSoon) return { kind: 'temporary', error: error.message, retryAfter: error.retryAfter };
  const word = slackWord(error);
  const wait = isRefusal(error) ? REFUSED_MS : waitAskedFor(error);
  if (wait !== null) return { kind: 'temporary', error: `Slack: ${word ?? 'rate limited'}`, retryAfter: wait };
  if (word === null) return { kind: 'temporary', error: messageOf(error) };
  const needed = platformError.safeParse(error).data?.data.needed;
  const detail = needed ? `needs the scope ${needed}` : remedies[word];
  return {
    kind: permanent.has(word) ? 'permanent' : 'temporary',
    error: `Slack: ${word}${detail ? ` (${detail})` : ''}`,
  };
}
const REFUSED_MS = 60_000;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
