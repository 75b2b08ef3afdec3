import type { Ticket } from '../../../src/core/ticket';
import type { Routes } from '../../../src/core/ticket-course';
import { decide } from '../../../src/escalation/policy';
import { routesOf } from '../../../src/escalation/routing';
import { afterAction, openingOf } from '../../../src/escalation/steering';
import { knowledge } from '../../builders/bot';
import { openTicket } from '../../builders/dialogue';
import { hour, minute, twoTiers } from '../../builders/escalation';
import { ticketDetails } from '../../builders/store';

const routes = routesOf(twoTiers, new Set(['desk', 'slack', 'teams']));
const now = Date.UTC(2026, 10, 23, 9);
const first = ['slack:C1', 'teams:19:a@thread.tacv2'];
const start: Partial<Ticket> = {
  places: ['desk', ...first],
  next: { what: 'escalate', at: now },
};
const ticket = (parts: Partial<Ticket> = {}): Ticket => openTicket({ ...start, ...parts });
const step = (parts: Partial<Ticket>, leader: Ticket | null = null, over: Partial<Routes> = {}) =>
  decide({ content: knowledge().content, routes: { ...routes, ...over }, now }, ticket(parts), leader);
const told = (advance: ReturnType<typeof step>) => advance?.tells?.name.slice('phrases/'.length) ?? null;
const words = (advance: ReturnType<typeof step>) =>
  advance?.words.map(({ place, say }) => `${place} ${say.name.slice('phrases/'.length)}`);
const grace = { claimedBy: 'Grace', claimedById: 'grace', takenAt: 'slack:C1' };

describe('a ticket that nobody takes', () => {
  test('is left alone until its time', () => {
    expect(step({ next: { what: 'escalate', at: now + 1 } })).toBeNull();
  });

  test('goes to the next tier, whose places get the card; the employee is told', () => {
    const advance = step({});
    expect(advance).toMatchObject({
      state: 'open',
      set: {
        tier: 2,
        asked: 0,
        next: { what: 'escalate', at: now + 30 * minute },
        places: ['desk', ...first, 'slack:U1'],
      },
      history: { action: 'escalated', text: 'tier 2' },
      calls: ['slack:U1'],
      words: [],
    });
    expect(told(advance)).toBe('ticket-next-tier');
  });

  test('calls a tier as often as it wants before the next', () => {
    const twice = { call: (...parts: Parameters<Routes['call']>) => ({ ...routes.call(...parts), repeat: 2 }) };
    const again = step({}, null, twice);
    expect(again?.set).toMatchObject({ tier: 1, asked: 1 });
    // The card is there already and makes no sound.
    expect(again?.calls).toEqual([]);
    expect(words(again)).toEqual(first.map((place) => `${place} desk-still-waiting`));
    expect(told(again)).toBeNull();
    expect(step({ asked: 1 }, null, twice)?.set).toMatchObject({ tier: 2, asked: 0 });
  });

  test('after the last tier: the truth, an alarm, a rest, and the chain again', () => {
    const advance = step({ tier: 2 });
    expect(advance).toMatchObject({
      set: { tier: 0, round: 1, next: { what: 'escalate', at: now + hour } },
      alarm: { key: 'ticket/1001/unclaimed' },
    });
    expect(told(advance)).toBe('ticket-nobody-took');
    const again = step({ tier: 0, round: 1 });
    expect(again?.set).toMatchObject({ tier: 1, next: { what: 'escalate', at: now + 15 * minute } });
    expect(words(again)).toEqual(first.map((place) => `${place} desk-still-waiting`));
    // The employee knows already.
    expect(told(step({ tier: 2, round: 1 }))).toBeNull();
    expect(step({ tier: 2, round: 3 })?.set.next?.at).toBe(now + 8 * hour);
  });

  test('waits for the hours of the next tier', () => {
    const later = {
      call: (...parts: Parameters<Routes['call']>) => ({ ...routes.call(...parts), startsAt: now + hour }),
    };
    expect(step({}, null, later)).toMatchObject({
      set: { next: { what: 'escalate', at: now + hour } },
      history: null,
      calls: [],
    });
  });

  test('a tier that the route lost meanwhile is no trouble', () => {
    expect(step({ tier: 9 })?.history?.action).toBe('nobody_took_it');
  });
});

