import { type Kysely, sql } from 'kysely';
import type { Store } from '../core/ports';
import type { Tables } from './tables';
import { markUnreached } from './unreached';

/** Ends a try at a row that the owner holds; false when the lease was lost. */
export async function endOutgoing(
  db: Kysely<Tables>,
  ...[id, owner, result]: Parameters<Store['finishOutbox']>
): Promise<boolean> {
  const row = await db
    .updateTable('outbox')
    .set({ ...valuesOf(result), lease_owner: null, lease_until: null })
    .where('id', '=', id)
    .where('lease_owner', '=', owner)
    .returning(['json', 'calls'])
    .executeTakeFirst();
  // Whoever should have come must be replaced by the next.
  if (result.kind === 'failed' && row?.calls != null) await markUnreached(db, [row]);
  return row !== undefined;
}

function valuesOf(result: Parameters<Store['finishOutbox']>[2]) {
  switch (result.kind) {
    case 'sent':
      return { state: 'sent' as const, error: null };
    case 'failed':
      return { state: 'failed' as const, error: result.error };
    case 'retry': {
      const { dueAt, error } = result;
      // A wait that the platform asked for is no failed try.
      const counts = result.counts === false ? { attempts: sql<number>`attempts - 1` } : {};
      return { state: 'ready' as const, due_at: dueAt, error, ...counts };
    }
  }
}
