import type { IncomingMessage } from '../../../src/core/message';
import { noOrganization } from '../../../src/core/organization';
import type { Store } from '../../../src/core/ports';
import { messageTurn } from '../../../src/dialogue/message-turn';
import { ticketCourse } from '../../../src/escalation/course';
import { routesOf } from '../../../src/escalation/routing';
import { openSqliteStore } from '../../../src/stores/sqlite';
import { knowledge, person } from '../../builders/bot';
import { fileMessage, pressMessage, textMessage } from '../../builders/store';
import { inShort, TurnsWorld, type TurnsWorldOptions } from '../../builders/turns';

let store: Store;
let world: TurnsWorld;
beforeEach(async () => {
  store = await openSqliteStore(':memory:');
  world = new TurnsWorld(store);
});
afterEach(async () => {
  expect(world.failures).toEqual([]);
  await store.close();
});

const lostPhone = 'lost my phone, no mfa for aws, iam user i think';
const restart = (options: TurnsWorldOptions = {}) => {
  world = new TurnsWorld(store, options);
};
const receive = async (...messages: IncomingMessage[]): Promise<string[]> => {
  await world.receive(...messages);
  return world.takeSent().map(inShort);
};
const loaded = async (id = 'c1') => (await store.loadConversation(id)).conversation;
const tickets = () => store.tickets({ closed: true, limit: 10 });

