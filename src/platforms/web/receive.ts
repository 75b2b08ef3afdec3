import express, { type ErrorRequestHandler, type Request, type Response, type Router } from 'express';
import type { Clock, Inbox } from '../../core/ports';
import type { TicketView } from '../../core/ticket-view';
import type { WireChat, WireDesk, WireDuty, WireMe } from '../../desk/wire';
import type { ChatReader, EventStreams } from './event-streams';
import { type InsightDesk, insightRoutes } from './insight-routes';
import {
  BadRequest,
  fileBody,
  type Mask,
  messageBody,
  parse,
  ticketBody,
  ticketPath,
  toAction,
  toFile,
  toMessage,
} from './parse';
import { renderEntry, renderTicket } from './render';
import { ownConversation, visitorOf } from './visitor';

export interface DeskReader extends ChatReader {
  /** All tickets the desk should show. */
  ticketViews(): Promise<TicketView[]>;
  /** Who is on call in the days to come; absent where nobody keeps it. */
  duty?(): Promise<WireDuty>;
}

export interface ReceiveOptions {
  inbox: Inbox;
  reader: DeskReader;
  clock: Clock;
  mask: Mask;
  streams: EventStreams;
  insight?: InsightDesk;
}

const BODY_LIMIT = '64kb';
/** Enough for every tab of one machine; keeps a runaway script from holding the port. */
const MAX_STREAMS = 100;

export function apiRoutes({ inbox, reader, clock, mask, streams, insight }: ReceiveOptions): Router {
  const router = express.Router();
  const json = express.json({ limit: BODY_LIMIT });
  const arrival = (request: Request, response: Response) => ({
    conversation: ownConversation(request, response),
    at: clock.now(),
    mask,
    visitor: visitorOf(request),
  });

  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });

  router.post('/chat/messages', json, async (request, response) => {
    const message = toMessage(parse(messageBody, request.body), arrival(request, response));
    response.status(202).json({ status: await inbox.receive(message) });
  });
  router.post('/chat/files', json, async (request, response) => {
    const message = toFile(parse(fileBody, request.body), arrival(request, response));
    response.status(202).json({ status: await inbox.receive(message) });
  });
  router.get('/chat', async (request, response) => {
    const entries = await reader.chat(ownConversation(request, response), afterOf(request));
    response.json({ entries: entries.map(renderEntry) } satisfies WireChat);
  });

  router.get('/me', (request, response) => {
    const visitor = visitorOf(request);
    const me: WireMe = visitor ? { name: visitor.name, admin: visitor.admin } : { name: null, admin: true };
    response.json(me);
  });
  router.get('/desk', async (_request, response) => {
    const views = await reader.ticketViews();
    response.json({ tickets: views.map(renderTicket) } satisfies WireDesk);
  });
  router.get('/desk/on-call', async (_request, response) => {
    response.json((await reader.duty?.()) ?? ({ plans: [], gaps: [] } satisfies WireDuty));
  });
  router.post('/tickets/:id/:action', json, async (request, response) => {
    const action = toAction(parse(ticketPath, request.params), parse(ticketBody, request.body), {
      at: clock.now(),
      mask,
      visitor: visitorOf(request),
    });
    response.status(202).json({ status: await inbox.receive(action) });
  });

  router.get('/events', (request, response) => {
    if (streams.size >= MAX_STREAMS) {
      response
        .status(503)
        .json({ error: { code: 'too_many_streams', message: 'Too many pages are open. Close some of them.' } });
      return;
    }
    streams.open(response, ownConversation(request, response), afterOf(request));
  });

  if (insight) router.use('/insight', insightRoutes(insight, mask));
  router.use(badRequests);
  return router;
}

/** Where to read on: the browser's own note on reconnecting, else what the page asks for. */
function afterOf(request: Request): number {
  const asked = request.get('Last-Event-ID') ?? request.query.after;
  const after = typeof asked === 'string' ? Number(asked) : 0;
  return Number.isSafeInteger(after) && after > 0 ? after : 0;
}

const badRequests: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (!(error instanceof BadRequest)) return next(error);
  response
    .status(400)
    .json({ error: { code: 'bad_request', message: `The request cannot be used. ${error.message}.` } });
};
