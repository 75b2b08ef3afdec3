import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { App, BlockAction, SlashCommand } from '@slack/bolt';
import { FakeSlack, type SlackMessage } from '../../fakes/slack/slack';
import { httpApp, type Running } from './slack-bolt';

let slack: FakeSlack;
let running: Running | undefined;

const started = async (listen: (app: App) => unknown): Promise<App> => {
  running = await httpApp(slack, listen);
  return running.app;
};

beforeEach(async () => {
  slack = await FakeSlack.start();
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await slack.stop();
});

const offer = {
  text: 'Did it help?',
  blocks: [
    { type: 'section', text: { type: 'mrkdwn', text: 'Did *it* help? <https://a.example/x|Read on>' } },
    {
      type: 'actions',
      block_id: 'answers',
      elements: [
        { type: 'button', action_id: 'yes', text: { type: 'plain_text', text: 'Yes' }, value: '1', style: 'primary' },
        { type: 'button', action_id: 'no', text: { type: 'plain_text', text: 'No' } },
      ],
    },
  ],
};

test('a direct message is answered', async () => {
  await started((app) =>
    app.message(async ({ message, say }) => void (await say(`You said: ${(message as { text: string }).text}`))),
  );
  const { status, message } = await slack.says(slack.people.ada, slack.dm(slack.people.ada), 'a < b & c');
  expect(status).toBe(200);
  expect(message.text).toBe('a &lt; b &amp; c');
  const answer = await slack.until(() => slack.posted(message.channel, { by: 'bot' })[0]);
  expect(slack.reads(answer)).toBe('You said: a < b & c');
  expect(slack.violations).toEqual([]);
});

test('events have the shape and the wrapper of real ones', async () => {
  const bodies: Record<string, unknown>[] = [];
  await started((app) =>
    app.message(async ({ body }) => {
      bodies.push(body as unknown as Record<string, unknown>);
    }),
  );
  await slack.says(slack.people.outsider, slack.channels.shared, 'see https://a.example/x, or mail me@a.example');
  await slack.until(() => bodies.length === 1);
  expect(bodies[0]).toMatchObject({
    type: 'event_callback',
    team_id: 'T0EXAMPLE1',
    api_app_id: 'A0HELPDESK1',
    is_ext_shared_channel: true,
    authorizations: [{ team_id: 'T0EXAMPLE1', user_id: slack.botUser.id, is_bot: true }],
    event: {
      type: 'message',
      channel_type: 'channel',
      user: slack.people.outsider.id,
      team: 'T0PARTNER1',
      user_team: 'T0PARTNER1',
      text: 'see <https://a.example/x>, or mail <mailto:me@a.example|me@a.example>',
    },
  });
  expect(bodies[0]!.event_id).toMatch(/^Ev/);
});

test('a mention in a channel gives two events, and one where only mentions are subscribed', async () => {
  const seen: string[] = [];
  await started((app) => {
    app.message(async () => void seen.push('message'));
    app.event('app_mention', async () => void seen.push('app_mention'));
  });
  const { deliveries } = await slack.mentions(slack.people.ada, slack.channels.general, 'help');
  expect(deliveries.map(({ status }) => status)).toEqual([200, 200]);
  await slack.until(() => seen.length === 2);
  expect(seen.sort()).toEqual(['app_mention', 'message']);

  slack.subscriptions.delete('message.channels');
  expect((await slack.mentions(slack.people.ada, slack.channels.general, 'help')).deliveries).toHaveLength(1);
  expect((await slack.mentions(slack.people.ada, slack.channels.random, 'help')).deliveries).toEqual([]);
});

test('the bot hears its own posts, and bolt leaves them alone', async () => {
  const heard: unknown[] = [];
  const app = await started((it) =>
    it.message(async ({ message }) => void heard.push((message as { text: string }).text)),
  );
  await app.client.chat.postMessage({ channel: slack.channels.general.id, text: 'mine' });
  await slack.idle();
  await slack.says(slack.people.ada, slack.channels.general, 'yours');
  await slack.until(() => heard.length > 0);
  expect(heard).toEqual(['yours']);
});