describe('among others', () => {
  const alone = { conversation: 'alone', address: { user: 'u1' }, outsiders: false };
  const inThread = { conversation: 'thread', address: { channel: 'C1', thread: '1.1' }, shared: alone };
  const say = (key: string, text: string) => textMessage(key, { ...inThread, text });
  const press = (key: string, id: string, turn?: number) =>
    pressMessage(key, id, { ...inThread, ...(turn === undefined ? {} : { turn }) });

  test('general help is given where it was asked for, and nothing is said in private', async () => {
    expect(await receive(say('m1', lostPhone), press('m2', 'not_solved'))).toEqual([
      'thread: mfa-lost/iam/another-device',
      'thread: mfa-lost/iam/administrator',
    ]);
    expect(await store.loadConversation('alone')).toMatchObject({ version: 0 });
    expect(await world.chat('thread')).toEqual([
      lostPhone,
      'mfa-lost/iam/another-device',
      'Still stuck',
      'mfa-lost/iam/administrator',
    ]);
  });

  test('asking a person goes on in private, with all that was said and tried', async () => {
    await receive(say('m1', lostPhone), press('m2', 'not_solved'));
    const there = await loaded('thread');
    expect(await receive(press('m3', 'ask_admin', there.turn))).toEqual([
      'thread: phrases/continue-privately',
      'alone: phrases/handed-over',
      'desk: opened 1001',
    ]);
    const [ticket] = await tickets();
    expect(ticket).toMatchObject({
      conversation: 'alone',
      details: {
        intent: 'mfa.lost',
        slots: { account_type: 'iam', mfa_device: 'phone' },
        words: [lostPhone],
        tried: [
          { step: 'mfa-lost/iam/another-device', outcome: 'not_solved' },
          { step: 'mfa-lost/iam/administrator', outcome: 'shown' },
        ],
      },
    });
    const { position, slots, words, trail } = there;
    expect(await loaded('alone')).toMatchObject({ position, slots, words, trail, tickets: [1001], turn: 1 });
    expect(await store.address('alone')).toEqual({ user: 'u1' });
    // In private the ticket goes on like any other.
    expect(await receive(textMessage('p1', { conversation: 'alone', text: 'i lost it on the train' }))).toEqual([
      'alone: phrases/already-handed-over',
      'desk: updated 1001',
    ]);
  });

  test('the thread says no word of the matter, its advice stays to be read, and its buttons are dead', async () => {
    await receive(say('m1', lostPhone));
    const { turn } = await loaded('thread');
    await world.receive(press('m2', 'ask_admin', turn));
    const [aside, handedOver] = world.takeSent();
    expect(aside).toMatchObject({ kind: 'reply', conversation: 'thread', replaces: false, turn: turn + 1 });
    expect(handedOver).toMatchObject({ kind: 'reply', conversation: 'alone', replaces: false });
    expect(await loaded('thread')).toMatchObject({ position: null, words: [], slots: {}, buttons: [], turn: turn + 1 });
    expect((await world.chat('thread')).join()).not.toContain('D-1001');
    expect(await receive(press('m3', 'ask_admin', turn))).toEqual([
      expect.stringMatching(/^thread: phrases\/stale-button, /),
    ]);
    expect(await tickets()).toHaveLength(1);
  });

  test('a new problem may be asked there afterwards', async () => {
    await receive(say('m1', lostPhone), press('m2', 'ask_admin'));
    expect(await receive(say('m3', 'forgot my root password'))).toEqual([expect.stringMatching(/^thread: password-/)]);
  });

  test.each(['any news?', 'hmm it is the blue one', 'thanks', 'yes'])(
    '“%s” is no new problem: it goes on where the old one does',
    async (text) => {
      await receive(say('m1', lostPhone), press('m2', 'ask_admin'));
      const [inThread, ...inPrivate] = await receive(say('m3', text));
      expect(inThread).toBe('thread: phrases/continue-privately');
      expect(inPrivate[0]).toMatch(/^alone: /);
      expect(await loaded('alone')).toMatchObject({ position: { scenario: 'mfa-lost' }, tickets: [1001] });
      expect(await tickets()).toHaveLength(1);
    },
  );

  test('once it is over in private, or when the person says so, the thread starts afresh', async () => {
    await receive(say('m1', lostPhone), press('m2', 'ask_admin'));
    expect(await receive(say('m3', 'start over'))).toEqual([expect.stringMatching(/^thread: phrases\/(?!continue)/)]);
    await receive(pressMessage('p1', 'cancel', { conversation: 'alone' }));
    const over = await loaded('alone');
    expect(over).toMatchObject({ tickets: [], position: null });
    expect(await receive(say('m4', 'hmm it is the blue one'))).toEqual([
      expect.stringMatching(/^thread: phrases\/(?!continue)/),
    ]);
  });

  test('typed words that ask a person move as well, and are read in private', async () => {
    expect((await receive(say('m1', lostPhone), say('m2', 'ask my admin'))).slice(1)).toEqual([
      'thread: phrases/continue-privately',
      'alone: phrases/handed-over',
      'desk: opened 1001',
    ]);
  });

  test('a person who was asked for without a problem on the table', async () => {
    expect((await receive(say('m1', 'a person please'), press('m2', 'ask_admin'))).slice(1)).toEqual([
      'thread: phrases/continue-privately',
      'alone: phrases/handed-over',
      'desk: opened 1001',
    ]);
  });

  test('what is going on in private stays: its tickets are known, and “back” leads to it', async () => {
    const privately = (key: string, text: string) => textMessage(key, { conversation: 'alone', text });
    await receive(privately('p1', 'forgot my root password'), privately('p2', 'a person please'));
    await receive(pressMessage('p3', 'ask_admin', { conversation: 'alone' }));
    const { position } = await loaded('alone');
    expect(position).not.toBeNull();
    await receive(say('m1', lostPhone), press('m2', 'ask_admin'));
    expect(await loaded('alone')).toMatchObject({ tickets: [1001, 1002], position: { scenario: 'mfa-lost' } });
    await receive(pressMessage('p4', 'back', { conversation: 'alone' }));
    expect((await loaded('alone')).position).toEqual(position);
  });

  test('nobody is asked twice: a request that is open in private is found', async () => {
    await receive(say('m1', lostPhone), press('m2', 'ask_admin'));
    expect(await receive(say('m3', lostPhone), press('m4', 'ask_admin'))).toEqual([
      'thread: mfa-lost/iam/another-device',
      'thread: phrases/continue-privately',
      'alone: phrases/already-asked',
    ]);
    expect(await tickets()).toHaveLength(1);
  });

  test('what the bot knows of somebody is told to them alone, and leaves private matters where they are', async () => {
    await receive(textMessage('p1', { conversation: 'alone', text: lostPhone }));
    const before = await loaded('alone');
    expect(await receive(say('m1', 'what do you know about me'))).toEqual([
      'thread: phrases/continue-privately',
      'alone: phrases/about-me',
    ]);
    const { position, slots, words, buttons } = before;
    const after = await loaded('alone');
    expect(after).toMatchObject({ position, slots, words });
    expect(after.buttons).toEqual([
      ...buttons,
      { id: 'export_me', label: 'Send me my data' },
      { id: 'forget_me', label: 'Delete my data' },
    ]);
  });

  test('a crash between the two: the next start goes on in private', async () => {
    await receive(say('m1', lostPhone));
    const input = press('m2', 'ask_admin');
    await store.record(input);
    // The turn in the thread is committed; what it hands on is never begun.
    const next = await messageTurn(
      {
        ...knowledgeParts(),
        store,
        clock: world.clock,
      },
      input,
    );
    expect(next).toMatchObject({ key: 'm2/moved', conversation: 'alone' });
    expect(await store.pending()).toMatchObject([{ key: 'm2/moved' }]);
    restart();
    expect(await world.helpdesk.turns.resume()).toBe(1);
    await world.settled();
    expect(world.takeSent().map(inShort)).toEqual([
      'thread: phrases/continue-privately',
      'alone: phrases/handed-over',
      'desk: opened 1001',
    ]);
    expect(await store.pending()).toEqual([]);
    expect(await world.helpdesk.turns.resume()).toBe(0);
  });

  const knowledgeParts = () => ({
    understander: knowledge().understander,
    content: () => knowledge().content,
    organization: () => ({ version: 1 as const }),
    directories: new Map(),
    course: ticketCourse({
      content: () => knowledge().content,
      routes: async () => routesOf(noOrganization, new Map()),
    }),
  });

  describe('where people from outside may read along', () => {
    const reply = ['thread: phrases/message-privately'];

    test('a guest is asked to write in private, whatever they say or press', async () => {
      const asGuest = { ...inThread, person: person('Gil', false) };
      expect(await receive(textMessage('m1', { ...asGuest, text: lostPhone }))).toEqual(reply);
      expect(await receive(pressMessage('m2', 'topic:mfa.lost', asGuest))).toEqual(reply);
      expect(await receive(fileMessage('m3', 'screen.png', asGuest))).toEqual(reply);
      expect(await store.loadConversation('alone')).toMatchObject({ version: 0 });
      // Not even their words are kept.
      expect(await loaded('thread')).toMatchObject({ words: [], position: null, lastText: null });
      expect((await store.chat('thread', 0)).map(({ line }) => line.from)).toEqual(['bot', 'bot', 'bot']);
    });

    test('so is a member where others are outsiders', async () => {
      const open = { ...inThread, shared: { ...alone, outsiders: true } };
      expect(await receive(textMessage('m1', { ...open, text: lostPhone }))).toEqual(reply);
    });

    test('the platform’s own knowledge of the person counts, not what the message said', async () => {
      restart({ directory: { look: async (someone) => ({ ...someone, member: false }) } });
      expect(await receive(say('m1', lostPhone))).toEqual(reply);
    });

    test('in private the same guest is helped', async () => {
      const asGuest = { conversation: 'alone', person: person('Gil', false) };
      expect(await receive(textMessage('m1', { ...asGuest, text: lostPhone }))).toEqual([
        'alone: mfa-lost/iam/another-device',
      ]);
    });
  });
});
