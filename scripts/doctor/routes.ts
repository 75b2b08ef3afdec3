import type { Organization } from '../../src/core/organization';
import { everyRoute } from '../../src/core/organization-names';
import { carriersOf } from './carriers';
import { check } from './check';

/** Whether a ticket would reach anybody on the platforms that are connected. */
export const routes = check(
  'ways to people',
  {
    'routes-none': {
      kind: 'warning',
      fault: 'The organisation file names no routes, so tickets are shown on the web desk alone.',
      remedy: 'Add destinations and routes as in organization.example.yaml; the route `default` catches every role.',
    },
    'routes-no-default': {
      kind: 'warning',
      fault: 'There is no route `default`, so tickets for some roles reach the web desk alone.',
      remedy: 'Add a route `default` to the organisation file.',
    },
    'destination-not-connected': {
      kind: 'fault',
      fault: 'Nobody is reached by this destination, because none of its platforms is connected:',
      remedy: 'Connect the platform (SLACK_… or TEAMS_…), or name one that is: slack and teams can stand side by side.',
    },
    'destination-half-connected': {
      kind: 'warning',
      fault: 'Part of this destination is on a platform that is not connected:',
      remedy: 'Connect the platform, or take that part out of the organisation file.',
    },
    'admins-none': {
      kind: 'warning',
      fault: 'The organisation file does not say who may act on tickets, so every colleague who sees one may:',
      remedy: 'List persons, channels or user groups under admins for each connected platform.',
    },
    'admins-empty': {
      kind: 'fault',
      fault: 'The list of those who may act on tickets is empty, so nobody may:',
      remedy: 'List persons, channels or user groups under admins, or leave the line out.',
    },
  },
  ({ settings, organization }, report) => {
    if (!settings || !organization) return;
    const platforms = (['slack', 'teams'] as const).filter((platform) => settings[platform] !== null);
    const connected = carriersOf(settings, organization);
    if (connected.size === 0) return;
    const used = usedDestinations(organization);
    if (everyRoute(organization).length === 0) report.found('routes-none');
    else if (!organization.routes?.default) report.found('routes-no-default');
    let reached = 0;
    for (const name of used) {
      const ways = waysOf(organization, name);
      const absent = ways.filter((way) => !connected.has(way));
      const detail = `${name} (${absent.join(', ')}).`;
      if (absent.length === ways.length) report.found('destination-not-connected', detail);
      // Mail stands for later beside a platform; that is no half measure.
      else if (absent.some((way) => way !== 'email')) report.found('destination-half-connected', detail);
      if (absent.length < ways.length) reached++;
    }
    const silent = platforms.filter((platform) => organization.admins?.[platform] === undefined);
    if (silent.length > 0) report.found('admins-none', `${silent.join(', ')}.`);
    const empty = platforms.filter((platform) => organization.admins?.[platform]?.length === 0);
    if (empty.length > 0) report.found('admins-empty', `${empty.join(', ')}.`);
    if (reached > 0 && reached === used.size)
      report.ok(`${reached === 1 ? '1 destination' : `${reached} destinations`}, each on a connected platform`);
  },
);

/** Destinations alone; whether a person or a schedule is reached is looked at for each hour. */
const usedDestinations = (organization: Organization): Set<string> =>
  new Set(
    everyRoute(organization)
      .flatMap(({ route }) => route.tiers.flatMap(({ to }) => to))
      .filter((name) => Object.hasOwn(organization.destinations ?? {}, name)),
  );

const waysOf = ({ destinations }: Organization, name: string): string[] =>
  (['slack', 'teams', 'email', 'webhook', 'aws_support'] as const).filter(
    (way) => destinations?.[name]?.[way] !== undefined,
  );
