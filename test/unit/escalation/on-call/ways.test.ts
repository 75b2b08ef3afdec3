import type { Organization } from '../../../../src/core/organization';
import { colleaguesNamed, gapsOf, placesNow, routeFor, standIns, waysTo } from '../../../../src/escalation/on-call';

const at = (text: string): number => Date.parse(text);
const now = at('2026-12-01T10:00Z');
const all = new Set(['slack', 'teams', 'email', 'webhook', 'aws-support']);

const organization: Organization = {
  version: 1,
  timezone: 'UTC',
  people: {
    grace: { name: 'Grace Hopper', slack: 'U1', email: 'grace@example.com' },
    alan: { name: 'Alan', teams: '29:alan', away: [{ from: '2026-12-10', until: '2026-12-11' }] },
    joan: { name: 'Joan', email: 'joan@example.com' },
  },
  working_hours: { office: { week: [{ days: 'mon-fri', from: '09:00', until: '17:00' }] } },
  on_call: { duty: { rotation: { people: ['grace', 'alan'], start: '2026-12-01', every: '1w', handover: '00:00' } } },
  destinations: {
    room: { slack: 'C1', teams: '19:x', email: 'room@example.com' },
    jira: { webhook: { url: 'https://example.com/hook', secret_env: 'JIRA' } },
    case: { aws_support: { issue_type: 'customer-service', language: 'en' } },
  },
};
const places = (name: string, connected = all, time = now) => placesNow(waysTo(organization, name, time), connected);

describe('where a name leads', () => {
  test.each([
    ['a place, on each chat that is connected', 'room', all, ['slack:C1', 'teams:19:x']],
    ['the same with one chat', 'room', new Set(['teams', 'email']), ['teams:19:x']],
    ['its mail where no chat is', 'room', new Set(['email']), ['email:room@example.com']],
    ['a colleague', 'grace', all, ['slack:U1']],
    ['a colleague by their address', 'Grace@example.com', all, ['slack:U1']],
    ['a colleague without a chat', 'joan', all, ['email:joan@example.com']],
    ['whoever is on call', 'duty', all, ['slack:U1']],
    ['an address of nobody known', 'list@example.com', all, ['email:list@example.com']],
    ['a program', 'jira', all, ['webhook:jira']],
    ['a case', 'case', all, ['aws-support:case']],
    ['a case that is not switched on', 'case', new Set(['slack']), []],
    ['nobody', 'constructor', all, []],
  ])('%s', (_case, name, connected, expected) => {
    expect(places(name, connected)).toEqual(expected);
  });

  test('nobody is called on days away', () => {
    expect(places('duty', all, at('2026-12-10T10:00Z'))).toEqual([]);
    expect(places('alan', all, at('2026-12-11T10:00Z'))).toEqual([]);
    expect(places('duty', all, at('2026-12-12T10:00Z'))).toEqual(['teams:29:alan']);
  });

  test('mail stands in for a chat that could not be reached', () => {
    expect(standIns(organization, 'slack:C1', all)).toEqual(['email:room@example.com']);
    expect(standIns(organization, 'slack:U1', all)).toEqual(['email:grace@example.com']);
    expect(standIns(organization, 'teams:29:alan', all)).toEqual([]);
    expect(standIns(organization, 'email:room@example.com', all)).toEqual([]);
    expect(standIns(organization, 'slack:C1', new Set(['slack']))).toEqual([]);
  });

  test.each([
    ['grace', 'grace'],
    ['GRACE@EXAMPLE.COM', 'grace'],
    ['On call: Grace Hopper (first line)', 'grace'],
    ['Alan', 'alan'],
    ['Alana', ''],
    ['Grace Hopper and Alan', ''],
    ['Nobody', ''],
  ])('a calendar’s “%s” means %s', (text, expected) => {
    expect(colleaguesNamed(organization, [text]).join()).toBe(expected);
  });
});

