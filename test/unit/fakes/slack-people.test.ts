import type { App, BlockAction } from '@slack/bolt';
import { Prompt } from '../../fakes/slack/prompt';
import { FakeSlack, type SlackView } from '../../fakes/slack/slack';
import { httpApp, type Running } from './slack-bolt';

let slack: FakeSlack;
let running: Running;
const start = async (listen: (app: App) => unknown): Promise<App> => {
  running = await httpApp(slack, listen);
  return running.app;
};

beforeEach(async () => {
  slack = await FakeSlack.start();
});
afterEach(async () => {
  await running.stop();
  await slack.stop();
});

const plain = (text: string): { type: 'plain_text'; text: string } => ({ type: 'plain_text', text });
const option = (value: string) => ({ text: plain(value.toUpperCase()), value });
const form = (more: object = {}) => ({
  type: 'modal' as const,
  callback_id: 'form',
  title: plain('Form'),
  submit: plain('Send'),
  blocks: [
    {
      type: 'input' as const,
      block_id: 'kind',
      label: plain('Kind'),
      element: { type: 'static_select' as const, action_id: 'kind', options: [option('a'), option('b')] },
    },
    {
      type: 'input' as const,
      block_id: 'extras',
      optional: true,
      label: plain('Extras'),
      element: { type: 'checkboxes' as const, action_id: 'extras', options: [option('x'), option('y')] },
    },
    {
      type: 'section' as const,
      block_id: 'day',
      text: plain('Day'),
      accessory: { type: 'datepicker' as const, action_id: 'day' },
    },
    { type: 'actions' as const, elements: [{ type: 'button' as const, action_id: 'more', text: plain('More') }] },
  ],
  ...more,
});

/** A form that is opened by a command, and answers a submission as told. */
async function formApp(answer: (values: unknown) => object | undefined): Promise<SlackView> {
  await start((app) => {
    app.command('/form', async ({ ack, command, client }) => {
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view: form() });
    });
    app.view('form', async ({ ack, view }) => ack(answer(view.state.values) as never));
    app.action(/.*/, async ({ ack }) => ack());
  });
  await slack.command(slack.people.ada, slack.channels.general, '/form');
  return slack.until(() => slack.modals(slack.people.ada)[0]);
}

test('forms keep what was chosen, and report it on submission', async () => {
  const submitted: unknown[] = [];
  const view = await formApp((values) => void submitted.push(values));
  const { ada } = slack.people;
  await slack.selects(ada, view, 'day', '2026-11-23');
  await slack.presses(ada, view, 'More');
  await expect(slack.selects(ada, view, 'kind', 'a')).rejects.toThrow('told on submission only');
  await expect(slack.selects(ada, view, 'other', 'a')).rejects.toThrow('nothing to choose from');
  await expect(slack.submits(view, { kind: 'c' })).rejects.toThrow('kind does not offer c, only a, b');
  await slack.submits(view, { kind: 'b', extras: ['x', 'y'] });
  expect(submitted).toEqual([
    {
      kind: { kind: { type: 'static_select', selected_option: option('b') } },
      extras: { extras: { type: 'checkboxes', selected_options: [option('x'), option('y')] } },
      day: { day: { type: 'datepicker', selected_date: '2026-11-23' } },
    },
  ]);
  await expect(slack.submits(view, { kind: 'b' })).rejects.toThrow('not on top, or not open');
  await expect(slack.presses(ada, view, 'More')).rejects.toThrow('not open any more');
});

test('the ack of a submission pushes, updates or clears', async () => {
  let answer: object | undefined = {
    response_action: 'push',
    view: form({ callback_id: 'form', title: plain('Second') }),
  };
  const view = await formApp(() => answer);
  const { ada } = slack.people;
  const titles = (): unknown[] => slack.modals(ada).map(({ title }) => (title as { text: string }).text);
  await slack.submits(view, { kind: 'a' });
  expect(titles()).toEqual(['Form', 'Second']);
  answer = { response_action: 'clear' };
  await slack.submits(slack.modals(ada)[1]!, { kind: 'a' });
  expect(titles()).toEqual([]);
  expect(slack.violations).toEqual([]);
});

