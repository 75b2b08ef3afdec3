import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { AccessToken } from './access-token';
import {
  type BotService,
  type Caller,
  type Member,
  ServiceError,
  type Spot,
  Unauthorized,
  Unverifiable,
} from './bot-service';
import type { Cloud } from './cloud';
import { type HttpClient, overKeptConnections } from './kept-connections';
import { silenceSdk } from './quiet-console';
import { refuseImplausible } from './token-shape';
import { withinLimit } from './within-limit';

/**
 * The one file that knows botbuilder. It uses the SDK's check of inbound tokens and its client of the Connector, and
 * none of its adapters: those run a whole turn inside the request, know no time-out, and try again by themselves.
 */
type Sdk = typeof import('botbuilder');
type Authentication = InstanceType<Sdk['ConfigurationBotFrameworkAuthentication']>;
type CredentialsFactory = NonNullable<ConstructorParameters<Sdk['ConfigurationBotFrameworkAuthentication']>[1]>;
type Credentials = Awaited<ReturnType<CredentialsFactory['createCredentials']>>;
type Connector = Awaited<ReturnType<ReturnType<Authentication['createConnectorFactory']>['create']>>;
type Identity = Parameters<Authentication['createConnectorFactory']>[0];

export interface SdkOptions {
  cloud: Cloud;
  appId: string;
  tenantId: string | null;
  /** Null: a local emulator, which neither sends nor wants tokens. */
  token: AccessToken | null;
}

/** Longer than any call of ours may take; the outbox tries again. */
const CALL_LIMIT_MS = 10_000;
const VERIFY_LIMIT_MS = 8_000;
const KEPT_CONNECTORS = 50;
/** The service shows one token for about an hour; a signature that was right is not counted out anew for each message. */
const GENUINE_MS = 5 * 60_000;
const KEPT_TOKENS = 100;
const PAGE_OF_MEMBERS = 500;
const MAX_PAGES = 40;

export function createBotService(options: SdkOptions): BotService {
  const { cloud, appId, tenantId, token } = options;
  // Loaded here and not at the top: a deployment without Teams should not pay for it.
  const sdk = require('botbuilder') as Sdk;
  const authentication = new sdk.ConfigurationBotFrameworkAuthentication(
    parameters(cloud, appId, tenantId),
    credentials(appId, token),
  );
  const connectors = new LRUCache<string, Connector>({ max: KEPT_CONNECTORS });
  const genuine = new LRUCache<string, Caller>({ max: KEPT_TOKENS, ttl: GENUINE_MS });
  let http: HttpClient | null = null;

  async function connectorTo(serviceUrl: string): Promise<Connector> {
    const known = connectors.get(serviceUrl);
    if (known) return known;
    const factory = authentication.createConnectorFactory(identityOf(appId));
    const connector = oneTryOnly(await factory.create(serviceUrl, cloud.scope));
    const { client } = connector as unknown as { client: { _httpClient: HttpClient } };
    http ??= overKeptConnections(client._httpClient);
    client._httpClient = http;
    connectors.set(serviceUrl, connector);
    return connector;
  }

  /** A token may be withdrawn before its time: then a fresh one, once. The refused call has had no effect. */
  async function call<T>(
    serviceUrl: string,
    work: (connector: Connector, options: CallOptions) => Promise<T>,
  ): Promise<T> {
    const connector = await connectorTo(serviceUrl);
    try {
      return await work(connector, callOptions());
    } catch (error) {
      const failure = serviceError(error);
      if (!(failure instanceof ServiceError && failure.status === 401 && token)) throw failure;
      token.forget();
    }
    try {
      return await work(connector, callOptions());
    } catch (error) {
      throw serviceError(error);
    }
  }

  return {
    async verify(authorization) {
      const { expiresAt } = refuseImplausible(authorization, { issuer: cloud.issuer, tenantId });
      const known = genuine.get(authorization);
      if (known) return known;
      const caller = await verify(authentication, authorization);
      const left = expiresAt - Date.now();
      if (left > 0) genuine.set(authorization, caller, { ttl: Math.min(left, GENUINE_MS) });
      return caller;
    },
    send: ({ serviceUrl, conversation }, message) =>
      call(serviceUrl, async ({ conversations }, limits) => {
        const { id } = await conversations.sendToConversation(conversation, partial(message), limits);
        return required(id, 'the id of the message');
      }),
    showTyping: ({ serviceUrl, conversation }) =>
      call(serviceUrl, async ({ conversations }, limits) => {
        await conversations.sendToConversation(conversation, partial({ type: 'typing' }), limits);
      }),
    update: ({ serviceUrl, conversation }, id, message) =>
      call(serviceUrl, async ({ conversations }, limits) => {
        await conversations.updateActivity(conversation, id, partial({ ...message, id }), limits);
      }),
    openChat: (serviceUrl, { bot, tenant, member }) =>
      call(serviceUrl, async ({ conversations }, limits) => {
        const about = { isGroup: false, tenantId: tenant, channelData: { tenant: { id: tenant } } };
        const chat = { ...about, bot: { id: bot }, members: [{ id: member }] };
        const { id } = await conversations.createConversation(partial(chat), limits);
        return required(id, 'the id of the chat');
      }),
    openThread: (serviceUrl, { bot, tenant, channel }, message) =>
      call(serviceUrl, async ({ conversations }, limits) => {
        const about = {
          isGroup: true,
          tenantId: tenant,
          channelData: { channel: { id: channel }, tenant: { id: tenant } },
        };
        const thread = { ...about, bot: { id: bot }, activity: message };
        const { id, activityId } = await conversations.createConversation(partial(thread), limits);
        return { conversation: required(id, 'the thread'), message: required(activityId, 'the id of the post') };
      }),
    member: ({ serviceUrl, conversation }, id) =>
      call(serviceUrl, async ({ conversations }, limits) =>
        memberSchema.parse(await conversations.getConversationMember(conversation, id, limits)),
      ),
    members: (at) => allMembers(at, call),
  };
}