test('a press reaches the action, which changes the message through response_url', async () => {
  const bodies: BlockAction[] = [];
  const app = await started((it) =>
    it.action('yes', async ({ ack, body, respond }) => {
      await ack();
      bodies.push(body as BlockAction);
      await respond({ text: 'Glad.', replace_original: true });
    }),
  );
  const { ts } = await app.client.chat.postMessage({ channel: slack.channels.general.id, ...offer });
  const message = slack.message(slack.channels.general, ts!)!;
  expect(slack.buttons(message).map(({ label }) => label)).toEqual(['Yes', 'No']);
  expect(slack.reads(message)).toBe('Did it help? Read on');
  expect(slack.links(message)).toEqual([{ label: 'Read on', url: 'https://a.example/x' }]);

  expect((await slack.presses(slack.people.ada, message, 'Yes')).status).toBe(200);
  await slack.until(() => slack.message(slack.channels.general, ts!)?.text === 'Glad.');
  expect(slack.message(slack.channels.general, ts!)!.blocks).toBeUndefined();
  expect(bodies[0]).toMatchObject({
    type: 'block_actions',
    user: { id: slack.people.ada.id, name: 'ada', team_id: 'T0EXAMPLE1' },
    team: { id: 'T0EXAMPLE1', domain: 'example-corp' },
    container: { type: 'message', message_ts: ts, channel_id: slack.channels.general.id, is_ephemeral: false },
    channel: { id: slack.channels.general.id },
    message: { ts, text: 'Did it help?' },
    state: { values: {} },
    actions: [{ type: 'button', action_id: 'yes', block_id: 'answers', value: '1', style: 'primary' }],
  });
  await expect(slack.presses(slack.people.ada, message, 'yes')).rejects.toThrow('there is no button yes, only: none');
  const late = await slack.presses(slack.people.ada, message, 'yes', { asSeen: true });
  expect(late.status).toBe(200);
  await slack.until(() => slack.callsOf('response_url').at(-1)?.answer && bodies.length === 2);
  expect(slack.violations).toEqual([]);
});

test('a press that nobody acks is not a success', async () => {
  await slack.stop();
  slack = await FakeSlack.start({ ackWithinMs: 300 });
  let letGo = (): void => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const app = await started((it) => it.action('no', ({ ack }) => held.then(() => ack())));
  const { ts } = await app.client.chat.postMessage({ channel: slack.channels.general.id, ...offer });
  const press = await slack.presses(slack.people.ada, slack.message(slack.channels.general, ts!)!, 'no');
  expect(press).toMatchObject({ status: 0, error: 'http_timeout' });
  letGo();
});

test('an ephemeral message is pressed, replaced and deleted by response_url alone', async () => {
  const app = await started((it) => {
    it.action('yes', async ({ ack, respond, body }) => {
      await ack();
      expect((body as BlockAction).message).toBeUndefined();
      await respond({ text: 'Replaced', replace_original: true });
    });
    it.action('no', async ({ ack, respond }) => {
      await ack();
      await respond({ delete_original: true });
    });
  });
  const { ada } = slack.people;
  const { general } = slack.channels;
  await app.client.chat.postEphemeral({ channel: general.id, user: ada.id, ...offer });
  await app.client.chat.postEphemeral({ channel: general.id, user: ada.id, ...offer });
  const [first, second] = slack.ephemeral(general, ada);
  expect(slack.posted(general)).toEqual([]);
  await slack.presses(ada, first!, 'yes');
  await slack.presses(ada, second!, 'no');
  await slack.until(
    () => slack.ephemeral(general, ada).length === 1 && slack.ephemeral(general, ada)[0]!.text === 'Replaced',
  );
});

test('a command is answered in its ack, and later by response_url', async () => {
  const commands: SlashCommand[] = [];
  await started((app) =>
    app.command('/aws-help', async ({ ack, command, respond }) => {
      commands.push(command);
      await ack('On it');
      await respond({ text: 'To all', response_type: 'in_channel' });
    }),
  );
  const { ada } = slack.people;
  const delivery = await slack.command(ada, slack.channels.random, '/aws-help', 'mfa & more');
  expect(delivery).toMatchObject({ status: 200, body: 'On it' });
  expect(slack.ephemeral(slack.channels.random, ada).map(({ text }) => text)).toEqual(['On it']);
  await slack.until(() => slack.posted(slack.channels.random).some(({ text }) => text === 'To all'));
  expect(commands[0]).toMatchObject({
    command: '/aws-help',
    text: 'mfa & more',
    channel_name: 'random',
    user_name: 'ada',
  });
});

