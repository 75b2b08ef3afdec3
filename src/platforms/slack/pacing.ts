import { RateLimiterMemory } from 'rate-limiter-flexible';
import { TooSoon, waitAskedFor } from './failures';
import { POSTS } from './limits';

/**
 * Keeps to Slack's pace for each channel by itself, so that a hot channel never holds up the others. Nothing waits in
 * here: whoever is too soon is told when to come again.
 */
export class Pacing {
  private readonly posts = new RateLimiterMemory({ keyPrefix: 'posts', ...POSTS });
  /** Pauses that Slack asked for, in milliseconds since 1970. */
  private readonly pauses = new Map<string, number>();

  /** A new message. Throws TooSoon. */
  async post<T>(channel: string, call: () => Promise<T>): Promise<T> {
    this.refusePaused(channel);
    const { msBeforeNext, consumedPoints } = await this.posts
      .consume(channel)
      .catch((full: { msBeforeNext?: number; consumedPoints?: number }) => full);
    if ((consumedPoints ?? 0) > POSTS.points) throw new TooSoon(Math.max(msBeforeNext ?? 0, 1), `posts to ${channel}`);
    return this.watch(channel, call);
  }

  /** Any other call that belongs to a channel; `what` names calls that Slack counts together. Throws TooSoon. */
  async call<T>(what: string, call: () => Promise<T>): Promise<T> {
    this.refusePaused(what);
    return this.watch(what, call);
  }

  private refusePaused(what: string): void {
    const left = (this.pauses.get(what) ?? 0) - Date.now();
    if (left > 0) throw new TooSoon(left, what);
    this.pauses.delete(what);
  }

  private async watch<T>(what: string, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      const wait = waitAskedFor(error);
      if (wait !== null) this.pauses.set(what, Date.now() + wait);
      throw error;
    }
  }
}
