import { DateTime } from 'luxon';
import { type WorkingHours, weekdays } from '../../core/duty';

/** Far enough to pass over any plant holiday; a week without a single hour of work is refused by the schema. */
const longestSearchDays = 400;

interface Stretch {
  from: number;
  until: number;
}

/** Whether somebody who keeps these hours is at work. */
export function isWorkingTime(hours: WorkingHours, at: number, zone: string): boolean {
  const day = dayOf(hours, at, zone);
  return [day.minus({ days: 1 }), day].some((one) =>
    stretchesOf(hours, one).some(({ from, until }) => from <= at && at < until),
  );
}

/** `at` itself in working time, else when work begins next; null where it never does. */
export function nextWorkingTime(hours: WorkingHours, at: number, zone: string): number | null {
  if (isWorkingTime(hours, at, zone)) return at;
  for (const { from } of stretchesFrom(hours, at, zone)) if (from >= at) return from;
  return null;
}

/**
 * When so much working time has gone by: fifteen minutes from ten minutes before closing end five minutes after the next
 * opening. Null where work never begins again.
 */
export function addWorkingTime(hours: WorkingHours, at: number, length: number, zone: string): number | null {
  let left = length;
  let done = at;
  for (const { from, until } of stretchesFrom(hours, at, zone)) {
    const start = Math.max(from, done);
    if (start >= until) continue;
    if (until - start >= left) return start + left;
    left -= until - start;
    done = until;
  }
  return null;
}

/** The times between the two at which work begins or ends. */
export function workChanges(hours: WorkingHours, from: number, until: number, zone: string): number[] {
  const found: number[] = [];
  for (const stretch of stretchesFrom(hours, from, zone)) {
    if (stretch.from >= until) break;
    found.push(...[stretch.from, stretch.until].filter((at) => from < at && at < until));
  }
  return found;
}

/** In order, from the stretch that `at` may lie in. */
function* stretchesFrom(hours: WorkingHours, at: number, zone: string): Generator<Stretch> {
  let day = dayOf(hours, at, zone).minus({ days: 1 });
  for (let count = 0; count < longestSearchDays; count++, day = day.plus({ days: 1 })) yield* stretchesOf(hours, day);
}

const dayOf = (hours: WorkingHours, at: number, zone: string): DateTime =>
  DateTime.fromMillis(at, { zone: hours.timezone ?? zone }).startOf('day');

function stretchesOf({ week, holidays = [] }: WorkingHours, day: DateTime): Stretch[] {
  const date = day.toISODate() ?? '';
  if (holidays.includes(date) || holidays.includes(date.slice(5))) return [];
  return week
    .filter(({ days }) => includes(days, day.weekday - 1))
    .map(({ from, until }) => {
      const end = minutesOf(until) <= minutesOf(from) ? day.plus({ days: 1 }) : day;
      return { from: clockTime(day, from), until: clockTime(end, until) };
    })
    .sort((a, b) => a.from - b.from);
}

function includes(days: string, weekday: number): boolean {
  const [first, last = first] = days.split('-').map((name) => weekdays.indexOf(name as (typeof weekdays)[number]));
  if (first === undefined || last === undefined) return false;
  return first <= last ? first <= weekday && weekday <= last : weekday >= first || weekday <= last;
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** When the clock on the wall shows it that day; a time that the change of clocks leaves out comes an hour later. */
export function clockTime(day: DateTime, time: string): number {
  if (time === '24:00') return day.plus({ days: 1 }).startOf('day').toMillis();
  return day
    .set({ hour: Number(time.slice(0, 2)), minute: Number(time.slice(3)), second: 0, millisecond: 0 })
    .toMillis();
}
