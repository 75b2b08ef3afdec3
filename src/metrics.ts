import express, { type Router } from 'express';
import { Counter, collectDefaultMetrics, Registry } from 'prom-client';

export interface Metrics {
  /** Serves `/metrics` in the text form of Prometheus. */
  router: Router;
  received(platform: string, kind: string): void;
  /** A request, event or press that was refused or ignored. */
  refused(platform: string, reason: string): void;
  delivered(platform: string, result: 'failed'): void;
}

/** Counts, without a word of anybody's message. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'helpdesk_' });
  const received = new Counter({
    name: 'helpdesk_received_total',
    help: 'What came in and was recorded, by platform and kind',
    labelNames: ['platform', 'kind'],
    registers: [registry],
  });
  const refused = new Counter({
    name: 'helpdesk_refused_total',
    help: 'What was refused or ignored at a platform, by reason',
    labelNames: ['platform', 'reason'],
    registers: [registry],
  });
  const failures = new Counter({
    name: 'helpdesk_delivery_failures_total',
    help: 'Tries to deliver something that failed, by platform',
    labelNames: ['platform'],
    registers: [registry],
  });
  const router = express.Router();
  router.get('/metrics', async (_request, response) => {
    response
      .set('Cache-Control', 'no-store')
      .type(registry.contentType)
      .send(await registry.metrics());
  });
  return {
    router,
    received: (platform, kind) => received.inc({ platform, kind }),
    refused: (platform, reason) => refused.inc({ platform, reason }),
    delivered: (platform) => failures.inc({ platform }),
  };
}
