import type { PlatformLog } from '../../core/platform';

/** Work that nobody waits for, except whoever stops the bot. It never fails aloud. */
export class Background {
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly log: PlatformLog) {}

  run(what: string, work: () => Promise<void>): void {
    const done = work()
      .catch((error: unknown) => this.log.warn({ error: String(error) }, `${what} failed`))
      .finally(() => this.running.delete(done));
    this.running.add(done);
  }

  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }
}
