import pino, { type Logger } from 'pino';

export type Log = Logger;

/** The one logger: JSON lines on standard error, ids on every line, never the text of a message. */
export const createLog = (level: string): Log => pino({ level, base: null }, pino.destination({ dest: 2, sync: true }));
