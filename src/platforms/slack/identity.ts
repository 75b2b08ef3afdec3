import { setTimeout as pause } from 'node:timers/promises';
import { CodedError } from '../../core/errors';
import type { PlatformLog } from '../../core/platform';
import { deliveryOf, type FailedDelivery, isRefusal, slackWord } from './failures';
import { neededScopes } from './scopes';
import type { WebClient } from './web-api';

/** Who the bot is in its workspace. */
export interface Identity {
  team: string;
  /** The organisation of several workspaces this one belongs to. */
  enterprise: string | null;
  botUser: string;
  /** The app's own id; null where Slack did not tell. */
  app: string | null;
}

/** Pauses between tries while Slack cannot be reached; the last one repeats. */
const PAUSES_MS = [1_000, 2_000, 5_000, 10_000, 30_000];
export const pauseAfter = (failures: number): number => PAUSES_MS[Math.min(failures, PAUSES_MS.length) - 1] ?? 0;

/** Proves the bot token, and remembers whose it is. */
export class Credentials {
  /** Null until Slack has confirmed the token. */
  identity: Identity | null = null;
  private readonly stopping = new AbortController();
  private proving: Promise<boolean | null> | null = null;

  constructor(
    private readonly client: WebClient,
    private readonly log: PlatformLog,
    private readonly onFatal: (error: Error) => void,
  ) {}

  /** Throws a CodedError when Slack refuses the token, and whatever the client throws when Slack cannot be asked. */
  async prove(): Promise<Identity> {
    try {
      const answer = await this.client.auth.test();
      if (!answer.bot_id || !answer.user_id || !answer.team_id)
        throw refused(
          'SLACK_BOT_TOKEN belongs to no bot; copy “Bot User OAuth Token” from the page OAuth & Permissions.',
        );
      const granted = answer.response_metadata?.scopes;
      const missing = granted ? neededScopes.filter((scope) => !granted.includes(scope)) : [];
      if (missing.length > 0) throw refused(`SLACK_BOT_TOKEN lacks the scopes ${missing.join(', ')}.`);
      this.identity = {
        team: answer.team_id,
        enterprise: answer.enterprise_id ?? null,
        botUser: answer.user_id,
        app: this.identity?.app ?? (await this.appOf(answer.bot_id)),
      };
      return this.identity;
    } catch (error) {
      if (isRefusal(error)) throw refused(`SLACK_BOT_TOKEN is not accepted (${slackWord(error)}).`, error);
      throw error;
    }
  }

  /** Resolves when the token is proved, or when Slack cannot be reached: then it goes on trying by itself. */
  async start(): Promise<void> {
    try {
      await this.prove();
    } catch (error) {
      if (error instanceof CodedError) throw error;
      this.log.warn({ err: error }, 'Slack cannot be reached; trying again');
      void this.keepTrying();
    }
  }

  /**
   * Whether the token still works, asked because Slack said something else. Ends it all if not; null where Slack cannot
   * be asked.
   */
  proveAgain(): Promise<boolean | null> {
    this.proving ??= this.prove()
      .then(
        () => true,
        (error: unknown) => {
          if (!(error instanceof CodedError)) return null;
          this.die(error);
          return false;
        },
      )
      .finally(() => {
        this.proving = null;
      });
    return this.proving;
  }

  /** To be told of every failed call: credentials that died are found out by whoever uses them first. */
  notice(error: unknown): void {
    if (isRefusal(error)) void this.proveAgain();
  }

  /** What a failed call means for what should be delivered. One place may be refused to a token that works elsewhere. */
  async deliveryAfter(error: unknown): Promise<FailedDelivery> {
    const delivery = deliveryOf(error);
    const isPlace = isRefusal(error) && (await this.proveAgain()) === true;
    return isPlace ? { kind: 'permanent', error: delivery.error } : delivery;
  }

  /** Ends it all: only a new start with other credentials can help. */
  die(error: CodedError): void {
    if (this.stopping.signal.aborted) return;
    this.identity = null;
    this.log.error({ err: error }, 'Slack refuses the credentials');
    this.stop();
    this.onFatal(error);
  }

  stop(): void {
    this.stopping.abort();
  }

  private async appOf(bot: string): Promise<string | null> {
    try {
      return (await this.client.bots.info({ bot })).bot?.app_id ?? null;
    } catch (error) {
      this.log.info({ err: error }, 'Slack did not tell the id of the app');
      return null;
    }
  }

  private async keepTrying(): Promise<void> {
    const { signal } = this.stopping;
    for (let failures = 1; !signal.aborted; failures++) {
      await pause(pauseAfter(failures), undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        await this.prove();
        this.log.info({}, 'Slack can be reached');
        return;
      } catch (error) {
        if (error instanceof CodedError) return this.die(error);
      }
    }
  }
}

export const refused = (detail: string, cause?: unknown): CodedError => new CodedError('SLACK_REFUSED', detail, cause);
