import type { PlatformLog } from '../../core/platform';

/** Work nobody waits for. What fails is logged, and a stop waits for it shortly. */
export class Background {
  private readonly running = new Set<Promise<void>>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private stopped = false;

  constructor(
    private readonly log: PlatformLog,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  run(what: string, work: () => Promise<unknown>): void {
    if (this.stopped) return;
    const done: Promise<void> = work()
      .then(() => undefined)
      .catch((error: unknown) => {
        this.onFailure(error);
        this.log.info({ err: error }, `Slack: could not ${what}`);
      })
      .finally(() => this.running.delete(done));
    this.running.add(done);
  }

  later(ms: number, what: string, work: () => Promise<unknown>): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.run(what, work);
    }, ms);
    timer.unref();
    this.timers.add(timer);
  }

  async stop(limitMs: number): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers) clearTimeout(timer);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, limitMs);
    });
    await Promise.race([Promise.all(this.running), late]);
    clearTimeout(timer);
  }
}
