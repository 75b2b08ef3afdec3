import type { Organization } from './organization';
import { isRestricted as isRestrictedDestination } from './routes';
import type { Ticket } from './ticket';

/** A suspected compromise: who reads of it without need may warn the wrong person. */
export const isRestricted = ({ details }: Pick<Ticket, 'details'>): boolean => details.severity === 'urgent';

/**
 * Whether a place may show what such a ticket is about: the web desk, one person alone, and what the organisation file
 * marks as restricted.
 * A mail to one address is to a list as often as to one person, so it needs the mark too.
 * @param place as it stands among a ticket's places: `desk`, `slack:C…`
 */
export function mayShowDetail({ destinations = {} }: Organization, place: string): boolean {
  if (place === 'desk' || isOnePerson(place)) return true;
  return Object.entries(destinations).some(
    ([name, destination]) =>
      [
        `slack:${destination.slack}`,
        `teams:${destination.teams}`,
        `email:${destination.email}`,
        `webhook:${name}`,
      ].includes(place) && isRestrictedDestination(destination),
  );
}

/** Slack names people U… or W…; what Teams calls a place begins with 19:, people have other ids. */
const isOnePerson = (place: string): boolean =>
  /^slack:[UW]/.test(place) || (place.startsWith('teams:') && !place.startsWith('teams:19:'));
