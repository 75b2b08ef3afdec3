import type { Organization } from '../core/organization';
import type { KeptFor } from '../core/personal-data';
import type { Clock, Store } from '../core/ports';
import { beforeOf, keptFor } from '../core/retention';

export interface RetentionOptions {
  store: Pick<Store, 'sweep'>;
  clock: Clock;
  organization: Pick<Organization, 'retention'>;
  onSwept: (deleted: Record<keyof KeptFor, number>) => void;
  onFailed: (error: unknown) => void;
}

const everyMs = 60 * 60_000;
/** A start is busy enough. */
const firstAfterMs = 60_000;

/**
 * Deletes what has been kept long enough, every hour. What is due is decided by the rows alone, so a stop loses nothing,
 * and several processes may do it at once.
 */
export class Retention {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;

  constructor(private readonly options: RetentionOptions) {}

  start(): void {
    const next = (delay: number) => {
      this.timer = setTimeout(() => void this.sweep().then(() => this.timer && next(everyMs)), delay);
      this.timer.unref();
    };
    next(firstAfterMs);
  }

  /** Never rejects. */
  sweep(): Promise<void> {
    this.running ??= this.run()
      .catch((error: unknown) => this.options.onFailed(error))
      .finally(() => {
        this.running = null;
      });
    return this.running;
  }

  async stop(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    await this.running;
  }

  private async run(): Promise<void> {
    const { store, clock, organization, onSwept } = this.options;
    onSwept(await store.sweep(beforeOf(keptFor(organization), clock.now())));
  }
}
