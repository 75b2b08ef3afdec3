import { setTimeout as pause } from 'node:timers/promises';
import type { App, Logger, Receiver } from '@slack/bolt';
import type { PlatformLog } from '../../core/platform';
import { Connection } from './connection';
import { slackWord } from './failures';
import { refused } from './identity';
import type { SlackSettings } from './settings';
import type { WayIn } from './way-in';
import { type Bolt, clientOptions } from './web-api';

export interface SocketParts {
  bolt: Bolt;
  settings: SlackSettings & { appToken: string };
  logger: Logger;
  log: PlatformLog;
  now: () => number;
  onFatal: (error: ReturnType<typeof refused>) => void;
  /** How soon a peer that does not answer counts as dead. */
  pingTimeoutMs: number | undefined;
}

/** Slack closes a connection every few hours to move it, and tells each event to one of them: with two none waits. */
const CONNECTIONS = 2;
/** How long a start waits for the first connection before it goes on without. */
const START_MS = 5_000;
/** So long nothing has come in that people would notice. */
const SILENT_MS = 60_000;

/** Socket Mode over two connections. */
export class Sockets implements Receiver, WayIn {
  readonly receiver = this;
  readonly router = null;
  private readonly receivers: InstanceType<Bolt['SocketModeReceiver']>[];
  private readonly connections: Connection[];
  private refusal: unknown = null;
  private isStarting = true;
  private onRefused: (error: unknown) => void = () => {};

  constructor(private readonly parts: SocketParts) {
    const { bolt, settings, logger, log, now, pingTimeoutMs } = parts;
    this.receivers = Array.from(
      { length: CONNECTIONS },
      () =>
        new bolt.SocketModeReceiver({
          appToken: settings.appToken,
          logger,
          autoReconnectEnabled: false,
          installerOptions: { clientOptions: clientOptions(settings, logger) },
          // What we could not take is not acked, so that Slack sends it again; `RecordFirstApp` has logged it.
          processEventErrorHandler: async () => false,
          ...(pingTimeoutMs ? { clientPingTimeout: pingTimeoutMs } : {}),
        }),
    );
    this.connections = this.receivers.map(
      ({ client }) => new Connection({ client, log, now, onRefused: (error) => this.wasRefused(error) }),
    );
  }

  init(app: App): void {
    for (const receiver of this.receivers) receiver.init(app);
  }

  /** Throws when Slack does not accept the app-level token. Otherwise goes on trying by itself. */
  async start(): Promise<void> {
    const wasRefused = new Promise<void>((resolve) => {
      this.onRefused = () => resolve();
    });
    const opened = this.connections.map((connection) => connection.run());
    const first = await Promise.race([...opened, wasRefused, pause(START_MS, 'late' as const, { ref: false })]);
    this.isStarting = false;
    if (this.refusal) throw this.error();
    if (first === 'late') this.parts.log.warn({}, 'Slack: no connection yet; trying on');
  }

  health(): void {
    const alive = this.connections.map((connection) => connection.lastAlive()).filter((at) => at !== null);
    if (alive.length === 0) throw new Error('no connection to Slack yet');
    const silent = this.parts.now() - Math.max(...alive);
    if (silent > SILENT_MS) throw new Error(`no connection to Slack for ${Math.round(silent / 1000)} s`);
  }

  async stop(): Promise<void> {
    await Promise.all(this.connections.map((connection) => connection.stop()));
  }

  private wasRefused(error: unknown): void {
    if (this.refusal) return;
    this.refusal = error;
    this.onRefused(error);
    if (!this.isStarting) this.parts.onFatal(this.error());
  }

  private error(): ReturnType<typeof refused> {
    const word = slackWord(this.refusal);
    return refused(`SLACK_APP_TOKEN is not accepted (${word}); it needs the scope connections:write.`, this.refusal);
  }
}
