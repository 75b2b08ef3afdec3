import type { Organization } from '../../core/organization';
import { type DutyFacts, isAway, whoIsOnCall, zoneOf } from './who-is-on-call';

/** Chats come first; the others stand in where no chat is connected, or none got through. */
const chats = ['slack', 'teams'] as const;

/** The places that a name of a tier stands for at a time, `<carrier>:<id there>`, whether connected or not. */
export interface Ways {
  chats: string[];
  /** Mail; used where no chat can be. */
  mail: string[];
  /** Programs that are told besides people: they are called with the chats. */
  programs: string[];
}

/**
 * How a name under `to` is reached: a destination, whoever is on call, a colleague, or an e-mail address.
 * Nobody on call, or a colleague who is away: no ways at all.
 */
export function waysTo(organization: Organization, name: string, at: number, facts: DutyFacts = {}): Ways {
  const { destinations = {}, on_call = {}, people = {} } = organization;
  if (Object.hasOwn(on_call, name))
    return together(whoIsOnCall(organization, name, at, facts).map((id) => waysToColleague(organization, id)));
  if (Object.hasOwn(destinations, name)) {
    const destination = destinations[name]!;
    return {
      ...waysOf(destination),
      programs: [
        ...(destination.webhook ? [`webhook:${name}`] : []),
        ...(destination.aws_support ? [`aws-support:${name}`] : []),
      ],
    };
  }
  const id = Object.hasOwn(people, name) ? name : colleagueAt(organization, name);
  if (id !== undefined)
    return isAway(people[id], at, zoneOf(organization)) ? noWays : waysToColleague(organization, id);
  return name.includes('@') ? { chats: [], mail: [`email:${name}`], programs: [] } : noWays;
}

const noWays: Ways = { chats: [], mail: [], programs: [] };

const waysToColleague = ({ people = {} }: Organization, id: string): Ways =>
  Object.hasOwn(people, id) ? waysOf(people[id]!) : noWays;

const waysOf = (known: {
  slack?: string | undefined;
  teams?: string | undefined;
  email?: string | undefined;
}): Ways => ({
  chats: chats.flatMap((platform) => (known[platform] ? [`${platform}:${known[platform]}`] : [])),
  mail: known.email ? [`email:${known.email}`] : [],
  programs: [],
});

const together = (all: readonly Ways[]): Ways => ({
  chats: all.flatMap((one) => one.chats),
  mail: all.flatMap((one) => one.mail),
  programs: all.flatMap((one) => one.programs),
});

const colleagueAt = ({ people = {} }: Organization, address: string): string | undefined =>
  Object.entries(people).find(([, { email }]) => email?.toLowerCase() === address.toLowerCase())?.[0];

/** Which of the carriers are there: `slack`, `teams`, `email`, `webhook`, `aws-support`. */
export interface Connected {
  has(carrier: string): boolean;
}

export const carrierOfPlace = (place: string): string => place.slice(0, place.indexOf(':'));

/**
 * Where a name of a tier is called now: every connected chat and program it stands for; its mail where no chat is
 * connected. Empty when it reaches nobody.
 */
export function placesNow({ chats: chatPlaces, mail, programs }: Ways, connected: Connected): string[] {
  const there = (places: readonly string[]) => places.filter((place) => connected.has(carrierOfPlace(place)));
  const first = there(chatPlaces);
  return [...new Set([...(first.length > 0 ? first : there(mail)), ...there(programs)])];
}

/** Where else the same people are told when this place could not be reached for good. */
export function standIns(organization: Organization, place: string, connected: Connected): string[] {
  if (carrierOfPlace(place) === 'email') return [];
  const { destinations = {}, people = {} } = organization;
  const mail = [...Object.values(destinations), ...Object.values(people)].flatMap((known) => {
    const ways = waysOf(known);
    return ways.chats.includes(place) ? ways.mail : [];
  });
  return connected.has('email') ? [...new Set(mail)] : [];
}
