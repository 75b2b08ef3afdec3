import { CodedError } from '../core/errors';
import {
  type Clock,
  carrierOf,
  type Delivery,
  type Destination,
  type OutboxRow,
  type PlatformSender,
  type Store,
  type Understander,
} from '../core/ports';
import type { Meters } from './meters';

const since = (start: number): number => (performance.now() - start) / 1000;

/** The same store; each call is timed, and what it hands out to be sent tells how late that is. */
export function measuredStore(store: Store, meters: Meters, clock: Clock): Store {
  const platforms = new Map<number, string>();
  const wrapped = new Map<string | symbol, unknown>();

  const taken = (rows: OutboxRow[]): OutboxRow[] => {
    const now = clock.now();
    for (const { id, outgoing, attempts, dueAt } of rows) {
      const platform = carrierOf(outgoing);
      platforms.set(id, platform);
      if (attempts === 1) meters.deliveryDelay.observe({ platform }, Math.max(0, now - dueAt) / 1000);
    }
    return rows;
  };
  const finished = (id: number, kind: string): void => {
    const platform = platforms.get(id);
    platforms.delete(id);
    if (kind === 'failed' && platform !== undefined) meters.givenUp.inc({ platform });
  };

  const timed =
    (call: string, work: (...args: unknown[]) => Promise<unknown>) =>
    async (...args: unknown[]) => {
      const start = performance.now();
      try {
        const result = await work.apply(store, args);
        if (call === 'takeOutbox') taken(result as OutboxRow[]);
        if (call === 'finishOutbox') finished(args[0] as number, (args[2] as { kind: string }).kind);
        return result;
      } catch (error) {
        meters.storeFailures.inc({ call, code: error instanceof CodedError ? error.code : 'other' });
        throw error;
      } finally {
        meters.storeCalls.observe({ call }, since(start));
      }
    };

  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function' || typeof name === 'symbol') return value;
      const known = wrapped.get(name) ?? timed(name, value as (...args: unknown[]) => Promise<unknown>);
      wrapped.set(name, known);
      return known;
    },
  });
}

/** The same understanding; what it decides is counted. */
export function measuredUnderstander(understander: Understander, meters: Meters): Understander {
  return {
    understand: (text) => {
      const result = understander.understand(text);
      meters.understood.inc({ decision: result.decision, intent: result.intent });
      return result;
    },
    entities: (text) => understander.entities(text),
    correct: (text) => understander.correct(text),
  };
}

export const measuredSender = (sender: PlatformSender, platform: string, meters: Meters): PlatformSender => ({
  send: (outgoing, key, attempt) => timedDelivery(platform, meters, () => sender.send(outgoing, key, attempt)),
});

/** The same destination with all that it can carry; how each delivery ends is counted. */
export const measuredDestination = (destination: Destination, platform: string, meters: Meters): Destination =>
  new Proxy(destination, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      const deliver = value as (...args: unknown[]) => Promise<Delivery>;
      return (...args: unknown[]) => timedDelivery(platform, meters, () => deliver.apply(target, args));
    },
  });

async function timedDelivery(platform: string, meters: Meters, deliver: () => Promise<Delivery>): Promise<Delivery> {
  const start = performance.now();
  let result: Delivery['kind'] | 'wait' = 'temporary';
  try {
    const delivery = await deliver();
    result = delivery.kind === 'temporary' && delivery.retryAfter !== undefined ? 'wait' : delivery.kind;
    return delivery;
  } finally {
    meters.deliveries.observe({ platform, result }, since(start));
  }
}
