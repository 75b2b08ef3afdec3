import { isClosed, isWith, moveTicket, type TicketState, ticketNumber, ticketStates } from '../../../src/core/ticket';

const actions = [
  'claim',
  'not_mine',
  'reply',
  'note',
  'resolve',
  'user_message',
  'cancelled',
  'opened',
  'nonsense',
] as const;

/** What each action makes of each state; null where it comes too late or makes no sense. */
const moves: Record<TicketState, Record<(typeof actions)[number], TicketState | null>> = {
  open: {
    claim: 'claimed',
    not_mine: null,
    reply: 'waiting_for_user',
    note: 'open',
    resolve: 'resolved',
    user_message: 'open',
    cancelled: 'cancelled',
    opened: null,
    nonsense: null,
  },
  claimed: {
    claim: null,
    not_mine: 'open',
    reply: 'waiting_for_user',
    note: 'claimed',
    resolve: 'resolved',
    user_message: 'claimed',
    cancelled: 'cancelled',
    opened: null,
    nonsense: null,
  },
  waiting_for_user: {
    claim: null,
    not_mine: 'open',
    reply: 'waiting_for_user',
    note: 'waiting_for_user',
    resolve: 'resolved',
    user_message: 'claimed',
    cancelled: 'cancelled',
    opened: null,
    nonsense: null,
  },
  waiting_for_aws: {
    claim: null,
    not_mine: 'open',
    reply: 'waiting_for_user',
    note: 'waiting_for_aws',
    resolve: 'resolved',
    user_message: 'waiting_for_aws',
    cancelled: 'cancelled',
    opened: null,
    nonsense: null,
  },
  resolved: {
    claim: null,
    not_mine: null,
    reply: null,
    note: null,
    resolve: null,
    user_message: null,
    cancelled: null,
    opened: null,
    nonsense: null,
  },
  cancelled: {
    claim: null,
    not_mine: null,
    reply: null,
    note: null,
    resolve: null,
    user_message: null,
    cancelled: null,
    opened: null,
    nonsense: null,
  },
};

describe('moveTicket', () => {
  const cases = ticketStates.flatMap((state) =>
    actions.map((action) => [state, action, moves[state][action]] as const),
  );

  test.each(cases)('%s, then %s: %s', (state, action, after) => {
    expect(moveTicket({ state }, action)).toBe(after);
  });

  test('whatever happens to a closed ticket, it stays closed', () => {
    for (const state of ticketStates.filter(isClosed)) {
      expect(actions.map((action) => moveTicket({ state }, action))).toEqual(actions.map(() => null));
    }
  });

  test('exactly resolved and cancelled are closed', () => {
    expect(ticketStates.filter(isClosed)).toEqual(['resolved', 'cancelled']);
  });
});

describe('isWith', () => {
  const grace = { id: 'u1', name: 'Grace' };
  test.each([
    ['the same id', { claimedBy: 'Grace', claimedById: 'u1' }, true],
    ['the same id under a former name', { claimedBy: 'G. Hopper', claimedById: 'u1' }, true],
    ['a namesake', { claimedBy: 'Grace', claimedById: 'u2' }, false],
    ['the name, where no id was kept', { claimedBy: 'Grace', claimedById: null }, true],
    ['another name, where no id was kept', { claimedBy: 'Alan', claimedById: null }, false],
    ['nobody', { claimedBy: null, claimedById: null }, false],
  ])('%s', (_what, ticket, isTheirs) => {
    expect(isWith(ticket, grace)).toBe(isTheirs);
  });
});

test('a ticket is called by a letter and its number', () => {
  expect(ticketNumber(1042)).toBe('D-1042');
});