describe('places that cannot be reached', () => {
  const soon = { next: { what: 'escalate' as const, at: now + hour } };

  test('one of two: the other is enough', () => {
    expect(step({ ...soon, unreached: ['slack:C1'] })).toBeNull();
  });

  test('all of a tier: the next one is called at once, and the employee told why', () => {
    const advance = step({ ...soon, unreached: first });
    expect(advance).toMatchObject({ set: { tier: 2, unreached: [] }, calls: ['slack:U1'] });
    expect(told(advance)).toBe('ticket-next-reachable');
  });

  test('everybody: the truth once, an alarm, and another try soon', () => {
    const chain = { ...soon, tier: 2, places: ['desk', ...first, 'slack:U1'], unreached: ['slack:U1'] };
    const advance = step(chain);
    expect(advance).toMatchObject({
      set: { tier: 0, round: 1, next: { what: 'escalate', at: now + 5 * minute } },
      alarm: { key: 'ticket/1001/unreachable' },
    });
    expect(told(advance)).toBe('ticket-nobody-reached');
    expect(told(step({ ...chain, round: 1 }))).toBeNull();
  });

  test('the next tier asleep: the one after it is called', () => {
    const three = routesOf(
      {
        ...twoTiers,
        routes: { default: { tiers: ['admins', 'lead', 'lead'].map((to) => ({ to: [to], claim_within: '15m' })) } },
      },
      new Set(['desk', 'slack', 'teams']),
    );
    const call: Routes['call'] = (of, tier, at) => ({
      ...three.call(of, tier, at),
      startsAt: tier === 2 ? at + hour : at,
    });
    expect(step({ ...soon, unreached: first }, null, { ...three, call })?.set.tier).toBe(3);
  });

  test('a card that never arrived is posted anew', () => {
    expect(step({ tier: 0, round: 1, unreached: ['slack:C1'] })?.calls).toEqual(['slack:C1']);
  });
});

describe('nobody on duty', () => {
  const soon = { next: { what: 'escalate' as const, at: now } };
  const without = (...empty: number[]): Partial<Routes> => ({
    call: (of, tier, at) => ({ ...routes.call(of, tier, at), nobody: empty.includes(tier) }),
  });
  test('at the first tier: a new ticket goes on to the next at once', () => {
    const opening = openingOf({ ...routes, ...without(1) }, 'account-admin', ticketDetails(), now);
    expect(opening).toMatchObject({ tier: 0, places: ['desk'], next: { what: 'escalate', at: now } });
    expect(step({ ...opening, ...soon }, null, without(1))).toMatchObject({ set: { tier: 2 }, calls: ['slack:U1'] });
  });
  test('at the next tier: it is passed over', () => {
    expect(step({}, null, without(2))?.history?.action).toBe('nobody_took_it');
  });
  test('anywhere: the employee is told, and an alarm raised', () => {
    const advance = step({ tier: 0, places: ['desk'] }, null, without(1, 2));
    expect(told(advance)).toBe('ticket-nobody-reached');
    expect(advance?.alarm?.text).toBe('D-1001: nobody on its route can be reached.');
  });
});

describe('other ways to the same people', () => {
  const mail: Partial<Routes> = { standIns: (place) => (place === 'slack:C1' ? ['email:admins@example.com'] : []) };
  test('are tried first, without hurrying the next tier', () => {
    const next = { what: 'escalate' as const, at: now + hour };
    const advance = step({ next, unreached: first }, null, mail);
    expect(advance).toMatchObject({ calls: ['email:admins@example.com'], set: { next } });
    const places = ['desk', ...first, 'email:admins@example.com'];
    expect(step({ next, unreached: first, places }, null, mail)).toBeNull();
    expect(step({ next, unreached: [...first, 'email:admins@example.com'], places }, null, mail)?.set.tier).toBe(2);
  });
});