test.each([
  [{ response_action: 'errors', errors: { nobody: 'x' } }, 'errors must name inputs'],
  [{ response_action: 'errors', errors: {} }, 'errors must name inputs'],
  [{ response_action: 'errors', errors: { day: 'x' } }, 'errors must name inputs'],
  [{ response_action: 'dance' }, 'unknown response_action dance'],
  [{ response_action: 'update', view: { type: 'modal' } }, 'invalid_arguments'],
])('an ack of a submission that Slack would not understand is noted: %j', async (answer, told) => {
  const view = await formApp(() => answer);
  await slack.submits(view, { kind: 'a' });
  expect(slack.violations).toEqual([expect.stringContaining(told)]);
  expect(slack.modals(slack.people.ada)).toHaveLength(1);
});

test('menus in messages are chosen from', async () => {
  const actions: unknown[] = [];
  const app = await start((it) =>
    it.action('pick', async ({ ack, body }) => {
      await ack();
      actions.push((body as BlockAction).actions[0], (body as BlockAction).state);
    }),
  );
  const pick = { type: 'static_select' as const, action_id: 'pick', options: [option('a')] };
  const blocks = [{ type: 'actions' as const, block_id: 'b', elements: [pick] }];
  const { ts } = await app.client.chat.postMessage({ channel: slack.channels.general.id, text: 'Pick', blocks });
  await slack.selects(slack.people.ada, slack.message(slack.channels.general, ts!)!, 'pick', 'a');
  await slack.until(() => actions.length === 2);
  expect(actions).toMatchObject([
    { type: 'static_select', action_id: 'pick', block_id: 'b', selected_option: option('a') },
    { values: { b: { pick: { selected_option: option('a') } } } },
  ]);
});

test('people come and go, previews change messages, and anything else can be told', async () => {
  slack.subscriptions.add('member_joined_channel').add('member_left_channel');
  const types: unknown[] = [];
  await start((app) =>
    app.event(/.*/, async ({ event }) => void types.push([event.type, (event as { subtype?: string }).subtype])),
  );
  const { ada, bob } = slack.people;
  const { random, general } = slack.channels;
  expect(await slack.joins(slack.addUser({ name: 'eve' }), random)).toBeUndefined();
  expect((await slack.joins(slack.botUser, random))?.status).toBe(200);
  expect((await slack.leaves(bob, random))?.status).toBe(200);
  await expect(slack.says(bob, random, 'hi')).rejects.toThrow('bob is not in random');
  const { message } = await slack.says(ada, general, 'https://a.example');
  await slack.unfurls(message);
  await slack.event({ type: 'tokens_revoked', tokens: { bot: [slack.botUser.id] } });
  await slack.until(() => types.length === 5);
  expect(types).toEqual([
    ['member_joined_channel', undefined],
    ['member_left_channel', undefined],
    ['message', undefined],
    ['message', 'message_changed'],
    ['tokens_revoked', undefined],
  ]);
  expect(message.blocks).toMatchObject([{ elements: [{ elements: [{ type: 'link', url: 'https://a.example' }] }] }]);
});

