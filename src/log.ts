import pino, { type Logger } from 'pino';
import { maskSecrets } from './core/secrets';

export type Log = Logger;

/**
 * The one logger: JSON lines on standard error, ids on every line, never the text of a message. Errors of libraries may
 * quote what they were given, so each line is looked through once more before it leaves.
 */
export const createLog = (
  level: string,
  destination: pino.DestinationStream = pino.destination({ dest: 2, sync: true }),
): Log => pino({ level, base: null, hooks: { streamWrite: clean } }, destination);

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
