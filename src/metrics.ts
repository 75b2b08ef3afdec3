import express, { type Router } from 'express';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Clock, Destination, PlatformSender, Store, Understander } from './core/ports';
import { readLevels } from './metrics/levels';
import { measuredDestination, measuredSender, measuredStore, measuredUnderstander } from './metrics/measured-parts';
import { createMeters } from './metrics/meters';

export interface Metrics {
  /** Serves `/metrics` in the text form of Prometheus. */
  router: Router;
  received(platform: string, kind: string): void;
  /** A request, event or press that was refused or ignored. */
  refused(platform: string, reason: string): void;
  delivered(platform: string, result: 'failed'): void;
  /** A turn ended, well or not, after so many milliseconds. */
  handled(platform: string, milliseconds: number): void;
  turnFailed(platform: string): void;
  /** The same parts, measured. Levels are asked of the store given last. */
  store(store: Store): Store;
  understander(understander: Understander): Understander;
  sender(platform: string, sender: PlatformSender): PlatformSender;
  destination(platform: string, destination: Destination): Destination;
}

/** Counts, without a word of anybody's message. Each figure is in metrics/meters.ts. */
export function createMetrics({ clock, version }: { clock: Clock; version: string }): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'helpdesk_' });
  const meters = createMeters(registry);
  meters.build.set({ version }, 1);
  let store: Store | null = null;
  const router = express.Router();
  router.get('/metrics', async (_request, response) => {
    if (store) await readLevels(meters, store, clock);
    response
      .set('Cache-Control', 'no-store')
      .type(registry.contentType)
      .send(await registry.metrics());
  });
  return {
    router,
    received: (platform, kind) => meters.received.inc({ platform, kind }),
    refused: (platform, reason) => meters.refused.inc({ platform, reason }),
    delivered: (platform) => meters.failures.inc({ platform }),
    handled: (platform, milliseconds) => meters.turns.observe({ platform }, milliseconds / 1000),
    turnFailed: (platform) => meters.turnFailures.inc({ platform }),
    store: (given) => {
      store = given;
      return measuredStore(given, meters, clock);
    },
    understander: (given) => measuredUnderstander(given, meters),
    sender: (platform, given) => measuredSender(given, platform, meters),
    destination: (platform, given) => measuredDestination(given, platform, meters),
  };
}