/** The SDK's types ask for every field there is; the service for those that say something. */
const partial = (value: object): never => value as never;

interface CallOptions {
  abortSignal: AbortSignal;
}
const callOptions = (): CallOptions => ({ abortSignal: AbortSignal.timeout(CALL_LIMIT_MS) });

/** All of them: as soon as one is given, the SDK takes every one from us, and an undefined issuer refuses everybody. */
const parameters = ({ tokenUrl, scope, issuer, metadataUrl }: Cloud, appId: string, tenantId: string | null) => ({
  MicrosoftAppId: appId,
  MicrosoftAppType: tenantId === null ? 'MultiTenant' : 'SingleTenant',
  ...(tenantId === null ? {} : { MicrosoftAppTenantId: tenantId }),
  ToChannelFromBotLoginUrl: tokenUrl.replace(/\/oauth2\/v2\.0\/token$/, ''),
  ToChannelFromBotOAuthScope: scope,
  ToBotFromChannelTokenIssuer: issuer,
  OAuthUrl: scope,
  ToBotFromChannelOpenIdMetadataUrl: metadataUrl,
  // Tokens of the Bot Framework Emulator are checked against the same keys, so that none is accepted.
  ToBotFromEmulatorOpenIdMetadataUrl: metadataUrl,
  CallerId: 'urn:botframework:azure',
});

function credentials(appId: string, token: AccessToken | null): CredentialsFactory {
  const signed: Credentials = {
    async signRequest(request) {
      if (token) request.headers.set('authorization', `Bearer ${await token.get()}`);
      return request;
    },
  };
  return {
    isValidAppId: async (id) => id === appId,
    isAuthenticationDisabled: async () => false,
    createCredentials: async () => signed,
  };
}

function identityOf(appId: string): Identity {
  const claims = [{ type: 'aud', value: appId }];
  const identity = { claims, isAuthenticated: true, getClaimValue: (name: string) => (name === 'aud' ? appId : null) };
  return identity as unknown as Identity;
}

/**
 * The client repeats failed calls by itself, and a message that was accepted before the connection broke is then shown
 * twice. It also follows redirects, which could lead away from the hosts we trust. Neither can be switched off by an
 * option, so both are taken out of its pipeline.
 */
