import { createHelpdesk, type Helpdesk } from '../../../src/app';
import type { Incoming } from '../../../src/core/message';
import { noOrganization } from '../../../src/core/organization';
import type { Store } from '../../../src/core/ports';
import { MovableClock } from '../../../src/rehearsal/rehearsal';
import { openSqliteStore } from '../../../src/stores/sqlite';
import { knowledge } from '../../builders/bot';
import { adminAction } from '../../builders/dialogue';
import { openTicket, textMessage, turn } from '../../builders/store';

let store: Store;
let failures: unknown[];
beforeEach(async () => {
  store = await openSqliteStore(':memory:');
  failures = [];
});
afterEach(() => store.close());

function bot(parts: { store?: Store } = {}): Helpdesk {
  return createHelpdesk({
    ...knowledge(),
    organization: noOrganization,
    store: parts.store ?? store,
    clock: new MovableClock(5000),
    senders: new Map([['web', { send: async () => ({ kind: 'sent' as const }) }]]),
    destinations: new Map(),
    onCycleFailed: (error) => failures.push(error),
    onAuditFailed: (error) => failures.push(error),
    onTurnFailed: (_reference, _incoming, error) => failures.push(error),
    onDeliveryFailed: (_row, error) => failures.push(error),
  });
}
async function receive(helpdesk: Helpdesk, ...messages: Incoming[]) {
  const answers = await Promise.all(messages.map((message) => helpdesk.turns.receive(message)));
  await helpdesk.turns.idle();
  await helpdesk.outbox.settled();
  return answers;
}
const chat = async () =>
  (await store.chat('c1', 0)).map(({ line }) => (line.from === 'bot' ? line.reply.name : line.text));

test('a message that arrives twice is answered once', async () => {
  const helpdesk = bot();
  expect(await receive(helpdesk, textMessage('m1'), textMessage('m1'))).toEqual(['recorded', 'duplicate']);
  expect(await receive(helpdesk, textMessage('m1'))).toEqual(['duplicate']);
  expect(await chat()).toEqual(['lost my phone', expect.stringContaining('/')]);
});

test('messages sent at once are answered one after the other, in order', async () => {
  const texts = ['lost my phone and the mfa app for aws', 'iam', 'still stuck', 'ask for me'];
  await receive(bot(), ...texts.map((text, index) => textMessage(`m${index}`, { text })));
  expect((await chat()).filter((line) => texts.includes(line))).toEqual(texts);
  expect((await store.loadConversation('c1')).version).toBe(4);
  expect(await store.tickets({ closed: true, limit: 5 })).toHaveLength(1);
  expect(failures).toEqual([]);
});

test('what a crash left behind is taken up by the next start', async () => {
  await store.record(textMessage('m1'));
  const helpdesk = bot();
  expect(await helpdesk.turns.resume()).toBe(1);
  await helpdesk.turns.idle();
  await helpdesk.outbox.settled();
  expect((await chat())[0]).toBe('lost my phone');
  expect(await helpdesk.turns.resume()).toBe(0);
});

test('a turn that was overtaken is tried again, and lands', async () => {
  let overtaken = 0;
  const racing = Object.assign(Object.create(store) as Store, {
    commitTurn: async (commit: Parameters<Store['commitTurn']>[0]) => {
      // Another process commits first, once.
      if (overtaken++ === 0) await turn(store, 'other');
      return store.commitTurn(commit);
    },
  });
  await receive(bot({ store: racing }), textMessage('m1'));
  expect(overtaken).toBe(2);
  expect((await store.loadConversation('c1')).version).toBe(2);
  expect(failures).toEqual([]);
});

test('a turn that throws saves nothing, says so with a reference, and the next one works', async () => {
  let broken = true;
  const failing = Object.assign(Object.create(store) as Store, {
    commitTurn: async (commit: Parameters<Store['commitTurn']>[0]) => {
      if (broken) throw new Error('disk full');
      return store.commitTurn(commit);
    },
  });
  const helpdesk = bot({ store: failing });
  await receive(helpdesk, textMessage('m1'));
  expect(failures).toEqual([new Error('disk full')]);
  expect((await store.loadConversation('c1')).version).toBe(0);
  expect(await chat()).toEqual(['phrases/turn-failed']);
  expect(await store.pending()).toEqual([]);
  broken = false;
  await receive(helpdesk, textMessage('m2'));
  expect((await chat()).slice(1, 2)).toEqual(['lost my phone']);
});

test('where not even the apology can be written, the message waits for the next start', async () => {
  const gone = async () => {
    throw new Error('disk gone');
  };
  const dead = Object.assign(Object.create(store) as Store, { commitTurn: gone, failTurn: gone });
  await receive(bot({ store: dead }), textMessage('m1'));
  expect(failures).toHaveLength(2);
  expect((await store.pending()).map(({ key }) => key)).toEqual(['m1']);
});

test('two administrators who claim at once: one has it, and the employee hears it once', async () => {
  const ticket = await openTicket(store, 'open', { destinations: [] });
  const claim = (key: string, name: string): Incoming => ({
    ...adminAction('claim'),
    key,
    ticket: ticket.id,
    person: { id: name, name, member: true },
  });
  await receive(bot(), claim('a', 'Grace'), claim('b', 'Alan'));
  expect((await store.history(ticket.id)).map(({ action }) => action)).toEqual(['opened', 'claim']);
  expect((await chat()).filter((name) => name === 'phrases/ticket-claimed')).toHaveLength(1);
  expect(await store.pending()).toEqual([]);
  expect(failures).toEqual([]);
});

test.each(['claim', 'reply', 'resolve', 'not_mine'] as const)(
  'a late %s neither reopens the request nor says anything',
  async (action) => {
    const ticket = await openTicket(store);
    await receive(bot(), { ...adminAction('resolve', 'done'), key: 'r', ticket: ticket.id });
    const before = [await store.ticket(ticket.id), await store.history(ticket.id), await chat()];
    await receive(bot(), { ...adminAction(action, 'late'), key: 'late', ticket: ticket.id });
    expect([await store.ticket(ticket.id), await store.history(ticket.id), await chat()]).toEqual(before);
    expect(await store.pending()).toEqual([]);
  },
);

test('an action on a ticket that does not exist changes nothing', async () => {
  await receive(bot(), { ...adminAction('claim'), ticket: 4711 });
  expect(await store.pending()).toEqual([]);
  expect(failures).toEqual([]);
});
