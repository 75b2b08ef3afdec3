import { type IncomingAction, replyText } from '../../../src/core/message';
import { type Outgoing, type Store, ticketSubject } from '../../../src/core/ports';
import type { Ticket, TicketState } from '../../../src/core/ticket';
import type { TicketAction } from '../../../src/core/ticket-actions';
import { openSqliteStore } from '../../../src/stores/sqlite';
import { person } from '../../builders/bot';
import { openTicket, pressMessage, textMessage } from '../../builders/store';
import { inShort, TurnsWorld, type TurnsWorldOptions } from '../../builders/turns';
import { brokenDisk, withMethods } from '../../fakes/store-edge';

let store: Store;
let world: TurnsWorld;
let count = 0;
beforeEach(async () => {
  store = await openSqliteStore(':memory:');
  world = new TurnsWorld(store);
});
afterEach(() => store.close());

const restart = (options: TurnsWorldOptions = {}, edge: Store = store) => {
  world = new TurnsWorld(edge, options);
};
const action = (name: IncomingAction['action'], parts: Partial<IncomingAction> = {}): IncomingAction => ({
  key: `action-${++count}`,
  platform: 'slack',
  conversation: 'slack:T1:grace',
  person: person('Grace'),
  at: 4000,
  address: { user: 'grace' },
  kind: 'ticket_action',
  ticket: 1001,
  action: name,
  text: name === 'claim' || name === 'not_mine' ? '' : 'some words',
  secrets: [],
  ...parts,
});
async function act(incoming: IncomingAction): Promise<string[]> {
  await world.receive(incoming);
  expect(await store.pending()).toEqual([]);
  return world.takeSent().map(inShort);
}
const by = (name: string, id = name.toLowerCase()) => ({ person: { id, name, member: true } });
const ticket = async () => (await store.ticket(1001))!;
const actions = async () => (await store.history(1001)).map((event) => `${event.actor} ${event.action}`);

/** A ticket that has come to a state; where somebody has it, that is Grace. */
async function ticketThatIs(state: TicketState): Promise<Ticket> {
  await openTicket(store);
  const steps: Record<TicketState, IncomingAction['action'][]> = {
    open: [],
    claimed: ['claim'],
    waiting_for_user: ['reply'],
    waiting_for_aws: [],
    resolved: ['claim', 'resolve'],
    cancelled: [],
  };
  for (const step of steps[state]) await world.receive(action(step));
  if (state === 'cancelled') await world.receive(pressMessage('cancel', 'cancel'));
  await world.settled();
  world.takeSent();
  expect((await ticket()).state).toBe(state);
  return ticket();
}

describe('each action in each state, by somebody who does not have the ticket', () => {
  const done = true;
  const late = false;
  const table: [TicketState, Record<TicketAction, boolean>][] = [
    ['open', { claim: done, reply: done, note: done, resolve: done, not_mine: late, reassign: done, snooze: done }],
    ['claimed', { claim: late, reply: done, note: done, resolve: done, not_mine: late, reassign: done, snooze: done }],
    [
      'waiting_for_user',
      { claim: late, reply: done, note: done, resolve: done, not_mine: late, reassign: done, snooze: done },
    ],
    ['resolved', { claim: late, reply: late, note: late, resolve: late, not_mine: late, reassign: late, snooze: late }],
    [
      'cancelled',
      { claim: late, reply: late, note: late, resolve: late, not_mine: late, reassign: late, snooze: late },
    ],
  ];
  const cases = table.flatMap(([state, row]) =>
    Object.entries(row).map(([name, isDone]) => [state, name as IncomingAction['action'], isDone] as const),
  );

  test.each(cases)('%s, then %s: done is %s', async (state, name, isDone) => {
    const before = await ticketThatIs(state);
    const history = await actions();
    const left = await act(action(name, by('Alan')));
    if (isDone) {
      expect(await actions()).toEqual([...history, `Alan ${name}`]);
      expect(left).toContain('desk: updated 1001');
      expect(left.join()).not.toContain('only Alan');
    } else {
      expect(left).toEqual(['only Alan: phrases/action-too-late']);
      expect(await ticket()).toEqual(before);
      expect(await actions()).toEqual(history);
    }
  });
});

