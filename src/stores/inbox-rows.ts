import type { Kysely } from 'kysely';
import type { Address, Incoming } from '../core/message';
import type { Tables } from './tables';

/** False when the key is known already. */
export async function insertIncoming(db: Kysely<Tables>, incoming: Incoming): Promise<boolean> {
  const result = await db
    .insertInto('inbox')
    .values({
      key: incoming.key,
      conversation: incoming.conversation,
      at: incoming.at,
      json: JSON.stringify(incoming),
      state: 'new',
      came_from: cameFrom(incoming),
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Where else the words of a row stand, so that they are found when the person takes them back. */
function cameFrom(incoming: Incoming): string | null {
  switch (incoming.kind) {
    case 'edit':
      return incoming.of;
    case 'moved':
      return incoming.from;
    default:
      return null;
  }
}

/** Platforms move conversations between their servers, so the newest address counts, in whatever order they arrive. */
export async function saveAddress(
  db: Kysely<Tables>,
  conversation: string,
  address: Address,
  at: number,
): Promise<void> {
  const json = JSON.stringify(address);
  await db
    .insertInto('addresses')
    .values({ conversation, json, updated_at: at })
    .onConflict((conflict) =>
      conflict.column('conversation').doUpdateSet({ json, updated_at: at }).where('addresses.updated_at', '<=', at),
    )
    .execute();
}

/** For an address that is only guessed: any that the platform tells itself is better, also an older one. */
export async function keepAddress(db: Kysely<Tables>, conversation: string, address: Address): Promise<void> {
  await db
    .insertInto('addresses')
    .values({ conversation, json: JSON.stringify(address), updated_at: 0 })
    .onConflict((conflict) => conflict.column('conversation').doNothing())
    .execute();
}
