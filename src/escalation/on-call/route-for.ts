import type { Role } from '../../core/escalation';
import type { Organization } from '../../core/organization';
import { type Route, rolesOfAnAccount, type Tier } from '../../core/routes';

/** What decides who is called. */
export interface Need {
  role: Role;
  urgent: boolean;
  /** The id of the AWS account, where it is known. */
  account: string | null;
}

/** Where a company names no time. */
const ownerHas: Pick<Tier, 'claim_within'> = { claim_within: '30m' };

/**
 * The route of a ticket: urgent ones have their own; then the account's, for roles that somebody has for one account; then
 * the role's, then `default`. Where only the owner of an account can help, the owner is asked first.
 */
export function routeFor(organization: Organization, { role, urgent, account }: Need): Route | null {
  const { routes = {}, account_routes = {} } = organization;
  if (urgent && organization.urgent) return organization.urgent;
  const known = account === null ? undefined : organization.accounts?.find(({ id }) => id === account);
  const own = rolesOfAnAccount.includes(role) ? known?.route : undefined;
  const route = (own === undefined ? undefined : account_routes[own]) ?? routes[role] ?? routes.default ?? null;
  const owner = role === 'account-owner' ? known?.owner : undefined;
  if (owner === undefined || !isReachableName(organization, owner)) return route;
  return { ...route, tiers: [{ ...ownerHas, to: [owner] }, ...(route?.tiers ?? [])] };
}

/** A note such as “the data team” is a name for people, not an address. */
const isReachableName = ({ people = {} }: Organization, owner: string): boolean =>
  owner.includes('@') || Object.hasOwn(people, owner);
