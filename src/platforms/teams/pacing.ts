import { LRUCache } from 'lru-cache';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ServiceError } from './bot-service';
import { failureOf, Undelivered } from './failures';
import { chatOf } from './keys';

/** What Teams lets one bot send into one conversation, as published. */
const conversationLimits = [
  { points: 1_800, duration: 3_600 },
  { points: 60, duration: 30 },
  { points: 7, duration: 1 },
] as const;

const KEPT_HOLDS = 10_000;

/**
 * Keeps the bot below the limits of each conversation, and away from a conversation that Teams has told it to leave
 * alone for a while. Others go on meanwhile: nobody waits in here, whoever is too early is told when to come back.
 */
export class Pacing {
  private readonly limiters = conversationLimits.map((limit) => new RateLimiterMemory(limit));
  private readonly heldUntil = new LRUCache<string, number>({ max: KEPT_HOLDS });

  /** Makes the call if it is allowed now. @throws Undelivered, or what the call threw */
  async run<T>(conversation: string, call: () => Promise<T>): Promise<T> {
    const key = chatOf(conversation);
    const wait = (this.heldUntil.get(key) ?? 0) - Date.now();
    if (wait > 0) throw tooEarly(wait, 'Teams asked to wait');
    await this.take(key);
    try {
      return await call();
    } catch (error) {
      if (error instanceof ServiceError && error.status === 429) {
        const failure = failureOf(error);
        if (failure.kind === 'temporary') this.heldUntil.set(key, Date.now() + (failure.retryAfter ?? 0));
        throw new Undelivered(failure);
      }
      throw error;
    }
  }

  /** All limits or none: what is refused by one must not count in the others. */
  private async take(key: string): Promise<void> {
    const taken: RateLimiterMemory[] = [];
    try {
      for (const limiter of this.limiters) {
        await limiter.consume(key);
        taken.push(limiter);
      }
    } catch (refusal) {
      await Promise.all(taken.map((limiter) => limiter.reward(key)));
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      throw tooEarly(refusal.msBeforeNext, 'the limit of this conversation is reached');
    }
  }
}

const tooEarly = (wait: number, why: string): Undelivered =>
  new Undelivered({ kind: 'temporary', error: `Teams: ${why}`, retryAfter: Math.max(1, Math.ceil(wait)) });
