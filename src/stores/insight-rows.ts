import { type Kysely, sql } from 'kysely';
import { partsOfImpersonal } from '../core/impersonal';
import type { TurnCommit } from '../core/ports';
import {
  leftAfterMs,
  type MissedReason,
  type MissedWords,
  type TicketTimes,
  type TurnCount,
  type TurnOutcome,
} from '../core/turn-facts';
import type { Decision, RankedIntent } from '../core/understanding';
import type { Tables } from './tables';

/** One row for a turn, and a second one only for words that are worth a look. */
export async function addFacts(trx: Kysely<Tables>, { facts, at, conversationId, platform, key }: TurnCommit) {
  if (!facts) return;
  const { missed, walked, edited, ...rest } = facts;
  await trx
    .insertInto('turn_facts')
    .values({ at, conversation: conversationId, platform, ...rest, walked: JSON.stringify(walked) })
    .execute();
  // What was changed by its writer is no longer what they said.
  if (edited) await trx.deleteFrom('missed_words').where('key', '=', edited).execute();
  if (!missed) return;
  await trx
    .insertInto('missed_words')
    .values({
      key: edited ?? key,
      at,
      conversation: conversationId,
      platform,
      reason: missed.reason,
      step: missed.step,
      text: missed.text,
      candidates: JSON.stringify(missed.candidates),
      state: 'new',
      intent: null,
      judged_by: null,
      judged_at: null,
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
}

/** Words that were changed or taken back by their writer are kept for nobody. */
export async function forgetWords(
  trx: Kysely<Tables>,
  keys: readonly string[],
  conversations: readonly string[],
  isTakenBack: (words: string) => boolean,
): Promise<void> {
  const rows = await trx
    .selectFrom('missed_words')
    .select(['id', 'key', 'text'])
    .where('conversation', 'in', conversations)
    .execute();
  const isGone = (text: string) => {
    const parts = partsOfImpersonal(text);
    return parts.length > 0 && parts.every(isTakenBack);
  };
  const gone = rows.filter(({ key, text }) => keys.includes(key) || isGone(text)).map(({ id }) => id);
  if (gone.length > 0) await trx.deleteFrom('missed_words').where('id', 'in', gone).execute();
}

/** Counted by the database; what comes back is as long as the content is varied, however many people wrote. */
export async function turnCounts(db: Kysely<Tables>, from: number, to: number, now: number): Promise<TurnCount[]> {
  const { rows } = await sql<{
    platform: string;
    step: string | null;
    next: string | null;
    began: string | null;
    walked: string;
    decision: Decision | null;
    outcome: TurnOutcome | null;
    ended: TurnCount['ended'];
    turns: number | string;
  }>`
    WITH seen AS (
      SELECT at, platform, step, next, began, walked, decision, outcome,
        LEAD(at) OVER (PARTITION BY conversation ORDER BY id) AS after
      FROM turn_facts WHERE at >= ${from} AND at < ${to + leftAfterMs}
    ), judged AS (
      SELECT platform, step, next, began, walked, decision, outcome,
        CASE
          WHEN after IS NOT NULL AND after - at < ${sql.lit(leftAfterMs)} THEN 'no'
          WHEN at <= ${now - leftAfterMs} THEN 'left'
          ELSE 'open'
        END AS ended
      FROM seen WHERE at < ${to}
    )
    SELECT platform, step, next, began, walked, decision, outcome, ended, COUNT(*) AS turns
    FROM judged GROUP BY platform, step, next, began, walked, decision, outcome, ended`.execute(db);
  return rows.map(({ walked, turns, ...row }) => ({
    ...row,
    walked: JSON.parse(walked) as string[][],
    turns: Number(turns),
  }));
}

export async function ticketTimes(db: Kysely<Tables>, from: number, to: number): Promise<TicketTimes[]> {
  const rows = await db
    .selectFrom('tickets')
    .leftJoin('ticket_history', 'ticket_history.ticket', 'tickets.id')
    .select((select) => [
      'tickets.id',
      'tickets.json',
      'tickets.created_at',
      ...(['claim', 'resolve', 'cancelled'] as const).map((action) =>
        select.fn
          .min(select.case().when('ticket_history.action', '=', action).then(select.ref('ticket_history.at')).end())
          .as(action),
      ),
    ])
    .where('tickets.created_at', '>=', from)
    .where('tickets.created_at', '<', to)
    .groupBy(['tickets.id', 'tickets.json', 'tickets.created_at'])
    .orderBy('tickets.id')
    .execute();
  return rows.map((row) => {
    const { platform, intent } = JSON.parse(row.json) as { platform: string; intent: string };
    const times = row as unknown as Record<'claim' | 'resolve' | 'cancelled', number | string | null>;
    const time = (value: number | string | null) => (value === null ? null : Number(value));
    const solvedAt = time(times.resolve);
    return {
      id: Number(row.id),
      platform,
      intent,
      openedAt: Number(row.created_at),
      // Solved without being taken first: whoever solved it had it from then on.
      claimedAt: time(times.claim) ?? solvedAt,
      solvedAt,
      cancelledAt: time(times.cancelled),
    };
  });
}

export async function missedWords(
  db: Kysely<Tables>,
  { state, limit }: { state: MissedWords['state']; limit: number },
): Promise<MissedWords[]> {
  const rows = await db
    .selectFrom('missed_words')
    .selectAll()
    .where('state', '=', state)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: Number(row.id),
    at: Number(row.at),
    platform: row.platform,
    reason: row.reason as MissedReason,
    step: row.step,
    text: row.text,
    candidates: JSON.parse(row.candidates) as RankedIntent[],
    state: row.state as MissedWords['state'],
    intent: row.intent,
  }));
}

export async function judgeWords(
  db: Kysely<Tables>,
  ids: readonly number[],
  { intent, by, at }: { intent: string | null; by: string; at: number },
): Promise<number> {
  if (ids.length === 0) return 0;
  const result = await db
    .updateTable('missed_words')
    .set({ state: intent === null ? 'dismissed' : 'given', intent, judged_by: by, judged_at: at })
    .where('id', 'in', ids)
    .where('state', '=', 'new')
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}
