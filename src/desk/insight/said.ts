const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A span of time as people say it: `40 s`, `12 min`, `3.5 h`, `2 d`. */
export function spanText(milliseconds: number): string {
  if (milliseconds < minute) return `${Math.round(milliseconds / 1000)} s`;
  if (milliseconds < hour) return `${Math.round(milliseconds / minute)} min`;
  if (milliseconds < 2 * day) return `${rounded(milliseconds / hour)} h`;
  return `${rounded(milliseconds / day)} d`;
}

const steps = [1, 5, 10, 15, 30, 60, 120, 240, 480, 720, 1440, 2880, 7200, 14400].map((minutes) => minutes * minute);

/** Marks for times up to this one: a round number of minutes, hours or days apart, at most six of them. */
export const timeStep = (most: number): number => steps.find((step) => most / step <= 5) ?? steps.at(-1)!;

const rounded = (value: number) => (value < 10 ? Math.round(value * 10) / 10 : Math.round(value));

export const shareText = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${Math.round((100 * part) / whole)} %`;

export const dateText = (at: number, timezone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: timezone, day: 'numeric', month: 'short' }).format(at);

export const momentText = (at: number): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' }).format(at);
