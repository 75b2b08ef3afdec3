import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Router } from 'express';
import type { PlatformParts } from '../../core/platform';
import { type Activities, Malformed } from './activities';
import { type Envelope, envelopeSchema } from './activity';
import { type BotService, type Caller, Unauthorized, Unverifiable } from './bot-service';
import { isTooDeep } from './json-depth';
import { type HostRule, isTrusted } from './service-hosts';

export const PATH = '/api/messages';
const BODY_LIMIT = '256kb';

export interface ReceiveParts extends Pick<PlatformParts, 'log' | 'refused'> {
  service: BotService;
  activities: Activities;
  hosts: HostRule;
  /** Only this tenant's activities are taken; null for all. */
  tenantId: string | null;
  /** A local emulator signs nothing. */
  anonymous: boolean;
  /** False while the bot is being stopped. */
  isOpen(): boolean;
}

/** A request that is not let in. The reason is counted; the caller learns no more than the status says. */
class Refusal extends Error {
  constructor(
    readonly status: keyof typeof messages,
    readonly reason: string,
  ) {
    super(reason);
  }
}

const messages = {
  400: ['bad_request', 'The request is no activity that can be used.'],
  401: ['unauthorized', 'The request does not prove that it comes from Microsoft Teams for this bot.'],
  403: ['forbidden', 'The service that the activity names is not trusted.'],
  405: ['method_not_allowed', 'Activities are POSTed here.'],
  413: ['too_large', 'The activity is too large.'],
  415: ['unsupported', 'Send JSON in UTF-8.'],
  500: ['internal', 'Something went wrong on our side. Please send it again.'],
  503: ['unavailable', 'Not possible at the moment. Please send it again.'],
} as const;

/**
 * The way in. First who asks is proven, from the header alone; only then the body is read, parsed and bound to that
 * proof. The answer leaves when everything is recorded, long before the bot has thought about it.
 */
export function messagesRouter(parts: ReceiveParts): Router {
  const router = express.Router();
  const callers = new WeakMap<Request, Caller>();
  const authenticate: RequestHandler = async (request, _response, next) => {
    if (!parts.isOpen()) throw new Refusal(503, 'stopping');
    if (!parts.anonymous) callers.set(request, await caller(parts.service, request.headers.authorization));
    next();
  };
  const readBody = express.json({
    limit: BODY_LIMIT,
    verify: (_request, _response, bytes) => {
      if (isTooDeep(bytes)) throw new Refusal(400, 'nested too deeply');
    },
  });

  router.post(PATH, authenticate, readBody, async (request, response) => {
    const envelope = envelopeOf(request.body);
    const tenant = admit(parts, envelope, callers.get(request));
    const { status, body } = await parts.activities.handle({ envelope, json: request.body, tenant });
    response.status(status).set('Cache-Control', 'no-store');
    if (body === undefined) response.end();
    else response.json(body);
  });
  router.all(PATH, (_request, response) => {
    response.set('Allow', 'POST');
    throw new Refusal(405, 'not a POST');
  });
  router.use(PATH, failures(parts));
  return router;
}

async function caller(service: BotService, authorization: string | undefined): Promise<Caller> {
  if (!authorization) throw new Refusal(401, 'no token');
  try {
    return await service.verify(authorization);
  } catch (error) {
    if (error instanceof Unauthorized) throw new Refusal(401, 'bad token');
    throw error;
  }
}

function envelopeOf(json: unknown): Envelope {
  const parsed = envelopeSchema.safeParse(json);
  if (!parsed.success) throw new Refusal(400, 'no activity');
  return parsed.data;
}

/** What the body says must fit what the token proves. Returns the tenant. */
function admit({ hosts, tenantId, anonymous }: ReceiveParts, envelope: Envelope, from: Caller | undefined): string {
  const { channelId, serviceUrl, conversation, channelData } = envelope;
  // The keys that sign for Teams are not the keys of other channels.
  if (!anonymous && channelId !== 'msteams') throw new Refusal(401, 'another channel');
  if (!anonymous && from?.serviceUrl !== serviceUrl) throw new Refusal(401, 'token of another service');
  if (!isTrusted(serviceUrl, hosts)) throw new Refusal(403, 'service not trusted');
  const tenant = conversation?.tenantId ?? channelData?.tenant?.id ?? null;
  if (tenantId !== null && tenant !== tenantId) throw new Refusal(401, 'another tenant');
  if (tenant === null && !anonymous) throw new Refusal(400, 'no tenant');
  return tenant ?? 'local';
}

/** Never a stack, never a name of ours: what a caller cannot mend is in the log alone. */
const failures =
  ({ log, refused }: ReceiveParts): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    const [status, reason] = statusOf(error);
    if (status >= 500) log.error({ err: error, path: request.path }, 'a request of Teams failed');
    else log.info({ status, reason }, 'a request to the Teams endpoint is refused');
    refused('teams', reason);
    if (response.headersSent) return next(error);
    const [code, message] = messages[status];
    response.status(status).set('Cache-Control', 'no-store');
    if (status === 401) response.set('WWW-Authenticate', 'Bearer');
    response.json({ error: { code, message } });
  };

function statusOf(error: unknown): [status: keyof typeof messages, reason: string] {
  if (error instanceof Refusal) return [error.status, error.reason];
  if (error instanceof Malformed) return [400, 'malformed activity'];
  if (error instanceof Unverifiable) return [503, 'keys out of reach'];
  // What the parser of bodies refuses carries the status it means.
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : null;
  if (status === 413) return [413, 'too large'];
  if (status === 415) return [415, 'unsupported encoding'];
  if (typeof status === 'number' && status >= 400 && status < 500) return [400, 'unreadable body'];
  return [500, 'failed'];
}
