import { types } from 'node:util';
import { CodedError, type ErrorCode } from '../core/errors';

/** Where a database is, without the password: for messages. */
export function shownPlace(url: string): string {
  // An address without a host, as for a socket, is none to URL.
  const parsed = new URL(url.replace(/@(?=[/?]|$)/, '@localhost'));
  const host = parsed.searchParams.get('host') ?? decodeURIComponent(parsed.host);
  const user = parsed.username === '' ? '' : `${decodeURIComponent(parsed.username)}@`;
  return `${user}${host}${parsed.pathname === '/' ? '' : parsed.pathname}`;
}

/** Errors of PostgreSQL, its driver and the network in our words; any other without what it quotes of a row. */
export function translate(error: unknown, place: string): Error {
  if (error instanceof CodedError) return error;
  // Not instanceof: what Node itself throws is made elsewhere when tests run.
  if (!types.isNativeError(error)) return new Error(String(error));
  const code = codeOf(error);
  if (code) return new CodedError(code, `It is ${place}: ${messageOf(error)}.`, error);
  // PostgreSQL tells in these what stood in the row, and what people write belongs in no log.
  for (const field of ['detail', 'where', 'internalQuery']) delete (error as unknown as Record<string, unknown>)[field];
  return error;
}

/** After these the connection is of no more use. */
export const isLost = (error: unknown): boolean =>
  types.isNativeError(error) &&
  (lostMessages.test(error.message) || /^(08|57P0|25P03)/.test(sqlState(error)) || networkCodes.has(nodeCode(error)));

function codeOf(error: Error): ErrorCode | null {
  const state = sqlState(error);
  if (isNotPrivate(error)) return 'STORE_NOT_PRIVATE';
  // Deadlock, and a lock that does not come free: whoever tries again gets through.
  if (['40001', '40P01', '55P03'].includes(state)) return 'TURN_CONFLICT';
  // 57014: the statement took too long. 53300: no connection left. 25006: this server only reads, as one just taken over.
  if (isLost(error) || ['57014', '53300', '25006'].includes(state)) return 'STORE_UNREACHABLE';
  if (/^28/.test(state) || ['3D000', '42501', '3F000'].includes(state)) return 'STORE_REFUSED';
  return null;
}

const lostMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client (has encountered a connection error|was closed))/;
const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOENT',
  'EACCES',
]);

function isNotPrivate(error: Error): boolean {
  if (/^(ERR_SSL|ERR_TLS|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|HOSTNAME_MISMATCH)/.test(nodeCode(error))) return true;
  if (/does not support SSL|sslmode=/.test(error.message)) return true;
  // A certificate or key that the address names and that cannot be read.
  if ((error as NodeJS.ErrnoException).syscall === 'open') return true;
  return /^28/.test(sqlState(error)) && /no encryption|SSL off/.test(error.message);
}

const sqlState = (error: Error): string => {
  const code = nodeCode(error);
  return /^[0-9A-Z]{5}$/.test(code) && 'severity' in error ? code : '';
};
const nodeCode = (error: Error): string => String((error as { code?: unknown }).code ?? '');

/** Node gathers what several addresses of one host answered, and then has no words of its own. */
const messageOf = (error: Error): string =>
  (error.message === '' && 'errors' in error
    ? (error as AggregateError).errors.map((one: Error) => one.message).join('; ')
    : error.message
  ).replace(/\.$/, '');