describe('a word to whoever was too late', () => {
  const words = (outgoing: Outgoing | undefined) => (outgoing?.kind === 'notice' ? replyText(outgoing.say) : null);

  test('says what has become of the ticket, to them alone, where they pressed', async () => {
    await ticketThatIs('claimed');
    await world.receive(action('claim', { ...by('Alan'), conversation: 'slack:T1:alan', address: { user: 'alan' } }));
    const [notice] = world.takeSent();
    expect(notice).toMatchObject({
      kind: 'notice',
      platform: 'slack',
      conversation: 'slack:T1:alan',
      address: { user: 'alan' },
      person: { id: 'alan' },
    });
    expect(words(notice)).toBe(
      'Nothing changed: D-1001 is no longer waiting for that. It is now: claimed, with Grace.',
    );
  });

  test.each([
    ['waiting_for_user', 'waiting for user, with Grace'],
    ['resolved', 'resolved, with Grace'],
    ['cancelled', 'cancelled'],
  ] as const)('%s reads: %s', async (state, text) => {
    await ticketThatIs(state);
    await world.receive(action('claim', by('Alan')));
    expect(words(world.takeSent()[0])).toContain(`It is now: ${text}.`);
  });

  test('comes with every press, also of the same button', async () => {
    await ticketThatIs('claimed');
    const late = action('claim', by('Alan'));
    expect(await act(late)).toEqual(['only Alan: phrases/action-too-late']);
    world.clock.advance(1000);
    expect(await act(late)).toEqual(['only Alan: phrases/action-too-late']);
  });

  test('goes to the slower of two who press at once', async () => {
    await openTicket(store);
    world.takeSent();
    await Promise.all([
      world.helpdesk.turns.receive(action('claim')),
      world.helpdesk.turns.receive(action('claim', by('Alan'))),
    ]);
    await world.settled();
    expect(
      world
        .takeSent()
        .map(inShort)
        .filter((left) => left.startsWith('only')),
    ).toEqual(['only Alan: phrases/action-too-late']);
    expect(await actions()).toEqual(['Ada opened', 'Grace claim']);
  });
});

describe('giving a ticket back', () => {
  test('whoever has it may', async () => {
    await ticketThatIs('claimed');
    expect(await act(action('not_mine'))).toEqual(['c1: phrases/ticket-returned', 'desk: updated 1001']);
    expect(await ticket()).toMatchObject({ state: 'open', claimedBy: null, claimedById: null });
  });

  test('under another name, it is still theirs', async () => {
    await ticketThatIs('claimed');
    expect(await act(action('not_mine', by('Grace Hopper', 'grace')))).toContain('desk: updated 1001');
  });

  test('a namesake may not', async () => {
    await ticketThatIs('claimed');
    expect(await act(action('not_mine', by('Grace', 'another-grace')))).toEqual([
      'only Grace: phrases/action-too-late',
    ]);
    expect(await ticket()).toMatchObject({ state: 'claimed', claimedBy: 'Grace' });
  });

  test('whoever replied or wrote a note for somebody else does not have it', async () => {
    await ticketThatIs('claimed');
    await act(action('reply', by('Alan')));
    expect(await act(action('not_mine', by('Alan')))).toEqual(['only Alan: phrases/action-too-late']);
    expect(await act(action('not_mine'))).toContain('desk: updated 1001');
  });

  test('where the id was not kept at the time, the name counts', async () => {
    const held = await ticketThatIs('claimed');
    restart({}, withMethods(store, { ticket: async () => ({ ...held, claimedById: null }) }));
    expect(await act(action('not_mine', by('Alan')))).toEqual(['only Alan: phrases/action-too-late']);
    expect(await act(action('not_mine', by('Grace', 'known-by-another-id')))).toContain('desk: updated 1001');
  });
});

