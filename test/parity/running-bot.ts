import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import Database from 'better-sqlite3';
import pino from 'pino';
import { readSettings } from '../../src/config';
import type { Organization } from '../../src/core/organization';
import type { Clock, Store } from '../../src/core/ports';
import { type Service, startService } from '../../src/service';
import { knowledge } from '../builders/bot';
import { withMethods } from '../fakes/store-edge';
import { Gate } from './gate';
import type { BotControls, Moment } from './stage';

export interface RunningBotOptions {
  /** Settings of the platforms, as a deployment sets them. */
  env: Record<string, string>;
  organization: Organization;
  /** Tells the fakes where it listens, at each start. */
  onListening: (url: string) => void;
}

/** A clock that goes with the machine's, and can be moved on. */
class BotClock implements Clock {
  private ahead = 0;
  now(): number {
    return Date.now() + this.ahead;
  }
  advance(milliseconds: number): void {
    this.ahead += milliseconds;
  }
}

/**
 * The store waits for the disk at each commit, hundreds of times in a run. What is in memory outlives a killed bot as
 * well, since the process of the tests goes on.
 */
const fastFolder = (): string => (existsSync('/dev/shm') ? '/dev/shm' : tmpdir());

const patienceMs = 30_000;
const errorLevel = 50;

/** The real service on a port and a data folder of its own, and what may happen to it. */
export class RunningBot implements BotControls {
  readonly clock = new BotClock();
  private running: Service | null = null;
  private database: Database.Database | null = null;
  private readonly lines: { level: number; text: string }[] = [];
  private errorsExpected = false;
  private held: { moment: Moment; gate: Gate; reached: () => void } | null = null;
  private storeFails = false;
  /** While the platform is in trouble, what cannot leave need not be waited for. */
  troubles = 0;

  private constructor(
    private readonly options: RunningBotOptions,
    private readonly folder: string,
  ) {}

  static async start(options: RunningBotOptions): Promise<RunningBot> {
    const bot = new RunningBot(options, await mkdtemp(path.join(fastFolder(), 'parity-')));
    await bot.start();
    return bot;
  }

  get service(): Service {
    if (!this.running) throw new Error('the bot does not run');
    return this.running;
  }
  get store(): Store {
    return this.service.store;
  }

  async start(): Promise<void> {
    const env = { ...this.options.env, PORT: '0', HOST: '127.0.0.1', DATA_DIR: this.folder };
    const settings = readSettings(env);
    const { content } = knowledge();
    const alive = { logs: true };
    this.muteLast = () => {
      alive.logs = false;
    };
    this.running = await startService(
      { settings, content, organization: this.options.organization },
      this.logger(alive),
      {
        clock: this.clock,
        assets: this.folder,
        around: (store) => this.edge(store),
        onFatal: (error) => this.lines.push({ level: 60, text: String(error) }),
      },
    );
    this.options.onListening(this.running.url);
  }
  private muteLast: () => void = () => {};

  async stop(): Promise<void> {
    this.releaseHeld();
    const service = this.service;
    this.running = null;
    await service.stop();
  }

  async kill(): Promise<void> {
    const service = this.service;
    this.running = null;
    // A process that is gone writes no log, and nothing it was about to do happens.
    this.muteLast();
    const gone = service.kill();
    this.releaseHeld(new Error('the process is gone'));
    await gone;
  }

