import { readSettings } from '../../src/config';
import type { HomeView } from '../../src/core/home-view';
import type { Button, Incoming, Person, Reply } from '../../src/core/message';
import type { ChatPlatform, PlatformParts } from '../../src/core/platform';
import type { ChatLine, Delivery, Outgoing, Store } from '../../src/core/ports';
import { maskSecrets } from '../../src/core/secrets';
import type { TicketView } from '../../src/core/ticket-view';
import { createTeamsPlatform } from '../../src/platforms/teams';
import { createHttpServer } from '../../src/server/http';
import { openSqliteStore } from '../../src/stores/sqlite';
import { FakeTeams, type FakeTeamsOptions } from '../fakes/teams/teams';
import { reply } from './store';
import { ticketView } from './ticket-view';

export interface TeamsEdgeOptions {
  fake?: FakeTeamsOptions;
  /** Settings that differ from those the fake hands out; `undefined` unsets one. */
  env?: Record<string, string | undefined>;
  admins?: readonly string[] | null;
  /** Runs after a message was recorded and before the platform learns so; may throw, as a broken store does. */
  whileRecording?: (incoming: Incoming) => Promise<void> | void;
}

/** The Teams edge alone: the real SDK against the fake, over HTTP, with a real store and an inbox that only listens. */
export interface TeamsEdge {
  teams: FakeTeams;
  platform: ChatPlatform;
  store: Store;
  url: string;
  /** What was recorded, oldest first, without what the platform repeated. */
  received: Incoming[];
  refused: string[];
  /** Lines of warnings and errors. */
  logged: string[];
  tickets: Map<number, TicketView>;
  home: (person: Person, conversation: string, isAdmin: boolean) => HomeView;
  /** What a turn of the bot would put into the outbox, sent at once. */
  says(conversation: string, turn: number, lines: (string | ChatLine)[], more?: Saying): Promise<Delivery>;
  stop(): Promise<void>;
}
interface Saying {
  buttons?: Button[];
  replaces?: boolean;
  key?: string;
}

export const words = {
  notYourButton: 'These buttons belong to somebody else.',
  unknownCard: 'I do not know this card.',
  closed: 'This step is done.',
  answeredPrivately: 'I have answered you in a direct message.',
  home: { mine: 'Your requests', none: 'You have no open request.', queue: 'Waiting', empty: 'Nobody is waiting.' },
};

export const yesNo: Button[] = [
  { id: 'solved', label: 'That worked' },
  { id: 'not_solved', label: 'Still stuck' },
];

let key = 0;

export async function startTeams(options: TeamsEdgeOptions = {}): Promise<TeamsEdge> {
  const teams = await FakeTeams.start(options.fake);
  const store = await openSqliteStore(':memory:');
  const received: Incoming[] = [];
  const refused: string[] = [];
  const logged: string[] = [];
  const note = (fields: object, message: string) => void logged.push(`${message} ${JSON.stringify(fields)}`);
  const env = { ...teams.settings(), ...options.env };
  const settings = readSettings(env).teams;
  if (!settings) throw new Error('these settings name no Teams');
  const tickets = new Map<number, TicketView>();
  const parts: PlatformParts = {
    inbox: {
      async receive(incoming) {
        await options.whileRecording?.(incoming);
        if ((await store.record(incoming)) === 'known') return 'duplicate';
        received.push(incoming);
        return 'recorded';
      },
    },
    memory: store,
    reader: {
      ticketView: async (id) => tickets.get(id) ?? null,
      home: async (...asked) => edge.home(...asked),
    },
    words,
    clock: { now: () => Date.now() },
    mask: maskSecrets,
    admins: options.admins ?? null,
    log: { info: () => undefined, warn: note, error: note },
    refused: (platform, reason) => void refused.push(`${platform}: ${reason}`),
  };
  const platform = createTeamsPlatform(settings, parts);
  const log = { info: () => undefined, warn: note, error: note };
  const server = createHttpServer({
    host: '127.0.0.1',
    port: 0,
    mounts: [{ router: platform.router }],
    health: {},
    log,
  });
  const { url } = await server.listen();
  teams.deliversTo(`${url}api/messages`);

  const edge: TeamsEdge = {
    teams,
    platform,
    store,
    url,
    received,
    refused,
    logged,
    tickets,
    home: () => ({ start: startMenu, mine: [], queue: null }),
    says: (conversation, turn, lines, { buttons = [], replaces = false, key: outboxKey = `out-${++key}` } = {}) => {
      const all = lines.map((line): ChatLine => (typeof line === 'string' ? botSays(line) : line));
      const last = all.findLast((line) => line.from === 'bot');
      if (last) last.reply.buttons = buttons;
      const outgoing: Outgoing = { kind: 'reply', platform: 'teams', conversation, turn, lines: all, replaces };
      return platform.sender.send(outgoing, outboxKey, 1);
    },
    async stop() {
      await platform.stop();
      await server.close();
      await store.close();
      await teams.stop();
    },
  };
  return edge;
}

const botSays = (text: string): ChatLine => ({ from: 'bot', reply: reply(text) });

const startMenu: Reply = reply('Hello! What happens?', {
  buttons: [
    { id: 'topic:mfa.lost', label: 'Lost MFA device' },
    { id: 'person', label: 'A person, please' },
  ],
});

/** Somebody who has just written to the bot alone, so that it knows where to answer. */
export async function someone(edge: TeamsEdge, name = 'Ada Lovelace', words = 'lost my phone') {
  const person = edge.teams.person(name);
  const chat = edge.teams.personalChat(person);
  const wrote = await edge.teams.says(person, chat, words);
  const conversation = `teams:${edge.teams.tenantId}:${person.aadObjectId}`;
  return { person, chat, wrote, conversation };
}

/** A ticket that the reader will show, and how it is pinged. */
export function ticketIn(edge: TeamsEdge, parts: Partial<TicketView> = {}): TicketView {
  const view = ticketView(parts);
  edge.tickets.set(view.id, view);
  return view;
}
export const pings = (edge: TeamsEdge, destination: string, ticket = 1042, what: 'opened' | 'updated' = 'opened') =>
  edge.platform.destination.ping(
    { kind: 'ping', destination: `teams:${destination}`, ticket, what },
    `ping-${++key}`,
    1,
  );