describe('cards', () => {
  const card = { destination: 'slack:C1', id: '17.1' };
  const post = () =>
    store.savePost({ subject: ticketSubject(1001, 'slack:C1'), id: '17.1', ref: { channel: 'C1' }, version: 1 });

  test('a press on the card that was posted counts', async () => {
    await openTicket(store);
    await post();
    expect(await act(action('claim', { card }))).toContain('desk: updated 1001');
  });

  test.each([
    ['a copy', { ...card, id: '99.9' }],
    ['one in another place', { ...card, destination: 'slack:C2' }],
  ])('%s is unknown', async (_which, other) => {
    const before = await ticketThatIs('open');
    await post();
    expect(await act(action('claim', { card: other }))).toEqual(['only Grace: phrases/unknown-card']);
    expect(await ticket()).toEqual(before);
  });

  test('one of another ticket is unknown', async () => {
    await openTicket(store, 'a');
    await openTicket(store, 'b', { conversationId: 'c2' });
    await post();
    expect(await act(action('claim', { card, ticket: 1002 }))).toContain('only Grace: phrases/unknown-card');
    expect(await store.ticket(1002)).toMatchObject({ state: 'open' });
  });

  test('a ticket that is not there is unknown', async () => {
    expect(await act(action('claim', { ticket: 4711 }))).toEqual(['only Grace: phrases/unknown-card']);
    expect(world.failures).toEqual([]);
  });
});

describe('who may act', () => {
  test('nobody on their own request', async () => {
    const before = await ticketThatIs('open');
    expect(await act(action('claim', by('Ada')))).toEqual(['only Ada: phrases/action-own-ticket']);
    expect(await ticket()).toEqual(before);
  });

  test('nobody who is no administrator at this moment', async () => {
    const before = await ticketThatIs('open');
    restart({ directory: { isAdmin: async ({ id }) => id === 'alan' } });
    expect(await act(action('resolve'))).toEqual(['only Grace: phrases/action-not-yours']);
    expect(await ticket()).toEqual(before);
    expect(await act(action('claim', by('Alan')))).toContain('desk: updated 1001');
  });

  test('a press that was refused counts when it is made again by somebody who may by then', async () => {
    await ticketThatIs('open');
    let admins: string[] = [];
    restart({ directory: { isAdmin: async ({ id }) => admins.includes(id) } });
    // Platforms give the same button of the same card the same key, so that a double press counts once.
    const press = action('claim');
    expect(await act(press)).toEqual(['only Grace: phrases/action-not-yours']);
    admins = ['grace'];
    expect(await act(press)).toContain('desk: updated 1001');
    expect(await act(press)).toEqual([]);
    expect(await actions()).toEqual(['Ada opened', 'Grace claim']);
  });

  test('an administrator is named as the platform knows them', async () => {
    await ticketThatIs('open');
    restart({ directory: { look: async (someone) => ({ ...someone, name: 'Grace Hopper' }) } });
    await act(action('claim'));
    expect(await ticket()).toMatchObject({ claimedBy: 'Grace Hopper', claimedById: 'grace' });
  });

  test('where the platform does not say, nothing is done, and whoever pressed is told so', async () => {
    const before = await ticketThatIs('open');
    restart({ directory: { isAdmin: () => Promise.reject(new Error('usergroups.users.list: 503')) } });
    expect(await act(action('claim'))).toEqual(['only Grace: phrases/action-not-checked']);
    expect(await ticket()).toEqual(before);
    expect(world.failures).toEqual([]);
  });

  test('a platform that never answers holds the queue up for a while only', async () => {
    const before = await ticketThatIs('open');
    restart({ directory: { isAdmin: () => new Promise<boolean>(() => {}) } });
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    try {
      await world.helpdesk.turns.receive(action('claim'));
      await jest.advanceTimersByTimeAsync(10_000);
      await world.settled();
    } finally {
      jest.useRealTimers();
    }
    expect(world.takeSent().map(inShort)).toEqual(['only Grace: phrases/action-not-checked']);
    expect(await ticket()).toEqual(before);
  });
});

