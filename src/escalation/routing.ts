import { milliseconds } from '../core/duration';
import { escalationTimes } from '../core/duty';
import type { Organization } from '../core/organization';
import type { Route, Tier } from '../core/routes';
import type { Ticket } from '../core/ticket';
import type { Routes, TierCall } from '../core/ticket-course';
import { urgentFollowUp, urgentShare, usualClaimMs } from './follow-up';
import {
  addWorkingTime,
  type Connected,
  type DutyFacts,
  nextWorkingTime,
  placesNow,
  routeFor,
  standIns,
  waysTo,
  zoneOf,
} from './on-call';

/** Sees every ticket, whatever the routes say. */
const desk = 'desk';

/**
 * Who is called for a ticket: the tiers of its route, each with whoever answers there at the time, on the ways that are
 * connected. Without a route, the web desk alone is asked.
 * @param facts who is on call besides the file
 */
export function routesOf(organization: Organization, connected: Connected, facts: DutyFacts = {}): Routes {
  const routeOf = ({ role, details }: Pick<Ticket, 'role' | 'details'>): Route | null =>
    routeFor(organization, {
      role,
      urgent: details.severity === 'urgent',
      account: details.slots.account_id ?? null,
    });
  const placesOf = (name: string, at: number) => placesNow(waysTo(organization, name, at, facts), connected);
  return {
    tiers: (ticket) => routeOf(ticket)?.tiers.length ?? 1,
    call: (ticket, number, at) => {
      const tier = routeOf(ticket)?.tiers[number - 1];
      return { ...timesOf(organization, ticket, tier, at), ...whoAnswers(organization, connected, facts, tier, at) };
    },
    followUp: ({ details }) => {
      const usual = escalationTimes(organization.follow_up);
      if (details.severity !== 'urgent') return usual;
      return {
        remind: Math.min(usual.remind, urgentFollowUp.remind),
        return: Math.min(usual.return, urgentFollowUp.return),
        askUser: Math.min(usual.askUser, urgentFollowUp.askUser),
        askAws: Math.min(usual.askAws, urgentFollowUp.askAws),
      };
    },
    placesOf,
    standIns: (place) => standIns(organization, place, connected),
    watchers: (at) => {
      const { default: usual, ...others } = organization.routes ?? {};
      const [tier] = (usual ?? Object.values(others)[0])?.tiers ?? [];
      const { places } = whoAnswers(organization, connected, facts, tier, at);
      return [...(connected.has(desk) ? [desk] : []), ...places];
    },
    everywhere: connected.has(desk) ? [desk] : [],
  };
}

/** Urgent tickets keep no working hours, and wait less where their route is not their own. */
function timesOf(
  organization: Organization,
  { details }: Pick<Ticket, 'details'>,
  tier: Tier | undefined,
  at: number,
): Pick<TierCall, 'startsAt' | 'claimBy'> {
  const isUrgent = details.severity === 'urgent';
  const usual = tier ? milliseconds(tier.claim_within) : usualClaimMs;
  const claimMs = isUrgent && !organization.urgent ? usual * urgentShare : usual;
  const hours = isUrgent || tier?.hours === undefined ? undefined : organization.working_hours?.[tier.hours];
  if (!hours) return { startsAt: at, claimBy: at + claimMs };
  const zone = hours.timezone ?? zoneOf(organization);
  const startsAt = nextWorkingTime(hours, at, zone) ?? at;
  return { startsAt, claimBy: addWorkingTime(hours, startsAt, claimMs, zone) ?? startsAt + claimMs };
}

function whoAnswers(
  organization: Organization,
  connected: Connected,
  facts: DutyFacts,
  tier: Tier | undefined,
  at: number,
): Pick<TierCall, 'places' | 'nobody' | 'repeat'> {
  const ways = (tier?.to ?? []).map((name) => waysTo(organization, name, at, facts));
  return {
    places: [...new Set(ways.flatMap((way) => placesNow(way, connected)))],
    nobody:
      tier !== undefined &&
      ways.every(({ chats, mail, programs }) => chats.length + mail.length + programs.length === 0),
    repeat: tier?.repeat ?? 1,
  };
}
