import type { Kysely } from 'kysely';
import type { Alarm, RaisedAlarm } from '../core/ports';
import type { Tables } from './tables';

/** The same trouble is raised once; again only after it was over. */
export async function raise(trx: Kysely<Tables>, { key, text }: Alarm, at: number): Promise<void> {
  await trx
    .insertInto('alarms')
    .values({ key, text, raised_at: at, cleared_at: null, told_at: null })
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet({ text, raised_at: at, cleared_at: null, told_at: null })
        .where('alarms.cleared_at', 'is not', null),
    )
    .execute();
}

export async function openAlarms(db: Kysely<Tables>): Promise<RaisedAlarm[]> {
  const rows = await db
    .selectFrom('alarms')
    .select(['key', 'text', 'raised_at'])
    .where('cleared_at', 'is', null)
    .orderBy('raised_at')
    .orderBy('key')
    .execute();
  return rows.map(({ key, text, raised_at }) => ({ key, text, raisedAt: Number(raised_at) }));
}
