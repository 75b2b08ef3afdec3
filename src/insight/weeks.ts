import { DateTime } from 'luxon';

/** A week from Monday 00:00 to the next, in a time zone. `name` is the one of ISO 8601: `2026-W48`. */
export interface Week {
  name: string;
  from: number;
  to: number;
}

/** The week that holds a moment, or one so many weeks away from it. */
export function weekOf(at: number, timezone: string, away = 0): Week {
  const monday = DateTime.fromMillis(at, { zone: timezone }).startOf('week').plus({ weeks: away });
  return {
    name: monday.toFormat("kkkk-'W'WW"),
    from: monday.toMillis(),
    to: monday.plus({ weeks: 1 }).startOf('day').toMillis(),
  };
}

/** The last weeks up to the one that holds `at`, oldest first. */
export const lastWeeks = (at: number, timezone: string, count: number): Week[] =>
  Array.from({ length: count }, (_, index) => weekOf(at, timezone, index - count + 1));

/** When the clocks on the wall show this time on a day of the week (Monday is 0). */
export function timeInWeek({ from }: Week, weekday: number, hour: number, minute: number, timezone: string): number {
  return DateTime.fromMillis(from, { zone: timezone }).plus({ days: weekday }).set({ hour, minute }).toMillis();
}
