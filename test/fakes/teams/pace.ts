/** What Teams lets one bot do in one conversation: so many calls in so many milliseconds. */
const limits: readonly [calls: number, within: number][] = [
  [7, 1_000],
  [8, 2_000],
  [60, 30_000],
  [1_800, 3_600_000],
];

/** Counts calls to each conversation, for fakes that were told to hold the bot to the published limits. */
export class Pace {
  private readonly times = new Map<string, number[]>();

  /** Seconds to wait, if this call is one too many; it counts only if it is not. */
  exceeded(conversation: string, now = Date.now()): number | undefined {
    const times = this.times.get(conversation) ?? [];
    for (const [calls, within] of limits) {
      const recent = times.filter((time) => now - time < within);
      if (recent.length >= calls) return Math.max(1, Math.ceil((recent[0]! + within - now) / 1_000));
    }
    this.times.set(conversation, [...times.slice(-limits.at(-1)![0]), now]);
    return undefined;
  }
}
