import { CodedError } from '../../core/errors';
import type { PlatformLog } from '../../core/platform';
import { type AccessToken, TokenRefused } from './access-token';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** Whether the bot's own credentials work. Without a token (a local emulator) there is nothing to prove. */
export class Connection {
  private trouble: Error | null = null;
  private timer: NodeJS.Timeout | null = null;
  private isStopped = false;

  constructor(
    private readonly token: AccessToken | null,
    private readonly log: PlatformLog,
  ) {}

  /** @throws CodedError when the credentials are refused. Where nobody answers it goes on asking by itself. */
  async start(): Promise<void> {
    if (!this.token) return;
    try {
      await this.token.get();
    } catch (error) {
      if (error instanceof TokenRefused) throw new CodedError('TEAMS_REFUSED', `${error.setting} ${error.why}`, error);
      this.trouble = asError(error);
      this.log.warn({ error: this.trouble.message }, 'Teams is not reachable yet; trying on');
      this.tryOn(FIRST_PAUSE_MS);
    }
  }

  async health(): Promise<void> {
    if (this.isStopped) throw new Error('stopped');
    // The token in use may have been withdrawn meanwhile; asking costs nothing while it is good.
    if (!this.trouble) await this.token?.get();
    if (this.trouble) throw this.trouble;
  }

  stop(): void {
    this.isStopped = true;
    if (this.timer) clearTimeout(this.timer);
  }

  private tryOn(pause: number): void {
    if (this.isStopped) return;
    this.timer = setTimeout(() => void this.again(pause), pause).unref();
  }

  private async again(pause: number): Promise<void> {
    try {
      await this.token?.get();
      this.trouble = null;
      this.log.info({}, 'Teams is reachable');
    } catch (error) {
      this.trouble = asError(error);
      const next = Math.min(pause * 2, LONGEST_PAUSE_MS);
      this.log.warn({ error: this.trouble.message, nextTryInMs: next }, 'Teams is still not reachable');
      this.tryOn(next);
    }
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
