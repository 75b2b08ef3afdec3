import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A chat platform as the bench plays it: it signs what people do as the real one does, takes what the bot sends, and
 * checks nothing of it. What is right or wrong is for the tests; here only time counts, and it must not be ours.
 */
export interface Peer {
  /** Settings under which the bot, or a bare app, talks to this peer. */
  settings: Record<string, string>;
  /** Where apps take what comes in. */
  path: string;
  says(person: number, words: string): Prepared;
  presses(person: number, on: string, button: Button): Prepared;
  /** Told of each message that is put before a person. */
  onShown: (shown: Shown) => void;
  /** Calls to the platform since the start, by name. */
  calls: Map<string, number>;
  /** How long the platform takes for each call, in milliseconds. */
  answersAfterMs: number;
  /** Asked at each call the bot makes, but for its credentials: what goes wrong with it. */
  trouble: () => Trouble | null;
  close(): void;
}

/** As platforms fail; `dropped after`: it is done, and nobody is told. */
export type Trouble = 'refused' | 'throttled' | 'dropped before' | 'dropped after';

/** Lets a call go wrong. True when that was all there is to do. */
export function spoiled(trouble: Trouble | null, response: ServerResponse): boolean {
  switch (trouble) {
    case 'refused':
      response.writeHead(503, { 'content-type': 'application/json' }).end('{"ok":false,"error":"service_unavailable"}');
      return true;
    case 'throttled':
      response.writeHead(429, { 'retry-after': '1', 'content-type': 'application/json' }).end('{}');
      return true;
    case 'dropped before':
      response.socket?.destroy();
      return true;
    default:
      return false;
  }
}

/** A request that only has to be sent. */
export interface Prepared {
  headers: Record<string, string | number>;
  body: Buffer;
}

export interface Button {
  id: string;
  /** What it brings back when it is pressed. */
  brings: unknown;
}

export interface Shown {
  person: number;
  message: string;
  /** False when an older message was changed. */
  isNew: boolean;
  buttons: Button[];
  /** What would be the same if it were shown twice: the bot's own mark where it puts one, else all there is to see. */
  mark: () => string;
  /** The bot was not told that it got through. */
  untold: boolean;
}

/** The ids of people in one platform: `prefix` and a number, so that the number can be read back from them. */
export const personIn = (id: string): number => Number(/(\d{5})$/.exec(id)?.[1]);
export const padded = (person: number): string => String(person).padStart(5, '0');

export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Listens on a free port of this machine. */
export async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

export const counted = (calls: Map<string, number>, name: string): unknown =>
  calls.set(name, (calls.get(name) ?? 0) + 1);
