import type { Colleague, Schedule } from './duty';
import { type DestinationFacts, isRestricted, type Route } from './routes';

/** The parts of the organisation file that name one another. */
export interface NamingParts {
  accounts?: { id: string; route?: string | undefined }[] | undefined;
  people?: Record<string, Colleague> | undefined;
  working_hours?: Record<string, unknown> | undefined;
  on_call?: Record<string, Schedule> | undefined;
  destinations?: Record<string, DestinationFacts> | undefined;
  routes?: Partial<Record<string, Route>> | undefined;
  account_routes?: Record<string, Route> | undefined;
  urgent?: Route | undefined;
}

interface NameFault {
  path: (string | number)[];
  message: string;
}

/** Every route of the file, with the path to it. */
export function everyRoute({
  routes = {},
  account_routes = {},
  urgent,
}: NamingParts): { path: string[]; route: Route }[] {
  return [
    ...Object.entries(routes).flatMap(([role, route]) => (route ? [{ path: ['routes', role], route }] : [])),
    ...Object.entries(account_routes).map(([name, route]) => ({ path: ['account_routes', name], route })),
    ...(urgent ? [{ path: ['urgent'], route: urgent }] : []),
  ];
}

/** Names that stand for nothing or for two things, and routes that would tell more people than they may. */
export function faultsOfNames(parts: NamingParts): NameFault[] {
  return [...twice(parts), ...everyRoute(parts).flatMap((one) => faultsOfRoute(parts, one)), ...strangers(parts)];
}

function twice({ destinations = {}, on_call = {}, people = {} }: NamingParts): NameFault[] {
  const message = (name: string, other: string) => `"${name}" is also the name of ${other}; a tier could mean either`;
  return [
    ...Object.keys(on_call)
      .filter((name) => Object.hasOwn(destinations, name))
      .map((name) => ({ path: ['on_call', name], message: message(name, 'a destination') })),
    ...Object.keys(people)
      .filter((name) => Object.hasOwn(destinations, name) || Object.hasOwn(on_call, name))
      .map((name) => ({
        path: ['people', name],
        message: message(name, Object.hasOwn(destinations, name) ? 'a destination' : 'a schedule'),
      })),
  ];
}

/** What a file calls something, and not what every object has: `constructor`. */
const named = <T>(record: Record<string, T>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

const isAddress = (name: string): boolean => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(name);

function faultsOfRoute(parts: NamingParts, { path, route }: { path: string[]; route: Route }): NameFault[] {
  const { destinations = {}, on_call = {}, people = {}, working_hours = {} } = parts;
  return route.tiers.flatMap((tier, index) => [
    ...(tier.hours !== undefined && !named(working_hours, tier.hours)
      ? [{ path: [...path, 'tiers', index, 'hours'], message: `unknown working hours "${tier.hours}"` }]
      : []),
    ...tier.to.flatMap((name, position) => {
      const at = [...path, 'tiers', index, 'to', position];
      const destination = named(destinations, name);
      if (!destination && !named(on_call, name) && !named(people, name) && !isAddress(name))
        return [{ path: at, message: `unknown destination "${name}"` }];
      if (
        route.restricted &&
        (isAddress(name) ? !isColleague(people, name) : destination && !isRestricted(destination))
      )
        return [
          {
            path: at,
            message: `"${name}" is open to more people than a restricted route may tell; mark it \`restricted: true\` if it is not`,
          },
        ];
      return [];
    }),
  ]);
}

const isColleague = (people: Record<string, Colleague>, address: string): boolean =>
  Object.values(people).some(({ email }) => email?.toLowerCase() === address.toLowerCase());

function strangers(parts: NamingParts): NameFault[] {
  const { accounts = [], account_routes = {}, on_call = {}, people = {}, working_hours = {} } = parts;
  return [
    ...accounts.flatMap(({ route }, index) =>
      route !== undefined && !named(account_routes, route)
        ? [{ path: ['accounts', index, 'route'], message: `unknown account route "${route}"` }]
        : [],
    ),
    ...Object.entries(on_call).flatMap(([name, { rotation, hours }]) => [
      ...(rotation?.people ?? []).flatMap((person, position) =>
        named(people, person)
          ? []
          : [
              {
                path: ['on_call', name, 'rotation', 'people', position],
                message: `"${person}" is not among the people of this file`,
              },
            ],
      ),
      ...(hours !== undefined && !named(working_hours, hours)
        ? [{ path: ['on_call', name, 'hours'], message: `unknown working hours "${hours}"` }]
        : []),
    ]),
    ...Object.entries(people).flatMap(([name, { slack, teams, email }]) =>
      slack || teams || email
        ? []
        : [{ path: ['people', name], message: 'name at least one way to reach them: slack, teams or email' }],
    ),
  ];
}
