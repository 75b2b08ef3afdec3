import type { Organization } from '../../../src/core/organization';
import { routesOf } from '../../../src/escalation/routing';
import { openingOf } from '../../../src/escalation/steering';
import { ticketDetails } from '../../builders/store';

const placesOf = (facts: Organization, role: string, connected: Set<string>): string[] =>
  openingOf(routesOf(facts, connected), role as never, ticketDetails(), 0).places;

const all = new Set(['desk', 'slack', 'teams']);
const tier = (...to: string[]) => ({ to, claim_within: '15m' });
const organization: Organization = {
  version: 1,
  destinations: {
    'aws-admins': { slack: 'C1', teams: '19:abc@thread.tacv2', email: 'aws-admins@example.com' },
    lead: { slack: 'U1' },
    copies: { slack: 'C1' },
  },
  routes: {
    default: { tiers: [tier('aws-admins'), tier('lead')] },
    'network-admin': { tiers: [tier('lead', 'aws-admins', 'copies')] },
    'mail-admin': { tiers: [tier('nobody-known')] },
  },
};

test.each([
  ['its default route, first tier only', 'account-admin', all, ['desk', 'slack:C1', 'teams:19:abc@thread.tacv2']],
  [
    'a route of its own, each place once',
    'network-admin',
    all,
    ['desk', 'slack:U1', 'slack:C1', 'teams:19:abc@thread.tacv2'],
  ],
  ['a name that stands for nothing', 'mail-admin', all, ['desk']],
  [
    'platforms that are connected only',
    'account-admin',
    new Set(['desk', 'teams']),
    ['desk', 'teams:19:abc@thread.tacv2'],
  ],
  ['no chat platform', 'account-admin', new Set(['desk']), ['desk']],
  ['no desk', 'account-admin', new Set(['slack']), ['slack:C1']],
] as const)('%s', (_case, role, connected, expected) => {
  expect(placesOf(organization, role, new Set(connected))).toEqual(expected);
});

test('without a route, the desk', () => {
  expect(placesOf({ version: 1 }, 'account-admin', all)).toEqual(['desk']);
  expect(placesOf({ version: 1, destinations: organization.destinations! }, 'account-admin', all)).toEqual(['desk']);
});
