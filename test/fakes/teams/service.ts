import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Call, type Operation, operationOf } from './calls';
import { type Bot, Connector } from './connector';
import { Entra, type SecretState } from './entra';
import { type Fault, FaultBook, type FaultOrder, fault, type OrderedFault, type Route } from './faults';
import { type Answer, type Incoming, readRequest, respond } from './http-edge';
import { Pace } from './pace';
import { Postman } from './postman';
import { Screen, type Shown } from './screen';
import { Signing } from './signing';
import { type Seen, Waiting } from './waiting';
import { type Person, type Place, World } from './world';

export interface FakeTeamsOptions {
  /** A `SingleTenant` app gets tokens from its own tenant alone; a `MultiTenant` one from the shared tenant too. */
  appType?: 'SingleTenant' | 'MultiTenant';
  botName?: string;
  /** Port to listen on; the system chooses one otherwise. */
  port?: number;
  /** How long a bot may take to answer a POST. Teams gives it 15 s. */
  deliveryLimitMs?: number;
  /** How long `until` waits. */
  patienceMs?: number;
  /** How long the bot's bearer tokens are good for. */
  tokenLifetimeSeconds?: number;
  /** Whether texts and cards are checked. A load test says false: on a full card the checks cost some milliseconds. */
  checksContent?: boolean;
  /** Holds the bot to the published number of calls a second in each conversation. */
  pace?: boolean;
}

const AUDIENCE = 'https://api.botframework.com';

/** What a bot meets of Teams on the network: the Connector, the token endpoint and the signing keys, over HTTP. */
export class TeamsService {
  /** Requests of the bot, oldest first. */
  readonly calls: Call[] = [];
  /** Defects of the bot, in words. A test ends with `expect(teams.violations).toEqual([])`. */
  readonly violations: string[] = [];
  readonly issuer = AUDIENCE;
  readonly tenantId = randomUUID();
  readonly appId = randomUUID();
  readonly appPassword = `${randomBytes(3).toString('hex')}8Q~${randomBytes(24).toString('base64url')}`;
  readonly serviceUrl: string;
  readonly loginUrl: string;
  readonly openIdMetadataUrl: string;
  readonly bot: Bot;

  protected readonly world = new World(this.tenantId);
  protected readonly screen = new Screen();
  protected readonly postman = new Postman();
  protected readonly connector: Connector;
  protected readonly signing: Signing;
  private readonly entra: Entra;
  private readonly faults = new FaultBook();
  private readonly waiting = new Waiting();
  private readonly pace = new Pace();

  protected constructor(
    private readonly server: Server,
    protected readonly options: FakeTeamsOptions,
  ) {
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.serviceUrl = `${origin}/emea/${this.tenantId}/`;
    this.loginUrl = `${origin}/login`;
    // botbuilder keeps keys for each address as long as the process lives.
    this.openIdMetadataUrl = `${origin}/${randomUUID()}/.well-known/openidconfiguration`;
    this.bot = { id: `28:${this.appId}`, appId: this.appId, name: options.botName ?? 'Helpdesk' };
    const violation = (text: string): void => void this.violations.push(text);
    this.connector = new Connector(this.world, this.screen, this.bot, this.serviceUrl, violation);
    this.connector.checksContent = options.checksContent ?? true;
    this.signing = new Signing(this.issuer, this.appId);
    this.entra = new Entra(
      {
        appId: this.appId,
        password: this.appPassword,
        tenantId: this.tenantId,
        appType: options.appType ?? 'SingleTenant',
        audience: AUDIENCE,
        lifetimeSeconds: options.tokenLifetimeSeconds ?? 3599,
      },
      violation,
    );
    server.on('request', (request, response) => {
      this.serve(request, response).catch((error: unknown) => {
        if (!request.destroyed) this.violations.push(`the fake itself failed: ${String(error)}`);
        response.destroy();
      });
    });
  }