function oneTryOnly(connector: Connector): Connector {
  const { pipeline } = (connector as unknown as { client: { pipeline: Pipeline } }).client;
  for (const name of ['defaultRetryPolicy', 'redirectPolicy'])
    if (pipeline.removePolicy({ name }).length === 0)
      throw new Error(`the SDK has no ${name} any more; look what it does now`);
  return connector;
}
interface Pipeline {
  removePolicy(policy: { name: string }): unknown[];
}

/** Checked as the SDK checks the start of a stream, which also has no body yet; what binds token and body is ours to do. */
async function verify(authentication: Authentication, authorization: string): Promise<Caller> {
  try {
    silenceSdk();
    const checked = authentication.authenticateStreamingRequest(authorization, 'msteams');
    const { claimsIdentity } = await withinLimit(checked, VERIFY_LIMIT_MS);
    return { serviceUrl: claimsIdentity.getClaimValue('serviceurl') };
  } catch (error) {
    throw refusalOf(error);
  }
}

/** The SDK refuses with errors of its own (status 401), of its token library, or of whatever fetches the keys. */
function refusalOf(error: unknown): Error {
  const { name, statusCode, message } = error as { name?: string; statusCode?: number; message?: string };
  const isRefusal = statusCode === 401 || /^(JsonWebToken|TokenExpired|NotBefore)Error$/.test(name ?? '');
  return isRefusal
    ? new Unauthorized(message ?? 'refused', { cause: error })
    : new Unverifiable(message ?? 'the keys of the service are out of reach', { cause: error });
}

const restError = z.object({
  statusCode: z.number().optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  response: z
    .object({ headers: z.custom<{ get(name: string): string | undefined }>((value) => typeof value === 'object') })
    .optional(),
});

function serviceError(error: unknown): Error {
  // Our own errors (no token) and those of the checks above are told as they are.
  const parsed = error instanceof z.ZodError || isOurs(error) ? null : restError.safeParse(error);
  if (!parsed?.success) return error instanceof Error ? error : new Error(String(error));
  const { statusCode, code, message = 'no answer', response } = parsed.data;
  const status = statusCode !== undefined && statusCode >= 300 ? statusCode : null;
  return new ServiceError(
    message.slice(0, 300),
    status,
    code ?? null,
    waitOf(response?.headers.get('retry-after')),
    error,
  );
}

const isOurs = (error: unknown): boolean => error instanceof Error && /^(Token|Service)[A-Z]/.test(error.name);

/** Seconds, or a date. */
function waitOf(header: string | undefined): number | null {
  if (!header) return null;
  const seconds = Number(header);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : null;
}

const optionalText = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);
/** The service calls the directory's id by two names. */
const memberSchema = z
  .object({
    id: z.string(),
    aadObjectId: optionalText,
    objectId: optionalText,
    name: optionalText,
    tenantId: optionalText,
    userPrincipalName: optionalText,
    userRole: optionalText,
  })
  .transform(({ objectId, aadObjectId = objectId, ...rest }) => ({ ...rest, aadObjectId }));
const pageSchema = z.object({ members: z.array(memberSchema).default([]), continuationToken: z.string().nullish() });

async function allMembers(
  { serviceUrl, conversation }: Spot,
  call: <T>(url: string, work: (connector: Connector, options: CallOptions) => Promise<T>) => Promise<T>,
): Promise<Member[]> {
  const found: Member[] = [];
  let continuationToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const where = { pageSize: PAGE_OF_MEMBERS, ...(continuationToken ? { continuationToken } : {}) };
    const answer = await call(serviceUrl, ({ conversations }, limits) =>
      conversations.getConversationPagedMembers(conversation, partial({ ...where, ...limits })),
    );
    const { members, continuationToken: next } = pageSchema.parse(answer);
    found.push(...members);
    if (!next) break;
    continuationToken = next;
  }
  return found;
}

function required(value: string | undefined, what: string): string {
  if (!value) throw new ServiceError(`the service did not say ${what}`, null, null, null);
  return value;
}
