import type { Kysely } from 'kysely';
import type { OnCallOverride } from '../core/duty';
import type { Tables } from './tables';

export async function addOverride(
  db: Kysely<Tables>,
  { schedule, person, from, until, by, madeAt }: Omit<OnCallOverride, 'id'>,
): Promise<OnCallOverride> {
  const row = await db
    .insertInto('on_call_overrides')
    .values({ schedule, person, from_at: from, until_at: until, by, made_at: madeAt })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id: Number(row.id), schedule, person, from, until, by, madeAt };
}

/** Those that hold at some time between the two, oldest first. */
export async function overridesBetween(db: Kysely<Tables>, from: number, until: number): Promise<OnCallOverride[]> {
  const rows = await db
    .selectFrom('on_call_overrides')
    .selectAll()
    .where('from_at', '<', until)
    .where('until_at', '>', from)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: Number(row.id),
    schedule: row.schedule,
    person: row.person,
    from: Number(row.from_at),
    until: Number(row.until_at),
    by: row.by,
    madeAt: Number(row.made_at),
  }));
}

export async function removeOverride(db: Kysely<Tables>, id: number): Promise<boolean> {
  const gone = await db.deleteFrom('on_call_overrides').where('id', '=', id).executeTakeFirst();
  return gone.numDeletedRows === 1n;
}
