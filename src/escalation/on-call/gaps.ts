import type { Organization } from '../../core/organization';
import { everyRoute } from '../../core/organization-names';
import type { Route, Tier } from '../../core/routes';
import { dayMs, stretches } from './calendar-page';
import { sayTime } from './times';
import { type Connected, placesNow, waysTo } from './ways';
import { changesOf, type DutyFacts, zoneOf } from './who-is-on-call';
import { isWorkingTime, workChanges } from './working-time';

/** A time in which a tier of a route reaches nobody; `tier` counts from 1, and is null where no tier does. */
export interface Gap {
  /** As it is written in the file: `routes.default`. */
  route: string;
  tier: number | null;
  from: number;
  until: number;
}

/** How far ahead it is looked at the start. */
export const lookAheadDays = 30;

/**
 * When the routes reach nobody, within so many days. A tier with working hours of its own is meant to be silent outside
 * them, which counts against the route as a whole alone.
 * @param connected the carriers that are there; the web desk does not count, for it calls nobody
 */
export function gapsOf(
  organization: Organization,
  from: number,
  days: number,
  connected: Connected,
  facts: DutyFacts = {},
): Gap[] {
  const until = from + days * dayMs;
  return everyRoute(organization).flatMap(({ path, route }) =>
    gapsOfRoute(organization, { name: path.join('.'), route }, [from, until], connected, facts),
  );
}

function gapsOfRoute(
  organization: Organization,
  { name, route }: { name: string; route: Route },
  [from, until]: readonly [number, number],
  connected: Connected,
  facts: DutyFacts,
): Gap[] {
  const names = new Set(route.tiers.flatMap(({ to }) => to));
  const cuts = [
    ...[...names].flatMap((to) => changesOf(organization, to, from, until, facts)),
    ...route.tiers.flatMap((tier) => cutsOfHours(organization, tier, from, until)),
  ];
  const found: Gap[] = [];
  for (const stretch of stretches([from, until], cuts)) {
    const reached = route.tiers.map((tier) => reaches(organization, tier, stretch.from, connected, facts));
    const noTier = reached.every((one) => one !== 'reached');
    const silent = reached.flatMap((one, index) => (one === 'nobody' ? [index + 1] : []));
    for (const tier of noTier ? [null] : silent) add(found, { route: name, tier, ...stretch });
  }
  return found;
}

function reaches(
  organization: Organization,
  tier: Tier,
  at: number,
  connected: Connected,
  facts: DutyFacts,
): 'reached' | 'nobody' | 'off duty' {
  const hours = tier.hours === undefined ? undefined : organization.working_hours?.[tier.hours];
  if (hours && !isWorkingTime(hours, at, zoneOf(organization))) return 'off duty';
  return tier.to.some((name) => placesNow(waysTo(organization, name, at, facts), connected).length > 0)
    ? 'reached'
    : 'nobody';
}

function cutsOfHours(organization: Organization, { hours }: Tier, from: number, until: number): number[] {
  const found = hours === undefined ? undefined : organization.working_hours?.[hours];
  return found ? workChanges(found, from, until, zoneOf(organization)) : [];
}

/** A gap that goes on is one gap. */
function add(found: Gap[], gap: Gap): void {
  const last = found.findLast(({ route, tier }) => route === gap.route && tier === gap.tier);
  if (last && last.until === gap.from) last.until = gap.until;
  else found.push(gap);
}

/** A gap in words, with the times of the company. */
export function sayGap(organization: Organization, { route, tier, from, until }: Gap): string {
  const zone = zoneOf(organization);
  const time = (at: number) => sayTime(at, zone);
  return `${route}${tier === null ? '' : `, tier ${tier}`}: nobody from ${time(from)} until ${time(until)} (${zone})`;
}
