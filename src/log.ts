import pino, { type Logger } from 'pino';
import { maskSecrets } from './core/secrets';

export type Log = Logger;

/** Causes of causes are followed so far. */
const deepest = 5;

/**
 * The one logger: JSON lines on standard error, ids on every line, never the text of a message. Of an error it keeps what
 * helps to find its place and nothing else: what the SDKs hang on theirs (the request with its headers, the answer with
 * its body) holds tokens and words of people. Its own words may quote what it was given, so each line is looked through
 * once more before it leaves.
 */
export const createLog = (
  level: string,
  destination: pino.DestinationStream = pino.destination({ dest: 2, sync: true }),
): Log =>
  pino(
    {
      level,
      base: null,
      serializers: { err: (error: unknown) => told(error, deepest), error: shown },
      redact,
      hooks: { streamWrite: clean },
    },
    destination,
  );

/** What JSON leaves as it is, and a terminal obeys: escape sequences in one character, and turns of direction. */
const obeyed = /[\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;
const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

function clean(line: string): string {
  return withoutSecrets(line).replace(obeyed, escaped);
}

function withoutSecrets(line: string): string {
  if (maskSecrets(line).kinds.length === 0) return line;
  // By value, so that a secret that ends somewhere in the middle of the line takes no JSON along.
  const masked = (_name: string, value: unknown) => (typeof value === 'string' ? maskSecrets(value).text : value);
  return `${JSON.stringify(JSON.parse(line), masked)}\n`;
}

interface Told {
  type: string;
  message: string;
  code?: string | number;
  status?: number;
  stack?: string;
  cause?: Told;
}

function told(error: unknown, depth: number): Told {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  const { code, status, statusCode } = error as { code?: unknown; status?: unknown; statusCode?: unknown };
  const number = status ?? statusCode;
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(typeof number === 'number' ? { status: number } : {}),
    ...(error.stack ? { stack: error.stack } : {}),
    ...(error.cause !== undefined && depth > 0 ? { cause: told(error.cause, depth - 1) } : {}),
  };
}

/** Under this name stands what an edge says in words; an error object there gets the same treatment. */
const shown = (error: unknown): unknown => (error instanceof Error ? told(error, deepest) : error);

/** Should one of these ever be logged by mistake, its value is not. */
const redact = {
  paths: ['text', 'say', 'lines', 'token', 'password', 'authorization', 'headers', 'body'].flatMap((name) => [
    name,
    `*.${name}`,
  ]),
  censor: '(not logged)',
};
