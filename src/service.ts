import { createHelpdesk } from './app';
import { isLoopback } from './config';
import { CodedError } from './core/errors';
import type { Platform } from './core/message';
import type { Destination, PlatformSender } from './core/ports';
import { maskSecrets } from './core/secrets';
import type { Knowledge } from './knowledge';
import type { Log } from './log';
import { deskAssets, intentsFolder, packageRoot } from './package-files';
import { createWebPlatform } from './platforms/web';
import { createHttpServer } from './server/http';
import { openSqliteStore } from './stores/sqlite';
import { buildUnderstander, modelFiles } from './understanding';

export interface Service {
  url: string;
  /** False when HOST is no loopback address: then the desk's pages answer 403. */
  deskIsOpen: boolean;
  /** Finishes the turns under way, closes port and store. */
  stop(): Promise<void>;
}

/** Builds all parts and opens the port. Refuses rather than start half. */
export async function startService({ settings, content, organization }: Knowledge, log: Log): Promise<Service> {
  const store = await openSqliteStore(settings.dataDir);
  try {
    const { understander, from } = buildUnderstander(
      intentsFolder(),
      content,
      modelFiles(packageRoot(), settings.dataDir),
    );
    const clock = { now: () => Date.now() };
    const senders = new Map<Platform, PlatformSender>();
    const destinations = new Map<string, Destination>();
    const loopback = isLoopback(settings.host);
    const web = createWebPlatform({
      inbox: { receive: (incoming) => helpdesk.turns.receive(incoming) },
      reader: {
        chat: (conversation, after) => store.chat(conversation, after),
        ticketViews: () => helpdesk.ticketViews(),
      },
      clock,
      mask: maskSecrets,
      loopback,
      assets: deskAssets(),
      log,
    });
    senders.set('web', web.sender);
    destinations.set('desk', web.desk);
    const helpdesk = createHelpdesk({
      content,
      understander,
      organization,
      store,
      clock,
      senders,
      destinations,
      onTurnFailed: (reference, incoming, error) =>
        log.error({ err: error, reference, conversation: incoming.conversation, key: incoming.key }, 'turn failed'),
      onDeliveryFailed: (row, error) => log.warn({ outbox: row?.id, key: row?.key, error }, 'delivery failed'),
    });
    const server = createHttpServer({
      host: settings.host,
      port: settings.port,
      mounts: [{ router: web.router }],
      health: { store: async () => void (await store.tickets({ closed: false, limit: 1 })) },
      log,
    });
    const resumed = await helpdesk.turns.resume();
    helpdesk.outbox.start();
    const { url } = await server.listen().catch((error: NodeJS.ErrnoException) => {
      const where = `Port ${settings.port} on ${settings.host}.`;
      if (error.code === 'EADDRINUSE') throw new CodedError('PORT_IN_USE', where, error);
      if (['EADDRNOTAVAIL', 'EACCES', 'ENOTFOUND'].includes(error.code ?? ''))
        throw new CodedError('ADDRESS_REFUSED', where, error);
      throw error;
    });
    log.info({ url, model: from, scenarios: content.scenarios.length, resumed }, 'ready');
    return {
      url,
      deskIsOpen: loopback,
      stop: async () => {
        await server.close();
        await helpdesk.turns.idle();
        await helpdesk.outbox.stop();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
