const minute = 60_000;
const hour = 60 * minute;
/** When a morning begins, by the company's own clock. */
const morning = 9;

/** The next nine o'clock that belongs to another day than now; looked for hour by hour, since days may be 23 or 25 hours long. */
export function nextMorning(now: number, timezone = 'UTC'): number {
  const today = clockIn(timezone, now).day;
  // Time zones differ from UTC by whole quarters of an hour.
  for (let at = Math.ceil(now / (15 * minute)) * 15 * minute; at < now + 49 * hour; at += 15 * minute) {
    const { day, time } = clockIn(timezone, at);
    if (day !== today && time === `0${morning}:00`) return at;
  }
  return now + 24 * hour;
}

function clockIn(timeZone: string, at: number): { day: string; time: string } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const of = (type: string) => parts.find((part) => part.type === type)!.value;
  return { day: `${of('year')}-${of('month')}-${of('day')}`, time: `${of('hour')}:${of('minute')}` };
}
