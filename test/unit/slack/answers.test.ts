import type { ChatLine, Post } from '../../../src/core/ports';
import { chatSubject } from '../../../src/core/ports';
import { reply } from '../../builders/store';
import { buttons, SlackEdge } from './slack-edge';

jest.setTimeout(30_000);

let edge: SlackEdge;
beforeEach(async () => {
  edge = await SlackEdge.start();
});
afterEach(() => edge.stop());

const sent = { kind: 'sent' };
const readAll = () => edge.dm(edge.slack.people.ada).map((message) => edge.slack.reads(message));
const pressable = () => edge.dm(edge.slack.people.ada).filter((message) => edge.slack.buttons(message).length > 0);
const ada = () => edge.privately(edge.slack.people.ada);
const livePosts = (): Promise<Post[]> => edge.store.posts(chatSubject(ada()));

describe('an answer', () => {
  test('goes to the direct channel, opened once, marked, and without unfolding links', async () => {
    expect(await edge.answer(ada(), { text: 'First.' })).toEqual(sent);
    expect(await edge.answer(ada(), { text: 'Second.' }, { turn: 2 })).toEqual(sent);
    expect(readAll()).toEqual(['First.', 'Second.']);
    expect(edge.slack.callsOf('conversations.open')).toHaveLength(1);
    const { args } = edge.slack.callsOf('chat.postMessage')[0]!;
    expect([String(args.unfurl_links), String(args.unfurl_media)]).toEqual(['false', 'false']);
    const [message] = edge.dm(edge.slack.people.ada);
    expect(message!.metadata).toEqual({ event_type: 'helpdesk_message', event_payload: { key: 'turn-1' } });
    expect(JSON.stringify(edge.slack.calls)).not.toContain('link_names');
  });

  test('in a thread goes to that thread, by the address the thread came with', async () => {
    const { general } = edge.slack.channels;
    const { message } = await edge.slack.mentions(edge.slack.people.ada, general, 'help');
    await edge.answer(edge.received[0]!.conversation, { text: 'Here.' });
    expect(edge.slack.posted(general, { by: 'bot' })).toEqual([expect.objectContaining({ thread_ts: message.ts })]);
  });

  test('finds its thread by the name of the conversation when no address is known', async () => {
    const { general } = edge.slack.channels;
    const { message } = await edge.slack.says(edge.slack.people.bob, general, 'root');
    await edge.answer(`slack:T1:${general.id}:${message.ts}:${edge.slack.people.ada.id}`);
    expect(edge.slack.posted(general, { by: 'bot' })).toEqual([expect.objectContaining({ thread_ts: message.ts })]);
  });

  test('of several lines is one message, and names the administrator who speaks', async () => {
    const lines: ChatLine[] = [
      { from: 'admin', name: 'Grace <!channel>', text: 'Try *now* & <@U1>' },
      { from: 'bot', reply: reply('Did it help?', { buttons: buttons('solved') }) },
    ];
    await edge.answer(ada(), {}, { lines });
    expect(readAll()).toHaveLength(1);
    expect(readAll()[0]).toContain('Grace <!channel> (administrator): Try *now* & <@U1>');
    expect(edge.slack.buttons(edge.dm(edge.slack.people.ada)[0]!).map(({ action_id }) => action_id)).toEqual([
      'solved',
    ]);
  });

  test('is meaningful as plain text, with buttons and links', async () => {
    await edge.answer(ada(), {
      text: 'Do this:',
      steps: { first: 3, items: [[{ text: 'open ' }, { text: 'the page', bold: true }], [{ text: 'sign in' }]] },
      note: [{ text: 'It may take a minute.' }],
      question: [{ text: 'Did this help?' }],
      links: [{ label: 'AWS says so', url: 'https://docs.aws.amazon.com/x?a=1&b=2' }],
      buttons: buttons('solved', 'not_solved'),
    });
    const { blocks: _, ...bare } = edge.dm(edge.slack.people.ada)[0]!;
    expect(edge.slack.reads(bare)).toBe(
      [
        'Do this:\n3. open the page\n4. sign in',
        '| It may take a minute.',
        'Did this help?',
        'Where this comes from\n• AWS says so: https://docs.aws.amazon.com/x?a=1&b=2',
        '[SOLVED] [NOT_SOLVED]',
      ].join('\n\n'),
    );
  });
});

