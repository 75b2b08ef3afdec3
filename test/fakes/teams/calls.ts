import type { Fault, Route } from './faults';

/** One request that the bot made. */
export interface Call {
  route: Route | 'unknown';
  method: string;
  path: string;
  conversation?: string;
  activityId?: string;
  body: unknown;
  /** What was answered; 0 if nothing was, or not all of it. */
  status: number;
  response?: unknown;
  fault?: Fault['kind'];
}

/** An operation of the Connector, found in a request's method and path. */
export interface Operation {
  route: Route;
  conversation?: string;
  activityId?: string;
  memberId?: string;
  teamId?: string;
}

const table: readonly [method: string, path: RegExp, route: Route][] = [
  ['POST', /^conversations$/, 'createConversation'],
  ['POST', /^conversations\/(?<conversation>[^/]+)\/activities$/, 'send'],
  ['POST', /^conversations\/(?<conversation>[^/]+)\/activities\/(?<activityId>[^/]+)$/, 'reply'],
  ['PUT', /^conversations\/(?<conversation>[^/]+)\/activities\/(?<activityId>[^/]+)$/, 'update'],
  ['DELETE', /^conversations\/(?<conversation>[^/]+)\/activities\/(?<activityId>[^/]+)$/, 'delete'],
  ['GET', /^conversations\/(?<conversation>[^/]+)\/members$/, 'members'],
  ['GET', /^conversations\/(?<conversation>[^/]+)\/pagedmembers$/, 'pagedMembers'],
  ['GET', /^conversations\/(?<conversation>[^/]+)\/members\/(?<memberId>[^/]+)$/, 'member'],
  ['GET', /^teams\/(?<teamId>[^/]+)$/, 'team'],
  ['GET', /^teams\/(?<teamId>[^/]+)\/conversations$/, 'teamChannels'],
];

/** The operation that a request below `<serviceUrl>v3/` asks for. */
export function operationOf(method: string, path: string): Operation | undefined {
  for (const [verb, pattern, route] of table) {
    const found = verb === method ? pattern.exec(path) : null;
    if (found) {
      const parts = Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
      return { route, ...Object.fromEntries(parts) };
    }
  }
  return undefined;
}
