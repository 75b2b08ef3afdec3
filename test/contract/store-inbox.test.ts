import type { Incoming } from '../../src/core/message';
import { adminAction } from '../builders/dialogue';
import { botLine, movedMessage, openTicket, textMessage, turn, turnCommit } from '../builders/store';
import { eachStore } from './store-kinds';

/** Who handles what came in: one process at a time for each conversation, its oldest message first. */
eachStore((the, keeps) => {
  const taker = (owner: string, now: number, lease = 100) => ({ owner, now, leaseUntil: now + lease });
  const record = (key: string, owner: string, now = 1000, parts: Parameters<typeof textMessage>[1] = {}) =>
    the.store.record(textMessage(key, parts), taker(owner, now));
  const take = async (owner: string, now: number, limit = 100, evenLeased = false) =>
    (await the.store.takeInbox(taker(owner, now), limit, evenLeased)).map(({ key }) => key);
  const handled = (key: string) => the.store.finish(key);

  test('whoever records a message has it, and nobody else gets it', async () => {
    expect(await record('m1', 'a')).toBe('taken');
    expect(await take('a', 1000)).toEqual([]);
    expect(await take('b', 1100)).toEqual([]);
  });

  test('known is known, to whoever took it and to others', async () => {
    await record('m1', 'a');
    expect([await record('m1', 'a'), await record('m1', 'b')]).toEqual(['known', 'known']);
    await handled('m1');
    expect(await record('m1', 'b')).toBe('known');
    expect(await take('b', 5000)).toEqual([]);
  });

  test('the next of a conversation waits, until the one before is handled', async () => {
    await record('m1', 'a');
    expect(await record('m2', 'b')).toBe('waits');
    expect(await record('m3', 'a')).toBe('waits');
    expect([await take('a', 1050), await take('b', 1050)]).toEqual([[], []]);
    await handled('m1');
    expect([await take('b', 1050), await take('a', 1050)]).toEqual([['m2'], []]);
    await handled('m2');
    expect(await take('a', 1050)).toEqual(['m3']);
  });

  test.each([
    ['committed', () => the.store.commitTurn(turnCommit('m1'))],
    ['given up', () => the.store.failTurn('m1', 'c1', 'web', 2000, botLine('Sorry.'))],
    ['a deletion', () => the.store.forget({ key: 'm1', of: 'm0', at: 2000 })],
  ])('handled is also what was %s', async (_how, end) => {
    await record('m1', 'a');
    await record('m2', 'a');
    await end();
    expect(await take('b', 1001)).toEqual(['m2']);
  });

  test('conversations do not wait for one another', async () => {
    await record('m1', 'a');
    expect(await record('m2', 'b', 1000, { conversation: 'c2' })).toBe('taken');
    await the.store.record(textMessage('m3', { conversation: 'c3' }));
    await the.store.record(textMessage('m4', { conversation: 'c4' }));
    expect(await take('b', 1000, 1)).toEqual(['m3']);
    expect(await take('b', 1000)).toEqual(['m4']);
  });

  test('order is that of recording, whatever the clocks of those who recorded say', async () => {
    for (const [key, at] of [
      ['first', 9000],
      ['second', 10],
      ['third', 5000],
    ] as const)
      await the.store.record(textMessage(key, { at }));
    for (const key of ['first', 'second', 'third']) {
      expect(await take('a', 1000)).toEqual([key]);
      await handled(key);
    }
  });

  test('what a process that died had taken is handed out when its lease is over', async () => {
    await record('m1', 'dead', 1000);
    await record('m2', 'dead', 1000);
    expect(await take('b', 1100)).toEqual([]);
    expect(await take('b', 1101)).toEqual(['m1']);
    expect(await take('c', 1150)).toEqual([]);
  });

  test('of two who look at once, each message goes to one', async () => {
    const keys = Array.from({ length: 20 }, (_, index) => `m${index}`);
    for (const key of keys) await the.store.record(textMessage(key, { conversation: key }));
    const [a, b] = await Promise.all([take('a', 1000), take('b', 1000)]);
    expect([...a!, ...b!].sort()).toEqual([...keys].sort());
  });

  test('whoever comes late finds it handled', async () => {
    await record('m1', 'slow', 1000);
    expect(await take('b', 2000)).toEqual(['m1']);
    await the.store.commitTurn(turnCommit('m1'));
    await expect(the.store.commitTurn(turnCommit('m1', { expectedVersion: 1 }))).rejects.toMatchObject({
      code: 'TURN_HANDLED',
    });
    expect((await the.store.loadConversation('c1')).version).toBe(1);
  });

  test('who knows to be alone takes also what somebody had taken, in order', async () => {
    await record('m1', 'dead');
    await record('m2', 'dead');
    await record('other', 'dead', 1000, { conversation: 'c2' });
    expect(await take('b', 1001, 100, true)).toEqual(['m1', 'other']);
  });

  test('an administrator’s action and the employee’s words wait for each other', async () => {
    const ticket = await openTicket(the.store);
    const claim = (key: string): Incoming => ({ ...adminAction('claim'), key, ticket: ticket.id });
    await record('m1', 'a');
    expect(await the.store.record(claim('a1'), taker('b', 1000))).toBe('waits');
    await handled('m1');
    expect(await take('b', 1000)).toEqual(['a1']);
    expect(await record('m2', 'a')).toBe('waits');
  });

  test.each([4711, Number.MAX_SAFE_INTEGER, 1e300])(
    'an action on ticket %s, which is not there, holds nobody up',
    async (id) => {
      const action = { ...adminAction('claim'), ticket: id };
      expect(await the.store.record(action, taker('a', 1000))).toBe('taken');
      expect(await record('m1', 'a')).toBe('taken');
      expect(await the.store.ticket(id)).toBeNull();
    },
  );

  test('a conversation that goes on in private waits there to be taken', async () => {
    await turn(the.store, 'm1', { next: movedMessage('m1/moved', 'c1', textMessage('m1'), { conversation: 'alone' }) });
    expect(await take('a', 3000)).toEqual(['m1/moved']);
  });

  (keeps ? test : test.skip)('a lease outlives a restart of the store', async () => {
    await record('m1', 'a', 1000);
    await the.reopen();
    expect(await take('b', 1050)).toEqual([]);
    expect(await take('b', 1101)).toEqual(['m1']);
  });
});
