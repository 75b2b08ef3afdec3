import { randomUUID } from 'node:crypto';
import type { Platform } from '../core/message';
import type { Clock, Delivery, Destination, OutboxRow, Outgoing, PlatformSender, Store } from '../core/ports';
import { backoff, maxAttempts } from './backoff';

export interface WorkerOptions {
  store: Store;
  clock: Clock;
  senders: ReadonlyMap<Platform, PlatformSender>;
  destinations: ReadonlyMap<string, Destination>;
  /** Looks again just before sending: false when it is no longer true and must not leave. */
  stillHolds: (outgoing: Outgoing) => Promise<boolean>;
  /** `row` is null when the outbox itself could not be read. */
  onFailed: (row: OutboxRow | null, error: string) => void;
}

const leaseMs = 20_000;
const pollMs = 300;
const batch = 50;

/** Carries outbox rows out. A row is leased while it is sent, so a crash hands it to the next worker after the lease. */
export class OutboxWorker {
  private readonly owner = randomUUID();
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private again = false;
  private stopped = false;

  constructor(private readonly options: WorkerOptions) {}

  start(): void {
    this.timer = setInterval(() => this.wake(), pollMs);
    this.wake();
  }

  /** There may be something due now. */
  wake(): void {
    if (this.stopped) return;
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = this.drain()
      .catch((error: unknown) => this.options.onFailed(null, error instanceof Error ? error.message : String(error)))
      .finally(() => {
        this.running = null;
        if (this.again) {
          this.again = false;
          this.wake();
        }
      });
  }

  /** Resolves when nothing is due any more, whoever was sending it. */
  async settled(): Promise<void> {
    this.wake();
    while (this.running) await this.running;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearInterval(this.timer);
    await this.running;
  }

  private async drain(): Promise<void> {
    const { store, clock } = this.options;
    for (;;) {
      const now = clock.now();
      const rows = await store.takeOutbox(this.owner, now, now + leaseMs, batch);
      if (rows.length === 0) return;
      // In order: what is said in one conversation must arrive as it was said.
      for (const row of rows) await this.carryOut(row);
    }
  }

  private async carryOut(row: OutboxRow): Promise<void> {
    const { store, clock } = this.options;
    const delivery = await this.deliver(row.outgoing);
    if (delivery.kind === 'sent') {
      await store.finishOutbox(row.id, this.owner, { kind: 'sent' });
      return;
    }
    this.options.onFailed(row, delivery.error);
    const retry = delivery.kind === 'temporary' && row.attempts < maxAttempts;
    const result = retry
      ? { kind: 'retry' as const, dueAt: clock.now() + backoff(row.attempts), error: delivery.error }
      : { kind: 'failed' as const, error: delivery.error };
    await store.finishOutbox(row.id, this.owner, result);
  }

  private async deliver(outgoing: Outgoing): Promise<Delivery> {
    try {
      if (!(await this.options.stillHolds(outgoing))) return { kind: 'sent' };
      if (outgoing.kind === 'reply') {
        const sender = this.options.senders.get(outgoing.platform);
        return sender
          ? await sender.send(outgoing)
          : { kind: 'temporary', error: `${outgoing.platform} is not connected` };
      }
      const destination = this.options.destinations.get(outgoing.destination);
      return destination
        ? await destination.ping(outgoing)
        : { kind: 'permanent', error: `there is no destination ${outgoing.destination}` };
    } catch (error) {
      return { kind: 'temporary', error: error instanceof Error ? error.message : String(error) };
    }
  }
}
