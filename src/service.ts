import { join } from 'node:path';
import { createHelpdesk, type Helpdesk } from './app';
import { isLoopback, type Settings } from './config';
import { CodedError } from './core/errors';
import type { Platform } from './core/message';
import { type Clock, carrierOf, type Destination, type Directory, type PlatformSender, type Store } from './core/ports';
import { webhooksOf } from './core/routes';
import { maskSecrets } from './core/secrets';
import { awsAccessOf, createDestinations } from './destinations';
import { createFrontDoor } from './front-door';
import { createInsightDesk } from './insight-desk';
import { checkPlans, type Knowledge } from './knowledge';
import { Budgets, type Counters, floodLimits, memoryCounters, minuteS, usesOf } from './limits/budgets';
import { LiveContent } from './live-content';
import type { Log } from './log';
import { createMetrics } from './metrics';
import { deskAssets, intentsFolder, packageRoot, packageVersion } from './package-files';
import { chatPlatforms, previewAs } from './platforms';
import { createWebPlatform } from './platforms/web';
import { Retention } from './privacy/retention';
import { heartbeatTo } from './server/heartbeat';
import { createHttpServer } from './server/http';
import { openPostgresStore } from './stores/postgres';
import { openPostgresCounters } from './stores/postgres-counters';
import { openSqliteStore } from './stores/sqlite';
import { Teaching } from './teaching';
import { buildUnderstander, modelFiles } from './understanding';
import { ReportSender } from './weekly-report';

export interface Service {
  url: string;
  port: number;
  /** False when HOST is no loopback address: then the desk's pages answer 403. */
  deskIsOpen: boolean;
  /** Names of the chat platforms that are served. */
  platforms: string[];
  store: Store;
  helpdesk: Helpdesk;
  /** Content that changes while the service runs. */
  reload: LiveContent['reload'];
  /** Finishes the turns under way, closes port and store. */
  stop(): Promise<void>;
  /** Ends as a crash does: nothing is waited for, what was not written is gone. */
  kill(): Promise<void>;
}

/** What whoever starts the service may bring along; a deployment needs none of it. */
export interface ServiceOptions {
  clock?: Clock;
  /** Folder of what the bot knows and says. */
  intents?: string;
  /** Folder of the built page. */
  assets?: string;
  /** Puts an edge around the real store, for what a store does only on a bad day. */
  around?: (store: Store) => Store;
  /** Where the secrets are that the organisation file names by their variables. */
  env?: NodeJS.ProcessEnv;
  /** An error after which only a new start helps. */
  onFatal?: (error: Error) => void;
}

/** How long turns, and then deliveries, may take to end after a stop; with what the port and the platforms need, less than 10 s. */
const finishMs = 2_500;

