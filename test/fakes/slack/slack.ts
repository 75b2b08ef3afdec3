import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Activity } from './activity';
import { Clock } from './clock';
import { FaultBook } from './faults';
import { Gestures } from './gestures';
import { readManifest } from './manifest';
import { MessageStore } from './messages';
import { defaultSubscriptions, type FakeSlackOptions } from './options';
import { buttonsOf, linksIn, readBy } from './reading';
import { type RawAnswer, type RawRequest, Requests } from './requests';
import { Sockets } from './sockets';
import { type Saying, Talk } from './talk';
import { ResponseAddresses, Triggers } from './tickets';
import type {
  Button,
  Call,
  Delivery,
  Envelope,
  Fault,
  Json,
  OrderedFault,
  Said,
  SlackChannel,
  SlackFile,
  SlackMessage,
  SlackUser,
  SlackUserGroup,
  SlackView,
} from './types';
import { ViewStore } from './view-store';
import { statusOf } from './web-api/marks';
import { everyScope } from './web-api/methods';
import { WebApi } from './web-api/server';
import { appId, botId, furnish, idOf, type NewChannel, team, type Where, type Who, Workspace } from './workspace';
import type { Token, World } from './world';

export type { FakeSlackOptions } from './options';
export type * from './types';
export type { Where, Who } from './workspace';

type Thread = SlackMessage | string;

/** Slack as one app installed in one workspace meets it, over real HTTP and WebSocket on loopback. */
export class FakeSlack {
  readonly team = team;
  readonly appId = appId;
  readonly botId = botId;
  readonly botUser: SlackUser;
  readonly botToken = 'xoxb-1111111111-2222222222-fakeBotTokenForTests';
  readonly appToken = 'xapp-1-A0HELPDESK1-3333333333-fakeAppTokenForTests';
  readonly signingSecret = '8f742231b10e8888abcd99yyyzzz85a5';
  readonly clock: Clock;
  readonly sockets: Sockets;
  readonly people: ReturnType<typeof furnish>['people'];
  readonly channels: ReturnType<typeof furnish>['channels'];
  /** Sends everything to this address by signed HTTP. Without it everything goes over Socket Mode. */
  requestUrl: string | undefined;

  private readonly workspace = new Workspace();
  private readonly activity: Activity;
  private readonly world: World;
  private readonly requests: Requests;
  private readonly talk: Talk;
  private readonly gestures: Gestures;

  private constructor(
    private readonly server: Server,
    private readonly base: string,
    options: FakeSlackOptions,
  ) {
    this.activity = new Activity(options.patienceMs ?? 20_000);
    const ackWithinMs = options.ackWithinMs ?? 3000;
    const declared = options.manifest === undefined ? undefined : readManifest(options.manifest);
    for (const fault of declared?.faults ?? []) this.activity.violation(fault);
    const clock = new Clock(options.now);
    this.clock = clock;
    this.botUser = this.workspace.bot;
    ({ people: this.people, channels: this.channels } = furnish(this.workspace));
    this.sockets = new Sockets(this.activity, ackWithinMs, options.pingEveryMs ?? 5000);
    this.requests = new Requests(this.signingSecret, ackWithinMs, options.retryAfterMs ?? []);
    this.world = {
      clock,
      base,
      workspace: this.workspace,
      activity: this.activity,
      messages: new MessageStore(),
      views: new ViewStore(clock),
      triggers: new Triggers(clock, options.triggerLivesMs ?? 3000),
      responses: new ResponseAddresses(clock, () => base),
      faults: new FaultBook(),
      tokens: new Map<string, Token>([
        [this.botToken, { kind: 'bot' }],
        [this.appToken, { kind: 'app' }],
      ]),
      scopes: new Set(options.scopes ?? declared?.scopes ?? everyScope),
      subscriptions: new Set(options.subscriptions ?? declared?.events ?? defaultSubscriptions),
      allowedMentions: new Set(),
      statuses: new Map(),
      postingLimit: options.postingLimit,
      socketAddress: () => `${base.replace('http', 'ws')}/link/?ticket=${this.sockets.newTicket()}&app_id=${appId}`,
      deliver: (envelope) => this.activity.during(this.send(envelope)),
    };
    this.talk = new Talk(this.world);
    this.gestures = new Gestures(this.world, declared);
    const api = new WebApi(this.world);
    server.on('request', (request, response) => {
      if (!api.handle(request, response)) response.writeHead(404).end();
    });
    server.on('upgrade', (request, socket, head) => this.sockets.accept(request, socket, head));
  }

