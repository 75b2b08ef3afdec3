import type { Content } from '../core/content';
import type { Clock, Store } from '../core/ports';
import type { Routes } from '../core/ticket-course';
import { decide } from './policy';

export interface CycleOptions {
  store: Pick<Store, 'advanceTickets' | 'giveUpCalls'>;
  clock: Clock;
  content: () => Content;
  routes: () => Promise<Routes>;
  /** Something was committed that must leave. */
  onCommitted: () => void;
  /** A cycle failed; the next one tries again. */
  onFailed: (error: unknown) => void;
}

const pollMs = 1_000;
/** Tickets of one commit: few, so that a turn about one of them does not wait for long. */
const together = 20;
/** Whoever was called and not reached for so long is replaced by the next. */
const outOfReachMs = 45_000;

/**
 * Does what tickets are due for, again and again. There are no timers: what is due stands in the store, so nothing is
 * lost by a crash, and any number of processes may do this at once.
 */
export class EscalationCycle {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private stopped = false;

  constructor(private readonly options: CycleOptions) {}

  start(): void {
    this.timer = setInterval(() => void this.tick(), pollMs);
    void this.tick();
  }

  /** Does all that is due now. Never rejects. */
  tick(): Promise<void> {
    this.running ??= this.run()
      .catch((error: unknown) => this.options.onFailed(error))
      .finally(() => {
        this.running = null;
      });
    return this.running;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearInterval(this.timer);
    await this.running;
  }

  private async run(): Promise<void> {
    const { store, clock, content, onCommitted } = this.options;
    const now = clock.now();
    await store.giveUpCalls(now - outOfReachMs);
    const parts = { content: content(), routes: await this.options.routes(), now };
    for (let taken = together; taken === together && !this.stopped; ) {
      taken = await store.advanceTickets(now, together, (ticket, leader) => decide(parts, ticket, leader));
      if (taken > 0) onCommitted();
    }
  }
}
