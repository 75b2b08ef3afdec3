import type { Content } from '../core/content';
import type { Clock, RaisedAlarm, Store } from '../core/ports';
import type { Routes } from '../core/ticket-course';
import { sentence } from './words';

export interface AuditorOptions {
  store: Pick<Store, 'audit'>;
  clock: Clock;
  content: () => Content;
  routes: () => Promise<Routes>;
  /** Tells somebody outside that all is well. Not called while it is not: their silence alarm is for that. */
  heartbeat: (() => Promise<void>) | null;
  onCommitted: () => void;
  onFailed: (error: unknown) => void;
}

const everyMs = 30_000;
const overdueMs = 10 * 60_000;
const stuckMs = 5 * 60_000;

/**
 * The second pair of eyes: looks whether every open ticket has a next step in time, and every card has left or failed.
 * It shares nothing with the engine but the store, so that a fault there does not hide here.
 */
export class Auditor {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private found: readonly RaisedAlarm[] = [];

  constructor(private readonly options: AuditorOptions) {}

  start(): void {
    this.timer = setInterval(() => void this.look(), everyMs);
    void this.look();
  }

  /** Never rejects. */
  look(): Promise<void> {
    this.running ??= this.run()
      .catch((error: unknown) => this.options.onFailed(error))
      .finally(() => {
        this.running = null;
      });
    return this.running;
  }

  /** What was wrong when it last looked, in words. */
  concerns(): string[] {
    return this.found.map(({ text }) => text);
  }

  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.running;
  }

  private async run(): Promise<void> {
    const { store, clock, content, routes, heartbeat, onCommitted } = this.options;
    const now = clock.now();
    const places = (await routes()).watchers(now);
    this.found = await store.audit({
      now,
      overdueBefore: now - overdueMs,
      stuckBefore: now - stuckMs,
      places,
      say: ({ text }) => sentence(content(), 'desk-alarm', { text }),
    });
    onCommitted();
    if (this.found.every(isForPeople)) await heartbeat?.();
  }
}

/** That nobody took a ticket is for the people of the desk to mend; everything else is for whoever runs the bot. */
const isForPeople = ({ key }: RaisedAlarm): boolean => key.endsWith('/unclaimed');