describe('gaps of the next thirty days', () => {
  const gaps = (parts: Partial<Organization>, connected = all) =>
    gapsOf({ ...organization, ...parts }, now, 30, connected).map(({ route, tier, from, until }) => [
      route,
      tier,
      new Date(from).toISOString().slice(0, 16),
      new Date(until).toISOString().slice(0, 16),
    ]);
  const tier = (to: string[], hours?: string) => ({ to, claim_within: '15m', ...(hours ? { hours } : {}) });

  test('none where a room is always there', () => {
    expect(gaps({ routes: { default: { tiers: [tier(['room']), tier(['grace'])] } } })).toEqual([]);
  });

  test('a tier that reaches nobody while another does, and the whole route', () => {
    expect(gaps({ routes: { default: { tiers: [tier(['duty']), tier(['room'])] } } })).toEqual([
      ['routes.default', 1, '2026-12-10T00:00', '2026-12-12T00:00'],
    ]);
    expect(gaps({ urgent: { tiers: [tier(['duty'])] } })).toEqual([
      ['urgent', null, '2026-12-10T00:00', '2026-12-12T00:00'],
    ]);
  });

  test('working hours are meant to be silent outside, unless nobody else is left', () => {
    expect(gaps({ routes: { default: { tiers: [tier(['room'], 'office'), tier(['grace'])] } } })).toEqual([]);
    const [first, second] = gaps({ routes: { default: { tiers: [tier(['room'], 'office')] } } });
    expect(first).toEqual(['routes.default', null, '2026-12-01T17:00', '2026-12-02T09:00']);
    expect(second).toEqual(['routes.default', null, '2026-12-02T17:00', '2026-12-03T09:00']);
  });

  test('a carrier that is not connected reaches nobody', () => {
    expect(gaps({ routes: { 'idp-admin': { tiers: [tier(['jira'])] } } }, new Set(['slack']))).toEqual([
      ['routes.idp-admin', null, '2026-12-01T10:00', '2026-12-31T10:00'],
    ]);
  });

  test('routes of accounts are looked at as well', () => {
    expect(gaps({ account_routes: { prod: { tiers: [tier(['alan'])] } } })).toEqual([
      ['account_routes.prod', null, '2026-12-10T00:00', '2026-12-12T00:00'],
    ]);
  });
});

describe('the route of a ticket', () => {
  const tier = (to: string) => ({ to: [to], claim_within: '15m' });
  const company: Organization = {
    ...organization,
    accounts: [
      { id: '111122223333', owner: 'joan@example.com', route: 'prod' },
      { id: '444455556666', owner: 'the data team' },
    ],
    routes: { default: { tiers: [tier('room')] }, 'idp-admin': { tiers: [tier('grace')] } },
    account_routes: { prod: { tiers: [tier('alan')] } },
    urgent: { tiers: [tier('grace')], restricted: true },
  };
  test.each([
    ['the role’s own', 'idp-admin', false, null, ['grace']],
    ['the default', 'account-admin', false, null, ['room']],
    ['the account’s', 'account-admin', false, '111122223333', ['alan']],
    ['not the account’s for a role of the whole company', 'mail-admin', false, '111122223333', ['room']],
    [
      'the owner first where only the owner can help',
      'account-owner',
      false,
      '111122223333',
      ['joan@example.com', 'alan'],
    ],
    ['no owner that nobody can reach', 'account-owner', false, '444455556666', ['room']],
    ['urgent before all others', 'account-owner', true, '111122223333', ['grace']],
  ] as const)('%s', (_case, role, urgent, account, expected) => {
    expect(routeFor(company, { role, urgent, account })?.tiers.flatMap(({ to }) => to)).toEqual(expected);
  });
  test('none where the company named none', () => {
    expect(routeFor({ version: 1 }, { role: 'account-admin', urgent: true, account: null })).toBeNull();
  });
});