test('every kind of block is read as a person reads it', async () => {
  const app = await start(() => {});
  slack.allowedMentions.add(slack.people.bob.id);
  const section = (text: string) => ({
    type: 'rich_text_section' as const,
    elements: [{ type: 'text' as const, text }],
  });
  const { ts } = await app.client.chat.postMessage({
    channel: slack.channels.general.id,
    text: 'fallback',
    blocks: [
      { type: 'header', text: plain('Head') },
      { type: 'section', fields: [plain('one'), { type: 'mrkdwn', text: '_two_ &amp; <@U0BOB00001>' }] },
      {
        type: 'context',
        elements: [plain('small'), { type: 'image', image_url: 'https://a.example/i', alt_text: 'picture' }],
      },
      { type: 'image', image_url: 'https://a.example/i', alt_text: 'big picture' },
      { type: 'divider' },
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'Ask ' },
              { type: 'user', user_id: slack.people.bob.id },
              { type: 'emoji', name: 'wave' },
              { type: 'link', url: 'https://a.example/x', text: 'here' },
            ],
          },
          {
            type: 'rich_text_list',
            style: 'ordered',
            ...({ offset: 2 } as object),
            elements: [section('first'), section('second')],
          },
          { type: 'rich_text_list', style: 'bullet', indent: 1, elements: [section('third')] },
          { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'code' }] },
        ],
      },
      {
        type: 'actions',
        elements: [{ type: 'button', text: plain('Go'), url: 'https://a.example/go', action_id: 'go' }],
      },
    ],
  });
  const message = slack.message(slack.channels.general, ts!)!;
  expect(slack.reads(message)).toBe(
    [
      'Head',
      'one',
      'two & @bob',
      'small picture',
      'big picture',
      'Ask @bob:wave:here',
      '3. first',
      '4. second',
      '  • third',
      'code',
    ].join('\n'),
  );
  expect(slack.links(message).map(({ label }) => label)).toEqual(['here', 'Go']);
  expect(slack.buttons(message)).toMatchObject([{ action_id: 'go', label: 'Go', url: 'https://a.example/go' }]);
  expect(slack.violations).toEqual([]);
});

test('the workspace can be played by hand', async () => {
  await start((app) => {
    app.message(async ({ say, message }) => {
      const { thread_ts } = message as { thread_ts?: string };
      await say({
        ...(thread_ts ? { thread_ts } : {}),
        text: 'Better?',
        blocks: [
          { type: 'section', text: { type: 'mrkdwn', text: 'Better? <https://a.example/x|Read>' } },
          { type: 'actions', elements: [{ type: 'button', action_id: 'yes', text: plain('Yes') }] },
        ],
      });
    });
    app.action('yes', async ({ ack, respond }) => {
      await ack();
      await respond('Good.');
    });
    app.command('/form', async ({ ack, command, client }) => {
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view: form() });
    });
    app.view('form', async ({ ack }) => ack());
  });
  const lines: string[] = [];
  const prompt = new Prompt(slack, (line) => lines.push(line));
  const told = (text: string): Promise<true> =>
    slack.until(() => lines.some((line) => line.includes(text)) || undefined);
  expect(prompt.label).toBe('ada in dm> ');
  await prompt.line('hello');
  await told('bot: Better? Read\n     → Read: https://a.example/x\n     [Yes]');
  await prompt.line('/edit hello again');
  expect(slack.posted(slack.dm(slack.people.ada)).map(({ text }) => text)).toContain('hello again');
  await prompt.line('/press Yes');
  await told('bot, to you alone: Good.');
  await prompt.line('/form');
  await told('form: Kind\n     Extras\n     Day\n     [More]');
  await prompt.line('/fill');
  await told('! the client would not submit: kind is required');
  await prompt.line('/fill kind=a');
  expect(slack.modals(slack.people.ada)).toEqual([]);
  await prompt.line('/as bob');
  await prompt.line('/in general');
  await prompt.line('hi');
  await prompt.line('/thread');
  expect(prompt.label).toBe('bob in general (thread)> ');
  await prompt.line('/thread');
  await prompt.line('/delete');
  expect(slack.posted(slack.channels.general).map(({ text }) => text)).not.toContain('hi');
  await prompt.line('/delete');
  await told('! you have said nothing here');
  await prompt.line('/press Nothing');
  await told('! nothing here is called Nothing');
  await prompt.line('/as nobody');
  await told('! nobody is called nobody');
  await prompt.line('/help');
  await told('/press LABEL');
  prompt.stop();
});
