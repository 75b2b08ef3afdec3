import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createHelpdesk } from '../../src/app';
import { noOrganization } from '../../src/core/organization';
import type { Destination, PlatformSender, Store } from '../../src/core/ports';
import { maskSecrets } from '../../src/core/secrets';
import { createWebPlatform } from '../../src/platforms/web';
import { createHttpServer } from '../../src/server/http';
import { openSqliteStore } from '../../src/stores/sqlite';
import { knowledge } from './bot';

export interface DeskOptions {
  /** The built page: `buildDesk()` of `build-desk.ts`. */
  assets: string;
  /** The data folder; by default a store in memory. */
  folder?: string;
  loopback?: boolean;
  /** By default any free port. */
  port?: number;
  /** Puts an edge around the real store, for what a store does only on a bad day: failing, being slow. */
  around?: (store: Store) => Store;
}

export interface RunningDesk {
  url: string;
  port: number;
  store: Store;
  /** What was logged as a failure: turns and deliveries. */
  failures: string[];
  /** Resolves when everything received so far is answered and delivered. */
  idle(): Promise<void>;
  /** Ends as the service does: what is under way is finished first. */
  stop(): Promise<void>;
  /** Ends as a crash does: nothing is waited for, what was not written is gone. */
  kill(): Promise<void>;
}

/** The whole service on a port of its own, put together as `startService` does, with the shipped content. */
export async function startDesk(options: DeskOptions): Promise<RunningDesk> {
  const { assets, folder = ':memory:', loopback = true, port = 0, around = (store) => store } = options;
  const store = around(await openSqliteStore(folder));
  const clock = { now: () => Date.now() };
  const failures: string[] = [];
  const note = (fields: object, message: string) =>
    void failures.push(`${message}: ${'err' in fields ? String(fields.err) : ''}`);
  const log = { info: () => {}, warn: note, error: note };
  const web = createWebPlatform({
    inbox: { receive: (incoming) => helpdesk.turns.receive(incoming) },
    reader: {
      chat: (conversation, after) => store.chat(conversation, after),
      ticketViews: () => helpdesk.ticketViews(),
    },
    clock,
    mask: maskSecrets,
    loopback,
    assets,
    log,
  });
  const helpdesk = createHelpdesk({
    ...knowledge(),
    organization: noOrganization,
    store,
    clock,
    senders: new Map<'web', PlatformSender>([['web', web.sender]]),
    destinations: new Map<string, Destination>([['desk', web.desk]]),
    onTurnFailed: (_reference, _incoming, error) => note({ err: error }, 'turn failed'),
    onDeliveryFailed: (_row, error) => note({ err: error }, 'delivery failed'),
  });
  const server = createHttpServer({
    host: '127.0.0.1',
    port,
    mounts: [{ router: web.router }],
    health: { store: async () => void (await store.tickets({ closed: false, limit: 1 })) },
    log,
  });
  await helpdesk.turns.resume();
  helpdesk.outbox.start();
  const listening = await server.listen();
  return {
    url: listening.url,
    port: listening.port,
    store,
    failures,
    idle: async () => {
      await helpdesk.turns.idle();
      await helpdesk.outbox.settled();
    },
    stop: async () => {
      await server.close();
      await helpdesk.turns.idle();
      await helpdesk.outbox.stop();
      await store.close();
    },
    kill: async () => {
      await store.close();
      await Promise.all([server.close(), helpdesk.outbox.stop()]);
    },
  };
}

/** A data folder that is gone after use. */
export async function dataFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'helpdesk-data-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
