import type { IncomingMessage, Person } from '../../../src/core/message';
import type { Store } from '../../../src/core/ports';
import { openSqliteStore } from '../../../src/stores/sqlite';
import { deleteMessage, editMessage, fileMessage, pressMessage, textMessage } from '../../builders/store';
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

describe('a message that is changed', () => {
  const first = 'lost my phone and the mfa app for aws';
  const changed = 'i forgot my aws password';

  test('its newest words are undone and answered anew, in the place of the old answer', async () => {
    await receive(textMessage('m0', { text: 'hello' }));
    const before = await loaded();
    await receive(textMessage('m1', { text: first }));
    const { turn } = await loaded();
    await world.receive(editMessage('e1', 'm1', changed));
    const [answer] = world.takeSent();
    expect(answer).toMatchObject({ kind: 'reply', replaces: true, turn: turn + 1 });
    expect(inShort(answer!)).toMatch(/^c1: phrases\/message-changed, password-/);
    const after = await loaded();
    expect(after).toMatchObject({ words: [changed], turn: turn + 1, position: { scenario: 'password-forgot' } });
    expect(after.earlier).toEqual(before.earlier);
    expect(after.slots).not.toHaveProperty('mfa_device');
  });

  test('buttons of the first answer are dead, those of the new one work', async () => {
    await receive(textMessage('m1', { text: first }));
    const { turn } = await loaded();
    await receive(editMessage('e1', 'm1', `${first}, iam user`));
    expect(await receive(pressMessage('p1', 'choose:iam', { turn }))).toEqual([
      expect.stringContaining('phrases/stale-button'),
    ]);
    const { turn: now, buttons } = await loaded();
    expect(await receive(pressMessage('p2', buttons[0]!.id, { turn: now }))).not.toEqual([
      expect.stringContaining('phrases/stale-button'),
    ]);
  });

  test('again: what counts is always the newest wording', async () => {
    await receive(
      textMessage('m1', { text: first }),
      editMessage('e1', 'm1', 'whatever'),
      editMessage('e2', 'm1', changed),
    );
    expect(await loaded()).toMatchObject({ words: [changed], turn: 3, lastText: { key: 'm1' } });
  });

  test.each([
    ['more was said since', textMessage('m2', { text: 'iam' })],
    ['a button was pressed since', pressMessage('m2', 'start_over')],
    ['a file was sent since', fileMessage('m2', 'screen.png')],
  ])('nothing happens when %s', async (_since, message) => {
    await receive(textMessage('m1', { text: first }), message);
    const before = await store.loadConversation('c1');
    expect(await receive(editMessage('e1', 'm1', changed))).toEqual([]);
    expect(await store.loadConversation('c1')).toEqual(before);
    expect(await store.pending()).toEqual([]);
  });

  test('nothing happens when the bot never saw it', async () => {
    expect(await receive(editMessage('e1', 'unknown', changed))).toEqual([]);
    expect(await store.pending()).toEqual([]);
  });

  test('words that went to an administrator stay there; the changed ones follow', async () => {
    await receive(textMessage('m1', { text: lostPhone }), textMessage('m2', { text: 'ask my admin' }));
    expect(await receive(editMessage('e1', 'm2', 'ask my administrator'))).toEqual([
      'c1: phrases/message-changed, phrases/already-asked',
    ]);
    expect(await tickets()).toHaveLength(1);
    expect((await loaded()).tickets).toEqual([1001]);
    await receive(textMessage('m3', { text: 'it was stollen' }));
    expect(await receive(editMessage('e3', 'm3', 'it was stolen'))).toEqual([
      'c1: phrases/message-changed, phrases/already-handed-over',
      'desk: updated 1001',
    ]);
    const told = (await store.history(1001)).map(({ text }) => text);
    expect(told.slice(-2)).toEqual(['it was stollen', 'it was stolen']);
  });

  test('in a thread, the words that moved to private are not moved again', async () => {
    const shared = { conversation: 'alone', address: { user: 'u' }, outsiders: false };
    const there = { conversation: 'thread', shared };
    await receive(
      textMessage('m1', { ...there, text: lostPhone }),
      textMessage('m2', { ...there, text: 'ask my admin' }),
    );
    expect(await receive(editMessage('e1', 'm2', 'ask my admin please', there))).toEqual([]);
    expect(await tickets()).toHaveLength(1);
  });
});