  static async start(options: FakeSlackOptions = {}): Promise<FakeSlack> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
    return new FakeSlack(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`, options);
  }

  async stop(): Promise<void> {
    this.world.faults.releaseAll();
    await this.sockets.close();
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  /** For `clientOptions.slackApiUrl`. */
  get apiUrl(): string {
    return `${this.base}/api/`;
  }

  // --- the workspace ---

  /** What the bot may mention: `U…`, `#C…`, `!subteam^S…`, `!here`. Empty at first. */
  get allowedMentions(): Set<string> {
    return this.world.allowedMentions;
  }
  /** Events the app hears of; may be changed at any time. */
  get subscriptions(): Set<string> {
    return this.world.subscriptions;
  }
  /** Scopes of the bot token; may be changed at any time. */
  get scopes(): Set<string> {
    return this.world.scopes;
  }
  addUser(user?: Partial<SlackUser>): SlackUser {
    return this.workspace.addUser(user);
  }
  addChannel(channel?: NewChannel): SlackChannel {
    return this.workspace.addChannel(channel);
  }
  addUserGroup(group: { handle: string; users: Who[] }): SlackUserGroup {
    return this.workspace.addUserGroup(group);
  }
  /** The id of the direct channel of the bot and this person. */
  dm(user: Who): string {
    return this.workspace.dm(user).id;
  }
  /** Adds to a channel; told to the app when it subscribed to member_joined_channel. */
  joins(user: Who, channel: Where): Promise<Delivery | undefined> {
    return this.talk.joins(user, channel);
  }
  leaves(user: Who, channel: Where): Promise<Delivery | undefined> {
    return this.talk.leaves(user, channel);
  }

  // --- what people do ---

  /** Text is as typed, and reaches the app escaped and with links marked, unless `raw`. Mentions may be typed `<@U…>`. */
  says(user: Who, where: Where, text: string, options?: Saying): Promise<Said> {
    return this.talk.says(user, where, text, options);
  }
  /** Says `@bot text`. */
  mentions(user: Who, where: Where, text: string, options?: Saying): Promise<Said> {
    return this.talk.mentions(user, where, text, options);
  }
  edits(message: SlackMessage, text: string): Promise<Said> {
    return this.talk.edits(message, text);
  }
  deletes(message: SlackMessage): Promise<Said> {
    return this.talk.deletes(message);
  }
  /** Slack adds a link preview: message_changed, though nobody edited. */
  unfurls(message: SlackMessage): Promise<Said> {
    return this.talk.unfurls(message);
  }
  sharesFile(
    user: Who,
    where: Where,
    file?: Partial<SlackFile>,
    options?: { text?: string; thread?: Thread },
  ): Promise<Said> {
    return this.talk.sharesFile(user, where, file, options);
  }
  /** By action id or label, on what stands there now; fails if there is no such button. `asSeen` presses on the copy given. */
  async presses(
    user: Who,
    on: SlackMessage | SlackView,
    button: string,
    options?: { asSeen?: boolean },
  ): Promise<Delivery> {
    return this.gestures.presses(user, on, button, options);
  }
  /** Chooses from a menu, checkboxes or radio buttons by value. */
  async selects(
    user: Who,
    on: SlackMessage | SlackView,
    actionId: string,
    value: string | string[],
  ): Promise<Delivery> {
    return this.gestures.selects(user, on, actionId, value);
  }
  command(user: Who, where: Where, command: string, text?: string): Promise<Delivery> {
    return this.gestures.command(user, where, command, text);
  }
  /** A message shortcut, or without a message a global one. */
  async shortcut(user: Who, callbackId: string, message?: SlackMessage): Promise<Delivery> {
    return this.gestures.shortcut(user, callbackId, message);
  }
  /** undefined when the app did not subscribe. */
  opensHome(user: Who, tab?: 'home' | 'messages'): Promise<Delivery | undefined> {
    return this.talk.opensHome(user, tab);
  }
  /** Fills in by action id or block id and submits; then the view closes or becomes what the ack says. */
  submits(view: SlackView, values?: Record<string, string | string[]>): Promise<Delivery> {
    return this.gestures.submits(view, values);
  }
  /** undefined when the view did not ask to be told. */
  closesView(view: SlackView): Promise<Delivery | undefined> {
    return this.gestures.closes(view);
  }
  /** Any event, wrapped as Slack does. */
  event(event: Json & { type: string }): Promise<Delivery> {
    return this.talk.event(event);
  }

  // --- raw requests ---

  /** Any request to the app, signed well unless told otherwise. */
  post(request: RawRequest): Promise<RawAnswer> {
    return this.requests.post({ url: this.url(), ...request });
  }
  /** The same payload again, as Slack's retries are. */
  redelivers(delivery: Delivery, retry = { num: 1, reason: 'http_timeout' }): Promise<Delivery> {
    return this.activity.during(
      this.requestUrl
        ? this.requests.once(this.requestUrl, delivery.sent, retry)
        : this.sockets.deliver(delivery.sent, retry),
    );
  }
  /** Slack's check of a new request URL; true when the challenge came back. */
  verifiesUrl(): Promise<boolean> {
    return this.requests.verify(this.url());
  }

  // --- faults ---

  /** Orders a fault for calls of a method (`response_url` for response addresses, `*` for all). */
  fail(method: string, fault: Fault): OrderedFault {
    return this.world.faults.order(method, fault);
  }
  /** From now on this token is refused. */
  revoke(token: string, error = 'token_revoked'): void {
    const known = this.world.tokens.get(token);
    if (!known) throw new Error('there is no such token');
    known.error = error;
  }
  restore(token: string): void {
    delete this.world.tokens.get(token)?.error;
  }

  // --- what can be seen ---

  get violations(): string[] {
    return this.activity.violations;
  }
  get calls(): Call[] {
    return this.activity.calls;
  }
  callsOf(method: string): Call[] {
    return this.calls.filter((call) => call.method === method);
  }
  /** What everybody in the channel sees, oldest first, replies in threads included. */
  posted(where: Where, { thread, by }: { thread?: Thread; by?: 'bot' } = {}): SlackMessage[] {
    const root = typeof thread === 'string' ? thread : thread?.ts;
    return this.world.messages
      .in(idOf(where))
      .filter(({ ts, thread_ts }) => root === undefined || ts === root || thread_ts === root)
      .filter(({ bot_id }) => by === undefined || bot_id === botId);
  }
  /** What this person alone was shown. */
  ephemeral(where: Where, user: Who): SlackMessage[] {
    return this.world.messages.ephemeral(idOf(where), idOf(user));
  }
  /** The message as it stands now; undefined when deleted. */
  message(channel: Where, ts: string): SlackMessage | undefined {
    return this.world.messages.get(idOf(channel), ts) ?? this.world.messages.getEphemeral(ts);
  }
  buttons(on: SlackMessage | SlackView): Button[] {
    return buttonsOf(on);
  }
  links(on: SlackMessage | SlackView): { label: string; url: string }[] {
    return linksIn(on);
  }
  /** All a person reads, without markup: blocks as text, or the text where there are none. */
  reads(on: SlackMessage | SlackView): string {
    return readBy(on, (id) => this.workspace.users.get(id)?.name ?? id);
  }
  /** Modals this person has open, the top one last. */
  modals(user: Who): SlackView[] {
    return this.world.views.stack(idOf(user));
  }
  home(user: Who): SlackView | undefined {
    return this.world.views.home(idOf(user));
  }
  /** The status line of a thread ("is thinking…"). */
  status(where: Where, thread: Thread): string | undefined {
    return statusOf(this.world, idOf(where), typeof thread === 'string' ? thread : thread.ts);
  }
  /** Resolves with the first truthy value; looks whenever something happened. */
  until<T>(condition: () => T | Promise<T>, options?: { limitMs?: number; what?: string }): Promise<NonNullable<T>> {
    return this.activity.until(condition, options, this.until);
  }
  /** Resolves when no call, delivery or ack is under way; the app may still be working. */
  async idle(): Promise<void> {
    await this.activity.idle();
  }
  /** Called whenever something happened; returns how to stop it. */
  watch(watcher: () => void): () => void {
    return this.activity.watch(watcher);
  }

  private url(): string {
    if (!this.requestUrl) throw new Error('set requestUrl first: where is the app?');
    return this.requestUrl;
  }

  private send(envelope: Envelope): Promise<Delivery> {
    return this.requestUrl ? this.requests.send(this.requestUrl, envelope) : this.sockets.deliver(envelope);
  }
}
