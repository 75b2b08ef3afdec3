import type { StoreLevels } from '../core/levels';
import type { Clock } from '../core/ports';
import type { Meters } from './meters';

/** A store that does not answer by then must not hold up the scrape: that it is slow is then what the scrape says. */
const limitMs = 2_000;

/** Brings what waits, and what is open, up to date for one scrape. Never fails: a store that is gone is a figure too. */
export async function readLevels(
  meters: Meters,
  store: { levels(): Promise<StoreLevels> },
  clock: Clock,
): Promise<void> {
  // A platform or state that is at zero now must not go on showing what it had.
  for (const gauge of [meters.outboxWaiting, meters.outboxOldest, meters.outboxRetrying, meters.tickets]) gauge.reset();
  const levels = await inTime(store.levels());
  meters.storeUp.set(levels ? 1 : 0);
  if (!levels) return;
  const age = (at: number) => Math.max(0, clock.now() - at) / 1000;
  meters.inboxWaiting.set(levels.inbox.waiting);
  meters.inboxOldest.set(levels.inbox.oldestAt === null ? 0 : age(levels.inbox.oldestAt));
  for (const { platform, waiting, oldestDueAt, retrying } of levels.outbox) {
    meters.outboxWaiting.set({ platform }, waiting);
    meters.outboxOldest.set({ platform }, age(oldestDueAt));
    meters.outboxRetrying.set({ platform }, retrying);
  }
  for (const { state, count } of levels.tickets) meters.tickets.set({ state }, count);
}

async function inTime<T>(answer: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), limitMs);
  });
  try {
    return await Promise.race([answer, late]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