/** Builds all parts and opens the port. Refuses rather than start half. */
export async function startService(knowledge: Knowledge, log: Log, options: ServiceOptions = {}): Promise<Service> {
  const { around = (store: Store) => store } = options;
  const store = around(await openStore(knowledge.settings, log));
  try {
    return await startParts(knowledge, log, store, options);
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** PostgreSQL, for any number of processes, where an address is given; else the embedded store, for this one alone. */
const openStore = ({ databaseUrl, dataDir }: Settings, log: Log): Promise<Store> =>
  databaseUrl === null
    ? openSqliteStore(dataDir)
    : openPostgresStore(databaseUrl, {
        onLost: (error) => log.warn({ err: error }, 'a connection to the database broke; the next use makes another'),
      });

async function startParts(
  { settings, content, organization }: Knowledge,
  log: Log,
  bareStore: Store,
  options: ServiceOptions,
): Promise<Service> {
  const { clock = { now: () => Date.now() }, intents = intentsFolder(), env = process.env } = options;
  // The build's model is that of the content it was built with.
  const keptIn = options.intents === undefined ? modelFiles(packageRoot(), settings.dataDir) : [];
  const { from, ...understanding } = buildUnderstander(intents, content, keptIn);
  const live = new LiveContent({
    root: intents,
    content,
    ...understanding,
    dataDir: settings.databaseUrl === null && settings.dataDir !== ':memory:' ? settings.dataDir : null,
    accept: (changed) => checkPlans(organization, changed),
    clock,
    log,
  });
  const metrics = createMetrics({ clock, version: packageVersion() });
  const store = metrics.store(bareStore);
  const senders = new Map<Platform, PlatformSender>();
  const directories = new Map<Platform, Directory>();
  const destinations = new Map<string, Destination>();
  const loopback = deskMayOpen(settings);
  const floods = await openFloodCounters(settings);
  const inbox = createFrontDoor({
    inbox: { receive: (incoming) => helpdesk.turns.receive(incoming) },
    content: () => live.content,
    understander: live.understander,
    senders,
    budgets: new Budgets(settings.limits, floods.counters),
    received: metrics.received,
    refused: metrics.refused,
    warn: (fields, message) => log.warn(fields, message),
  });
  const teaching = new Teaching({
    root: intents,
    heldOutFolder: join(packageRoot(), 'test/utterances/en'),
    content: () => live.content,
    memory: store,
  });
  const web = createWebPlatform({
    insight: createInsightDesk({ store, clock, organization, live, teaching, previewAs }),
    inbox,
    reader: {
      chat: (conversation, after) => store.chat(conversation, after),
      ticketViews: () => helpdesk.ticketViews(),
      duty: () => helpdesk.duty(),
    },
    clock,
    mask: maskSecrets,
    loopback,
    signIn: settings.signIn,
    assets: options.assets ?? deskAssets(),
    log,
  });
  senders.set('web', metrics.sender('web', web.sender));
  destinations.set('desk', metrics.destination('desk', web.desk));
  const chats = chatPlatforms(settings, {
    inbox,
    store,
    content: () => live.content,
    organization,
    clock,
    log,
    metrics,
    ticketView: (id, place) => helpdesk.ticketView(id, place),
    homeView: (conversation, isAdmin) => helpdesk.homeView(conversation, isAdmin),
    onFatal: options.onFatal ?? ((error) => log.fatal({ err: error }, 'cannot go on')),
  });
  for (const { name, platform } of chats) {
    senders.set(name, metrics.sender(name, platform.sender));
    directories.set(name, platform.directory);
    destinations.set(name, metrics.destination(name, platform.destination));
  }
  const { webhooks } = webhooksOf(organization, env);
  const ways = createDestinations(
    { mail: settings.mail, awsSupportCases: settings.awsSupportCases, awsAccess: awsAccessOf(env), webhooks },
    organization,
    { memory: store, ticket: (id, place) => helpdesk.ticketInWords(id, place), clock, mask: maskSecrets },
    (ticket, caseId) => log.info({ ticket, case: caseId }, 'a case is open with AWS Support'),
  );
  for (const [carrier, destination] of ways) destinations.set(carrier, destination);
  const helpdesk = createHelpdesk({
    content,
    currentContent: () => live.content,
    understander: metrics.understander(live.understander),
    organization,
    store,
    clock,
    senders,
    directories,
    destinations,
    calendars: {
      folder: join(settings.dataDir, 'calendars'),
      env,
      onFailed: (schedule, reason) =>
        log.warn({ schedule, reason }, 'a calendar cannot be read; its last copy is used'),
    },
    onTurnHandled: ({ platform }, milliseconds) => metrics.handled(platform, milliseconds),
    onTurnFailed: (reference, incoming, error) => {
      metrics.turnFailed(incoming.platform);
      log.error({ err: error, reference, conversation: incoming.conversation, key: incoming.key }, 'turn failed');
    },
    onInboxLost: (error) =>
      log.error({ err: error }, 'the inbox cannot be read; what comes in is refused until it can'),
    onDeliveryFailed: (row, error) => {
      if (row) metrics.delivered(carrierOf(row.outgoing), 'failed');
      log.warn({ outbox: row?.id, key: row?.key, error }, 'delivery failed');
    },
    onCycleFailed: (error) => log.error({ err: error }, 'the escalation cycle failed; it is tried again'),
    ...(settings.heartbeatUrl === null ? {} : { heartbeat: heartbeatTo(settings.heartbeatUrl) }),
    onAuditFailed: (error) => log.error({ err: error }, 'the auditor could not do its work; it tries again'),
  });
  const report = new ReportSender({
    store,
    organization,
    clock,
    content: () => live.content,
    model: () => live.model,
    connected: destinations,
    onQueued: () => helpdesk.outbox.wake(),
    onFailed: (error) => log.error({ err: error }, 'the weekly report could not be made; it is tried again'),
  });
  const retention = new Retention({
    store,
    clock,
    organization,
    onSwept: (deleted) => {
      if (Object.values(deleted).some((count) => count > 0)) log.info({ deleted }, 'kept long enough, deleted');
    },
    onFailed: (error) => log.error({ err: error }, 'old data could not be deleted; it is tried again in an hour'),
  });
  const server = createHttpServer({
    host: settings.host,
    port: settings.port,
    mounts: [
      ...chats.flatMap(({ platform }) => (platform.router ? [{ router: platform.router }] : [])),
      { router: metrics.router },
      { router: web.router },
    ],
    health: {
      store: async () => void (await store.tickets({ closed: false, limit: 1 })),
      ...Object.fromEntries(chats.map(({ name, platform }) => [name, () => platform.health()])),
    },
    concerns: () => helpdesk.auditor.concerns(),
    log,
  });
  const resumed = await helpdesk.turns.resume();
  // Credentials are proved before the port opens: a bot that may not speak must not look as if it listened.
  await Promise.all(chats.map(({ platform }) => platform.start()));
  const { url, port } = await listen(server, settings);
  helpdesk.turns.start();
  helpdesk.outbox.start();
  void lookAtDuty(helpdesk, destinations, log);
  helpdesk.cycle.start();
  report.start();
  retention.start();
  helpdesk.auditor.start();
  const platforms = chats.map(({ name }) => name);
  log.info({ url, model: from, scenarios: content.scenarios.length, platforms, resumed }, 'ready');
  return {
    url,
    port,
    deskIsOpen: loopback || settings.signIn !== null,
    platforms,
    store,
    helpdesk,
    reload: live.reload,
    stop: async () => {
      await Promise.all([live.reload.stop(), report.stop(), retention.stop()]);
      await Promise.all([server.close(), ...chats.map(({ platform }) => platform.stop())]);
      helpdesk.roster.stop();
      await helpdesk.turns.stop(finishMs);
      await helpdesk.cycle.stop();
      await helpdesk.auditor.stop();
      await helpdesk.outbox.stop(finishMs);
      await floods.close();
      await store.close();
    },
    kill: async () => {
      helpdesk.turns.kill();
      helpdesk.roster.stop();
      await helpdesk.cycle.stop();
      await helpdesk.auditor.stop();
      await retention.stop();
      await floods.close();
      void live.reload.stop();
      void report.stop();
      await store.close();
      await Promise.all([
        server.close(),
        helpdesk.outbox.stop(finishMs),
        ...chats.map(({ platform }) => platform.stop()),
      ]);
    },
  };
}

/** Begins to read calendars, and warns of each time soon in which a route reaches nobody. It holds up no start. */
async function lookAtDuty(
  { roster }: Helpdesk,
  destinations: ReadonlyMap<string, Destination>,
  log: Log,
): Promise<void> {
  try {
    await roster.start();
    if ([...destinations.keys()].every((carrier) => carrier === 'desk')) return;
    for (const gap of await roster.gaps(destinations)) log.warn({ gap }, 'nobody is reached for a time');
  } catch (error) {
    log.warn({ err: error }, 'who is on call cannot be looked up');
  }
}

/**
 * The desk has no sign-in, so it serves this machine alone. A proxy in front of a loopback address makes it reachable
 * without a trace in the request; PUBLIC_URL is how an operator says that there is one.
 */
function deskMayOpen({ host, publicUrl }: Settings): boolean {
  return isLoopback(host) && (publicUrl === null || isLoopback(new URL(publicUrl).hostname));
}

/** One for all processes where they share a database. */
async function openFloodCounters({
  databaseUrl,
  limits,
}: Settings): Promise<{ counters: Counters; close(): Promise<void> }> {
  if (databaseUrl === null) return { counters: memoryCounters, close: async () => {} };
  const shared = openPostgresCounters(databaseUrl);
  try {
    const made = new Map<string, Awaited<ReturnType<typeof shared.counter>>>();
    for (const [name, limit] of Object.entries(floodLimits(limits)))
      made.set(name, await shared.counter(name, limit, minuteS));
    const counters: Counters = (name) => async (key) =>
      usesOf(await made.get(name)!(key).catch((full: unknown) => full));
    return { counters, close: () => shared.close() };
  } catch (error) {
    await shared.close();
    throw error;
  }
}

const listen = (server: ReturnType<typeof createHttpServer>, { host, port }: { host: string; port: number }) =>
  server.listen().catch((error: NodeJS.ErrnoException) => {
    const where = `Port ${port} on ${host}.`;
    if (error.code === 'EADDRINUSE') throw new CodedError('PORT_IN_USE', where, error);
    if (['EADDRNOTAVAIL', 'EACCES', 'ENOTFOUND'].includes(error.code ?? ''))
      throw new CodedError('ADDRESS_REFUSED', where, error);
    throw error;
  });
