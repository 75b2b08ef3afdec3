import { setTimeout as pause } from 'node:timers/promises';
import type { SocketModeReceiver } from '@slack/bolt';
import type { PlatformLog } from '../../core/platform';
import { isRefusal } from './failures';
import { pauseAfter } from './identity';

/** An open that has not come to Slack's hello by then is begun anew. */
const OPEN_MS = 15_000;
/** A connection that ends sooner counts as failed, so that one Slack keeps closing is not asked for without end. */
const LASTED_MS = 10_000;
/** For the polite way of closing; then the socket is cut. */
const CLOSE_MS = 1_000;

export type SocketClient = SocketModeReceiver['client'];

export interface ConnectionParts {
  client: SocketClient;
  log: PlatformLog;
  now: () => number;
  /** Slack does not accept the app-level token. */
  onRefused: (error: unknown) => void;
}

/**
 * One connection of Socket Mode, opened again whenever it ends. We do it ourselves: Slack's client, when it reconnects
 * by itself, answers a refusal with a rejection that nobody can catch, and then gives up.
 */
export class Connection {
  private aliveAt: number | null = null;
  private isOpen = false;
  private readonly stopping = new AbortController();
  private running: Promise<void> | null = null;

  constructor(private readonly parts: ConnectionParts) {
    const { client, now } = parts;
    client.on('connected', () => {
      this.isOpen = true;
      this.aliveAt = now();
    });
    client.on('disconnected', () => {
      if (this.isOpen) this.aliveAt = now();
      this.isOpen = false;
    });
  }

  /** When it was last known to work; null before the first time. Slack's client notices a dead peer within seconds. */
  lastAlive(): number | null {
    if (this.isOpen) this.aliveAt = this.parts.now();
    return this.aliveAt;
  }

  /** Resolves when it is open for the first time; never when it does not come to that. */
  run(): Promise<void> {
    return new Promise((opened) => {
      this.running ??= this.keepOpen(opened);
    });
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.close();
    await Promise.race([this.running, pause(CLOSE_MS, undefined, { ref: false })]);
  }

  private async keepOpen(opened: () => void): Promise<void> {
    const { signal } = this.stopping;
    for (let failures = 0; !signal.aborted; ) {
      const began = this.parts.now();
      try {
        const { ended } = await this.open();
        opened();
        await ended;
        failures = this.parts.now() - began < LASTED_MS ? failures + 1 : 0;
      } catch (error) {
        if (signal.aborted) return;
        if (isRefusal(error)) return this.parts.onRefused(error);
        failures += 1;
        this.parts.log.warn({ err: error, failures }, 'Slack: no connection; trying again');
      }
      await pause(pauseAfter(failures), undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** Resolves when Slack has said hello. */
  private async open(): Promise<{ ended: Promise<void> }> {
    const { client } = this.parts;
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    client.once('disconnected', end);
    const started = client.start().then(
      () => true,
      (error: unknown) => {
        throw error ?? new Error('the connection was closed before it was open');
      },
    );
    try {
      if (!(await Promise.race([started, pause(OPEN_MS, false, { ref: false })])))
        throw new Error('Slack said no hello');
      if (this.stopping.signal.aborted) throw new Error('stopped');
      return { ended };
    } catch (error) {
      started.catch(() => undefined);
      client.off('disconnected', end);
      await this.close();
      throw error;
    }
  }

  /** Politely at first; the second call cuts what the first one could not close. */
  private async close(): Promise<void> {
    for (let tries = 0; tries < 2; tries++) {
      const closed = this.parts.client.disconnect().then(() => true);
      if (await Promise.race([closed, pause(CLOSE_MS, false, { ref: false })])) return;
    }
  }
}
