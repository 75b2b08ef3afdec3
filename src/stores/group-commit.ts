import type { Kysely } from 'kysely';
import type { Tables } from './tables';

export type Work<T> = (trx: Kysely<Tables>) => Promise<T>;
/** Runs work in a transaction; resolves once it is committed. */
export type Transact = <T>(work: Work<T>) => Promise<T>;

interface Job {
  work: Work<unknown>;
  done(value: unknown): void;
  failed(error: unknown): void;
}

/** More of them would keep readers waiting. */
const largestGroup = 64;

/**
 * Writes that wait at the same time share one commit, and so one flush to the disk: the flush is what a commit costs.
 * If one of them fails, all are rolled back and run again, each for itself, so that it takes nothing of the others
 * along; work must therefore touch nothing but the transaction it is given. For stores with a single connection: where
 * there are many, they flush side by side anyway.
 */
export function groupCommit(db: Kysely<Tables>): Transact {
  const waiting: Job[] = [];
  let isRunning = false;

  async function drain(): Promise<void> {
    isRunning = true;
    while (waiting.length > 0) {
      const group = waiting.splice(0, largestGroup);
      if (group.length === 1 || !(await runTogether(db, group))) for (const job of group) await runAlone(db, job);
    }
    isRunning = false;
  }

  return <T>(work: Work<T>) =>
    new Promise<T>((resolve, reject) => {
      waiting.push({ work, done: (value) => resolve(value as T), failed: reject });
      // Whatever else arrives in this turn of the event loop joins the group.
      if (!isRunning && waiting.length === 1) setImmediate(() => void drain());
    });
}

/** False when nothing of it was written. */
async function runTogether(db: Kysely<Tables>, group: readonly Job[]): Promise<boolean> {
  const values: unknown[] = [];
  try {
    await db.transaction().execute(async (trx) => {
      for (const { work } of group) values.push(await work(trx));
    });
  } catch {
    return false;
  }
  for (const [index, { done }] of group.entries()) done(values[index]);
  return true;
}

async function runAlone(db: Kysely<Tables>, { work, done, failed }: Job): Promise<void> {
  try {
    done(await db.transaction().execute(work));
  } catch (error) {
    failed(error);
  }
}
