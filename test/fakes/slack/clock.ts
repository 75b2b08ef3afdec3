/** The fake's time: message times, trigger ids and response addresses go by it. */
export class Clock {
  private ahead = 0;
  private lastMicros = 0;

  constructor(private readonly read: () => number = Date.now) {}

  now(): number {
    return this.read() + this.ahead;
  }

  advance(ms: number): void {
    this.ahead += ms;
  }

  seconds(): number {
    return Math.floor(this.now() / 1000);
  }

  /** A message time: unique, always later than the one before. */
  ts(): string {
    this.lastMicros = Math.max(Math.floor(this.now() * 1000), this.lastMicros + 1);
    return `${Math.floor(this.lastMicros / 1e6)}.${String(this.lastMicros % 1e6).padStart(6, '0')}`;
  }
}
