import type { SlackMessage } from '../../fakes/slack/slack';
import { SlackEdge, words } from './slack-edge';

jest.setTimeout(30_000);

let edge: SlackEdge;
beforeEach(async () => {
  edge = await SlackEdge.start();
});
afterEach(() => edge.stop());

const last = () => edge.received.at(-1);
const inDm = (user: { id: string }) => edge.slack.dm(user.id);

describe('a direct message', () => {
  test('is recorded as the words of the person, with the way back to them', async () => {
    const { ada } = edge.slack.people;
    const said = await edge.slack.says(ada, inDm(ada), 'lost my phone & <MFA>');
    expect(said.status).toBe(200);
    expect(edge.received).toEqual([
      {
        kind: 'text',
        key: `slack:${edge.slack.team.id}:${inDm(ada)}:${said.message.ts}`,
        platform: 'slack',
        conversation: edge.privately(ada),
        person: { id: edge.privately(ada), name: ada.id, member: true },
        at: expect.any(Number),
        address: { team: edge.slack.team.id, user: ada.id, channel: inDm(ada) },
        text: 'lost my phone & <MFA>',
        secrets: [],
      },
    ]);
  });

  test('sent again by Slack counts once', async () => {
    const { ada } = edge.slack.people;
    const said = await edge.slack.says(ada, inDm(ada), 'lost my phone');
    const again = await edge.slack.redelivers(said.deliveries[0]!);
    expect(again.status).toBe(200);
    expect(edge.received).toHaveLength(1);
  });

  test('has its secrets taken out before anything keeps it', async () => {
    const { ada } = edge.slack.people;
    await edge.slack.says(ada, inDm(ada), 'my password is hunter2&<x> and key AKIAIOSFODNN7EXAMPLE');
    expect(JSON.stringify(last())).not.toMatch(/hunter2|AKIAIOSFODNN7EXAMPLE/);
    expect(last()).toMatchObject({ secrets: expect.arrayContaining(['aws-key', 'password']) });
  });

  test('with links and mentions is read as the person reads it', async () => {
    const { ada, bob } = edge.slack.people;
    await edge.slack.says(
      ada,
      inDm(ada),
      `see https://d-1.awsapps.com/start and example.com, ask <@${bob.id}>, bob@corp.example`,
    );
    expect(last()).toMatchObject({
      text: 'see https://d-1.awsapps.com/start and example.com, ask @somebody, bob@corp.example',
    });
  });

  test('in a thread of the direct channel is answered in that thread', async () => {
    const { ada } = edge.slack.people;
    const first = await edge.slack.says(ada, inDm(ada), 'hello');
    await edge.slack.says(ada, inDm(ada), 'more', { thread: first.message });
    expect(last()).toMatchObject({ conversation: edge.privately(ada), address: { thread: first.message.ts } });
  });

  test('of a picture alone is a file, with words it is words', async () => {
    const { ada } = edge.slack.people;
    await edge.slack.sharesFile(ada, inDm(ada), { name: 'screen.png' });
    expect(last()).toMatchObject({ kind: 'file', name: 'screen.png' });
    await edge.slack.sharesFile(ada, inDm(ada), { name: 'my password is hunter2.png' }, { text: 'look here' });
    expect(last()).toMatchObject({ kind: 'text', text: 'look here', files: [expect.not.stringContaining('hunter2')] });
  });

  test('that is edited or taken back is told as that', async () => {
    const { ada } = edge.slack.people;
    const { message } = await edge.slack.says(ada, inDm(ada), 'lost my fone');
    const key = edge.received[0]!.key;
    await edge.slack.edits(message, 'lost my phone, password: hunter22');
    expect(last()).toMatchObject({ kind: 'edit', of: key, secrets: ['password'] });
    expect(JSON.stringify(last())).not.toContain('hunter22');
    await edge.slack.edits(message, 'lost my phone, sorry');
    expect(last()).toMatchObject({ kind: 'edit', of: key, text: 'lost my phone, sorry' });
    await edge.slack.deletes(message);
    expect(last()).toMatchObject({ kind: 'delete', of: key, conversation: edge.privately(ada) });
    expect(edge.received).toHaveLength(4);
  });

  test('whose link Slack unfolded was not edited', async () => {
    const { ada } = edge.slack.people;
    const { message } = await edge.slack.says(ada, inDm(ada), 'see https://example.com');
    await edge.slack.unfurls(message);
    expect(edge.received).toHaveLength(1);
  });

  test('removed from above its answers is taken back too', async () => {
    const { ada } = edge.slack.people;
    const { message } = await edge.slack.says(ada, inDm(ada), 'oops');
    const { channel, ts } = message;
    await edge.slack.event({
      type: 'message',
      subtype: 'message_changed',
      channel,
      channel_type: 'im',
      ts: `${Number(ts) + 5}`,
      message: { type: 'message', subtype: 'tombstone', user: 'USLACKBOT', text: 'This message was deleted.', ts },
      previous_message: { ...message },
    });
    expect(last()).toMatchObject({ kind: 'delete', of: edge.received[0]!.key });
  });
});

