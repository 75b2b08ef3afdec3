import { randomUUID } from 'node:crypto';
import type { Platform } from '../core/message';
import {
  type Clock,
  carrierOf,
  type Delivery,
  type Destination,
  type OutboxRow,
  type Outgoing,
  type PlatformSender,
  type Store,
} from '../core/ports';
import { within } from '../core/within';
import { backoff, maxAttempts } from './backoff';

export interface WorkerOptions {
  store: Store;
  clock: Clock;
  senders: ReadonlyMap<Platform, PlatformSender>;
  /** By what comes before the colon in a ping's destination: `desk`, `slack`, `teams`. */
  destinations: ReadonlyMap<string, Destination>;
  /** Looks again just before sending: false when it is no longer true and must not leave. */
  stillHolds: (outgoing: Outgoing) => Promise<boolean>;
  /** `row` is null when the outbox itself could not be read. */
  onFailed: (row: OutboxRow | null, error: string) => void;
}

const leaseMs = 30_000;
const pollMs = 300;
/** Ends of deliveries within this time are followed up together. */
const gatherMs = 5;
/** So that a platform that asks for no wait at all is not asked again and again in the same moment. */
const shortestWaitMs = 50;
/** Deliveries under way at once: in all, and to one platform, so that a platform that hangs leaves room for the others. */
const maxUnderWay = 96;
const maxPerPlatform = 48;

/**
 * Carries outbox rows out, several at a time; rows of one lane leave one after the other (the store sees to that). A
 * row is leased while it is sent, so a crash hands it to the next worker after the lease.
 */
export class OutboxWorker {
  private readonly owner = randomUUID();
  private timer: NodeJS.Timeout | null = null;
  /** By row. */
  private readonly underWay = new Map<number, { platform: string; done: Promise<void> }>();
  private taking: Promise<void> | null = null;
  private again = false;
  private soon: NodeJS.Timeout | null = null;
  private stopped = false;

  constructor(private readonly options: WorkerOptions) {}

  start(): void {
    this.timer = setInterval(() => this.wake(), pollMs);
    this.wake();
  }

  /** There may be something due now. */
  wake(): void {
    if (this.stopped) return;
    if (this.taking) {
      this.again = true;
      return;
    }
    this.taking = this.take()
      .catch((error: unknown) => this.options.onFailed(null, messageOf(error)))
      .finally(() => {
        this.taking = null;
        if (this.again) {
          this.again = false;
          this.wake();
        }
      });
  }

  /** One look for all deliveries that end at about the same time. */
  private wakeSoon(): void {
    this.soon ??= setTimeout(() => {
      this.soon = null;
      this.wake();
    }, gatherMs);
  }

  /** Resolves when nothing is due any more, whoever was sending it. */
  async settled(): Promise<void> {
    do {
      if (this.soon) clearTimeout(this.soon);
      this.soon = null;
      this.wake();
      while (this.taking || this.underWay.size > 0) await Promise.all([this.taking, ...this.deliveries()]);
    } while (this.soon && !this.stopped);
  }

  /** Waits for deliveries under way. What is not over within the limit is handed back, for another process to look after. */
  async stop(limitMs = 10_000): Promise<void> {
    this.stopped = true;
    if (this.timer) clearInterval(this.timer);
    if (this.soon) clearTimeout(this.soon);
    const over = async () => {
      await this.taking;
      await Promise.all(this.deliveries());
    };
    if (!(await within(limitMs, over()))) await this.options.store.handBack(this.owner);
  }

  private deliveries(): Promise<void>[] {
    return [...this.underWay.values()].map(({ done }) => done);
  }

  private async take(): Promise<void> {
    const { store, clock } = this.options;
    const { room, busy } = this.room();
    if (room <= 0) return;
    const now = clock.now();
    const rows = await store.takeOutbox(this.owner, now, now + leaseMs, room, busy);
    // All are looked at together, but leave in the order they were taken: what is urgent before all else.
    let earlier: Promise<unknown> = Promise.resolve();
    for (const row of rows) {
      const holds = this.stillHolds(row);
      this.begin(row, holds, earlier);
      earlier = Promise.allSettled([earlier, holds]);
    }
    // There may be more than fitted. What waits behind these in their lanes is looked for when they are done.
    if (rows.length === room) this.again = true;
  }