describe('a ticket that somebody has', () => {
  test('is brought back to their mind where they took it', () => {
    const advance = step({ ...grace, state: 'claimed', next: { what: 'remind', at: now } });
    expect(advance).toMatchObject({ state: 'claimed', set: { next: { what: 'return', at: now + 2 * hour } } });
    expect(words(advance)).toEqual(['slack:C1 desk-idle']);
    expect(advance?.words[0]?.while).toBe('claimed');
    expect(told(advance)).toBeNull();
  });

  test('where nobody knows the place, in all of them but the desk', () => {
    const advance = step({ ...grace, takenAt: null, state: 'claimed', next: { what: 'remind', at: now } });
    expect(words(advance)).toEqual(first.map((place) => `${place} desk-idle`));
  });

  test('goes back to everybody when still nothing happens', () => {
    const advance = step({ ...grace, tier: 2, state: 'claimed', next: { what: 'return', at: now } });
    expect(advance).toMatchObject({
      state: 'open',
      owner: null,
      set: { tier: 2, takenAt: null, next: { what: 'escalate', at: now + 30 * minute } },
    });
    expect(words(advance)).toEqual(first.map((place) => `${place} desk-open-again`));
    expect(told(advance)).toBe('ticket-returned');
  });

  test.each(['open', 'claimed', 'waiting_for_user', 'waiting_for_aws'] as const)('wakes up when %s', (state) => {
    const advance = step({ state, next: { what: 'wake', at: now } });
    expect(words(advance)?.[0]).toBe('slack:C1 desk-awake');
    const usual = { open: 'escalate', claimed: 'remind', waiting_for_user: 'ask_user', waiting_for_aws: 'ask_aws' };
    expect(advance?.set.next?.what).toBe(usual[state]);
  });

  test('waiting for the employee: they are asked twice, then the administrator hears of it', () => {
    const waiting = { ...grace, state: 'waiting_for_user' as const, next: { what: 'ask_user' as const, at: now } };
    for (const asked of [0, 1]) {
      const advance = step({ ...waiting, asked });
      expect(told(advance)).toBe('ticket-waits-for-you');
      expect(advance).toMatchObject({ words: [], set: { asked: asked + 1, next: { at: now + 24 * hour } } });
    }
    const third = step({ ...waiting, asked: 2 });
    expect(told(third)).toBeNull();
    expect(words(third)).toEqual(['slack:C1 desk-no-answer']);
    expect(third?.set.next).toEqual({ what: 'ask_user', at: now + 72 * hour });
  });

  test('waiting for AWS: has it answered? until it has', () => {
    const waiting = { ...grace, state: 'waiting_for_aws' as const, next: { what: 'ask_aws' as const, at: now } };
    const asked = step(waiting);
    expect(words(asked)).toEqual(['slack:C1 desk-has-aws-answered']);
    expect(told(asked)).toBe('ticket-waits-for-aws');
    const again = step({ ...waiting, asked: 1 });
    expect(words(again)).toEqual(['slack:C1 desk-has-aws-answered']);
    expect(told(again)).toBeNull();
  });
});

describe('a ticket without a step that makes sense', () => {
  test.each([
    ['none', 'open', null, 'escalate'],
    ['a deadline to claim what is claimed', 'claimed', { what: 'escalate', at: 0 }, 'remind'],
    ['a reminder of what is open', 'open', { what: 'remind', at: 0 }, 'escalate'],
    ['a time that is none', 'open', { what: 'escalate', at: Number.NaN }, 'escalate'],
  ] as const)('%s: gets one, and nobody is bothered', (_case, state, next, what) => {
    const advance = step({ state, next });
    expect(advance).toMatchObject({ state, history: null, calls: [], words: [], tells: null });
    expect(advance?.set.next).toMatchObject({ what });
    expect(advance!.set.next!.at).toBeGreaterThan(now);
  });

  test('one of an earlier version learns where its cards are', () => {
    expect(step({ places: [], next: null })?.set.places).toEqual(['desk', ...first]);
  });

  test('a closed one needs none', () => {
    for (const state of ['resolved', 'cancelled'] as const) expect(step({ state, next: null })).toBeNull();
  });
});

describe('one of many', () => {
  const follower = { bundle: 1000, places: [], next: { what: 'wake' as const, at: now } };
  const leader = (parts: Partial<Ticket>) => openTicket({ id: 1000, ...parts });

  test('nothing new: it looks again later, in silence', () => {
    expect(step(follower, leader({}))).toMatchObject({ history: null, tells: null, set: { next: { what: 'wake' } } });
  });
  test('is taken with the first', () => {
    const advance = step(follower, leader({ ...grace, state: 'waiting_for_user' }));
    expect(advance).toMatchObject({ state: 'claimed', owner: { id: 'grace', name: 'Grace' } });
    expect(told(advance)).toBe('ticket-claimed');
  });
  test('is given back with it', () => {
    const advance = step({ ...follower, ...grace, state: 'claimed' }, leader({}));
    expect(advance).toMatchObject({ state: 'open', owner: null });
    expect(told(advance)).toBe('ticket-returned');
  });
  test('is solved with it', () => {
    const advance = step(follower, leader({ ...grace, state: 'resolved', outcome: 'solved' }));
    expect(advance).toMatchObject({ state: 'resolved', set: { next: null, outcome: 'solved' } });
    expect(told(advance)).toBe('ticket-resolved');
  });
  test.each([[null], [{ state: 'cancelled' as const }]])('goes its own way without it: %p', (parts) => {
    const advance = step(follower, parts && leader(parts));
    expect(advance?.set).toMatchObject({ bundle: null, tier: 0, next: { what: 'escalate', at: now } });
  });
});

