import type { PostgresPool } from 'kysely';
import { RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible';
import { connectPool } from './postgres-pool';

/** Counters that all processes on one database share. While it is out of reach each counts for itself. */
export interface PostgresCounters {
  counter(name: string, limit: number, durationS: number): Promise<(key: string) => Promise<unknown>>;
  close(): Promise<void>;
}

/** They must not take connections from turns, nor wait long: being wrong about a limit is better than being late. */
const limits = { connections: 2, connectMs: 1_000, statementMs: 1_000 };
const table = 'flood_counters';

export function openPostgresCounters(url: string): PostgresCounters {
  const pool = connectPool(url, limits);
  const storeClient = { query: (query: { text: string; values?: unknown[] }) => queryOn(pool, query) };
  return {
    counter: (name, limit, duration) =>
      new Promise((resolve, reject) => {
        const insurance = new RateLimiterMemory({ keyPrefix: name, points: limit, duration });
        const limiter: RateLimiterPostgres = new RateLimiterPostgres(
          {
            storeClient,
            storeType: 'pool',
            tableName: table,
            keyPrefix: name,
            points: limit,
            duration,
            insuranceLimiter: insurance,
          },
          (error) => (error ? reject(error) : resolve((key) => limiter.consume(key))),
        );
      }),
    close: () => pool.end(),
  };
}

async function queryOn(pool: PostgresPool, { text, values = [] }: { text: string; values?: unknown[] }) {
  const client = await pool.connect();
  try {
    return await client.query(text, values);
  } finally {
    client.release();
  }
}
