import type { Delivery } from '../../core/ports';
import { TokenRefused, TokenUnavailable } from './access-token';
import { ServiceError } from './bot-service';

type Failure = Exclude<Delivery, { kind: 'sent' }>;

/** Nothing left, and this is what becomes of it. */
export class Undelivered extends Error {
  override name = 'Undelivered';
  constructor(readonly delivery: Failure) {
    super(delivery.error);
  }
}

/** Refusals that Teams means for good; a repetition only counts against the bot. */
const forGood: Record<string, string> = {
  BotDisabledByAdmin: 'an administrator of Teams has switched the app off for this user or place',
  BotNotInConversationRoster: 'the bot is not a member there: add the app to that team, chat or person',
  MessageWritesBlocked: 'nobody may write there (the place is archived, or the bot is blocked)',
  ConversationBlockedByUser: 'the person has blocked the bot',
  ForbiddenOperationException: 'the app is not installed there',
  ConversationNotFound: 'there is no such conversation, or the bot is not part of it',
  ActivityNotFoundInConversation: 'the message is gone',
  MessageSizeTooBig: 'the message is too big for Teams',
  BadSyntax: 'Teams does not understand the request',
};

/** All others pass: 412, 429, 5xx, a token that was refused (401), and calls that got no answer. */
const final = new Set([400, 403, 404, 405, 410, 413, 415, 422]);

/** Waits without a word from the service on how long; spread, so that not all of them come back at once. */
const UNTOLD_WAIT_MS = 2_000;
const SPREAD_MS = 2_000;

/** Whether a failed call may be tried again, and when. Unknown means yes: the outbox has a limit of its own. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Undelivered) return error.delivery;
  // The operator can mend these while the message waits.
  if (error instanceof TokenRefused || error instanceof TokenUnavailable)
    return { kind: 'temporary', error: error.message };
  if (!(error instanceof ServiceError))
    return { kind: 'temporary', error: error instanceof Error ? error.message : String(error) };
  const { status, retryAfter } = error;
  const text = `Teams: ${wordsOf(error)}`;
  if (status !== null && (final.has(status) || (status >= 300 && status < 400)))
    return { kind: 'permanent', error: text };
  // Waiting as long as the service says is no failed try; a busy service always says so in the end.
  const wait = retryAfter ?? (status === 429 ? spread() : null);
  return { kind: 'temporary', error: text, ...(wait === null ? {} : { retryAfter: wait }) };
}

function wordsOf({ status, code, message }: ServiceError): string {
  const name = [status === null ? 'no answer' : `HTTP ${status}`, ...(code ? [code] : [])].join(' ');
  return `${name} (${(code && forGood[code]) ?? message})`;
}

export const isGone = (error: unknown): boolean => error instanceof ServiceError && error.status === 404;
export const isTooBig = (error: unknown): boolean => error instanceof ServiceError && error.status === 413;

const spread = (): number => UNTOLD_WAIT_MS + Math.floor(Math.random() * SPREAD_MS);
