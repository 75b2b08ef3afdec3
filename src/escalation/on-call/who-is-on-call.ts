import { DateTime } from 'luxon';
import type { Colleague, OnCallOverride } from '../../core/duty';
import type { Organization } from '../../core/organization';
import { handovers, turnOf } from './rotation';
import { isWorkingTime, workChanges } from './working-time';

/** Where nobody said otherwise. */
const worldTime = 'UTC';

export const zoneOf = (organization: Organization): string => organization.timezone ?? worldTime;

/** Who answers by a calendar that is kept elsewhere. */
export interface CalendarReader {
  /** Names as the calendar has them at that time; null while the calendar was never read. */
  at(schedule: string, at: number): readonly string[] | null;
  /** Times between the two at which it may say something else. */
  changes(schedule: string, from: number, until: number): readonly number[];
}

/** What is known besides the file itself. */
export interface DutyFacts {
  overrides?: readonly OnCallOverride[];
  calendars?: CalendarReader;
}

/**
 * The ids of the colleagues who answer for a schedule at a time; nobody when the list is empty. What somebody said last
 * about that time goes before the plan, also outside the schedule's hours.
 */
export function whoIsOnCall(organization: Organization, schedule: string, at: number, facts: DutyFacts = {}): string[] {
  const override = overrideAt(schedule, at, facts.overrides ?? []);
  if (override) return [override.person];
  const plan = planned(organization, schedule, at, facts);
  return plan.filter((id) => !isAway(organization.people?.[id], at, zoneOf(organization)));
}

export function overrideAt(
  schedule: string,
  at: number,
  overrides: readonly OnCallOverride[],
): OnCallOverride | undefined {
  return overrides
    .filter((one) => one.schedule === schedule && one.from <= at && at < one.until)
    .sort((a, b) => b.madeAt - a.madeAt || b.id - a.id)[0];
}

function planned(organization: Organization, name: string, at: number, { calendars }: DutyFacts): string[] {
  const schedule = Object.hasOwn(organization.on_call ?? {}, name) ? organization.on_call?.[name] : undefined;
  if (!schedule) return [];
  const zone = schedule.timezone ?? zoneOf(organization);
  const hours = schedule.hours === undefined ? undefined : organization.working_hours?.[schedule.hours];
  if (hours && !isWorkingTime(hours, at, zone)) return [];
  if (schedule.rotation) {
    const turn = turnOf(schedule.rotation, at, zone);
    return turn ? [turn.person] : [];
  }
  return colleaguesNamed(organization, calendars?.at(name, at) ?? []);
}

/** The ids of those a calendar means; names that stand for nobody are left out. */
export function colleaguesNamed({ people = {} }: Organization, names: readonly string[]): string[] {
  const found = names.flatMap((name) => colleagueNamed(people, name) ?? []);
  return [...new Set(found)];
}

/** By id, e-mail address or full name; in a longer text (`On call: Grace Hopper`) by one full name that occurs alone. */
function colleagueNamed(people: Record<string, Colleague>, text: string): string | undefined {
  const wanted = text.trim().toLowerCase();
  const all = Object.entries(people);
  const exact = all.find(([id, { email, name }]) =>
    [id, email, name].some((known) => known !== undefined && known.toLowerCase() === wanted),
  );
  if (exact) return exact[0];
  const within = all.filter(([id, { email, name }]) =>
    [id, email, name].some((known) => known !== undefined && occursIn(known.toLowerCase(), wanted)),
  );
  return within.length === 1 ? within[0]![0] : undefined;
}

/** As whole words: `ann` is not in `annex`. */
function occursIn(known: string, text: string): boolean {
  for (let at = text.indexOf(known); at >= 0; at = text.indexOf(known, at + 1))
    if (!isWordPart(text[at - 1]) && !isWordPart(text[at + known.length])) return true;
  return false;
}

const isWordPart = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}@._-]/u.test(character);

export function isAway(colleague: Colleague | undefined, at: number, zone: string): boolean {
  if (!colleague?.away) return false;
  const day = DateTime.fromMillis(at, { zone }).toISODate() ?? '';
  return colleague.away.some(({ from, until }) => from <= day && day <= until);
}

/** Times between the two at which a name of a tier may stand for somebody else: those, and only those, need a look. */
export function changesOf(
  organization: Organization,
  name: string,
  from: number,
  until: number,
  { overrides = [], calendars }: DutyFacts,
): number[] {
  const companyZone = zoneOf(organization);
  const absent = Object.values(organization.people ?? {})
    .flatMap(({ away = [] }) => away)
    .flatMap((days) => [midnight(days.from, 0, companyZone), midnight(days.until, 1, companyZone)]);
  const schedule = Object.hasOwn(organization.on_call ?? {}, name) ? organization.on_call?.[name] : undefined;
  if (!schedule) return absent;
  const zone = schedule.timezone ?? companyZone;
  const hours = schedule.hours === undefined ? undefined : organization.working_hours?.[schedule.hours];
  return [
    ...absent,
    ...overrides.filter((one) => one.schedule === name).flatMap((one) => [one.from, one.until]),
    ...(schedule.rotation
      ? handovers(schedule.rotation, from, until, zone)
      : (calendars?.changes(name, from, until) ?? [])),
    ...(hours ? workChanges(hours, from, until, zone) : []),
  ];
}

const midnight = (date: string, later: number, zone: string): number =>
  DateTime.fromISO(date, { zone }).plus({ days: later }).startOf('day').toMillis();