  /** How many rows may be taken, whichever platforms they are for, and the platforms that have no room at all. */
  private room(): { room: number; busy: string[] } {
    const count = new Map<string, number>();
    for (const { platform } of this.underWay.values()) count.set(platform, (count.get(platform) ?? 0) + 1);
    const busy = [...count].filter(([, deliveries]) => deliveries >= maxPerPlatform).map(([platform]) => platform);
    const most = Math.max(0, ...[...count.values()].filter((deliveries) => deliveries < maxPerPlatform));
    return { room: Math.min(maxUnderWay - this.underWay.size, maxPerPlatform - most), busy };
  }

  private async stillHolds({ outgoing }: OutboxRow): Promise<boolean> {
    return this.options.stillHolds(outgoing);
  }

  private begin(row: OutboxRow, holds: Promise<boolean>, earlier: Promise<unknown>): void {
    // Its lease ran out while it is still under way here: taking it has only renewed the lease.
    if (this.underWay.has(row.id)) return;
    const done = this.carryOut(row, holds, earlier)
      .catch((error: unknown) => this.options.onFailed(row, messageOf(error)))
      .finally(() => {
        this.underWay.delete(row.id);
        this.wakeSoon();
      });
    this.underWay.set(row.id, { platform: carrierOf(row.outgoing), done });
  }

  private async carryOut(row: OutboxRow, holds: Promise<boolean>, earlier: Promise<unknown>): Promise<void> {
    const { store, clock } = this.options;
    const delivery = await this.deliver(row, holds, earlier);
    if (delivery.kind === 'sent') {
      await store.finishOutbox(row.id, this.owner, { kind: 'sent' });
      return;
    }
    if (!isWait(delivery)) this.options.onFailed(row, delivery.error);
    await store.finishOutbox(row.id, this.owner, afterFailure(delivery, row.attempts, clock.now()));
  }

  private async deliver(
    { outgoing, key, attempts }: OutboxRow,
    holds: Promise<boolean>,
    earlier: Promise<unknown>,
  ): Promise<Delivery> {
    try {
      if (!(await holds)) return { kind: 'sent' };
      await earlier;
      if ('destination' in outgoing) {
        const destination = this.options.destinations.get(carrierOf(outgoing));
        return destination
          ? await toDestination(destination, outgoing, key, attempts)
          : { kind: 'permanent', error: `there is no destination ${outgoing.destination}` };
      }
      const sender = this.options.senders.get(outgoing.platform);
      return sender
        ? await sender.send(outgoing, key, attempts)
        : { kind: 'temporary', error: `${outgoing.platform} is not connected` };
    } catch (error) {
      return { kind: 'temporary', error: messageOf(error) };
    }
  }
}

async function toDestination(
  destination: Destination,
  outgoing: Extract<Outgoing, { destination: string }>,
  key: string,
  attempt: number,
): Promise<Delivery> {
  switch (outgoing.kind) {
    case 'ping':
      return destination.ping(outgoing, key, attempt);
    case 'thread':
      // Where words cannot stand below a card, the card itself carries what was written since.
      return (await destination.thread?.(outgoing, key, attempt)) ?? { kind: 'sent' };
    case 'alarm':
      return (await destination.alarm?.(outgoing, key, attempt)) ?? { kind: 'sent' };
    case 'report':
      return destination.report
        ? destination.report(outgoing, key, attempt)
        : { kind: 'permanent', error: `${outgoing.destination} takes no reports` };
  }
}

/** The platform asks to be left alone for a while, which is no failure. */
const isWait = (delivery: Delivery): delivery is Extract<Delivery, { kind: 'temporary' }> & { retryAfter: number } =>
  delivery.kind === 'temporary' && delivery.retryAfter !== undefined;

function afterFailure(
  delivery: Exclude<Delivery, { kind: 'sent' }>,
  attempts: number,
  now: number,
): Parameters<Store['finishOutbox']>[2] {
  const { error } = delivery;
  if (delivery.kind === 'permanent') return { kind: 'failed', error };
  if (isWait(delivery))
    return { kind: 'retry', dueAt: now + Math.max(shortestWaitMs, delivery.retryAfter || 0), error, counts: false };
  return attempts < maxAttempts ? { kind: 'retry', dueAt: now + backoff(attempts), error } : { kind: 'failed', error };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
