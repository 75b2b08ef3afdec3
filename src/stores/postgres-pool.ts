import type { PostgresPool, PostgresPoolClient } from 'kysely';
import { Pool, type PoolClient, types } from 'pg';
import { isLost, shownPlace, translate } from './postgres-errors';

export interface PoolLimits {
  connections: number;
  /** For getting a connection, in milliseconds. */
  connectMs: number;
  /** For one statement; 0 for as long as it takes. */
  statementMs: number;
}

/** A process that is stopped in mid-transaction must not hold the others up for ever. */
const idleTransactionMs = 15_000;
/** The server answers sooner, with an error; this is for one that is not there any more. */
const silenceMs = 5_000;
const int8 = 20;

/**
 * Connections as Kysely wants them, with three things seen to: a connection that breaks never ends the process, one that
 * broke is not used again, and errors are in our words.
 */
export function connectPool(url: string, limits: PoolLimits, onLost: (error: Error) => void = () => {}): PostgresPool {
  const place = shownPlace(url);
  const pool = new Pool({
    connectionString: withStandardTls(url),
    max: limits.connections,
    connectionTimeoutMillis: limits.connectMs,
    fallback_application_name: 'aws-signin-helpdesk',
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: { getTypeParser: (id, format) => (id === int8 ? exactNumber : types.getTypeParser(id, format)) },
    ...(limits.statementMs > 0
      ? {
          statement_timeout: limits.statementMs,
          lock_timeout: limits.statementMs / 2,
          query_timeout: limits.statementMs + silenceMs,
          idle_in_transaction_session_timeout: idleTransactionMs,
        }
      : {}),
  });
  // Without listeners these two would end the process.
  pool.on('error', (error) => onLost(translate(error, place)));
  pool.on('connect', (client) => client.on('error', () => {}));
  return {
    connect: async () => {
      try {
        return watched(await pool.connect(), place);
      } catch (error) {
        throw translate(error, place);
      }
    },
    end: () => pool.end(),
  };
}

function watched(client: PoolClient, place: string): PostgresPoolClient {
  let broken = false;
  const query = async (text: string, values: readonly unknown[]) => {
    try {
      return await client.query(text, values.map(storable));
    } catch (error) {
      broken ||= isLost(error);
      throw translate(error, place);
    }
  };
  // Kysely's other form of a query is for cursors, which nothing here uses.
  return { query: query as unknown as PostgresPoolClient['query'], release: () => client.release(broken) };
}

/** PostgreSQL keeps any character but this one; in JSON it stands escaped anyway. */
export const storable = <T>(value: T): T | string =>
  typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\ufffd') : value;

/** Times and counters fit a number; anything that does not is refused, never rounded. */
function exactNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new Error('a number of the database is too large to be exact');
  return number;
}

/** `sslmode` as every other PostgreSQL program understands it; the driver's own meaning is about to change. */
function withStandardTls(url: string): string {
  if (!/[?&]sslmode=/.test(url) || /[?&]uselibpqcompat=/.test(url)) return url;
  return `${url}&uselibpqcompat=true`;
}