describe('urgent', () => {
  const details = ticketDetails({ severity: 'urgent' });
  test('waits a third of the time', () => {
    expect(openingOf(routes, 'security-team', details, now).next.at).toBe(now + 5 * minute);
  });
  test('is brought to mind sooner', () => {
    const set = afterAction(routes, ticket({ details }), { action: 'claim' }, now);
    expect(set.next).toEqual({ what: 'remind', at: now + 20 * minute });
  });
});

describe('what an action leads to', () => {
  const leadsTo = (parts: Partial<Ticket>, action: string, choice?: string, place?: string) =>
    afterAction(routes, ticket(parts), { action, choice, place }, now);
  const claimed = { ...grace, state: 'claimed' as const };

  test('a claim is followed up, at the card it was pressed on', () => {
    expect(leadsTo({}, 'claim', undefined, 'slack:C1')).toEqual({
      asked: 0,
      takenAt: 'slack:C1',
      next: { what: 'remind', at: now + 2 * hour },
    });
  });
  test('a reply waits for the employee; their answer makes it the administrator’s turn', () => {
    expect(leadsTo(claimed, 'reply').next).toEqual({ what: 'ask_user', at: now + 24 * hour });
    expect(leadsTo({ ...claimed, state: 'waiting_for_user' }, 'user_message').next).toEqual({
      what: 'remind',
      at: now + 2 * hour,
    });
  });
  test('what an employee adds to a ticket changes no deadline', () => {
    expect(leadsTo({}, 'user_message')).toEqual({});
    expect(leadsTo(claimed, 'user_message')).toEqual({});
  });
  test('a note on a claimed one counts as work, on an open one not', () => {
    expect(leadsTo(claimed, 'note').next?.at).toBe(now + 2 * hour);
    expect(leadsTo({}, 'note')).toEqual({});
  });
  test('given back, its tier has its time again', () => {
    expect(leadsTo({ ...claimed, tier: 2 }, 'not_mine')).toEqual({
      asked: 0,
      takenAt: null,
      next: { what: 'escalate', at: now + 30 * minute },
    });
  });
  test('put off', () => {
    expect(leadsTo(claimed, 'snooze', '4h').next).toEqual({ what: 'wake', at: now + 4 * hour });
    expect(leadsTo({}, 'snooze', '30m').next).toEqual({ what: 'wake', at: now + 30 * minute });
    expect(leadsTo(claimed, 'snooze', 'for ever').next).toEqual({ what: 'wake', at: now + 4 * hour });
    expect(leadsTo(claimed, 'snooze', '9999d').next).toEqual({ what: 'wake', at: now + 30 * 24 * hour });
    expect(leadsTo(claimed, 'snooze', 'aws').next).toEqual({ what: 'ask_aws', at: now + 24 * hour });
  });
  test('given to another role, whose chain begins at its first tier', () => {
    expect(leadsTo({ ...claimed, tier: 2, round: 3 }, 'reassign', 'role:org-admin')).toMatchObject({
      role: 'org-admin',
      tier: 1,
      round: 0,
      takenAt: null,
      next: { what: 'escalate', at: now + 15 * minute },
    });
  });
  test('given to somebody by name; if they do not take it, the chain begins', () => {
    expect(leadsTo(claimed, 'reassign', 'to:lead')).toMatchObject({
      tier: 0,
      places: ['desk', ...first, 'slack:U1'],
      next: { what: 'escalate', at: now + 15 * minute },
    });
    expect(leadsTo(claimed, 'reassign', 'to:lead').role).toBeUndefined();
  });
  test('closed: nothing is next', () => {
    expect(leadsTo(claimed, 'resolve', 'sent_to_aws')).toEqual({ next: null, outcome: 'sent_to_aws' });
    expect(leadsTo(claimed, 'resolve')).toEqual({ next: null, outcome: 'solved' });
    expect(leadsTo(claimed, 'cancelled')).toEqual({ next: null });
  });
  test('whoever acts on one of many takes it out of the crowd', () => {
    expect(leadsTo({ bundle: 1000 }, 'claim').bundle).toBeNull();
    expect(leadsTo({ bundle: 1000 }, 'user_message')).toEqual({});
  });
  test('too late: nothing', () => {
    expect(leadsTo({ state: 'resolved', next: null }, 'claim')).toEqual({});
  });
});
