import { LRUCache } from 'lru-cache';
import type { TeamsAddress } from './address';

const SHOWN_AFTER_MS = 700;
const KEPT_TALKS = 5_000;
const MOST_SIGNS = 20;

/**
 * “… is typing”, for answers that take long. Most are out before the time is over, and then nothing was sent at all.
 * Where an administrator talks with the person through the bot, the bot itself often says nothing, so it shows none.
 */
export class TypingSign {
  private readonly waiting = new Map<string, NodeJS.Timeout>();
  private readonly talks = new LRUCache<string, true>({ max: KEPT_TALKS });

  constructor(private readonly show: (address: TeamsAddress) => void) {}

  /** Something came in that will be answered. */
  expect(conversation: string, address: TeamsAddress): void {
    if (this.waiting.has(conversation) || this.talks.has(conversation)) return;
    // When very many wait, calls for courtesy would make all of them wait longer.
    if (this.waiting.size >= MOST_SIGNS) return;
    const timer = setTimeout(() => {
      this.waiting.delete(conversation);
      this.show(address);
    }, SHOWN_AFTER_MS);
    this.waiting.set(conversation, timer.unref());
  }

  /** The answer is on its way. */
  answered(conversation: string, byAdministrator: boolean): void {
    clearTimeout(this.waiting.get(conversation));
    this.waiting.delete(conversation);
    if (byAdministrator) this.talks.set(conversation, true);
    else this.talks.delete(conversation);
  }

  stop(): void {
    for (const timer of this.waiting.values()) clearTimeout(timer);
    this.waiting.clear();
  }
}