test('an action that fails on our side says so to whoever pressed, with a reference', async () => {
  const before = await ticketThatIs('open');
  let isBroken = true;
  restart({}, withMethods(store, { commitTurn: async (turn) => (isBroken ? brokenDisk() : store.commitTurn(turn)) }));
  const press = action('claim');
  await world.receive(press);
  const [notice, ...others] = world.takeSent();
  expect([inShort(notice!), others]).toEqual(['only Grace: phrases/turn-failed', []]);
  expect(world.failures).toHaveLength(1);
  expect(await ticket()).toEqual(before);
  expect(await store.pending()).toEqual([]);
  isBroken = false;
  expect(await act(press)).toContain('desk: updated 1001');
});

test('an action is not lost when the inbox cannot be read at the moment it comes in', async () => {
  await ticketThatIs('open');
  let failing = true;
  const flaky = withMethods(store, {
    record: (incoming) => store.record(incoming),
    takeInbox: async (...asked) => {
      if (!failing) return store.takeInbox(...asked);
      failing = false;
      return brokenDisk();
    },
  });
  restart({}, flaky);
  expect(await act(action('claim'))).toContain('desk: updated 1001');
});

describe('a problem that was not solved after all', () => {
  const lostPhone = textMessage('m1', { text: 'lost my phone, no mfa for aws, iam user i think' });
  const press = (key: string, id: string) => pressMessage(key, id);
  const facts = async (id: number) => (await world.helpdesk.ticketView(id))!.facts;
  const continues = { label: 'Continues', value: 'D-1001' };
  async function solvedByGrace() {
    await world.receive(lostPhone, press('m2', 'ask_admin'));
    await world.receive(action('claim'), action('resolve'));
    expect(await facts(1001)).not.toContainEqual(continues);
  }

  test('the new request names the one before', async () => {
    await solvedByGrace();
    await world.receive(press('m3', 'not_solved'), press('m4', 'ask_admin'));
    expect((await store.ticket(1002))!.details.follows).toBe(1001);
    expect((await facts(1002))[0]).toEqual(continues);
  });

  test('also when it is said in words, after some talk', async () => {
    await solvedByGrace();
    for (const [index, text] of ['hello', 'thanks', 'still stuck', 'ask my admin'].entries())
      await world.receive(textMessage(`w${index}`, { text }));
    expect((await store.ticket(1002))!.details.follows).toBe(1001);
  });

  test('a request about something else does not', async () => {
    await solvedByGrace();
    await world.receive(press('w1', 'topic:password.forgot'));
    await world.receive(press('w2', 'person'), press('w3', 'ask_admin'));
    expect(await store.ticket(1002)).toMatchObject({ details: { follows: null } });
    expect((await store.ticket(1002))!.details.intent).not.toBe('mfa.lost');
  });

  test.each([
    ['it did work', 'solved'],
    ['the person starts over', 'start_over'],
  ])('nor one about the same once %s', async (_when, id) => {
    await solvedByGrace();
    await world.receive(press('w1', id), { ...lostPhone, key: 'w2' }, press('w3', 'ask_admin'));
    expect(await store.ticket(1002)).toMatchObject({ details: { intent: 'mfa.lost', follows: null } });
  });

  test('nor one that follows a request the person took back', async () => {
    await world.receive(lostPhone, press('m2', 'ask_admin'), press('m3', 'cancel'));
    await world.receive({ ...lostPhone, key: 'w2' }, press('w3', 'ask_admin'));
    expect(await store.ticket(1002)).toMatchObject({ details: { follows: null } });
  });
});
