import { DateTime } from 'luxon';
import type { Rotation } from '../../core/duty';
import { clockTime } from './working-time';

const dayMs = 86_400_000;

/**
 * Whose turn it is, and until when; null before the first handover. Turns are counted in days of the calendar, so a
 * handover is at the same time on the wall before and after the clocks change.
 */
export function turnOf(
  rotation: Rotation,
  at: number,
  zone: string,
): { person: string; from: number; until: number } | null {
  const start = DateTime.fromISO(rotation.start, { zone });
  const handover = (day: number): number => clockTime(start.plus({ days: day }), rotation.handover);
  let day = calendarDays(start, DateTime.fromMillis(at, { zone }));
  if (at < handover(day)) day -= 1;
  if (day < 0) return null;
  const length = daysOf(rotation.every);
  const turn = Math.floor(day / length);
  const person = rotation.people[turn % rotation.people.length];
  if (person === undefined) return null;
  return { person, from: handover(turn * length), until: handover((turn + 1) * length) };
}

/** When turns begin between the two times. */
export function handovers(rotation: Rotation, from: number, until: number, zone: string): number[] {
  const found: number[] = [];
  const start = DateTime.fromISO(rotation.start, { zone });
  let at = turnOf(rotation, from, zone)?.until ?? clockTime(start, rotation.handover);
  while (at < until) {
    found.push(at);
    const next = turnOf(rotation, at, zone);
    if (!next || next.until <= at) break;
    at = next.until;
  }
  return found;
}

const daysOf = (every: string): number => Number(every.slice(0, -1)) * (every.endsWith('w') ? 7 : 1);

const dateNumber = ({ year, month, day }: DateTime): number => Date.UTC(year, month - 1, day) / dayMs;

const calendarDays = (from: DateTime, to: DateTime): number => dateNumber(to) - dateNumber(from);
