import type { Conversation } from '../../src/core/conversation';
import type { ChatLine } from '../../src/core/ports';
import type { Ticket } from '../../src/core/ticket';
import {
  botLine,
  conversation,
  deleteMessage,
  editMessage,
  fileMessage,
  movedMessage,
  openTicket,
  reply,
  textMessage,
  ticketDetails,
  turn,
} from '../builders/store';
import { eachStore, sendAll } from './store-kinds';

const secretWords = 'my boss Kim took my phone';
const gone = '(taken back by the person)';
const actor = { id: 'ada', name: 'Ada' };

/** A person deletes what they wrote: the words go wherever they are kept, and nothing else does. */
eachStore((the, keeps) => {
  const person = (text: string): ChatLine => ({ from: 'person', text });
  /** A message with its turn, as the bot keeps it. */
  async function say(key: string, text: string, parts: Parameters<typeof turn>[2] = {}, conversationId = 'c1') {
    await the.store.record(textMessage(key, { conversation: conversationId, text }));
    return turn(the.store, key, { conversationId, said: person(text), ...parts });
  }
  /** The deletion from its inbox row to its end. */
  async function takeBack(of: string, key = `delete-${of}`) {
    await the.store.record(deleteMessage(key, of));
    await the.store.forget({ key, of, at: 9000 });
  }
  const chat = async (id = 'c1') =>
    (await the.store.chat(id, 0)).map(({ line }) => (line.from === 'bot' ? line.reply.say[0]![0]!.text : line.text));
  const loaded = async (id = 'c1') => (await the.store.loadConversation(id)).conversation;
  const history = async (id = 1001) => (await the.store.history(id)).map(({ text }) => text);
  const left = async () => (await sendAll(the.store)).map(({ outgoing }) => outgoing);
  const withTicket = (words: string[]) => ({
    open: { role: 'account-admin' as const, details: ticketDetails({ words }) },
  });
  const change = (ticket: Ticket, text: string) => ({ change: { ticket, actor, action: 'user_message', text } });

  test('chat log and inbox lose the words; the deletion is done, and nothing is said', async () => {
    await say('m1', 'hello');
    await the.store.record(textMessage('m2', { text: secretWords }));
    await left();
    await takeBack('m2');
    expect(await the.store.pending()).toEqual([textMessage('m2', { text: '' })]);
    await turn(the.store, 'm2', { said: null });
    expect(await chat()).toEqual(['hello', 'Hello.', 'Hello.']);

    await say('m3', secretWords);
    await left();
    await takeBack('m3');
    expect(await chat()).toEqual(['hello', 'Hello.', 'Hello.', gone, 'Hello.']);
    expect(await the.store.pending()).toEqual([]);
    expect(await left()).toEqual([]);
  });

  test('names of files go too', async () => {
    await the.store.record(textMessage('m1', { text: 'see here', files: ['Kim.png'] }));
    await takeBack('m1');
    expect(await the.store.pending()).toEqual([textMessage('m1', { text: '' })]);
    await turn(the.store, 'm1', { said: null });
    const file = fileMessage('m2', 'Kim.png');
    await the.store.record(file);
    await takeBack('m2');
    expect(await the.store.pending()).toEqual([{ ...file, name: '' }]);
  });

  test('the open ticket loses them, in its details and its history, and its cards are drawn anew', async () => {
    await say('m1', 'lost my phone');
    await say('m2', secretWords, {
      ...withTicket(['lost my phone', secretWords]),
      destinations: ['desk', 'slack:account-admin'],
    });
    const before = (await the.store.ticket(1001))!;
    await left();
    await takeBack('m2');
    const { details, version, state } = (await the.store.ticket(1001))!;
    expect(details).toEqual({ ...before.details, words: ['lost my phone', gone] });
    expect([version, state]).toEqual([before.version + 1, 'open']);
    expect(await history()).toEqual([gone]);
    expect(await left()).toEqual([
      { kind: 'ping', destination: 'desk', ticket: 1001, what: 'updated' },
      { kind: 'ping', destination: 'slack:account-admin', ticket: 1001, what: 'updated' },
      // Where they were passed on below the card they go as well.
      expect.objectContaining({ kind: 'thread', destination: 'slack:account-admin', word: 'm2', what: 'gone' }),
    ]);
  });

  test('what was written into an open ticket later', async () => {
    const ticket = await openTicket(the.store);
    await say('m2', secretWords, change(ticket, secretWords));
    await left();
    await takeBack('m2');
    expect(await history()).toEqual(['lost my phone', gone]);
    expect((await the.store.ticket(1001))!.details).toEqual(ticket.details);
    expect(await left()).toHaveLength(1);
  });

  test('words that were kept cut off, without what was masked, or in part', async () => {
    const long = `${'a very long story '.repeat(200)}[removed: password] and an end`;
    const bare = long.replace('[removed: password]', ' ');
    await say('m1', long, {
      ...withTicket([bare.slice(0, 600), 'other words']),
      conversation: conversation({
        words: [bare.slice(0, 600), 'other words'],
        second: { text: 'Long story a very', intent: 'mfa.lost', slots: {} },
      }),
    });
    const { conversation: state } = await the.store.loadConversation('c1');
    await turn(the.store, 'm2', {
      conversation: state,
      ...change((await the.store.ticket(1001))!, bare.slice(0, 2000)),
    });
    await takeBack('m1');
    expect(await loaded()).toMatchObject({ words: ['other words'], second: { text: 'Long story a very' } });
    expect((await the.store.ticket(1001))!.details.words).toEqual([gone, 'other words']);
    expect(await history()).toEqual(['other words', gone]);
  });

  test('the second problem that was found in them, and the question that repeats it', async () => {
    const quote = 'my root mail is gone';
    const question = reply('unused', {
      name: 'phrases/second-problem',
      say: [[{ text: 'You also mentioned: “' }, { text: quote }, { text: '”.' }]],
    });
    await say('m1', `lost my phone. also ${quote}`, {
      conversation: conversation({
        words: [`lost my phone. also ${quote}`],
        second: { text: quote, intent: 'account.no_email_access', slots: {} },
      }),
      replies: () => [botLine('Told.'), { from: 'bot', reply: question }],
    });
    await takeBack('m1');
    expect(await loaded()).toMatchObject({ words: [], second: null });
    const last = (await the.store.chat('c1', 0)).at(-1)!.line;
    expect(last).toMatchObject({
      reply: { say: [[{ text: 'You also mentioned: “' }, { text: gone }, { text: '”.' }]] },
    });
  });

  test('the conversation forgets them, also where it stood before its newest words', async () => {
    const before: Conversation = conversation({ words: ['lost my phone', secretWords] });
    await say('m1', 'lost my phone');
    await say('m2', secretWords);
    await say('m3', 'iam', {
      conversation: conversation({
        turn: 3,
        words: ['lost my phone', secretWords, 'iam'],
        lastText: { key: 'm3', before },
      }),
    });
    const { version } = await the.store.loadConversation('c1');
    await takeBack('m2');
    expect(await loaded()).toMatchObject({
      turn: 3,
      words: ['lost my phone', 'iam'],
      lastText: { key: 'm3', before: { words: ['lost my phone'] } },
    });
    // A turn that has read the words by now must not write them back.
    expect((await the.store.loadConversation('c1')).version).toBe(version + 1);
    await takeBack('m3');
    expect(await loaded()).toMatchObject({ words: ['lost my phone'], lastText: null });
  });

  test('every wording of a message that was changed', async () => {
    await say('m1', secretWords);
    await the.store.record(editMessage('e1', 'm1', 'somebody took my phone'));
    await turn(the.store, 'e1', {
      said: person('somebody took my phone'),
      ...withTicket(['somebody took my phone']),
      conversation: conversation({ words: ['somebody took my phone'] }),
    });
    await takeBack('m1');
    expect(await chat()).toEqual([gone, 'Hello.', gone, 'Hello.']);
    expect((await the.store.ticket(1001))!.details.words).toEqual([gone]);
    expect((await loaded()).words).toEqual([]);
  });

  test('words said among others, where the private side has not gone on yet', async () => {
    const shared = { conversation: 'alone', address: { user: 'u' }, outsiders: false };
    const said = { conversation: 'thread', text: secretWords, shared };
    await the.store.record(textMessage('m1', said));
    const state = conversation({ words: [secretWords, 'iam'] });
    await turn(the.store, 'm1', { conversationId: 'thread', conversation: state, said: person(secretWords) });
    const input = textMessage('m2', { ...said, text: 'ask for me' });
    const next = movedMessage('m2/moved', 'thread', input, { conversation: 'alone', state });
    await turn(the.store, 'm2', { conversationId: 'thread', said: null, next });
    expect(await the.store.pending()).toEqual([next]);
    await takeBack('m1');
    expect(await the.store.pending()).toEqual([{ ...next, state: { ...state, words: ['iam'] } }]);
    await takeBack('m2');
    expect(await the.store.pending()).toEqual([
      { ...next, state: { ...state, words: ['iam'] }, input: { ...input, text: '' } },
    ]);
  });

  test('what went on in private before the words were taken back', async () => {
    const shared = { conversation: 'alone', address: { user: 'u' }, outsiders: false };
    await the.store.record(textMessage('m1', { conversation: 'thread', text: secretWords, shared }));
    await turn(the.store, 'm1', { conversationId: 'thread', said: person(secretWords) });
    await turn(the.store, 'p1', {
      conversationId: 'alone',
      said: null,
      conversation: conversation({ words: [secretWords] }),
      ...withTicket([secretWords]),
    });
    await takeBack('m1');
    expect((await the.store.ticket(1001))!.details.words).toEqual([gone]);
    expect((await loaded('alone')).words).toEqual([]);
  });

  test('nothing else: other people, other messages, closed tickets, what was said twice', async () => {
    await say('m0', 'my phone');
    await say('m1', secretWords, { ...withTicket([secretWords]), conversation: conversation({ words: ['my phone'] }) });
    const ticket = (await the.store.ticket(1001))!;
    const resolve = { change: { ticket, actor: { id: 'g', name: 'Grace' }, action: 'resolve', text: secretWords } };
    await turn(the.store, 'r', { said: null, conversation: conversation({ words: ['my phone'] }), ...resolve });
    await say('x1', secretWords, withTicket([secretWords]), 'c2');
    await say('m2', 'still stuck', { conversation: conversation({ words: ['my phone', 'still stuck'] }) });
    await say('m3', 'still stuck', { conversation: conversation({ words: ['my phone', 'still stuck'] }) });
    await left();
    const others = [await the.store.ticket(1001), await the.store.ticket(1002), await chat('c2'), await loaded('c2')];
    await takeBack('m1');
    await takeBack('m2');
    expect([await the.store.ticket(1001), await the.store.ticket(1002), await chat('c2'), await loaded('c2')]).toEqual(
      others,
    );
    expect(await history()).toEqual([secretWords, secretWords]);
    expect((await loaded()).words).toEqual(['my phone', 'still stuck']);
    expect(await chat()).toEqual([
      'my phone',
      'Hello.',
      gone,
      'Hello.',
      'Hello.',
      gone,
      'Hello.',
      'still stuck',
      'Hello.',
    ]);
    expect(await left()).toEqual([]);
  });

  test('a message nobody knows, or one that was taken back already, changes nothing', async () => {
    await say('m1', secretWords, withTicket([secretWords]));
    await takeBack('m1');
    await left();
    const before = [await the.store.ticket(1001), await chat()];
    await takeBack('m1', 'again');
    await takeBack('never-seen');
    expect([await the.store.ticket(1001), await chat()]).toEqual(before);
    expect(await the.store.pending()).toEqual([]);
    expect(await left()).toEqual([]);
  });

  (keeps ? test : test.skip)('what is forgotten stays so after a restart', async () => {
    await say('m1', secretWords, withTicket([secretWords]));
    await takeBack('m1');
    await the.reopen();
    expect(await chat()).toEqual([gone, 'Hello.']);
    expect((await the.store.ticket(1001))!.details.words).toEqual([gone]);
  });
});
