import { chatSubject, type Outgoing, ticketSubject } from '../../src/core/ports';
import { movedMessage, openTicket, reply, textMessage, turn, turnCommit } from '../builders/store';
import { eachStore, sendAll } from './store-kinds';

eachStore((the, keeps) => {
  describe('addresses', () => {
    test('a conversation whose platform told none has none', async () => {
      await the.store.record(textMessage('m1'));
      expect(await the.store.address('c1')).toBeNull();
    });

    test('come with a message, and the newest counts, in whatever order they arrive', async () => {
      const from = (key: string, at: number, url: string) =>
        the.store.record(textMessage(key, { at, address: { url, nested: { list: [1, 'ä'] } } }));
      await from('m1', 10, 'old');
      await from('m3', 30, 'newest');
      await from('m2', 20, 'late');
      expect(await the.store.address('c1')).toEqual({ url: 'newest', nested: { list: [1, 'ä'] } });
    });

    test('a repeated message tells nothing new', async () => {
      await the.store.record(textMessage('m1', { address: { url: 'first' } }));
      await the.store.record(textMessage('m1', { at: 99, address: { url: 'repeated' } }));
      expect(await the.store.address('c1')).toEqual({ url: 'first' });
    });

    test('a platform may tell one by itself', async () => {
      await the.store.saveAddress('teams-place:19:abc', { id: 1 }, 10);
      await the.store.saveAddress('teams-place:19:abc', { id: 2 }, 10);
      expect(await the.store.address('teams-place:19:abc')).toEqual({ id: 2 });
      expect(await the.store.address('c1')).toBeNull();
    });

    const move = () =>
      turn(the.store, 'm1', {
        next: movedMessage('m1/moved', 'c1', textMessage('m1'), {
          conversation: 'alone',
          address: { url: 'guessed' },
        }),
      });

    test('a guess is kept until the platform says better, even with an older message', async () => {
      await move();
      expect(await the.store.address('alone')).toEqual({ url: 'guessed' });
      await the.store.record(textMessage('m2', { conversation: 'alone', at: 1, address: { url: 'told' } }));
      expect(await the.store.address('alone')).toEqual({ url: 'told' });
    });

    test('a guess does not replace what the platform told', async () => {
      await the.store.record(textMessage('m0', { conversation: 'alone', at: 1, address: { url: 'told' } }));
      await move();
      expect(await the.store.address('alone')).toEqual({ url: 'told' });
    });

    (keeps ? test : test.skip)('outlive a restart', async () => {
      await the.store.saveAddress('c1', { url: 'x' }, 10);
      await the.reopen();
      expect(await the.store.address('c1')).toEqual({ url: 'x' });
    });
  });

  describe('posts', () => {
    const post = (id: string, version = 1, subject = chatSubject('c1')) => ({
      subject,
      id,
      version,
      ref: { channel: 'C1', version },
    });

    test('of a subject come back oldest first, and of no other', async () => {
      for (const id of ['b', 'c', 'a']) await the.store.savePost(post(id));
      await the.store.savePost(post('b', 1, ticketSubject(1001, 'slack:C1')));
      expect(await the.store.posts(chatSubject('c1'))).toEqual([post('b'), post('c'), post('a')]);
      expect(await the.store.posts(ticketSubject(1001, 'slack:C1'))).toEqual([
        post('b', 1, ticketSubject(1001, 'slack:C1')),
      ]);
      expect(await the.store.posts(ticketSubject(1001, 'slack:C2'))).toEqual([]);
    });

    test('one that is saved again shows the new, in its old place', async () => {
      for (const id of ['a', 'b']) await the.store.savePost(post(id));
      await the.store.savePost(post('a', 7));
      expect(await the.store.posts(chatSubject('c1'))).toEqual([post('a', 7), post('b')]);
    });

    test('one that is dropped is gone, and its id may come again as the newest', async () => {
      for (const id of ['a', 'b']) await the.store.savePost(post(id));
      await the.store.dropPost(chatSubject('c1'), 'a');
      await the.store.dropPost(chatSubject('c1'), 'never-there');
      expect(await the.store.posts(chatSubject('c1'))).toEqual([post('b')]);
      await the.store.savePost(post('a', 2));
      expect((await the.store.posts(chatSubject('c1'))).map(({ id }) => id)).toEqual(['b', 'a']);
    });

    (keeps ? test : test.skip)('outlive a restart', async () => {
      await the.store.savePost(post('a', 3));
      await the.reopen();
      expect(await the.store.posts(chatSubject('c1'))).toEqual([post('a', 3)]);
    });
  });

  describe('a conversation that goes on elsewhere', () => {
    const next = movedMessage('m1/moved', 'c1', textMessage('m1'), { conversation: 'alone', address: { user: 'u' } });
    const waiting = async () => (await the.store.pending()).map(({ key }) => key);

    test('is recorded by the same commit', async () => {
      await turn(the.store, 'm1', { next });
      expect(await the.store.pending()).toEqual([next]);
    });

    test('is not there when the commit is refused', async () => {
      await turn(the.store, 'm0');
      await the.store.record(textMessage('m1'));
      await expect(the.store.commitTurn(turnCommit('m1', { expectedVersion: 9, next }))).rejects.toMatchObject({
        code: 'TURN_CONFLICT',
      });
      expect(await waiting()).toEqual(['m1']);
      expect(await the.store.address('alone')).toBeNull();
    });

    test('counts once', async () => {
      await turn(the.store, 'm1', { next });
      await turn(the.store, 'm1/moved', { conversationId: 'alone' });
      await turn(the.store, 'm2', { next });
      expect(await waiting()).toEqual([]);
    });
  });

  describe('a word to somebody alone', () => {
    const notice = (text: string): Extract<Outgoing, { kind: 'notice' }> => ({
      kind: 'notice',
      platform: 'slack',
      conversation: 'c1',
      person: { id: 'u1', name: 'Grace', member: true },
      address: { channel: 'C1' },
      say: reply(text),
    });

    test('leaves once, with the end of what asked for it', async () => {
      await the.store.record(textMessage('m1'));
      await the.store.refuse('m1', { at: 3000, outgoing: notice('Too late.') });
      await the.store.refuse('m1', { at: 3001, outgoing: notice('Said again.') });
      expect(await the.store.pending()).toEqual([]);
      expect((await sendAll(the.store)).map(({ key, dueAt, outgoing }) => [key, dueAt, outgoing])).toEqual([
        ['m1/notice/3000', 3000, notice('Too late.')],
      ]);
    });

    test('the same may be asked again, and gets its answer', async () => {
      await the.store.record(textMessage('m1'));
      await the.store.refuse('m1', { at: 3000, outgoing: notice('Not you.') });
      expect(await the.store.record(textMessage('m1'))).toBe('waits');
      expect(await the.store.pending()).toEqual([textMessage('m1')]);
      await the.store.refuse('m1', { at: 4000, outgoing: notice('Still not you.') });
      expect((await sendAll(the.store)).map(({ outgoing }) => outgoing)).toEqual([
        notice('Not you.'),
        notice('Still not you.'),
      ]);
    });

    test('does not leave about what somebody else handled meanwhile', async () => {
      await turn(the.store, 'm1', { replies: () => [] });
      await the.store.refuse('m1', { at: 3000, outgoing: notice('Too late.') });
      expect(await sendAll(the.store)).toEqual([]);
      expect(await the.store.record(textMessage('m1'))).toBe('known');
    });

    test('does not wait for the conversation it is about', async () => {
      await turn(the.store, 'm1');
      await the.store.record(textMessage('m2'));
      await the.store.refuse('m2', { at: 2000, outgoing: notice('Too late.') });
      const rows = await the.store.takeOutbox('a', 2000, 2100, 10);
      expect(rows.map(({ key }) => key)).toEqual(['m1/reply', 'm2/notice/2000']);
    });
  });

  test('tickets of one conversation, open and closed, newest first', async () => {
    for (const [key, conversationId] of [
      ['a', 'c1'],
      ['b', 'c2'],
      ['c', 'c1'],
      ['d', 'c1'],
    ] as const)
      await openTicket(the.store, key, { conversationId });
    const third = (await the.store.ticket(1003))!;
    const actor = { id: 'grace', name: 'Grace' };
    await turn(the.store, 'r', { change: { ticket: third, actor, action: 'resolve', text: null } });
    const ids = async (filter: { closed: boolean; limit: number; conversation: string }) =>
      (await the.store.tickets(filter)).map(({ id }) => id);
    expect(await ids({ closed: true, limit: 10, conversation: 'c1' })).toEqual([1004, 1003, 1001]);
    expect(await ids({ closed: false, limit: 10, conversation: 'c1' })).toEqual([1004, 1001]);
    expect(await ids({ closed: true, limit: 1, conversation: 'c1' })).toEqual([1004]);
    expect(await ids({ closed: true, limit: 10, conversation: 'nobody' })).toEqual([]);
  });
});
