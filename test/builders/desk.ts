import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { readSettings } from '../../src/config';
import { loadContent } from '../../src/content/load';
import { noOrganization } from '../../src/core/organization';
import type { Store } from '../../src/core/ports';
import { startService } from '../../src/service';
import { knowledge } from './bot';

export interface DeskOptions {
  /** The built page: `buildDesk()` of `build-desk.ts`. */
  assets: string;
  /** The data folder; by default a store in memory. */
  folder?: string;
  /** The folder of the content; by default the shipped one. */
  intents?: string;
  /** False: on all addresses, where the desk has to stay closed. */
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
  /** What was logged as a warning or worse: turns and deliveries that failed. */
  failures: string[];
  /** Resolves when everything received so far is answered and delivered. */
  idle(): Promise<void>;
  /** Ends as the service does: what is under way is finished first. */
  stop(): Promise<void>;
  /** Ends as a crash does: nothing is waited for, what was not written is gone. */
  kill(): Promise<void>;
}

/** The service itself on a port of its own, with the shipped content and no chat platform. */
export async function startDesk(options: DeskOptions): Promise<RunningDesk> {
  const { assets, folder = ':memory:', loopback = true, port = 0, around, intents } = options;
  const settings = readSettings({
    PORT: String(port),
    HOST: loopback ? '127.0.0.1' : '0.0.0.0',
    DATA_DIR: folder,
    // Tests write faster than people do; floods have tests of their own.
    MESSAGES_PER_PERSON: '0',
  });
  const failures: string[] = [];
  const log = pino({ level: 'warn', base: null }, { write: (entry: string) => void failures.push(entry) });
  const content = intents === undefined ? knowledge().content : loadContent(intents);
  const service = await startService({ settings, content, organization: noOrganization }, log, {
    assets,
    ...(around ? { around } : {}),
    ...(intents === undefined ? {} : { intents }),
  });
  const { turns, outbox } = service.helpdesk;
  return {
    url: service.url,
    port: service.port,
    store: service.store,
    failures,
    idle: async () => {
      await turns.idle();
      await outbox.settled();
    },
    stop: () => service.stop(),
    kill: () => service.kill(),
  };
}

/** A data folder that is gone after use. */
export async function dataFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'helpdesk-data-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
