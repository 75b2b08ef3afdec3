import type { Settings } from '../../src/config';
import type { Organization } from '../../src/core/organization';

/** What pings can leave by, besides the web desk. */
export function carriersOf(
  { slack, teams, mail, awsSupportCases }: Settings,
  { destinations = {} }: Organization,
): Set<string> {
  const all = Object.values(destinations);
  return new Set([
    ...(slack ? ['slack'] : []),
    ...(teams ? ['teams'] : []),
    ...(mail ? ['email'] : []),
    ...(all.some(({ webhook }) => webhook) ? ['webhook'] : []),
    ...(awsSupportCases && all.some(({ aws_support }) => aws_support) ? ['aws-support'] : []),
  ]);
}