test('a shortcut opens a modal, which checks what is filled in before it takes it', async () => {
  const answers: unknown[] = [];
  await started((app) => {
    app.shortcut('help_with_this', async ({ ack, shortcut, client }) => {
      await ack();
      await client.views.open({
        trigger_id: shortcut.trigger_id,
        view: {
          type: 'modal',
          callback_id: 'form',
          title: { type: 'plain_text', text: 'Help' },
          submit: { type: 'plain_text', text: 'Send' },
          notify_on_close: true,
          blocks: [
            {
              type: 'input',
              block_id: 'what',
              label: { type: 'plain_text', text: 'What' },
              element: { type: 'plain_text_input', action_id: 'words', max_length: 10 },
            },
          ],
        },
      });
    });
    app.view('form', async ({ ack, view }) => {
      const words = view.state.values.what?.words?.value;
      answers.push(words);
      await (words === 'bad' ? ack({ response_action: 'errors', errors: { what: 'Not that' } }) : ack());
    });
    app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack }) => {
      await ack();
      answers.push('closed');
    });
  });
  const { ada, bob } = slack.people;
  const { message } = await slack.says(bob, slack.channels.general, 'my phone is gone');
  await slack.shortcut(ada, 'help_with_this', message);
  const opened = await slack.until(() => slack.modals(ada)[0]);
  await expect(slack.submits(opened, {})).rejects.toThrow('words is required');
  await expect(slack.submits(opened, { words: 'far too long' })).rejects.toThrow('words needs 0 to 10 characters');
  await expect(slack.submits(opened, { other: 'x' })).rejects.toThrow('nothing to fill in named other');
  expect((await slack.submits(opened, { words: 'bad' })).payload).toMatchObject({ response_action: 'errors' });
  expect(slack.modals(ada)).toHaveLength(1);
  await slack.submits(opened, { what: 'good' });
  expect(slack.modals(ada)).toEqual([]);
  expect(answers).toEqual(['bad', 'good']);

  await slack.shortcut(ada, 'help_with_this');
  await slack.closesView(await slack.until(() => slack.modals(ada)[0]));
  await slack.until(() => answers.includes('closed'));
  expect(slack.violations).toEqual([]);
});

test('the Home tab is published and pressed', async () => {
  const pressed: unknown[] = [];
  await started((app) => {
    app.event('app_home_opened', async ({ event, client }) => {
      await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: offer.blocks as never } });
    });
    app.action('yes', async ({ ack, body }) => {
      await ack();
      pressed.push((body as BlockAction).container, (body as BlockAction).view?.type);
    });
  });
  const { ada } = slack.people;
  expect((await slack.opensHome(ada))?.status).toBe(200);
  const home = await slack.until(() => slack.home(ada));
  await slack.presses(ada, home, 'yes');
  await slack.until(() => pressed.length === 2);
  expect(pressed).toEqual([{ type: 'view', view_id: home.id }, 'home']);
});