describe('one live message', () => {
  test('a new answer takes the buttons out of the one before, and leaves its words', async () => {
    await edge.answer(ada(), { text: 'One.', buttons: buttons('a') }, { turn: 1 });
    await edge.answer(ada(), { text: 'Two.', buttons: buttons('b') }, { turn: 2 });
    expect(readAll()).toEqual(['One.', 'Two.']);
    expect(pressable().map((message) => edge.slack.reads(message))).toEqual(['Two.']);
    await edge.answer(ada(), { text: 'Three.' }, { turn: 3 });
    expect(readAll()).toEqual(['One.', 'Two.', 'Three.']);
    expect(pressable()).toEqual([]);
    expect(await livePosts()).toEqual([]);
  });

  test('an answer to a press takes the place of what was pressed', async () => {
    await edge.answer(ada(), { text: 'One.', buttons: buttons('a') }, { turn: 1 });
    await edge.answer(ada(), { text: 'Two.', buttons: buttons('b') }, { turn: 2, replaces: true });
    expect(readAll()).toEqual(['Two.']);
    expect(edge.slack.buttons(edge.dm(edge.slack.people.ada)[0]!)[0]).toMatchObject({ action_id: 'b' });
    const [before, after] = ['chat.postMessage', 'chat.update'].map((method) =>
      JSON.stringify(edge.slack.callsOf(method)[0]!.args.blocks),
    );
    expect(before).not.toEqual(after);
  });

  test('one that is gone is posted anew', async () => {
    await edge.answer(ada(), { text: 'One.', buttons: buttons('a') }, { turn: 1 });
    await edge.slack.deletes(edge.dm(edge.slack.people.ada)[0]!);
    expect(await edge.answer(ada(), { text: 'Two.', buttons: buttons('b') }, { turn: 2, replaces: true })).toEqual(
      sent,
    );
    expect(readAll()).toEqual(['Two.']);
    expect((await livePosts()).map(({ version }) => version)).toEqual([2]);
  });

  test('when Slack does not let us change it now, the answer comes as a new message', async () => {
    await edge.answer(ada(), { text: 'One.', buttons: buttons('a') }, { turn: 1 });
    edge.slack.fail('chat.update', { status: 429, retryAfter: 1 });
    expect(await edge.answer(ada(), { text: 'Two.', buttons: buttons('b') }, { turn: 2, replaces: true })).toEqual(
      sent,
    );
    expect(readAll()).toEqual(['One.', 'Two.']);
    await edge.slack.until(() => pressable().length === 1);
    expect(pressable().map((message) => edge.slack.reads(message))).toEqual(['Two.']);
  });

  test('an answer that offers nothing is not repeated for the old buttons’ sake either', async () => {
    await edge.answer(ada(), { text: 'One.', buttons: buttons('a') }, { turn: 1 });
    edge.slack.fail('chat.update', { status: 503 });
    expect((await edge.answer(ada(), { text: 'Two.' }, { turn: 2 })).kind).toBe('temporary');
    // A wait is no failed try, so a later one may count as the first again.
    expect(await edge.answer(ada(), { text: 'Two.' }, { turn: 2 })).toEqual(sent);
    expect(readAll()).toEqual(['One.', 'Two.']);
    expect(pressable()).toEqual([]);
    expect(await livePosts()).toEqual([]);
  });

  test('of an answer in several messages none is repeated when Slack stops us in between', async () => {
    const say = Array.from({ length: 200 }, (_, index) => [{ text: `${index}:`.padEnd(100, 'x') }]);
    edge.slack.fail('chat.postMessage', { status: 429, retryAfter: 1, after: 1 });
    const parts = { say, buttons: buttons('a') };
    expect(await edge.answer(ada(), parts)).toMatchObject({ kind: 'temporary', retryAfter: 1000 });
    expect(readAll()).toHaveLength(1);
    await edge.slack.until(async () => (await edge.answer(ada(), parts)).kind === 'sent');
    expect(readAll().filter((text) => text.startsWith('0:'))).toHaveLength(1);
    expect(pressable()).toHaveLength(1);
    expect(await livePosts()).toHaveLength(1);
  });

  test('nobody’s answer is repeated because old buttons could not be taken out', async () => {
    await edge.answer(ada(), { text: 'One.', buttons: buttons('a') }, { turn: 1 });
    edge.slack.fail('chat.update', { status: 503, times: 3 });
    for (const attempt of [1, 2, 3]) {
      const delivery = await edge.answer(ada(), { text: 'Two.' }, { turn: 2, attempt });
      expect(delivery.kind).toBe(attempt < 3 ? 'temporary' : 'sent');
    }
    expect(readAll()).toEqual(['One.', 'Two.']);
    await edge.answer(ada(), { text: 'Three.' }, { turn: 3 });
    expect(pressable()).toEqual([]);
  });

  test('a word in between leaves the buttons of its turn alone', async () => {
    await edge.answer(ada(), { text: 'One.', buttons: buttons('a') }, { turn: 1 });
    await edge.answer(ada(), { text: 'News.' }, { turn: 1, key: 'news' });
    expect(pressable().map((message) => edge.slack.reads(message))).toEqual(['One.']);
  });

  test('what was pressed elsewhere is answered below, where people look', async () => {
    const { ada: person } = edge.slack.people;
    await edge.answer(ada(), { text: 'One.', buttons: buttons('a') }, { turn: 1 });
    await edge.slack.command(person, edge.slack.channels.general, '/aws-help');
    await edge.answer(ada(), { text: 'Two.', buttons: buttons('b') }, { turn: 2, replaces: true });
    expect(readAll()).toEqual(['One.', 'Two.']);
    expect(pressable().map((message) => edge.slack.reads(message))).toEqual(['Two.']);
    await edge.slack.presses(person, edge.dm(person)[1]!, 'b');
    await edge.answer(ada(), { text: 'Three.' }, { turn: 3, replaces: true });
    expect(readAll()).toEqual(['One.', 'Three.']);
  });

  test('a conversation of another place keeps its own', async () => {
    await edge.slack.mentions(edge.slack.people.ada, edge.slack.channels.general, 'help');
    const shared = edge.received[0]!.conversation;
    await edge.answer(ada(), { text: 'Alone.', buttons: buttons('a') });
    await edge.answer(shared, { text: 'Among others.', buttons: buttons('a') }, { key: 'other' });
    expect(pressable()).toHaveLength(1);
  });
});