  /** Ends it and removes its folder. */
  async end(): Promise<void> {
    if (this.running) await this.stop();
    this.database?.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  get isHeld(): boolean {
    return this.held !== null;
  }
  hold(moment: Moment): { reached: Promise<void>; release(): void } {
    if (this.held) throw new Error('the bot is held already');
    const gate = new Gate();
    const reached = new Promise<void>((resolve) => {
      this.held = { moment, gate, reached: resolve };
    });
    return { reached, release: () => this.releaseHeld() };
  }

  storeDown(): { lift(): void } {
    this.storeFails = true;
    return {
      lift: () => {
        this.storeFails = false;
      },
    };
  }

  advance(milliseconds: number): void {
    this.clock.advance(milliseconds);
    this.running?.helpdesk.outbox.wake();
  }

  /** What waits will be tried at once. */
  hurry(): void {
    const due = this.rows('SELECT max(due_at) AS at FROM outbox WHERE state = ?', 'ready')[0]?.at;
    const ahead = Number(due ?? 0) - this.clock.now();
    this.advance(Math.max(ahead + 1, 0));
  }

  async readiness(): Promise<{ ready: boolean; checks: Record<string, string> }> {
    const response = await fetch(`${this.service.url}readyz`);
    return JSON.parse(await response.text()) as { ready: boolean; checks: Record<string, string> };
  }

  async metric(name: string, labels: Record<string, string>): Promise<number> {
    const text = await (await fetch(`${this.service.url}metrics`)).text();
    const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
    return text
      .split('\n')
      .filter((line) => line.startsWith(`${name}{`) && wanted.every((label) => line.includes(label)))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
  }

  async recorded(): Promise<number> {
    return Number(this.rows('SELECT count(*) AS count FROM inbox')[0]!.count);
  }
  async waiting(): Promise<number> {
    return Number(this.rows("SELECT count(*) AS count FROM outbox WHERE state IN ('ready', 'sending')")[0]!.count);
  }
  /** The newest line of any chat, to tell what is said from now on. */
  lastChatLine(): number {
    return Number(this.rows('SELECT max(id) AS id FROM chat')[0]?.id ?? 0);
  }

  log(): string {
    return this.lines.map(({ text }) => text).join('');
  }
  private logger(alive: { logs: boolean }): pino.Logger {
    const write = (line: string) => {
      if (alive.logs) this.lines.push({ level: (JSON.parse(line) as { level: number }).level, text: line });
    };
    const stream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        write(chunk.toString('utf8'));
        done();
      },
    });
    return pino({ level: 'debug', base: null }, stream);
  }

  expectErrors(): void {
    this.errorsExpected = true;
  }

  /** What a behaviour must not leave behind, in words; forgets it for the next one. */
  takeFaults(): string[] {
    const errors = this.lines.filter(({ level }) => level >= errorLevel).map(({ text }) => `logged: ${text.trim()}`);
    this.lines.length = 0;
    const expected = this.errorsExpected;
    this.errorsExpected = false;
    this.troubles = 0;
    const inbox = this.rows("SELECT key FROM inbox WHERE state = 'new'").map(({ key }) => `left in the inbox: ${key}`);
    const outbox = this.rows("SELECT key, error FROM outbox WHERE state IN ('ready', 'sending')").map(
      ({ key, error }) => `left in the outbox: ${key} (${error})`,
    );
    return [...(expected ? [] : errors), ...inbox, ...outbox];
  }

  /** Resolves when everything received so far is answered, and all that can leave has left. */
  async settled(): Promise<void> {
    const limit = Date.now() + patienceMs;
    for (;;) {
      if (!this.running) return;
      const { turns, outbox } = this.running.helpdesk;
      if (!this.held) await turns.idle();
      if (!this.held) await outbox.settled();
      if (this.held || this.troubles > 0 || (await this.waiting()) === 0) return;
      if (Date.now() > limit) throw new Error(`what waits does not leave: ${this.takeFaults().join('; ')}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Reads the data folder from outside, as an operator could. */
  rows(sql: string, ...values: unknown[]): Record<string, unknown>[] {
    this.database ??= new Database(path.join(this.folder, 'helpdesk.sqlite'), { readonly: true });
    return this.database.prepare(sql).all(...values) as Record<string, unknown>[];
  }

  /** Earlier tickets are no longer a crowd that new ones stand behind: who comes now has nothing to do with them. */
  forgetCrowd(): void {
    const database = new Database(path.join(this.folder, 'helpdesk.sqlite'), { timeout: patienceMs });
    database.exec('UPDATE tickets SET flood_key = NULL WHERE flood_key IS NOT NULL');
    database.close();
  }

  private releaseHeld(error?: Error): void {
    const held = this.held;
    this.held = null;
    held?.gate.open(error);
  }

  private async at(moment: Moment): Promise<void> {
    if (this.held?.moment !== moment) return;
    const { gate, reached } = this.held;
    reached();
    await gate.opened;
  }

  /** The real store, but for what happens to it on a bad day. */
  private edge(store: Store): Store {
    const broken = (): void => {
      if (this.storeFails) throw new Error('the disk does not answer');
    };
    return withMethods(store, {
      record: async (...asked) => {
        broken();
        return store.record(...asked);
      },
      commitTurn: async (turn) => {
        broken();
        await this.at('before the commit');
        return store.commitTurn(turn);
      },
      takeOutbox: async (...asked) => {
        if (this.held?.moment === 'before sending') {
          if ((await this.waiting()) > 0) this.held.reached();
          return [];
        }
        return store.takeOutbox(...asked);
      },
      finishOutbox: async (id, owner, result) => {
        if (result.kind === 'sent') await this.at('after sending');
        return store.finishOutbox(id, owner, result);
      },
    });
  }
}
