import ICAL = require('ical.js');

import { DateTime, IANAZone } from 'luxon';

/** One event of a calendar, with everybody it may name. */
interface Entry {
  from: number;
  until: number;
  names: string[];
}

/** A calendar of another program, as text of RFC 5545. */
export interface Calendar {
  /** Whoever the events at that time name, each once. */
  at(time: number): string[];
  /** When events between the two begin or end. */
  changes(from: number, until: number): number[];
}

/** So that a rule such as "every second, for ever" costs no more than this. */
const mostOccurrences = 20_000;
/** Events are laid out for this long at a time. */
const windowMs = 45 * 86_400_000;
/** No shift is longer. */
const longestShiftMs = 62 * 86_400_000;
const keptWindows = 4;

/**
 * Reads a calendar. Times with the name of a time zone are taken in that zone, times without one in `zone`.
 * Throws where the text is no calendar.
 */
export function readCalendar(text: string, zone: string): Calendar {
  const events = eventsOf(text);
  const windows = new Map<number, Entry[]>();
  const window = (index: number): Entry[] => {
    let entries = windows.get(index);
    if (!entries) {
      if (windows.size >= keptWindows) windows.clear();
      const from = index * windowMs;
      entries = events.flatMap((event) => entriesOf(event, from, from + windowMs, zone));
      windows.set(index, entries);
    }
    return entries;
  };
  return {
    at: (time) => {
      const now = window(Math.floor(time / windowMs)).filter(({ from, until }) => from <= time && time < until);
      return [...new Set(now.flatMap(({ names }) => names))];
    },
    changes: (from, until) => {
      const found = new Set<number>();
      for (let index = Math.floor(from / windowMs); index * windowMs < until; index++)
        for (const entry of window(index))
          for (const at of [entry.from, entry.until]) if (from < at && at < until) found.add(at);
      return [...found].sort((a, b) => a - b);
    },
  };
}

function eventsOf(text: string): ICAL.Event[] {
  const root = new ICAL.Component(ICAL.parse(text));
  // Zones that a calendar brings along are its own: two calendars may mean different things by one name.
  ICAL.TimezoneService.reset();
  for (const zone of root.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  const events = root
    .getAllSubcomponents('vevent')
    .filter(counts)
    .map((component) => new ICAL.Event(component));
  const masters = new Map(events.filter((one) => !one.isRecurrenceException()).map((one) => [one.uid, one]));
  for (const event of events) if (event.isRecurrenceException()) masters.get(event.uid)?.relateException(event);
  return [...events.filter((one) => !one.isRecurrenceException() || !masters.has(one.uid))];
}

/** A cancelled event, or one that takes up no time, puts nobody on call. */
function counts(component: ICAL.Component): boolean {
  const word = (name: string) => String(component.getFirstPropertyValue(name) ?? '').toUpperCase();
  return word('status') !== 'CANCELLED' && component.getFirstPropertyValue('dtstart') !== null;
}

function entriesOf(event: ICAL.Event, from: number, until: number, zone: string): Entry[] {
  if (!event.isRecurring()) return within(entryOf(event, event.startDate, event.endDate, zone), from, until);
  const found: Entry[] = [];
  const times = event.iterator();
  for (let count = 0; count < mostOccurrences; count++) {
    const next = times.next();
    if (!next) break;
    const { item, startDate, endDate } = event.getOccurrenceDetails(next);
    // An exception may lie far from where the rule had it, so the rule's own time ends the search.
    if (timeOf(next, event, zone) - longestShiftMs >= until) break;
    found.push(...within(entryOf(item, startDate, endDate, zone), from, until));
  }
  return found;
}

const within = (entry: Entry, from: number, until: number): Entry[] =>
  entry.from < until && entry.until > from && entry.until > entry.from ? [entry] : [];

const entryOf = (event: ICAL.Event, start: ICAL.Time, end: ICAL.Time, zone: string): Entry => ({
  from: timeOf(start, event, zone),
  until: timeOf(end, event, zone),
  names: namesOf(event),
});

/** A zone of the world's list is taken from there, for its rules are newer than those in the file. */
function timeOf(time: ICAL.Time, event: ICAL.Event, zone: string): number {
  const named = time.zone?.tzid ?? '';
  if (named === 'UTC' || named === 'Z') return time.toUnixTime() * 1000;
  const written = String(event.component.getFirstProperty('dtstart')?.getParameter('tzid') ?? named);
  if (!IANAZone.isValidZone(written) && time.zone && named !== 'floating') return time.toUnixTime() * 1000;
  const { year, month, day, hour, minute, second } = time;
  const local = DateTime.fromObject(
    { year, month, day, hour, minute, second },
    { zone: IANAZone.isValidZone(written) ? written : zone },
  );
  return local.toMillis();
}

/** Who is invited; the title where nobody is. */
function namesOf({ component, summary }: ICAL.Event): string[] {
  const invited = component.getAllProperties('attendee').flatMap((one) => {
    const address = String(one.getFirstValue() ?? '').replace(/^mailto:/i, '');
    const name = one.getParameter('cn');
    return [address, typeof name === 'string' ? name : ''].filter(Boolean);
  });
  return invited.length > 0 ? invited : summary ? [summary] : [];
}
