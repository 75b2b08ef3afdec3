import express, { type Router } from 'express';
import type { Clock, Destination, Inbox, PlatformSender } from '../../core/ports';
import { EventStreams } from './event-streams';
import { guard } from './guard';
import type { InsightDesk } from './insight-routes';
import { pageRoutes } from './page';
import type { Mask } from './parse';
import { apiRoutes, type DeskReader } from './receive';
import { createDesk, createSender } from './send';
import { createSignIn, type SignInSettings } from './sign-in';

export type { InsightDesk, Span, Table } from './insight-routes';
export type { Mask } from './parse';
export type { DeskReader } from './receive';
export type { SignInSettings } from './sign-in';

export interface WebPlatformOptions {
  inbox: Inbox;
  reader: DeskReader;
  clock: Clock;
  mask: Mask;
  /** Whether the service listens on this machine only. If not, everything here answers 403, unless there is a sign-in. */
  loopback: boolean;
  /** Null: no sign-in, and everybody is who they say. */
  signIn: SignInSettings | null;
  /** What the pages about the bot are told; without it there are none. */
  insight?: InsightDesk;
  /** Folder of the built page (`src/desk/build.mjs` makes it). */
  assets: string;
  log: { error(fields: object, message: string): void; warn(fields: object, message: string): void };
}

export interface WebPlatform {
  router: Router;
  sender: PlatformSender;
  desk: Destination;
}

/**
 * The web desk: an employee's chat and the administrators' desk on one page. Without sign-in both are pretended, on this
 * machine alone.
 */
export function createWebPlatform({
  loopback,
  signIn: settings,
  assets,
  log,
  ...rest
}: WebPlatformOptions): WebPlatform {
  const streams = new EventStreams(rest.reader, (error) =>
    log.error({ err: error }, 'reading the chat for a browser failed'),
  );
  const router = express.Router();
  // Only our own paths: other platforms are mounted beside us (`/api/messages` belongs to Teams).
  const signIn = settings ? createSignIn(settings, log) : null;
  if (signIn) router.use(signIn.router);
  router.use(ownPaths, signIn?.guard ?? guard(loopback));
  router.use(pageRoutes(assets));
  router.use('/api', apiRoutes({ ...rest, streams }));
  return { router, sender: createSender(streams), desk: createDesk(streams) };
}

const ownPaths = [
  /^\/$/,
  '/desk',
  '/insight',
  '/api/insight',
  '/api/chat',
  '/api/desk',
  '/api/tickets',
  '/api/events',
  '/api/me',
];
