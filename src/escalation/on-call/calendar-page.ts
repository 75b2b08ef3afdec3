import type { Shift } from '../../core/duty';
import type { Organization } from '../../core/organization';
import { changesOf, type DutyFacts, overrideAt, whoIsOnCall } from './who-is-on-call';

export const dayMs = 86_400_000;

/** Who answers for one schedule, in order and without a break: nobody is a shift too. */
export interface DutyPlan {
  schedule: string;
  shifts: (Shift & {
    /** The names to read out, in the order of `people`. */
    names: string[];
    /** Set where somebody said so instead of the plan. */
    override: { id: number; by: string } | null;
  })[];
}

/** The calendar of all schedules, to show on the desk, in chat and on a terminal. */
export function onCallCalendar(
  organization: Organization,
  from: number,
  days: number,
  facts: DutyFacts = {},
): DutyPlan[] {
  const until = from + days * dayMs;
  return Object.keys(organization.on_call ?? {}).map((schedule) => ({
    schedule,
    shifts: stretches([from, until], changesOf(organization, schedule, from, until, facts)).reduce<DutyPlan['shifts']>(
      (shifts, stretch) => {
        const people = whoIsOnCall(organization, schedule, stretch.from, facts);
        const found = overrideAt(schedule, stretch.from, facts.overrides ?? []);
        const override = found ? { id: found.id, by: found.by } : null;
        const last = shifts.at(-1);
        if (last && last.people.join() === people.join() && last.override?.id === override?.id)
          last.until = stretch.until;
        else shifts.push({ ...stretch, people, names: people.map((id) => nameOf(organization, id)), override });
        return shifts;
      },
      [],
    ),
  }));
}

export const nameOf = ({ people = {} }: Organization, id: string): string =>
  (Object.hasOwn(people, id) ? people[id]?.name : undefined) ?? id;

/** The pieces between the ends, cut at each of the times. */
export function stretches(
  [from, until]: readonly [number, number],
  cuts: readonly number[],
): { from: number; until: number }[] {
  const points = [...new Set([from, ...cuts.filter((at) => from < at && at < until), until])].sort((a, b) => a - b);
  return points.slice(1).map((end, index) => ({ from: points[index]!, until: end }));
}
