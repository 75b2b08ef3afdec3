import type { IncomingMessage, Server } from 'node:http';
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
  close(): void;
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