describe('a mention', () => {
  test('in a channel starts a conversation of that person in its thread', async () => {
    const { ada } = edge.slack.people;
    const { general } = edge.slack.channels;
    const { message } = await edge.slack.mentions(ada, general, 'cannot sign in');
    const { id: team } = edge.slack.team;
    expect(edge.received).toHaveLength(1);
    expect(last()).toMatchObject({
      kind: 'text',
      text: 'cannot sign in',
      conversation: `slack:${team}:${general.id}:${message.ts}:${ada.id}`,
      address: { team, user: ada.id, channel: general.id, thread: message.ts, outsiders: false },
      shared: { conversation: edge.privately(ada), address: { team, user: ada.id }, outsiders: false },
    });
  });

  test('in a thread stays in that thread; others have conversations of their own', async () => {
    const { ada, bob } = edge.slack.people;
    const { general } = edge.slack.channels;
    const { message: root } = await edge.slack.says(bob, general, 'anybody?');
    await edge.slack.mentions(ada, general, 'me', { thread: root });
    await edge.slack.mentions(bob, general, 'me too', { thread: root });
    const { id: team } = edge.slack.team;
    expect(edge.received.map(({ conversation }) => conversation)).toEqual([
      `slack:${team}:${general.id}:${root.ts}:${ada.id}`,
      `slack:${team}:${general.id}:${root.ts}:${bob.id}`,
    ]);
  });

  test('of two events is one message, in whichever order they come', async () => {
    const { ada } = edge.slack.people;
    const said = await edge.slack.mentions(ada, edge.slack.channels.general, 'help');
    expect(said.deliveries.length).toBe(2);
    for (const delivery of [...said.deliveries].reverse()) await edge.slack.redelivers(delivery);
    expect(edge.received).toHaveLength(1);
  });

  test('where outsiders read along says so, and of whom they are', async () => {
    const { ada, outsider } = edge.slack.people;
    await edge.slack.mentions(ada, edge.slack.channels.shared, 'help');
    expect(last()).toMatchObject({ person: { member: true }, shared: { outsiders: true } });
    await edge.slack.mentions(outsider, edge.slack.channels.shared, 'help');
    expect(last()).toMatchObject({ person: { member: false }, shared: { outsiders: true } });
  });

  test('in a group chat is needed as in a channel', async () => {
    const { ada, bob } = edge.slack.people;
    const group = edge.slack.addChannel({ kind: 'mpim', members: [ada, bob], botIsMember: true });
    await edge.slack.says(ada, group, 'the bot need not hear this');
    expect(edge.received).toEqual([]);
    await edge.slack.mentions(ada, group, 'but this');
    expect(last()).toMatchObject({ kind: 'text', text: 'but this', shared: { conversation: edge.privately(ada) } });
  });

  test('without a word besides is a greeting', async () => {
    await edge.slack.mentions(edge.slack.people.ada, edge.slack.channels.general, '');
    expect(last()).toMatchObject({ kind: 'press', press: 'hello' });
  });

  test('that was edited is a change; one that was edited in is new', async () => {
    const { ada } = edge.slack.people;
    const bot = `<@${edge.slack.botUser.id}>`;
    edge.slack.subscriptions.delete('message.channels');
    const { message } = await edge.slack.mentions(ada, edge.slack.channels.general, 'lost my fone');
    await edge.slack.edits(message, `${bot} lost my phone`);
    expect(edge.received.map(({ kind }) => kind)).toEqual(['text', 'edit']);
    expect(last()).toMatchObject({ of: edge.received[0]!.key, text: 'lost my phone' });
    const { message: unheard } = await edge.slack.says(ada, edge.slack.channels.general, 'lost it');
    await edge.slack.edits(unheard, `${bot} lost it`);
    expect(edge.received).toHaveLength(3);
    expect(last()).toMatchObject({ kind: 'text', text: 'lost it' });
  });

  test('taken back is told, where the bot may hear it', async () => {
    const { ada } = edge.slack.people;
    const { message } = await edge.slack.mentions(ada, edge.slack.channels.general, 'oops');
    await edge.slack.deletes(message);
    expect(last()).toMatchObject({ kind: 'delete', of: edge.received[0]!.key });
  });
});

