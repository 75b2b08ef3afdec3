import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { IncomingAction, Person } from '../../../src/core/message';
import { refusalOf, type TicketRole, ticketRoles } from '../../../src/core/permissions';
import type { Store } from '../../../src/core/ports';
import { moveTicket, type TicketState, ticketStates } from '../../../src/core/ticket';
import { type TicketAction, ticketActions } from '../../../src/core/ticket-actions';
import { openSqliteStore } from '../../../src/stores/sqlite';
import { knowledge } from '../../builders/bot';
import { openTicket, pressMessage } from '../../builders/store';
import { inShort, TurnsWorld } from '../../builders/turns';
import { held, inRegister } from '../register';

const cells = ticketRoles.flatMap((role) =>
  ticketActions.flatMap((action) => ticketStates.map((state) => ({ role, action, state }))),
);

describe('the table of who may do what', () => {
  test('nobody but administrators may do anything, whatever the state', () => {
    for (const { role, action, state } of cells.filter(({ role }) => role !== 'holder' && role !== 'admin'))
      expect([role, action, state, refusalOf(role, action, state)]).toEqual([
        role,
        action,
        state,
        {
          requester: 'action-own-ticket',
          member: 'action-not-yours',
          outsider: 'action-not-yours',
          unknown: 'action-not-checked',
        }[role as string],
      ]);
  });

  test('whoever is refused for who they are reads who may, and what they can do about it', () => {
    const { say } = knowledge().content.phrases;
    const whoMay = [
      'action-not-yours',
      'action-not-checked',
      'action-own-ticket',
      'action-own-approval',
      'desk-not-yours',
    ];
    for (const name of whoMay)
      expect([name, say[name as keyof typeof say]]).toEqual([name, expect.stringContaining('of this desk')]);
    for (const name of ['action-not-yours', 'desk-not-yours'] as const)
      expect(say[name]).toContain('ask whoever runs me to add you to the list of administrators');
    expect(say['action-not-checked']).toContain('try again');
    expect(say['action-own-approval']).toContain('Ask one of them');
  });

  test('nobody may do anything with a ticket that is closed', () => {
    for (const { role, action, state } of cells)
      if (state === 'resolved' || state === 'cancelled') expect(refusalOf(role, action, state)).not.toBeNull();
  });

  test('whatever it allows, the ticket can do; what a ticket cannot do, it does not allow', () => {
    for (const { role, action, state } of cells)
      if (refusalOf(role, action, state) === null) expect(moveTicket({ state }, action)).not.toBeNull();
  });
});

/** Steps by Grace that bring a ticket there; where somebody has it, that is Grace. */
const ways: Record<TicketState, { action: TicketAction; choice?: string }[]> = {
  open: [],
  claimed: [{ action: 'claim' }],
  waiting_for_user: [{ action: 'claim' }, { action: 'reply' }],
  waiting_for_aws: [{ action: 'claim' }],
  resolved: [{ action: 'claim' }, { action: 'resolve' }],
  cancelled: [{ action: 'claim' }],
};

const who: Record<TicketRole, Person> = {
  requester: { id: 'ada', name: 'Ada', member: true },
  holder: { id: 'grace', name: 'Grace', member: true },
  admin: { id: 'alan', name: 'Alan', member: true },
  member: { id: 'bob', name: 'Bob', member: true },
  outsider: { id: 'eve', name: 'Eve', member: false },
  unknown: { id: 'mallory', name: 'Mallory', member: true },
};
/** Everybody is on the list but those who must not be: also the requester and the guest, for whom that must not help. */
const isAdmin = async ({ id }: Person): Promise<boolean> => {
  if (id === 'mallory') throw new Error('the platform does not answer');
  return id !== 'bob';
};

function setState(folder: string, state: TicketState): void {
  const database = new Database(join(folder, 'helpdesk.sqlite'));
  database.prepare('UPDATE tickets SET state = ?').run(state);
  database.close();
}

describe('the whole bot, for every role, action and state', () => {
  let store: Store;
  let world: TurnsWorld;
  let count = 0;
  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
    world = new TurnsWorld(store, { directory: { isAdmin } });
  });
  const folder = join(tmpdir(), `permissions-${process.pid}`);
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const press = (person: Person, action: TicketAction, choice?: string): IncomingAction => ({
    key: `press-${++count}`,
    platform: 'slack',
    conversation: `slack:T1:${person.id}`,
    person,
    at: 4000,
    address: { user: person.id },
    kind: 'ticket_action',
    ticket: 1001,
    action,
    text: action === 'claim' || action === 'not_mine' ? '' : 'some words',
    secrets: [],
    ...(choice === undefined ? {} : { choice }),
  });

  test(inRegister('permissions.table'), async () => {
    expect(cells).toHaveLength(ticketRoles.length * ticketActions.length * ticketStates.length);
    expect(cells.length).toBeGreaterThanOrEqual(held('permissions.table').cells);
    const wrong: string[] = [];
    for (const state of ticketStates) {
      for (const role of ticketRoles) {
        for (const action of ticketActions) {
          await store.close();
          rmSync(folder, { recursive: true, force: true });
          store = await openSqliteStore(state === 'waiting_for_aws' ? folder : ':memory:');
          world = new TurnsWorld(store, { directory: { isAdmin } });
          await openTicket(store);
          for (const step of ways[state]) await world.receive(press(who.holder, step.action, step.choice));
          if (state === 'cancelled') await world.receive(pressMessage(`cancel-${++count}`, 'cancel'));
          await world.settled();
          // Which press leads there is the escalation's matter; here it is enough that a ticket is there.
          if (state === 'waiting_for_aws') setState(folder, state);
          world.takeSent();
          const before = await store.ticket(1001);
          expect(before?.state).toBe(state);
          // Nobody has an open ticket, so there the holder is one administrator among others.
          await world.receive(press(who[role], action));
          const after = await store.ticket(1001);
          const refusal = refusalOf(role === 'holder' && state === 'open' ? 'admin' : role, action, state);
          const told = world.takeSent().map(inShort);
          const isRight =
            refusal === null
              ? after!.version === before!.version + 1 && !told.some((line) => line.startsWith('only'))
              : after!.version === before!.version && told.join() === `only ${who[role].name}: phrases/${refusal}`;
          if (!isRight) wrong.push(`${role} ${action} ${state}: ${refusal ?? 'may'}, but ${told.join()}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  }, 180_000);

  test(inRegister('permissions.other-side'), async () => {
    await openTicket(store);
    const details = (await store.ticket(1001))!.details;
    expect(details.person.name).toBe('Ada');
    // The same person, come in by the other platform, where their id is another one.
    await store.close();
    store = await openSqliteStore(':memory:');
    world = new TurnsWorld(store, { directory: { isAdmin } });
    await openTicket(store, 'open', { open: { role: 'account-admin', details: { ...details, platform: 'teams' } } });
    await world.settled();
    world.takeSent();
    const told: string[] = [];
    for (const name of ['Ada', 'ada', ' ADA ', 'Ａda']) {
      await world.receive(press({ id: 'U0ADA', name, member: true }, 'claim'));
      told.push(...world.takeSent().map((one) => (one.kind === 'notice' ? one.say.name : inShort(one))));
    }
    expect(new Set(told)).toEqual(new Set(['phrases/action-own-ticket']));
    expect(told).toHaveLength(held('permissions.other-side').spellings);
    expect((await store.ticket(1001))!.state).toBe('open');
  });
});
