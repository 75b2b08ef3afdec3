import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { HomeView } from '../../../src/core/home-view';
import type { Incoming, Reply } from '../../../src/core/message';
import type { PlatformParts } from '../../../src/core/platform';
import type { Outgoing, Store } from '../../../src/core/ports';
import { maskSecrets } from '../../../src/core/secrets';
import type { TicketView } from '../../../src/core/ticket-view';
import { createSlackPlatform, neededScopes, type SlackOptions, type SlackPlatform } from '../../../src/platforms/slack';
import { openSqliteStore } from '../../../src/stores/sqlite';
import { reply } from '../../builders/store';
import { FakeSlack, type FakeSlackOptions, type SlackMessage, type SlackUser } from '../../fakes/slack/slack';

export interface EdgeOptions {
  slack?: FakeSlackOptions;
  socket?: boolean;
  admins?: string[] | null;
  timing?: SlackOptions['timing'];
  /** Starts the platform; on by default. */
  start?: boolean;
}

export const words: PlatformParts['words'] = {
  notYourButton: 'These buttons belong to somebody else.',
  unknownCard: 'I do not know this card.',
  closed: 'This step is done.',
  answeredPrivately: 'I have answered you in a direct message.',
  home: { mine: 'Your requests', none: 'You have no open request.', queue: 'Waiting', empty: 'Nobody is waiting.' },
};

/** The Slack edge alone: real Bolt against the fake workspace, a real store, and an inbox that notes what came in. */
export class SlackEdge {
  readonly received: Incoming[] = [];
  readonly logged: { level: string; fields: object; message: string }[] = [];
  readonly refused: string[] = [];
  readonly fatal: Error[] = [];
  readonly views = new Map<number, TicketView>();
  home: HomeView = { start: reply('Hello!'), mine: [], queue: null };
  homesAsked: { person: string; isAdmin: boolean }[] = [];
  /** How far the bot's clock is ahead, in milliseconds. */
  ahead = 0;
  /** What recording waits for, or fails with. */
  recording: () => Promise<void> = async () => {};

  private constructor(
    readonly slack: FakeSlack,
    readonly store: Store,
    readonly platform: SlackPlatform,
    private readonly close: () => Promise<void>,
  ) {}

  static async start(options: EdgeOptions = {}): Promise<SlackEdge> {
    const slack = await FakeSlack.start({ scopes: [...neededScopes], patienceMs: 20_000, ...options.slack });
    const store = await openSqliteStore(':memory:');
    const holder: { edge?: SlackEdge } = {};
    const edge = () => holder.edge!;
    const log = (level: string) => (fields: object, message: string) => edge().logged.push({ level, fields, message });
    const parts: PlatformParts = {
      inbox: {
        async receive(incoming) {
          await edge().recording();
          if ((await store.record(incoming)) === 'known') return 'duplicate';
          edge().received.push(incoming);
          return 'recorded';
        },
      },
      memory: store,
      reader: {
        ticketView: async (id) => edge().views.get(id) ?? null,
        home: async (person, _conversation, isAdmin) => {
          edge().homesAsked.push({ person: person.name, isAdmin });
          return edge().home;
        },
      },
      words,
      clock: { now: () => Date.now() + edge().ahead },
      mask: maskSecrets,
      admins: options.admins ?? null,
      log: { info: log('info'), warn: log('warn'), error: log('error') },
      refused: (platform, reason) => edge().refused.push(`${platform} ${reason}`),
    };
    const { socket, timing } = options;
    const platform = createSlackPlatform(
      {
        botToken: slack.botToken,
        signingSecret: socket ? null : slack.signingSecret,
        appToken: socket ? slack.appToken : null,
        apiUrl: slack.apiUrl,
      },
      parts,
      { onFatal: (error) => edge().fatal.push(error), ...(timing ? { timing } : {}) },
    );
    const server = platform.router ? createServer(express().use(platform.router)) : null;
    if (server) {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      slack.requestUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
    }
    holder.edge = new SlackEdge(slack, store, platform, async () => {
      await platform.stop();
      server?.close();
      server?.closeAllConnections();
      await store.close();
      await slack.stop();
    });
    if (options.start ?? true) await platform.start();
    return holder.edge;
  }

  /** Ends everything, and fails on anything the fake found wrong in what we sent. */
  async stop(): Promise<void> {
    const { violations } = this.slack;
    await this.close();
    if (violations.length > 0) throw new Error(`what Slack would not take:\n${violations.join('\n')}`);
  }

  privately(user: SlackUser): string {
    return `slack:${this.slack.team.id}:${user.id}`;
  }

  /** Sends one answer, as the outbox would. */
  answer(conversation: string, parts: Partial<Reply> & { text?: string } = {}, how: Partial<Sending> = {}) {
    const { text = 'Try this.', ...rest } = parts;
    const { turn = 1, replaces = false, key = `turn-${turn}`, attempt = 1 } = how;
    const lines = how.lines ?? [{ from: 'bot' as const, reply: reply(text, rest) }];
    return this.platform.sender.send(
      { kind: 'reply', platform: 'slack', conversation, turn, lines, replaces },
      key,
      attempt,
    );
  }

  ping(view: TicketView, destination: string, key = `ping-${view.version}`, attempt = 1) {
    this.views.set(view.id, view);
    const what = view.version === 1 ? 'opened' : 'updated';
    return this.platform.destination.ping({ kind: 'ping', destination, ticket: view.id, what }, key, attempt);
  }

  /** Messages of the bot in this person's direct channel. */
  dm(user: SlackUser): SlackMessage[] {
    return this.slack.posted(this.slack.dm(user), { by: 'bot' });
  }

  errors(): string[] {
    return this.logged.filter(({ level }) => level === 'error').map(({ message }) => message);
  }
}

interface Sending {
  turn: number;
  replaces: boolean;
  key: string;
  attempt: number;
  lines: Extract<Outgoing, { kind: 'reply' }>['lines'];
}

export const buttons = (...ids: string[]) => ids.map((id) => ({ id, label: id.toUpperCase() }));
