import type { Outgoing, Store, TurnCommit } from '../../src/core/ports';
import {
  botLine,
  conversation,
  openTicket,
  reply,
  textMessage,
  ticketDetails,
  turn,
  turnCommit,
} from '../builders/store';
import { farAhead, kinds, type Place, sendAll } from './store-kinds';

const open = { role: 'account-admin' as const, details: ticketDetails() };

describe.each(kinds)('$name', ({ keeps, place: newPlace }) => {
  let place: Place;
  let store: Store;

  beforeEach(async () => {
    place = await newPlace();
    store = await place.open();
  });
  afterEach(async () => {
    await store.close();
    await place.remove();
  });

  async function reopen(): Promise<void> {
    await store.close();
    store = await place.open();
  }
  const change = (
    ticket: NonNullable<TurnCommit['change']>['ticket'],
    action: string,
    text: string | null = null,
    actor = 'Grace',
  ) => ({
    change: { ticket, actor: { id: actor.toLowerCase(), name: actor }, action, text },
  });
  const waiting = async (): Promise<string[]> => (await store.pending()).map(({ key }) => key);
  const outgoing = async (): Promise<Outgoing[]> => (await sendAll(store)).map((row) => row.outgoing);

  describe('inbox', () => {
    test('a message is recorded once, whatever the platform repeats', async () => {
      expect(await store.record(textMessage('m1'))).toBe('waits');
      expect(await store.record(textMessage('m1'))).toBe('known');
      expect(await store.record(textMessage('m1', { text: 'something else' }))).toBe('known');
      expect(await store.pending()).toEqual([textMessage('m1')]);
    });

    test('what is recorded waits until its turn is committed', async () => {
      await store.record(textMessage('m1', { at: 1 }));
      await store.record(textMessage('m2', { at: 2 }));
      expect(await waiting()).toEqual(['m1', 'm2']);
      await store.commitTurn(turnCommit('m1'));
      expect(await waiting()).toEqual(['m2']);
    });

    test('a repeated message is no news after its turn either', async () => {
      await turn(store, 'm1');
      expect(await store.record(textMessage('m1'))).toBe('known');
      expect(await waiting()).toEqual([]);
    });

    test('the oldest comes first, and as recorded within one millisecond', async () => {
      for (const [key, at] of [
        ['late', 9],
        ['b', 5],
        ['a', 5],
        ['early', 1],
      ] as const)
        await store.record(textMessage(key, { at }));
      expect(await waiting()).toEqual(['early', 'b', 'a', 'late']);
    });

    test('every kind of message comes back as it was', async () => {
      const envelope = {
        platform: 'slack' as const,
        conversation: 'c9',
        person: { id: 'u', name: 'Zoë “Z” O’Neil 🦊', member: false },
        at: 3,
      };
      const all = [
        {
          ...envelope,
          key: '1',
          kind: 'text' as const,
          text: 'line one\nline two \u202e\u0000 ;DROP TABLE inbox;--',
          secrets: ['code'],
        },
        { ...envelope, key: '2', kind: 'press' as const, press: 'choose:iam', turn: 4 },
        { ...envelope, key: '3', kind: 'file' as const, name: 'screen.png' },
        {
          ...envelope,
          key: '4',
          kind: 'ticket_action' as const,
          ticket: 1001,
          action: 'reply' as const,
          text: 'hi',
          secrets: [],
          card: { destination: 'slack:C1', id: '17.1' },
        },
        { ...envelope, key: '5', kind: 'edit' as const, of: '1', text: 'line two', secrets: [] },
        { ...envelope, key: '6', kind: 'delete' as const, of: '1' },
        {
          ...envelope,
          key: '7',
          kind: 'text' as const,
          text: 'with files',
          secrets: [],
          files: ['a.png'],
          address: { channel: 'C1', deep: { list: [1, null] } },
          shared: { conversation: 'alone', address: { user: 'u' }, outsiders: true },
        },
        { ...envelope, key: '8', kind: 'moved' as const, from: 'c8', input: { any: [1] }, state: conversation() },
      ];
      for (const incoming of all) await store.record(incoming);
      expect(await store.pending()).toEqual(all);
    });

    test('a row that changed nothing is marked done', async () => {
      await store.record(textMessage('m1'));
      await store.finish('m1');
      expect(await waiting()).toEqual([]);
    });

    (keeps ? test : test.skip)('a crash between recording and committing loses nothing', async () => {
      await store.record(textMessage('m1'));
      await reopen();
      expect(await store.pending()).toEqual([textMessage('m1')]);
      await store.commitTurn(turnCommit('m1'));
      await reopen();
      expect(await store.pending()).toEqual([]);
    });
  });

  describe('a turn', () => {
    test('a conversation nobody began is new', async () => {
      const { conversation: state, version } = await store.loadConversation('nobody');
      expect(version).toBe(0);
      expect(state.turn).toBe(0);
    });

    test('commits all of it together', async () => {
      const state = conversation({ turn: 1, slots: { account_type: 'iam' }, words: ['lost my phone'], lastAt: 2000 });
      const { ticket } = await turn(store, 'm1', { conversation: state, open, destinations: ['desk', 'mail'] });
      expect(await store.loadConversation('c1')).toEqual({
        conversation: { ...state, tickets: [ticket!.id] },
        version: 1,
      });
      expect((await store.chat('c1', 0)).map(({ line }) => line)).toEqual([
        { from: 'person', text: 'lost my phone' },
        botLine('Hello.'),
      ]);
      expect(await outgoing()).toEqual([
        {
          kind: 'reply',
          platform: 'web',
          conversation: 'c1',
          turn: 1,
          lines: [botLine('Hello.')],
          replaces: false,
        },
        { kind: 'ping', destination: 'desk', ticket: ticket!.id, what: 'opened' },
        { kind: 'ping', destination: 'mail', ticket: ticket!.id, what: 'opened' },
      ]);
      expect(await waiting()).toEqual([]);
    });

    test('its replies may name the ticket it opens', async () => {
      await turn(store, 'm1', {
        open,
        replies: (turnNumber, ticket) => [botLine(`turn ${turnNumber}, number ${ticket?.id}`)],
      });
      expect((await store.chat('c1', 0)).at(-1)?.line).toEqual(botLine('turn 1, number 1001'));
    });

    /** Nothing of a refused turn may be seen: not the words, the ticket, the history or what would have left. */
    async function expectUntouched(before: Awaited<ReturnType<typeof snapshot>>): Promise<void> {
      expect(await snapshot()).toEqual({ ...before, left: [] });
    }
    /** Lets everything leave, so that the next look shows what was added since. */
    async function snapshot() {
      const tickets = await store.tickets({ closed: true, limit: 100 });
      return {
        conversation: await store.loadConversation('c1'),
        chat: await store.chat('c1', 0),
        tickets,
        history: await Promise.all(tickets.map(({ id }) => store.history(id))),
        waiting: await waiting(),
        left: (await sendAll(store)).map(({ key }) => key),
      };
    }

    test('a stale version is refused, and nothing of the turn is seen', async () => {
      await turn(store, 'm1');
      await turn(store, 'm2', { conversation: conversation({ turn: 2 }) });
      await store.record(textMessage('m3'));
      const before = await snapshot();
      const stale = turnCommit('m3', {
        expectedVersion: 1,
        open,
        destinations: ['desk'],
        conversation: conversation({ turn: 99 }),
      });
      await expect(store.commitTurn(stale)).rejects.toMatchObject({ code: 'TURN_CONFLICT' });
      await expectUntouched(before);
      expect(before.waiting).toEqual(['m3']);
    });

    test('two turns that both begin a conversation: one wins', async () => {
      await store.record(textMessage('m1'));
      await store.record(textMessage('m2'));
      const both = await Promise.allSettled([store.commitTurn(turnCommit('m1')), store.commitTurn(turnCommit('m2'))]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect((await store.loadConversation('c1')).version).toBe(1);
      expect(await waiting()).toHaveLength(1);
    });

    test('an error in the middle leaves nothing behind', async () => {
      await turn(store, 'm1');
      await store.record(textMessage('m2'));
      const before = await snapshot();
      const broken = turnCommit('m2', {
        expectedVersion: 1,
        open,
        destinations: ['desk'],
        replies: () => {
          throw new Error('no words');
        },
      });
      await expect(store.commitTurn(broken)).rejects.toThrow('no words');
      await expectUntouched(before);
    });

    test('a conflicting ticket takes the whole turn back', async () => {
      const ticket = await openTicket(store);
      await store.record(textMessage('m2'));
      const before = await snapshot();
      const late = turnCommit('m2', {
        expectedVersion: 1,
        ...change({ ...ticket, version: 7 }, 'claim'),
        destinations: ['desk'],
      });
      await expect(store.commitTurn(late)).rejects.toMatchObject({ code: 'TURN_CONFLICT' });
      await expectUntouched(before);
    });

    test('a message that was handled already is not handled twice', async () => {
      await turn(store, 'm1');
      const before = await snapshot();
      const again = turnCommit('m1', { expectedVersion: 1, conversation: conversation({ turn: 2 }) });
      await expect(store.commitTurn(again)).rejects.toMatchObject({ code: 'TURN_HANDLED' });
      await expectUntouched(before);
    });

    test('a message nobody recorded cannot be committed', async () => {
      await expect(store.commitTurn(turnCommit('never-recorded'))).rejects.toMatchObject({ code: 'TURN_HANDLED' });
      expect(await store.chat('c1', 0)).toEqual([]);
    });

    (keeps ? test : test.skip)('what was committed outlives a restart', async () => {
      const ticket = await openTicket(store);
      const before = await snapshot();
      await turn(store, 'm2', { conversationId: 'c2' });
      await reopen();
      expect(await snapshot()).toEqual({ ...before, left: ['m2/reply'] });
      expect(await store.ticket(ticket.id)).toEqual(ticket);
    });
  });

  describe('a turn that failed', () => {
    test('leaves its mark and the apology, and nothing else', async () => {
      await turn(store, 'm1', { conversation: conversation({ turn: 5 }) });
      await outgoing();
      const before = await store.loadConversation('c1');
      await store.record(textMessage('m2'));
      await store.failTurn('m2', 'c1', 'web', 3000, botLine('Sorry.'));
      expect(await store.loadConversation('c1')).toEqual(before);
      expect(await store.tickets({ closed: true, limit: 10 })).toEqual([]);
      expect(await waiting()).toEqual([]);
      expect((await store.chat('c1', 0)).map(({ line }) => line).slice(2)).toEqual([botLine('Sorry.')]);
      expect(await outgoing()).toEqual([
        {
          kind: 'reply',
          platform: 'web',
          conversation: 'c1',
          turn: 5,
          lines: [botLine('Sorry.')],
          replaces: false,
        },
      ]);
    });

    test('apologises also where the conversation had not begun', async () => {
      await store.record(textMessage('m1'));
      await store.failTurn('m1', 'c1', 'web', 3000, botLine('Sorry.'));
      expect((await store.loadConversation('c1')).version).toBe(0);
      expect((await store.chat('c1', 0)).map(({ line }) => line)).toEqual([botLine('Sorry.')]);
    });

    test('does not apologise for a message that somebody else handled', async () => {
      await turn(store, 'm1');
      await store.failTurn('m1', 'c1', 'web', 3000, botLine('Sorry.'));
      expect((await store.chat('c1', 0)).map(({ line }) => line)).not.toContainEqual(botLine('Sorry.'));
    });
  });

  describe('tickets', () => {
    test('are numbered from 1001, and the numbers grow', async () => {
      const ids: number[] = [];
      for (const key of ['a', 'b', 'c']) ids.push((await openTicket(store, key, { conversationId: key })).id);
      expect(ids).toEqual([1001, 1002, 1003]);
    });

    test('a number of a turn that was refused is not given to two', async () => {
      const first = await openTicket(store);
      await store.record(textMessage('m2'));
      await expect(store.commitTurn(turnCommit('m2', { expectedVersion: 9, open }))).rejects.toMatchObject({
        code: 'TURN_CONFLICT',
      });
      const second = await openTicket(store, 'm3', { conversationId: 'c2' });
      expect(second.id).toBeGreaterThan(first.id);
    });

    (keeps ? test : test.skip)('numbers go on growing after a restart', async () => {
      await openTicket(store, 'a');
      await reopen();
      expect((await openTicket(store, 'b', { conversationId: 'c2' })).id).toBe(1002);
    });

    test('open with all that an administrator needs', async () => {
      const ticket = await openTicket(store);
      expect(ticket).toEqual({
        id: 1001,
        conversation: 'c1',
        state: 'open',
        version: 1,
        role: 'account-admin',
        claimedBy: null,
        claimedById: null,
        details: ticketDetails(),
        tier: 1,
        round: 0,
        asked: 0,
        unreached: [],
        takenAt: null,
        next: null,
        places: ['desk'],
        bundle: null,
        outcome: null,
        seenAt: null,
        createdAt: 2000,
        updatedAt: 2000,
      });
      expect(await store.ticket(1001)).toEqual(ticket);
      expect(await store.ticket(4711)).toBeNull();
    });

    test('a conversation may hold several', async () => {
      await openTicket(store, 'a');
      const { conversation: state } = await store.loadConversation('c1');
      await openTicket(store, 'b', { conversation: state });
      expect((await store.loadConversation('c1')).conversation.tickets).toEqual([1001, 1002]);
    });

    test('of two who claim at once, exactly one wins', async () => {
      const ticket = await openTicket(store);
      const claim = async (key: string, actor: string) => {
        await store.record(textMessage(key, { conversation: actor }));
        return store.commitTurn(turnCommit(key, { conversationId: actor, ...change(ticket, 'claim', null, actor) }));
      };
      const both = await Promise.allSettled([claim('g', 'Grace'), claim('a', 'Alan')]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const won = both[0]?.status === 'fulfilled' ? 'Grace' : 'Alan';
      expect(await store.ticket(ticket.id)).toMatchObject({
        state: 'claimed',
        version: 2,
        claimedBy: won,
        claimedById: won.toLowerCase(),
      });
      expect((await store.history(ticket.id)).map(({ action, actor }) => [action, actor])).toEqual([
        ['opened', 'Ada'],
        ['claim', won],
      ]);
    });

    test.each(['claim', 'reply', 'note', 'not_mine', 'resolve', 'user_message', 'cancelled'])(
      '%s comes too late for a resolved ticket',
      async (action) => {
        await openTicket(store);
        await turn(store, 'r', change((await store.ticket(1001))!, 'resolve', 'device removed'));
        const resolved = (await store.ticket(1001))!;
        const history = await store.history(1001);
        await expect(turn(store, 'late', change(resolved, action, 'x'))).rejects.toMatchObject({
          code: 'TURN_CONFLICT',
        });
        expect(await store.ticket(1001)).toEqual(resolved);
        expect(await store.history(1001)).toEqual(history);
      },
    );

    test('an action on an outdated picture of the ticket changes nothing', async () => {
      const old = await openTicket(store);
      await turn(store, 'r', change(old, 'resolve'));
      await expect(turn(store, 'late', change(old, 'claim'))).rejects.toMatchObject({ code: 'TURN_CONFLICT' });
      expect(await store.ticket(old.id)).toMatchObject({ state: 'resolved', claimedBy: 'Grace', version: 2 });
    });

    test('history only grows, and tells before and after', async () => {
      await openTicket(store);
      const steps = [
        ['claim', null],
        ['reply', 'which device?'],
        ['user_message', 'my phone'],
        ['not_mine', null],
        ['claim', null],
        ['note', 'checked by phone'],
        ['resolve', 'removed'],
      ] as const;
      let grown = await store.history(1001);
      for (const [index, [action, text]] of steps.entries()) {
        await turn(store, `s${index}`, { at: 3000 + index, ...change((await store.ticket(1001))!, action, text) });
        const now = await store.history(1001);
        expect(now.slice(0, grown.length)).toEqual(grown);
        expect(now).toHaveLength(grown.length + 1);
        grown = now;
      }
      expect(grown.map(({ action, before, after, text }) => [action, before, after, text])).toEqual([
        ['opened', null, 'open', 'lost my phone'],
        ['claim', 'open', 'claimed', null],
        ['reply', 'claimed', 'waiting_for_user', 'which device?'],
        ['user_message', 'waiting_for_user', 'claimed', 'my phone'],
        ['not_mine', 'claimed', 'open', null],
        ['claim', 'open', 'claimed', null],
        ['note', 'claimed', 'claimed', 'checked by phone'],
        ['resolve', 'claimed', 'resolved', 'removed'],
      ]);
      expect(grown.map(({ at }) => at)).toEqual([2000, 3000, 3001, 3002, 3003, 3004, 3005, 3006]);
      expect(await store.ticket(1001)).toMatchObject({
        state: 'resolved',
        claimedBy: 'Grace',
        version: 8,
        createdAt: 2000,
        updatedAt: 3006,
      });
    });

    test('a reply takes an unclaimed ticket; giving it back frees it', async () => {
      const ticket = await openTicket(store);
      const { ticket: replied } = await turn(store, 'a', change(ticket, 'reply', 'hello'));
      expect(replied).toMatchObject({ state: 'waiting_for_user', claimedBy: 'Grace', claimedById: 'grace' });
      const { ticket: returned } = await turn(store, 'b', change(replied!, 'not_mine'));
      expect(returned).toMatchObject({ state: 'open', claimedBy: null, claimedById: null });
    });

    test('a change is told wherever the card is', async () => {
      const ticket = await openTicket(store);
      await outgoing();
      await turn(store, 'a', {
        replies: () => [],
        ...change(ticket, 'user_message', 'hello?', 'Ada'),
      });
      expect(await outgoing()).toEqual([{ kind: 'ping', destination: 'desk', ticket: ticket.id, what: 'updated' }]);
    });

    test('are listed newest first, closed ones only when asked for, never more than the limit', async () => {
      for (const key of ['a', 'b', 'c']) await openTicket(store, key, { conversationId: key });
      await turn(store, 'r', { conversationId: 'b', ...change((await store.ticket(1002))!, 'resolve') });
      const ids = async (closed: boolean, limit: number) =>
        (await store.tickets({ closed, limit })).map(({ id }) => id);
      expect(await ids(true, 10)).toEqual([1003, 1002, 1001]);
      expect(await ids(false, 10)).toEqual([1003, 1001]);
      expect(await ids(true, 2)).toEqual([1003, 1002]);
    });
  });

  describe('outbox', () => {
    const say = (key: string, texts: string[], at = 2000) =>
      turn(store, key, { conversationId: key, at, replies: () => texts.map(botLine) });
    const take = (owner: string, now: number, lease = 100) => store.takeOutbox(owner, now, now + lease, 100);

    test('a row is taken once while it is leased', async () => {
      await say('m1', ['one', 'two']);
      await say('m2', ['three']);
      expect((await take('a', 2000)).map(({ key, attempts }) => [key, attempts])).toEqual([
        ['m1/reply', 1],
        ['m2/reply', 1],
      ]);
      expect(await take('b', 2050)).toEqual([]);
      expect(await take('a', 2050)).toEqual([]);
    });

    test('of two workers that look at once, each row goes to one', async () => {
      for (const key of ['m1', 'm2', 'm3']) await say(key, ['hello']);
      const [a, b] = await Promise.all([take('a', 2000), take('b', 2000)]);
      expect([...a!, ...b!].map(({ key }) => key).sort()).toEqual(['m1/reply', 'm2/reply', 'm3/reply']);
    });

    test('is taken over after the lease, and the late worker cannot end it', async () => {
      await say('m1', ['one']);
      const [row] = await take('a', 2000);
      const [taken] = await take('b', 2101);
      expect(taken).toMatchObject({ id: row!.id, attempts: 2 });
      expect(await store.finishOutbox(row!.id, 'a', { kind: 'sent' })).toBe(false);
      expect(await store.finishOutbox(row!.id, 'b', { kind: 'sent' })).toBe(true);
      expect(await take('c', farAhead)).toEqual([]);
    });

    test('what is sent is done, and is ended once only', async () => {
      await say('m1', ['one']);
      const [row] = await take('a', 2000);
      expect(await store.finishOutbox(row!.id, 'a', { kind: 'sent' })).toBe(true);
      expect(await store.finishOutbox(row!.id, 'a', { kind: 'sent' })).toBe(false);
      expect(await take('a', farAhead)).toEqual([]);
    });

    test('what failed for now is due again later, not sooner', async () => {
      await say('m1', ['one']);
      const [row] = await take('a', 2000);
      await store.finishOutbox(row!.id, 'a', { kind: 'retry', dueAt: 5000, error: 'busy' });
      expect(await take('a', 4999)).toEqual([]);
      expect(await take('a', 5000)).toMatchObject([{ id: row!.id, attempts: 2, dueAt: 5000 }]);
    });

    test('what failed for good is not tried again', async () => {
      await say('m1', ['one']);
      const [row] = await take('a', 2000);
      await store.finishOutbox(row!.id, 'a', { kind: 'failed', error: 'no such user' });
      expect(await take('a', farAhead)).toEqual([]);
    });

    test('nothing leaves before it is due, and no more than asked for, in the order it was said', async () => {
      for (const text of ['one', 'two', 'three']) await say(text, [text], 9000);
      expect(await take('a', 8999)).toEqual([]);
      const first = await store.takeOutbox('a', 9000, 9100, 2);
      expect(first.map(({ key }) => key)).toEqual(['one/reply', 'two/reply']);
      expect((await take('a', 9000)).map(({ key }) => key)).toEqual(['three/reply']);
    });

    test('a key counts once', async () => {
      await store.record(textMessage('m1'));
      await store.failTurn('m1', 'c1', 'web', 2000, botLine('Sorry.'));
      await store.record(textMessage('m1'));
      await store.failTurn('m1', 'c1', 'web', 2000, botLine('Sorry.'));
      await turn(store, 'm2', { replies: () => [], open, destinations: ['desk', 'desk'] });
      expect((await take('a', 9000)).map(({ key }) => key)).toEqual(['m1/apology', 'm2/ping/desk']);
    });

    test('what one turn says leaves together, and nothing leaves for a turn that says nothing', async () => {
      await say('m1', ['one', 'two']);
      await say('m2', []);
      expect((await take('a', 9000)).map(({ outgoing: item }) => item)).toEqual([
        {
          kind: 'reply',
          platform: 'web',
          conversation: 'm1',
          turn: 1,
          lines: [botLine('one'), botLine('two')],
          replaces: false,
        },
      ]);
    });

    test('a reply may take the place of the one before', async () => {
      await turn(store, 'm1', { replaces: true });
      expect(await take('a', 9000)).toMatchObject([{ outgoing: { replaces: true } }]);
    });

    (keeps ? test : test.skip)('what was on its way when the process died leaves again', async () => {
      await say('m1', ['one']);
      await take('a', 2000, 20_000);
      await reopen();
      expect(await take('b', 2001)).toEqual([]);
      expect(await take('b', 22_001)).toHaveLength(1);
    });
  });

  describe('chat', () => {
    test('is in the order it was said, and can be read from any line on', async () => {
      await turn(store, 'm1', { said: { from: 'person', text: '1' }, replies: () => [botLine('2'), botLine('3')] });
      await turn(store, 'm2', {
        at: 1,
        said: { from: 'person', text: '4' },
        replies: () => [{ from: 'admin', name: 'Grace', text: '5' }],
      });
      const all = await store.chat('c1', 0);
      expect(all.map(({ line }) => (line.from === 'bot' ? line.reply.say[0]![0]!.text : line.text))).toEqual([
        '1',
        '2',
        '3',
        '4',
        '5',
      ]);
      expect(all.map(({ id }) => id)).toEqual([...all.map(({ id }) => id)].sort((a, b) => a - b));
      expect(await store.chat('c1', all[2]!.id)).toEqual(all.slice(3));
      expect(await store.chat('c1', all[4]!.id)).toEqual([]);
    });

    test('of one person is not shown to another', async () => {
      await turn(store, 'm1', { conversationId: 'c1' });
      await turn(store, 'm2', { conversationId: 'c2', said: { from: 'person', text: 'other' } });
      expect((await store.chat('c2', 0)).map(({ conversation: of }) => of)).toEqual(['c2', 'c2']);
    });

    test('keeps a reply whole: steps, note, buttons, links', async () => {
      const whole = reply('Two things.', {
        steps: { first: 7, items: [[{ text: 'Open it, ' }, { text: 'now', bold: true }]] },
        note: [{ text: 'That is all. 🦊 \u202e' }],
        buttons: [{ id: 'choose:iam', label: 'IAM user' }],
        links: [{ label: 'Page', url: 'https://docs.aws.amazon.com/' }],
      });
      await turn(store, 'm1', { said: null, replies: () => [{ from: 'bot', reply: whole }] });
      expect(await store.chat('c1', 0)).toMatchObject([{ turn: 1, at: 2000, line: { from: 'bot', reply: whole } }]);
    });
  });
});
