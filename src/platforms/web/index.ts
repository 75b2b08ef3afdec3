import express, { type Router } from 'express';
import type { Clock, Destination, Inbox, PlatformSender } from '../../core/ports';
import { EventStreams } from './event-streams';
import { guard } from './guard';
import type { InsightDesk } from './insight-routes';
import { pageRoutes } from './page';
import type { Mask } from './parse';
import { apiRoutes, type DeskReader } from './receive';
import { createDesk, createSender } from './send';

export type { InsightDesk, Span, Table } from './insight-routes';
export type { Mask } from './parse';
export type { DeskReader } from './receive';

export interface WebPlatformOptions {
  inbox: Inbox;
  reader: DeskReader;
  clock: Clock;
  mask: Mask;
  /** Whether the service listens on this machine only. If not, everything here answers 403. */
  loopback: boolean;
  /** What the pages about the bot are told; without it there are none. */
  insight?: InsightDesk;
  /** Folder of the built page (`src/desk/build.mjs` makes it). */
  assets: string;
  log: { error(fields: object, message: string): void };
}

export interface WebPlatform {
  router: Router;
  sender: PlatformSender;
  desk: Destination;
}

/** The web desk: a pretended employee's chat and a pretended administrator's desk on one page of this machine. */
export function createWebPlatform({ loopback, assets, log, ...rest }: WebPlatformOptions): WebPlatform {
  const streams = new EventStreams(rest.reader, (error) =>
    log.error({ err: error }, 'reading the chat for a browser failed'),
  );
  const router = express.Router();
  // Only our own paths: other platforms are mounted beside us (`/api/messages` belongs to Teams).
  router.use(ownPaths, guard(loopback));
  router.use(pageRoutes(assets));
  router.use('/api', apiRoutes({ ...rest, streams }));
  return { router, sender: createSender(streams), desk: createDesk(streams) };
}

const ownPaths = [/^\/$/, '/desk', '/insight', '/api/insight', '/api/chat', '/api/desk', '/api/tickets', '/api/events'];
