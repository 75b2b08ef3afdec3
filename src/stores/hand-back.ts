import type { Kysely } from 'kysely';
import type { Tables } from './tables';

/**
 * What this owner took and did not finish is free at once, not when its lease is over. An outbox row stays marked as
 * begun: whoever takes it next finds out whether it left after all.
 */
export async function handBack(trx: Kysely<Tables>, owner: string): Promise<void> {
  for (const table of ['inbox', 'outbox'] as const)
    await trx
      .updateTable(table)
      .set({ lease_owner: null, lease_until: null })
      .where('lease_owner', '=', owner)
      .where('state', 'in', ['new', 'ready', 'sending'])
      .execute();
}
