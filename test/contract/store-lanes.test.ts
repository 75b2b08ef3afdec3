import type { Outgoing } from '../../src/core/ports';
import { botLine, openTicket, reply, textMessage, turn } from '../builders/store';
import { eachStore, sendAll } from './store-kinds';

/** What is said in one conversation, and the card of one ticket in one place, arrive in the order they were made. */
eachStore((the) => {
  const say = (key: string, conversationId = 'c1', platform: 'web' | 'slack' | 'teams' = 'web') =>
    turn(the.store, key, { conversationId, platform, replies: () => [botLine(key)] });
  const rows = (now: number, except: readonly string[] = [], owner = 'a') =>
    the.store.takeOutbox(owner, now, now + 100, 100, except);
  const take = async (...parts: Parameters<typeof rows>) => (await rows(...parts)).map(({ key }) => key);

  test('only the first of a conversation is given out; the next when it has left', async () => {
    for (const key of ['one', 'two', 'three']) await say(key);
    const [first, ...others] = await rows(2000);
    expect([first!.key, others]).toEqual(['one/reply', []]);
    expect(await take(2000)).toEqual([]);
    await the.store.finishOutbox(first!.id, 'a', { kind: 'sent' });
    expect(await take(2000)).toEqual(['two/reply']);
  });

  test('the others do not wait', async () => {
    await say('one');
    await say('two');
    await say('other', 'c2');
    expect(await take(2000)).toEqual(['one/reply', 'other/reply']);
    await say('third', 'c3');
    expect(await take(2000)).toEqual(['third/reply']);
  });

  test('while the first waits for another try, those behind it wait too', async () => {
    await say('one');
    await say('two');
    await say('other', 'c2');
    const [first] = await rows(2000);
    await the.store.finishOutbox(first!.id, 'a', { kind: 'retry', dueAt: 5000, error: 'busy' });
    expect(await take(4999)).toEqual(['other/reply']);
    expect(await take(5000)).toEqual(['one/reply']);
  });

  test('a worker that died with the first in hand holds the rest up until its lease is over', async () => {
    await say('one');
    await say('two');
    await rows(2000);
    expect(await take(2100, [], 'b')).toEqual([]);
    expect(await take(2101, [], 'b')).toEqual(['one/reply']);
  });

  test('one that failed for good lets the next go', async () => {
    await say('one');
    await say('two');
    const [first] = await rows(2000);
    await the.store.finishOutbox(first!.id, 'a', { kind: 'failed', error: 'gone' });
    expect(await take(2000)).toEqual(['two/reply']);
  });

  test('each card of each ticket has a lane of its own', async () => {
    const destinations = ['desk', 'slack:C1'];
    const first = await openTicket(the.store, 'a', { destinations, replies: () => [] });
    await openTicket(the.store, 'b', { conversationId: 'c2', destinations, replies: () => [] });
    const actor = { id: 'grace', name: 'Grace' };
    await turn(the.store, 'claim', {
      destinations,
      replies: () => [],
      change: { ticket: first, actor, action: 'claim', text: null },
    });
    expect(await take(2000)).toEqual(['a/ping/desk', 'a/ping/slack:C1', 'b/ping/desk', 'b/ping/slack:C1']);
    expect(await take(2101)).not.toContain('claim/ping/desk');
  });

  test('notices to one person stay in order, and hold nobody else up', async () => {
    const notice = async (key: string, id: string) => {
      const outgoing: Outgoing = {
        kind: 'notice',
        platform: 'web',
        conversation: 'c1',
        person: { id, name: id, member: true },
        address: null,
        say: reply(key),
      };
      await the.store.record(textMessage(key));
      await the.store.refuse(key, { at: 2000, outgoing: outgoing as Extract<Outgoing, { kind: 'notice' }> });
    };
    await notice('one', 'grace');
    await notice('two', 'grace');
    await notice('three', 'alan');
    expect(await take(2000)).toEqual(['one/notice/2000', 'three/notice/2000']);
  });

  test('platforms that are named are passed over, pings by the platform of their place', async () => {
    await say('s', 'c1', 'slack');
    await say('t', 'c2', 'teams');
    await openTicket(the.store, 'w', {
      conversationId: 'c3',
      destinations: ['desk', 'slack:C1', 'teams:19:a@thread.tacv2'],
    });
    expect(await take(2000, ['slack'])).toEqual([
      't/reply',
      'w/reply',
      'w/ping/desk',
      'w/ping/teams:19:a@thread.tacv2',
    ]);
    expect(await take(2000, ['slack'])).toEqual([]);
    expect(await take(2000, ['web', 'teams'])).toEqual(['s/reply', 'w/ping/slack:C1']);
  });

  test('a wait that the platform asked for is no try', async () => {
    await say('one');
    for (const dueAt of [3000, 4000]) {
      const [row] = await rows(dueAt - 1000);
      expect(row!.attempts).toBe(1);
      await the.store.finishOutbox(row!.id, 'a', { kind: 'retry', dueAt, error: 'slow down', counts: false });
      expect(await take(dueAt - 1)).toEqual([]);
    }
    const [row] = await rows(4000);
    await the.store.finishOutbox(row!.id, 'a', { kind: 'retry', dueAt: 5000, error: 'broken', counts: true });
    expect(await rows(5000)).toMatchObject([{ attempts: 2 }]);
  });

  test('everything leaves in the end, each conversation in its order', async () => {
    const keys = Array.from({ length: 30 }, (_, index) => `m${index}`);
    for (const [index, key] of keys.entries()) await say(key, `c${index % 3}`);
    const left = (await sendAll(the.store)).map(({ outgoing, key }) => [
      outgoing.kind === 'reply' && outgoing.conversation,
      key,
    ]);
    expect(left).toHaveLength(30);
    for (const conversation of ['c0', 'c1', 'c2']) {
      const inOrder = keys.filter((_, index) => `c${index % 3}` === conversation).map((key) => `${key}/reply`);
      expect(left.filter(([where]) => where === conversation).map(([, key]) => key)).toEqual(inOrder);
    }
  });
});
