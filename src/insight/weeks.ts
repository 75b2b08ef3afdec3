/** A week from Monday 00:00 to the next, in a time zone. `name` is the one of ISO 8601: `2026-W48`. */
export interface Week {
  name: string;
  from: number;
  to: number;
}

const day = 24 * 60 * 60 * 1000;

interface LocalTime {
  year: number;
  month: number;
  date: number;
  hour: number;
  minute: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the clocks on the wall show. */
export function localTime(at: number, timezone: string): LocalTime {
  let format = formats.get(timezone);
  if (!format) {
    const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
    format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', { timeZone: timezone, hourCycle: 'h23', ...parts });
    formats.set(timezone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return { year: parts.year!, month: parts.month!, date: parts.day!, hour: parts.hour!, minute: parts.minute! };
}

/** When the clocks on the wall show this. An hour that a change of the clocks leaves out is taken for the one after it. */
export function timeAt(year: number, month: number, date: number, minutes: number, timezone: string): number {
  const wanted = Date.UTC(year, month - 1, date) + minutes * 60_000;
  const shows = (at: number) => {
    const local = localTime(at, timezone);
    return Date.UTC(local.year, local.month - 1, local.date, local.hour, local.minute);
  };
  let at = wanted;
  for (let step = 0; step < 3; step++) at += wanted - shows(at);
  return shows(at) === wanted ? at : at + (wanted - shows(at) > 0 ? 60 * 60_000 : 0);
}

/** Monday is 0. */
const weekday = (year: number, month: number, date: number): number =>
  (new Date(Date.UTC(year, month - 1, date)).getUTCDay() + 6) % 7;

/** The week that holds a moment, or one so many weeks away from it. */
export function weekOf(at: number, timezone: string, away = 0): Week {
  const { year, month, date } = localTime(at, timezone);
  const monday = Date.UTC(year, month - 1, date) + (away * 7 - weekday(year, month, date)) * day;
  const start = new Date(monday);
  const end = new Date(monday + 7 * day);
  const midnight = (when: Date) =>
    timeAt(when.getUTCFullYear(), when.getUTCMonth() + 1, when.getUTCDate(), 0, timezone);
  return { name: weekName(monday), from: midnight(start), to: midnight(end) };
}

/** The last weeks up to the one that holds `at`, oldest first. */
export const lastWeeks = (at: number, timezone: string, count: number): Week[] =>
  Array.from({ length: count }, (_, index) => weekOf(at, timezone, index - count + 1));

/** The week's year is that of its Thursday. */
function weekName(monday: number): string {
  const thursday = new Date(monday + 3 * day);
  const firstOfYear = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  const number = Math.floor((thursday.getTime() - firstOfYear) / (7 * day)) + 1;
  return `${thursday.getUTCFullYear()}-W${String(number).padStart(2, '0')}`;
}