test('edits, deletions and files are told as Slack tells them', async () => {
  const events: Record<string, unknown>[] = [];
  await started((app) => {
    app.event('message', async ({ event }) => void events.push(event as unknown as Record<string, unknown>));
    app.event('app_mention', async ({ event }) => void events.push(event as unknown as Record<string, unknown>));
  });
  const seen = async (count: number): Promise<Record<string, unknown>> => {
    await slack.until(() => events.length >= count);
    return events[count - 1]!;
  };
  const { ada } = slack.people;
  const dm = slack.dm(ada);
  const { message } = await slack.says(ada, dm, 'one');
  await seen(1);
  const { message: edited } = await slack.edits(message, 'two');
  expect(await seen(2)).toMatchObject({
    subtype: 'message_changed',
    hidden: true,
    channel_type: 'im',
    message: { text: 'two', ts: message.ts, edited: { user: ada.id } },
    previous_message: { text: 'one' },
  });
  await slack.deletes(edited);
  expect(await seen(3)).toMatchObject({
    subtype: 'message_deleted',
    deleted_ts: message.ts,
    previous_message: { text: 'two' },
  });
  expect(slack.message(dm, message.ts)).toBeUndefined();
  await expect(slack.edits(edited, 'three')).rejects.toThrow('is deleted');

  await slack.sharesFile(ada, dm, { name: 'error.png' }, { text: 'look' });
  expect(await seen(4)).toMatchObject({
    subtype: 'file_share',
    text: 'look',
    files: [{ name: 'error.png', mimetype: 'image/png', user: ada.id }],
  });

  const { message: named } = await slack.mentions(ada, slack.channels.general, 'helo');
  await seen(6);
  await slack.edits(named, `<@${slack.botUser.id}> hello`);
  await seen(8);
  expect(events.slice(6).map(({ type, edited: mark }) => [type, Boolean(mark)])).toEqual(
    expect.arrayContaining([
      ['app_mention', true],
      ['message', false],
    ]),
  );
});

test('replies in a thread carry it', async () => {
  const threads: unknown[] = [];
  await started((app) =>
    app.message(async ({ message, say }) => {
      const { thread_ts, ts } = message as { thread_ts?: string; ts: string };
      threads.push(thread_ts);
      await say({ text: 'answer', thread_ts: thread_ts ?? ts });
    }),
  );
  const { general } = slack.channels;
  const { message } = await slack.says(slack.people.ada, general, 'top');
  await slack.until(() => slack.posted(general, { thread: message, by: 'bot' }).length === 1);
  const [, answer] = slack.posted(general, { thread: message }) as [SlackMessage, SlackMessage];
  await slack.says(slack.people.ada, general, 'thanks', { thread: answer });
  await slack.until(() => threads.length === 2);
  expect(threads).toEqual([undefined, message.ts]);
  await slack.until(() => slack.posted(general, { thread: message }).length === 4);
});

test('forged, old, replayed and altered requests are what they are', async () => {
  const nums: unknown[] = [];
  await started((app) => app.message(async ({ context }) => void nums.push([context.retryNum, context.retryReason])));
  expect(await slack.verifiesUrl()).toBe(true);
  const { ada } = slack.people;
  const said = await slack.says(ada, slack.dm(ada), 'hi');
  const body = JSON.stringify(said.sent.payload);
  const now = Math.floor(Date.now() / 1000);
  const statuses = [
    await slack.post({ body }),
    await slack.post({ body, secret: 'wrong' }),
    await slack.post({ body, timestamp: now - 600 }),
    await slack.post({ body: body.slice(0, 50), signedBody: body }),
    await slack.post({ body, headers: { 'x-slack-signature': '' } }),
    await slack.redelivers(said),
  ].map(({ status }) => status);
  expect(statuses).toEqual([200, 401, 401, 401, 401, 200]);
  await slack.until(() => nums.length === 3);
  expect(nums.at(-1)).toEqual([1, 'http_timeout']);
});

test('an event that is not taken is sent again as often as ordered, unless the app wants none', async () => {
  await slack.stop();
  slack = await FakeSlack.start({ retryAfterMs: [1, 1, 1] });
  const tries: unknown[] = [];
  const answers: [number, Record<string, string>][] = [
    [500, {}],
    [404, {}],
    [200, {}],
    [500, { 'x-slack-no-retry': '1' }],
  ];
  const server = createServer((request, response) => {
    tries.push([request.headers['x-slack-retry-num'], request.headers['x-slack-retry-reason']]);
    const [status, headers] = answers.shift()!;
    response.writeHead(status, headers).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  slack.requestUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const { ada } = slack.people;
  const dm = slack.dm(ada);
  expect((await slack.says(ada, dm, 'hi')).status).toBe(200);
  expect((await slack.says(ada, dm, 'hi')).status).toBe(500);
  expect(tries).toEqual([
    [undefined, undefined],
    ['1', 'http_error'],
    ['2', 'http_error'],
    [undefined, undefined],
  ]);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect(await slack.says(ada, dm, 'hi')).toMatchObject({ status: 0, error: 'connection_failed' });
});