describe('nothing is made of', () => {
  test('talk in channels that does not name the bot', async () => {
    await edge.slack.says(edge.slack.people.ada, edge.slack.channels.general, 'lunch?');
    expect(edge.received).toEqual([]);
  });

  test('its own messages, other bots and notes of Slack', async () => {
    const { ada } = edge.slack.people;
    const channel = inDm(ada);
    const base = { type: 'message', channel, channel_type: 'im', text: 'x' };
    await edge.slack.event({ ...base, user: edge.slack.botUser.id, ts: '1.000001' });
    await edge.slack.event({ ...base, user: 'UOTHERBOT', bot_id: 'B0OTHER', ts: '1.000002' });
    await edge.slack.event({ ...base, subtype: 'bot_message', bot_id: 'B0OTHER', ts: '1.000003' });
    await edge.slack.event({ ...base, subtype: 'channel_join', user: ada.id, ts: '1.000004' });
    await edge.slack.event({ ...base, user: 'USLACKBOT', ts: '1.000005' });
    expect(edge.received).toEqual([]);
    expect(edge.refused).toEqual([]);
  });
});

describe('opening the bot', () => {
  test('is told once for ever', async () => {
    const { ada } = edge.slack.people;
    await edge.slack.opensHome(ada, 'messages');
    await edge.slack.opensHome(ada, 'messages');
    await edge.slack.opensHome(ada, 'home');
    expect(edge.received).toEqual([
      expect.objectContaining({
        kind: 'press',
        press: 'first_contact',
        key: `slack:${edge.slack.team.id}:hello:${ada.id}`,
        conversation: edge.privately(ada),
      }),
    ]);
  });
});

describe('/aws-help', () => {
  test('takes its words to the private conversation and says so', async () => {
    const { ada } = edge.slack.people;
    const { general } = edge.slack.channels;
    const delivery = await edge.slack.command(ada, general, '/aws-help', 'lost my phone');
    expect(delivery.status).toBe(200);
    expect(last()).toMatchObject({
      kind: 'text',
      text: 'lost my phone',
      conversation: edge.privately(ada),
      address: { team: edge.slack.team.id, user: ada.id },
      person: { name: ada.name },
    });
    expect(last()).not.toHaveProperty('shared');
    expect(edge.slack.ephemeral(general, ada).map((one) => edge.slack.reads(one))).toEqual([words.answeredPrivately]);
    expect(edge.slack.posted(general)).toEqual([]);
  });

  test('without words greets, each time', async () => {
    const { ada } = edge.slack.people;
    await edge.slack.command(ada, edge.slack.channels.general, '/aws-help');
    await edge.slack.command(ada, edge.slack.channels.general, '/aws-help', '  ');
    expect(edge.received.map((incoming) => incoming.kind === 'press' && incoming.press)).toEqual(['hello', 'hello']);
  });

  test('typed to the bot itself needs no pointer', async () => {
    const { ada } = edge.slack.people;
    await edge.slack.says(ada, inDm(ada), 'hello');
    const delivery = await edge.slack.command(ada, inDm(ada), '/aws-help', 'lost my phone');
    expect(delivery.payload).toBeUndefined();
    expect(last()).toMatchObject({ text: 'lost my phone', address: { channel: inDm(ada) } });
  });
});

describe('“Help with this”', () => {
  const help = (message: SlackMessage) => edge.slack.shortcut(edge.slack.people.bob, 'help_with_this', message);

  test('takes the message to the private conversation of whoever pressed it, also where the bot is no member', async () => {
    const { ada, bob } = edge.slack.people;
    const { random } = edge.slack.channels;
    const { message } = await edge.slack.says(ada, random, 'cannot get in, password: hunter22');
    expect((await help(message)).status).toBe(200);
    expect(last()).toMatchObject({ kind: 'text', conversation: edge.privately(bob), secrets: ['password'] });
    expect(JSON.stringify(edge.received)).not.toContain('hunter22');
    await edge.slack.until(() => edge.slack.ephemeral(random, bob)[0]);
    expect(edge.slack.reads(edge.slack.ephemeral(random, bob)[0]!)).toBe(words.answeredPrivately);
    expect(edge.slack.posted(random, { by: 'bot' })).toEqual([]);
  });

  test('on a message without words greets', async () => {
    const { message } = await edge.slack.says(edge.slack.people.ada, edge.slack.channels.general, '-');
    await help({ ...message, text: '' });
    expect(last()).toMatchObject({ kind: 'press', press: 'hello' });
  });
});
