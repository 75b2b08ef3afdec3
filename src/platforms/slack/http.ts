import type { Logger } from '@slack/bolt';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { LRUCache } from 'lru-cache';
import type { CountRefused } from '../../core/platform';
import { BODY } from './limits';
import type { WayIn } from './way-in';
import type { Bolt } from './web-api';

export const EVENTS_PATH = '/slack/events';

export interface HttpParts {
  bolt: Bolt;
  signingSecret: string;
  logger: Logger;
  refused: CountRefused;
  isForeign: (body: unknown) => boolean;
}

/** Bolt refuses only what is older; a clock that runs ahead makes a signature live longer than it should. */
const MAX_AHEAD_S = 5 * 60;
/** As long as a signature can be valid at all: five minutes behind, five ahead. */
const SEEN = { max: 50_000, ttl: 10 * 60_000 };

/**
 * Events, interactions and commands by HTTP. Bolt's receiver reads and verifies the raw body, so nothing may parse it
 * before; in front of it and behind its check stand the two rules it lacks.
 */
export function createHttpWay(parts: HttpParts): WayIn {
  const { bolt, signingSecret, logger } = parts;
  const router: Router = express.Router();
  let isStopped = false;
  router.use(
    EVENTS_PATH,
    watch(parts.refused, () => isStopped),
  );
  const seen = new LRUCache<string, true>(SEEN);

  class OnceReceiver extends bolt.ExpressReceiver {
    /** Bolt calls this once the signature is verified. */
    override async requestHandler(request: Request, response: Response): Promise<void> {
      const signature = identityOf(request);
      if (seen.has(signature) || parts.isForeign(request.body)) {
        response.status(401).end();
        return;
      }
      seen.set(signature, true);
      // What we did not take may come again.
      response.once('close', () => {
        if (response.statusCode >= 300 || !response.writableFinished) seen.delete(signature);
      });
      await super.requestHandler(request, response);
    }
  }

  const receiver = new OnceReceiver({
    signingSecret,
    router,
    endpoints: EVENTS_PATH,
    logger,
    bodyLimit: BODY,
    // Slack asks again after a 5xx; Bolt's own 404 for an ack that is late would not tell what happened.
    unhandledRequestHandler: ({ response }) => answer(response, 503),
    processEventErrorHandler: async ({ response }) => {
      answer(response, 500);
      return true;
    },
  });
  return {
    router,
    receiver,
    start: async () => {},
    health: () => {},
    stop: async () => {
      isStopped = true;
    },
  };
}

/**
 * A replay is the same signature again – but Slack's own retry within the same second has it too, and says which retry
 * it is. That header is not signed; so a replay may pretend to be one, three times, and is then known by what it holds.
 */
function identityOf(request: Request): string {
  const retry = request.get('x-slack-retry-num') ?? '';
  // Bolt compares what stands between the first two equals signs, and nothing else.
  const [, hash] = (request.get('x-slack-signature') ?? '').split('=');
  return `${hash}/${/^[123]$/.test(retry) ? retry : 0}`;
}

function answer(
  response: { headersSent: boolean; writeHead(status: number): unknown; end(): unknown },
  status: number,
): void {
  if (response.headersSent) return;
  response.writeHead(status);
  response.end();
}

const reasons: Record<number, string> = { 400: 'malformed', 401: 'signature', 413: 'too_large' };

/** While the bot stops, Slack is asked to send again later. */
const watch =
  (refused: CountRefused, isStopped: () => boolean): RequestHandler =>
  (request, response, next) => {
    response.once('finish', () => {
      const reason = reasons[response.statusCode];
      if (reason) refused('slack', reason);
    });
    if (isStopped()) {
      response.status(503).set('Retry-After', '5').end();
      return;
    }
    const ahead = Number(request.get('x-slack-request-timestamp')) - Date.now() / 1000;
    if (ahead > MAX_AHEAD_S) {
      response.status(401).end();
      return;
    }
    next();
  };
