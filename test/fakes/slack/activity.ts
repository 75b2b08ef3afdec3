import type { Call } from './types';

/** All that happened, and a way to wait for what is to happen. */
export class Activity {
  readonly calls: Call[] = [];
  readonly violations: string[] = [];
  private readonly watchers = new Set<() => void>();
  private underWay = 0;

  /** Waits end, with an account of what was seen, a little before jest ends a test without one. */
  constructor(private readonly patienceMs: number) {}

  /** To be called whenever anything changed that somebody may wait for. */
  stir(): void {
    for (const watch of [...this.watchers]) watch();
  }

  violation(what: string): void {
    this.violations.push(what);
    this.stir();
  }

  /** Counts as under way until the promise is settled. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.underWay += 1;
    try {
      return await work;
    } finally {
      this.underWay -= 1;
      this.stir();
    }
  }

  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  idle(): Promise<boolean> {
    return this.until(() => this.underWay === 0, { what: 'nothing under way' });
  }

  /**
   * Looks again whenever something happened here, and now and then besides, for conditions on the app's own state.
   */
  until<T>(
    condition: () => T | Promise<T>,
    { limitMs = this.patienceMs, what = condition.toString() }: { limitMs?: number; what?: string } = {},
    calledAs: (...args: never[]) => unknown = this.until,
  ): Promise<NonNullable<T>> {
    // Taken here, so that the message points at the line that waited.
    const error = new Error();
    Error.captureStackTrace(error, calledAs);
    return new Promise((resolve, reject) => {
      let looking = false;
      let again = false;
      let last: unknown;
      const end = (settle: () => void): void => {
        clearInterval(poll);
        clearTimeout(limit);
        unwatch();
        settle();
      };
      const look = async (): Promise<void> => {
        if (looking) {
          again = true;
          return;
        }
        looking = true;
        try {
          do {
            again = false;
            const value = await condition();
            if (value) return end(() => resolve(value));
          } while (again);
        } catch (thrown) {
          // A condition that cannot be looked at yet is a condition that does not hold yet.
          last = thrown;
        } finally {
          looking = false;
        }
      };
      const unwatch = this.watch(() => void look());
      const poll = setInterval(() => void look(), 50);
      const limit = setTimeout(() => {
        error.message = `waited ${limitMs} ms for: ${what}${last ? `\nlast error: ${String(last)}` : ''}\n${this.told()}`;
        end(() => reject(error));
      }, limitMs);
      void look();
    });
  }

  private told(): string {
    const short = (it: unknown): string => {
      const text = JSON.stringify(it) ?? 'nothing';
      return text.length > 300 ? `${text.slice(0, 300)}…` : text;
    };
    const calls = this.calls.slice(-15).map((it) => `  ${it.method} ${short(it.args)} → ${short(it.answer)}`);
    return [
      `seen: ${this.calls.length} calls, the last:`,
      ...calls,
      `violations: ${short(this.violations)}`,
      `under way: ${this.underWay}`,
    ].join('\n');
  }
}
