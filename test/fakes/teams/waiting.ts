/** Truthy, as `until` hands it back. */
export type Seen<T> = Exclude<T, false | null | undefined | 0 | ''>;

/** How often a condition is looked at when nothing happened here that could have changed it. */
const LOOK_AGAIN_MS = 50;

/** Waits for conditions, and looks at them again whenever something happened. */
export class Waiting {
  private readonly waiting = new Set<() => void>();

  happened(): void {
    for (const look of this.waiting) look();
  }

  async until<T>(condition: () => T, limitMs: number, complaint: (last: unknown) => string): Promise<Seen<T>> {
    return new Promise((resolve, reject) => {
      let last: unknown;
      const look = (): void => {
        try {
          const result = condition();
          last = undefined;
          if (result) finish(() => resolve(result as Seen<T>));
        } catch (error) {
          // A condition may be an expectation, which throws until it holds.
          last = error;
        }
      };
      const timer = setTimeout(() => finish(() => reject(new Error(complaint(last)))), limitMs);
      const again = setInterval(look, LOOK_AGAIN_MS);
      const finish = (settle: () => void): void => {
        clearTimeout(timer);
        clearInterval(again);
        this.waiting.delete(look);
        settle();
      };
      this.waiting.add(look);
      look();
    });
  }
}
