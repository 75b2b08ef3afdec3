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

function clean(line: string): string {
  if (maskSecrets(line).kinds.length === 0) return line;
  // By value, so that a secret that ends somewhere in the middle of the line takes no JSON along.
  const masked = (_name: string, value: unknown) => (typeof value === 'string' ? maskSecrets(value).text : value);
  return `${JSON.stringify(JSON.parse(line), masked)}\n`;
}