describe('after an answer of Slack’s got lost', () => {
  test('a message that got through is found, not posted again', async () => {
    edge.slack.fail('chat.postMessage', { drop: 'after' });
    const parts = { text: 'Once.', buttons: buttons('a') };
    expect(await edge.answer(ada(), parts)).toMatchObject({ kind: 'temporary' });
    expect(await edge.answer(ada(), parts, { attempt: 2 })).toEqual(sent);
    expect(readAll()).toEqual(['Once.']);
    expect(await livePosts()).toHaveLength(1);
  });

  test('one that did not get through is posted', async () => {
    edge.slack.fail('chat.postMessage', { drop: 'before' });
    expect(await edge.answer(ada())).toMatchObject({ kind: 'temporary' });
    expect(await edge.answer(ada(), {}, { attempt: 2 })).toEqual(sent);
    expect(readAll()).toHaveLength(1);
  });

  test('in a thread it is found too', async () => {
    await edge.slack.mentions(edge.slack.people.ada, edge.slack.channels.general, 'help');
    const { conversation } = edge.received[0]!;
    edge.slack.fail('chat.postMessage', { errorAfter: 'fatal_error' });
    expect(await edge.answer(conversation)).toMatchObject({ kind: 'temporary' });
    expect(await edge.answer(conversation, {}, { attempt: 2 })).toEqual(sent);
    expect(edge.slack.posted(edge.slack.channels.general, { by: 'bot' })).toHaveLength(1);
  });

  test('where the bot may not look, twice is better than never', async () => {
    edge.slack.scopes.delete('im:history');
    edge.slack.fail('chat.postMessage', { drop: 'before' });
    await edge.answer(ada());
    expect(await edge.answer(ada(), {}, { attempt: 2 })).toEqual(sent);
    expect(readAll()).toHaveLength(1);
  });
});