describe('a message that is taken back', () => {
  const gone = '(taken back by the person)';

  test('its words are forgotten, nothing is said, and the conversation stands where it stood', async () => {
    await receive(textMessage('m1', { text: lostPhone }));
    const before = await loaded();
    expect(await receive(deleteMessage('d1', 'm1'))).toEqual([]);
    expect(await loaded()).toEqual({ ...before, words: [], lastText: null });
    expect(await world.chat('c1')).toEqual([gone, 'mfa-lost/iam/another-device']);
    expect(await store.pending()).toEqual([]);
  });

  test('the ticket loses them too, and its cards are brought up to date', async () => {
    await receive(textMessage('m1', { text: lostPhone }), pressMessage('m2', 'ask_admin'));
    expect(await receive(deleteMessage('d1', 'm1'))).toEqual(['desk: updated 1001']);
    expect((await world.helpdesk.ticketView(1001))!.words).toEqual([gone]);
    expect(JSON.stringify(await store.history(1001))).not.toContain('phone');
  });

  test('words that moved from a thread to private are found there', async () => {
    const shared = { conversation: 'alone', address: { user: 'u' }, outsiders: false };
    const there = { conversation: 'thread', shared };
    await receive(textMessage('m1', { ...there, text: lostPhone }), pressMessage('m2', 'ask_admin', there));
    expect(await receive(deleteMessage('d1', 'm1', there))).toEqual(['desk: updated 1001']);
    expect((await store.ticket(1001))!.details.words).toEqual([gone]);
    expect(await loaded('alone')).toMatchObject({ words: [] });
  });

  test('one that nobody knows changes nothing', async () => {
    expect(await receive(deleteMessage('d1', 'unknown'))).toEqual([]);
    expect(await store.loadConversation('c1')).toMatchObject({ version: 0 });
    expect(await store.pending()).toEqual([]);
  });
});

describe('files', () => {
  test('with words: said that files are not read, and the words are answered', async () => {
    expect(await receive(textMessage('m1', { text: lostPhone, files: ['a.png', 'b.png'] }))).toEqual([
      'c1: phrases/file-not-read, mfa-lost/iam/another-device',
    ]);
  });

  test('with no words to speak of: the same as a file alone', async () => {
    const same = ['c1: phrases/file-not-read, mfa-lost/iam/another-device'];
    await receive(textMessage('m1', { text: lostPhone }));
    expect(await receive(fileMessage('m2', 'a.png'))).toEqual(same);
    expect(await receive(textMessage('m3', { text: ' ', files: ['a.png'] }))).toEqual(same);
  });

  test('with a secret in the words: the advice stands with the secret', async () => {
    await world.receive(
      textMessage('m1', { text: 'my password is [removed: password]', secrets: ['password'], files: ['a.png'] }),
    );
    const [outgoing] = world.takeSent();
    const [file, secret] = outgoing?.kind === 'reply' ? outgoing.lines : [];
    expect(file).toMatchObject({ reply: { name: 'phrases/file-not-read', say: [expect.anything()] } });
    expect(secret).toMatchObject({
      reply: { name: 'phrases/secret-seen', say: [expect.anything(), expect.anything()] },
    });
  });
});

describe('a topic of the start menu', () => {
  const topic = (key: string, turn?: number) => pressMessage(key, 'topic:mfa.lost', turn === undefined ? {} : { turn });

  test.each([
    ['before anything was said', []],
    ['in the middle of another problem', [textMessage('m1', { text: 'forgot my root password' })]],
    ['while a person is offered', [textMessage('m1', { text: 'a person please' })]],
    ['after a request was sent', [textMessage('m1', { text: 'a person please' }), pressMessage('m2', 'ask_admin')]],
  ] as const)('leads to its scenario %s', async (_when, before) => {
    await receive(...before);
    expect(await receive(topic('t1'))).toEqual([expect.stringMatching(/^c1: mfa-lost\//)]);
    expect((await loaded()).position?.scenario).toBe('mfa-lost');
  });

  test('whatever turn it was shown at', async () => {
    await receive(textMessage('m1', { text: 'hello' }), textMessage('m2', { text: 'forgot my root password' }));
    expect(await receive(topic('t1', 1))).toEqual([expect.stringMatching(/^c1: mfa-lost\//)]);
  });

  test('one that is gone from the content is an old button', async () => {
    expect(await receive(pressMessage('t1', 'topic:mfa.gone'))).toEqual([
      expect.stringContaining('phrases/stale-button'),
    ]);
  });
});

describe('who the person is', () => {
  test('is asked of their platform, and used', async () => {
    restart({ directory: { look: async (someone) => ({ ...someone, name: 'Ada Lovelace' }) } });
    await receive(textMessage('m1', { text: lostPhone }), pressMessage('m2', 'ask_admin'));
    expect((await tickets())[0]!.details.person.name).toBe('Ada Lovelace');
  });

  const faulty: [string, () => Promise<Person>][] = [
    [
      'throws',
      () => {
        throw new Error('no such method');
      },
    ],
    ['rejects', () => Promise.reject(new Error('users.info: 503'))],
  ];
  test.each(faulty)('a platform that %s costs no turn', async (_how, look) => {
    restart({ directory: { look } });
    expect(await receive(textMessage('m1', { text: lostPhone }))).toEqual(['c1: mfa-lost/iam/another-device']);
  });

  test('a platform that never answers costs no turn', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    try {
      restart({ directory: { look: () => new Promise<Person>(() => {}) } });
      await world.helpdesk.turns.receive(textMessage('m1', { text: lostPhone }));
      await jest.advanceTimersByTimeAsync(10_000);
      await world.settled();
    } finally {
      jest.useRealTimers();
    }
    expect(world.takeSent().map(inShort)).toEqual(['c1: mfa-lost/iam/another-device']);
  });
});