  protected static async listen(port = 0): Promise<Server> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    return server;
  }

  async stop(): Promise<void> {
    this.postman.close();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** The bot's environment. */
  settings(): Record<string, string> {
    return {
      TEAMS_APP_ID: this.appId,
      TEAMS_APP_PASSWORD: this.appPassword,
      ...(this.options.appType === 'MultiTenant' ? {} : { TEAMS_TENANT_ID: this.tenantId }),
      TEAMS_LOGIN_URL: this.loginUrl,
      TEAMS_OPENID_METADATA_URL: this.openIdMetadataUrl,
      TEAMS_TOKEN_ISSUER: this.issuer,
      TEAMS_OAUTH_SCOPE: AUDIENCE,
      TEAMS_SERVICE_URLS: this.serviceUrl,
    };
  }
  /** Where the bot listens, e.g. `http://127.0.0.1:3978/api/messages`. Nothing is delivered before this is told. */
  deliversTo(messagingEndpoint: string): void {
    this.postman.endpoint = messagingEndpoint;
  }

  /** Messages of a place (of all threads of a channel), oldest first, deleted ones too; as one person sees them. */
  shown(place: Place | string, { as }: { as?: Person } = {}): Shown[] {
    const found = typeof place === 'string' ? this.world.findPlace(place) : place;
    const viewer = as ?? (found?.kind === 'personal' ? found.members[0] : undefined);
    return this.screen.in(typeof place === 'string' ? place : place.id, viewer);
  }
  /** The newest message of the bot there that is not deleted. */
  lastFromBot(place: Place | string, viewer: { as?: Person } = {}): Shown | undefined {
    return this.shown(place, viewer).findLast(({ from, deleted }) => from === 'bot' && !deleted);
  }
  /** Whether “Bot is typing” is shown there; the next message ends it. */
  isTypingIn(place: Place | string): boolean {
    return this.screen.isTyping(typeof place === 'string' ? place : place.id);
  }

  /**
   * Waits until the condition returns something truthy (an expectation that throws counts as “not yet”), and hands it
   * back. Looks again whenever anything happened here. Past the limit it fails and tells what was seen.
   */
  until<T>(condition: () => T, what = 'the condition'): Promise<Seen<T>> {
    return this.waiting.until(condition, this.options.patienceMs ?? 20_000, (last) =>
      [
        `waited in vain for ${what}`,
        ...(last === undefined ? [] : [String(last)]),
        'requests of the bot:',
        ...this.calls
          .slice(-15)
          .map(({ method, path, status, fault: kind }) => `  ${method} ${path} → ${kind ?? status}`),
        'messages:',
        ...this.screen
          .all()
          .slice(-15)
          .map(
            ({ from, text, card, edited, deleted }) =>
              `  ${from}: ${card ? '[card]' : JSON.stringify(text)}${edited ? ' (edited)' : ''}${deleted ? ' (deleted)' : ''}`,
          ),
        ...(this.violations.length ? ['violations:', ...this.violations.map((text) => `  ${text}`)] : []),
      ].join('\n'),
    );
  }

  /** Orders a failure: `teams.fails('reply', fault.throttled(1), { times: 1 })`. */
  fails(route: Route | 'any', what: Fault, order: FaultOrder = {}): OrderedFault {
    return this.faults.order(route, what, order);
  }
  /** Retires the signing key and signs with a new one, under a new key id. */
  rotateKeys(): void {
    this.signing.rotate();
  }
  /** What becomes of the app's secret: somebody made another (`invalid`), its date has passed (`expired`) … */
  secretBecomes(state: SecretState): void {
    this.entra.secret = state;
  }
  /** Bearer tokens handed out so far are worthless from now on. */
  revokeTokens(): void {
    this.entra.revokeAll();
  }
  /** Lets texts hold this mark-up though they are not plain. */
  allowMarkup(...patterns: RegExp[]): void {
    this.connector.markupAllowed.push(...patterns);
  }

  protected happened(): void {
    this.waiting.happened();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const incoming = await readRequest(request);
    const { operation, work } = this.dispatch(incoming);
    const ordered = operation && this.faults.take(operation.route, operation.conversation);
    const { status, body } = respond(response, ordered, work);
    this.calls.push({
      route: operation?.route ?? 'unknown',
      method: incoming.method,
      path: decodeURIComponent(incoming.path),
      ...(operation?.conversation ? { conversation: operation.conversation } : {}),
      ...(operation?.activityId ? { activityId: operation.activityId } : {}),
      body: bodyOf(incoming),
      status,
      ...(body === undefined ? {} : { response: body }),
      ...(ordered ? { fault: ordered.kind } : {}),
    });
    this.happened();
  }

  private dispatch(incoming: Incoming): { operation?: Operation; work: () => Answer } {
    const { method, path, contentType, body } = incoming;
    const metadata = new URL(this.openIdMetadataUrl).pathname;
    const keys = metadata.replace('.well-known/openidconfiguration', 'keys');
    if (method === 'GET' && path === metadata)
      return { operation: { route: 'metadata' }, work: () => ({ status: 200, body: this.metadata(keys) }) };
    if (method === 'GET' && path === keys)
      return { operation: { route: 'keys' }, work: () => ({ status: 200, body: this.signing.jwks() }) };
    const token = method === 'POST' ? /^\/login\/([^/]+)\/oauth2\/v2\.0\/token$/.exec(path) : null;
    if (token) return { operation: { route: 'token' }, work: () => this.entra.answer(token[1]!, contentType, body) };
    const base = `${new URL(this.serviceUrl).pathname}v3/`;
    const operation = path.startsWith(base) ? operationOf(method, path.slice(base.length)) : undefined;
    if (operation) return { operation, work: () => this.connectorAnswer(operation, incoming) };
    return {
      work: () => {
        const why = path.startsWith('/v3/') ? ', which lacks the path of the serviceUrl' : '';
        this.violations.push(`unknown request: ${method} ${path}${why}`);
        return { status: 404, body: { message: `No HTTP resource was found that matches the request URI '${path}'.` } };
      },
    };
  }

  private connectorAnswer(operation: Operation, incoming: Incoming): Answer {
    if (incoming.authorization === undefined) this.violations.push(`${operation.route}: no Authorization header`);
    if (!this.entra.honours(incoming.authorization)) return fault.unauthorized();
    const wait = this.options.pace && operation.conversation ? this.pace.exceeded(operation.conversation) : undefined;
    return wait === undefined ? this.connector.answer(operation, incoming) : fault.throttled(wait);
  }

  private metadata(keysPath: string): object {
    return {
      issuer: this.issuer,
      authorization_endpoint: 'https://invalid.botframework.com',
      jwks_uri: new URL(keysPath, this.openIdMetadataUrl).href,
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
    };
  }
}

function bodyOf({ contentType, body }: Incoming): unknown {
  if (body === '') return undefined;
  if (/x-www-form-urlencoded/.test(contentType)) return Object.fromEntries(new URLSearchParams(body));
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