describe('a notice', () => {
  const notice = (address: object | null, key = 'n1', attempt = 1) => {
    const { grace } = edge.slack.people;
    const person = { id: edge.privately(grace), name: 'Grace', member: true };
    return edge.platform.sender.send(
      {
        kind: 'notice',
        platform: 'slack',
        conversation: 'c',
        person,
        address: address as Record<string, unknown> | null,
        say: reply('Too late.'),
      },
      key,
      attempt,
    );
  };

  test('is seen by one person alone where they pressed', async () => {
    const { grace } = edge.slack.people;
    const { admins } = edge.slack.channels;
    expect(await notice({ team: 'T', user: grace.id, channel: admins.id })).toEqual(sent);
    expect(edge.slack.ephemeral(admins, grace).map((message) => edge.slack.reads(message))).toEqual(['Too late.']);
    expect(edge.slack.posted(admins)).toEqual([]);
  });

  test.each([
    ['there is no place', null],
    ['the place is their direct channel', 'direct'],
    ['they are not in the channel', 'C0NOWHERE1'],
  ])('goes to the direct channel when %s', async (_name, channel) => {
    const { grace } = edge.slack.people;
    const place = channel === 'direct' ? edge.slack.dm(grace) : channel;
    expect(await notice(place ? { team: 'T', user: grace.id, channel: place } : null)).toEqual(sent);
    expect(edge.dm(grace).map((message) => edge.slack.reads(message))).toEqual(['Too late.']);
  });

  test('in the direct channel comes once, however often it is tried', async () => {
    edge.slack.fail('chat.postMessage', { half: true });
    expect(await notice(null)).toMatchObject({ kind: 'temporary' });
    expect(await notice(null, 'n1', 2)).toEqual(sent);
    expect(edge.dm(edge.slack.people.grace)).toHaveLength(1);
  });
});

describe('the sign of typing', () => {
  test('stands while an answer is slow, and goes with it', async () => {
    await edge.stop();
    edge = await SlackEdge.start({ timing: { typingAfterMs: 5 } });
    const { ada: person } = edge.slack.people;
    const { message } = await edge.slack.says(person, edge.slack.dm(person), 'help');
    await edge.slack.until(() => edge.slack.status(edge.slack.dm(person), message) === 'is typing…');
    await edge.answer(ada());
    await edge.slack.until(() => !edge.slack.status(edge.slack.dm(person), message));
    await edge.slack.mentions(person, edge.slack.channels.general, 'help');
    const thread = edge.received.at(-1)!.address!.thread as string;
    await edge.slack.until(() => edge.slack.status(edge.slack.channels.general, thread) === 'is typing…');
  });

  test('costs nothing when the answer is quick', async () => {
    const { ada: person } = edge.slack.people;
    await edge.slack.says(person, edge.slack.dm(person), 'help');
    await edge.answer(ada());
    expect(edge.slack.callsOf('assistant.threads.setStatus')).toEqual([]);
  });

  test('that Slack refuses troubles nobody', async () => {
    await edge.stop();
    edge = await SlackEdge.start({ timing: { typingAfterMs: 1 } });
    const { ada: person } = edge.slack.people;
    const fault = edge.slack.fail('assistant.threads.setStatus', { status: 503, times: Number.POSITIVE_INFINITY });
    await edge.slack.says(person, edge.slack.dm(person), 'help');
    await edge.slack.until(() => fault.met);
    expect(await edge.answer(ada())).toEqual(sent);
    expect(edge.errors()).toEqual([]);
  });
});
