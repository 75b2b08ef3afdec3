import type { types, webApi } from '@slack/bolt';
import { FakeSlack } from '../../fakes/slack/slack';
import { refusal, webClient } from './slack-bolt';

let slack: FakeSlack;
let web: webApi.WebClient;
const general = 'C0GENERAL01';

beforeEach(async () => {
  slack = await FakeSlack.start();
  web = webClient(slack);
});
afterEach(() => slack.stop());

const error = async (call: Promise<unknown>): Promise<unknown> => (await refusal(call)).error;
const post = (args: Record<string, unknown> = {}): Promise<webApi.ChatPostMessageResponse> =>
  web.chat.postMessage({ channel: general, text: 'x', ...args } as webApi.ChatPostMessageArguments);
const chars = (count: number): string => 'x'.repeat(count);

const raw = (method: string, init: RequestInit): Promise<unknown> =>
  fetch(`${slack.apiUrl}${method}`, { method: 'POST', ...init }).then((it) => it.json());
const bearer = { authorization: 'Bearer xoxb-1111111111-2222222222-fakeBotTokenForTests' };
const json = { ...bearer, 'content-type': 'application/json; charset=utf-8' };

describe('who asks', () => {
  test('tokens are told apart', async () => {
    expect(await web.auth.test()).toMatchObject({
      team_id: 'T0EXAMPLE1',
      user_id: slack.botUser.id,
      bot_id: slack.botId,
    });
    expect((await web.auth.test()).response_metadata?.scopes).toContain('chat:write');
    expect(await error(webClient(slack, 'xoxb-wrong').auth.test())).toBe('invalid_auth');
    expect(await raw('auth.test', { headers: { 'content-type': 'application/x-www-form-urlencoded' } })).toMatchObject({
      error: 'not_authed',
    });
    expect(await error(web.apps.connections.open({}))).toBe('not_allowed_token_type');
    expect((await webClient(slack, slack.appToken).apps.connections.open({})).url).toMatch(/^ws:\/\/127/);
    slack.revoke(slack.botToken);
    expect(await error(post())).toBe('token_revoked');
    slack.revoke(slack.botToken, 'account_inactive');
    expect(await error(post())).toBe('account_inactive');
    slack.restore(slack.botToken);
    await post();
    expect(slack.violations).toEqual([]);
  });

  test('a missing scope is named', async () => {
    slack.scopes.delete('chat:write');
    slack.scopes.delete('groups:history');
    expect(await refusal(post())).toMatchObject({
      error: 'missing_scope',
      needed: 'chat:write',
      provided: expect.stringContaining('im:write') as string,
    });
    const history = await refusal(web.conversations.history({ channel: slack.channels.admins.id }));
    expect(history).toMatchObject({ error: 'missing_scope', needed: 'groups:history' });
    await web.conversations.history({ channel: general });
  });
});

describe('how it is asked', () => {
  test('what the app should never send is refused and noted', async () => {
    expect(await error(web.apiCall('chat.command', {}))).toBe('unknown_method');
    expect(await refusal(post({ blink: true }))).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] unknown argument: blink'] },
    });
    expect(await error(web.apiCall('chat.postMessage', { text: 'x' }))).toBe('invalid_arguments');
    expect(await error(post({ thread_ts: 'yesterday' }))).toBe('invalid_arguments');
    expect(await raw('chat.postMessage', { headers: bearer, body: '{}' })).toMatchObject({
      error: 'invalid_post_type',
    });
    expect(await raw('users.info', { headers: json, body: '{"user":"U0ADA00001"}' })).toMatchObject({
      error: 'invalid_post_type',
    });
    expect(
      await raw('chat.postMessage', { headers: json, body: JSON.stringify({ channel: general, text: 'x' }) }),
    ).toMatchObject({ ok: true });
    expect(slack.violations).toEqual([
      'chat.command: unknown_method: chat.command',
      'chat.postMessage: invalid_arguments: unknown argument: blink',
      'chat.postMessage: invalid_arguments: missing required field: channel',
      expect.stringContaining('chat.postMessage: invalid_arguments: must be a message time'),
      expect.stringContaining('chat.postMessage: invalid_post_type: text/plain'),
      'users.info: invalid_post_type: application/json',
    ]);
    expect((await fetch(slack.apiUrl.replace('/api/', '/other'))).status).toBe(404);
  });

  test('calls are kept, with their answers', async () => {
    await post({ text: 'hello' });
    expect(slack.callsOf('chat.postMessage')).toMatchObject([
      { args: { channel: general, text: 'hello' }, answer: { ok: true }, status: 200 },
    ]);
  });
});

describe('what is said', () => {
  const section = (text: string): unknown[] => [{ type: 'section', text: { type: 'mrkdwn', text } }];

  test('text has a limit, and an update a narrower one', async () => {
    const { ts } = await post({ text: chars(40_000) });
    expect(await error(post({ text: chars(40_001) }))).toBe('msg_too_long');
    const update = (text: string): Promise<unknown> => web.chat.update({ channel: general, ts: ts!, text });
    await update(chars(4000));
    expect(await error(update(chars(4001)))).toBe('msg_too_long');
    expect(slack.violations).toHaveLength(2);
  });

  test('blocks are checked, and counted together', async () => {
    expect(await refusal(post({ blocks: section(chars(3001)) }))).toMatchObject({
      error: 'invalid_blocks',
      errors: ['must be less than 3001 characters [json-pointer:/blocks/0/text/text]'],
    });
    const parts = (count: number): unknown => Array.from({ length: count }, () => section(chars(2500))[0]);
    await post({ blocks: parts(5) });
    expect(await error(post({ blocks: parts(6) }))).toBe('msg_blocks_too_long');
    expect(await error(post({ blocks: 'no JSON' }))).toBe('invalid_blocks_format');
    expect(await error(post({ blocks: {} }))).toBe('invalid_blocks_format');
    expect(slack.violations).toHaveLength(4);
  });

  test('nothing at all is refused; blocks without a text are noted', async () => {
    expect(await error(post({ text: '' }))).toBe('no_text');
    expect(await error(post({ text: '', blocks: [] }))).toBe('no_text');
    await web.apiCall('chat.postMessage', { channel: general, blocks: section('x') });
    await web.apiCall('chat.postMessage', { channel: general, blocks: section('x'), text: ' ' });
    expect(slack.violations.slice(2)).toEqual([
      'chat.postMessage: blocks without a text to fall back on',
      'chat.postMessage: blocks without a text to fall back on',
    ]);
  });

  test('unescaped text and mentions not allowed are posted, as Slack would, and noted', async () => {
    slack.allowedMentions.add(slack.people.ada.id);
    await post({ text: '<@U0ADA00001> &lt;3' });
    expect(slack.violations).toEqual([]);
    await post({ text: 'a & b', blocks: section('<!channel>') });
    await post({ link_names: true });
    await post({ parse: 'full' });
    expect(slack.violations).toEqual([
      'chat.postMessage: unescaped & in "a & b" in text',
      'chat.postMessage: unknown mention <!channel> [json-pointer:/blocks/0/text]',
      'chat.postMessage: link_names makes mentions of plain words',
      'chat.postMessage: parse: full makes mentions of plain words',
    ]);
    expect(slack.posted(general)).toHaveLength(4);
  });

  test('metadata is checked, and shown to those who ask', async () => {
    const metadata = { event_type: 'ping', event_payload: { key: 'k1' } };
    const { ts } = await post({ metadata });
    expect(await error(post({ metadata: { event_type: 'ping' } }))).toBe('invalid_metadata_schema');
    const read = async (args: object): Promise<unknown> =>
      (await web.conversations.history({ channel: general, ...args })).messages?.map((it) => it.metadata);
    expect(await read({ include_all_metadata: true })).toEqual([metadata]);
    expect(await read({})).toEqual([undefined]);
    const replies = await web.conversations.replies({ channel: general, ts: ts!, include_all_metadata: true });
    expect(replies.messages?.[0]?.metadata).toEqual(metadata);
  });
});

describe('where', () => {
  test('the bot writes where it may', async () => {
    const { random, secret, old, admins } = slack.channels;
    expect(await error(post({ channel: random.id }))).toBe('not_in_channel');
    expect(await error(post({ channel: secret.id }))).toBe('channel_not_found');
    expect(await error(post({ channel: old.id }))).toBe('is_archived');
    expect(await error(post({ channel: '#general' }))).toBe('channel_not_found');
    await post({ channel: admins.id });
    slack.scopes.add('chat:write.public');
    await post({ channel: random.id });
    const { channel } = await post({ channel: slack.people.ada.id });
    expect(channel).toBe(slack.dm(slack.people.ada));
    const { channel: opened } = await web.conversations.open({ users: slack.people.ada.id });
    expect(opened?.id).toBe(channel);
    expect(await error(web.conversations.open({ users: slack.people.gone.id }))).toBe('user_disabled');
    expect(await error(web.conversations.open({ users: slack.botUser.id }))).toBe('cannot_dm_bot');
    expect(await error(web.conversations.open({ users: 'U0NOBODY01' }))).toBe('user_not_found');
    const { channel: group } = await web.conversations.open({ users: 'U0ADA00001,U0BOB00001' });
    await post({ channel: group?.id });
    expect(slack.violations).toEqual([]);
  });

  test('only own messages are changed; text alone takes the blocks away', async () => {
    const blocks = [{ type: 'divider' }];
    const { ts } = await post({ blocks });
    // Nobody is connected; an event would wait for somebody.
    slack.subscriptions.clear();
    const { message } = await slack.says(slack.people.ada, general, 'mine');
    await web.chat.update({ channel: general, ts: ts!, blocks, text: 'y' } as webApi.ChatUpdateArguments);
    expect(slack.message(general, ts!)).toMatchObject({ text: 'y', blocks: [{ type: 'divider' }] });
    expect(slack.message(general, ts!)?.edited).toBeUndefined();
    await web.chat.update({ channel: general, ts: ts!, text: 'z' });
    expect(slack.message(general, ts!)).toMatchObject({ text: 'z', edited: { user: slack.botUser.id } });
    expect(slack.message(general, ts!)?.blocks).toBeUndefined();
    expect(await error(web.chat.update({ channel: general, ts: message.ts, text: 'z' }))).toBe('cant_update_message');
    expect(await error(web.chat.delete({ channel: general, ts: message.ts }))).toBe('cant_delete_message');
    await web.chat.delete({ channel: general, ts: ts! });
    expect(await error(web.chat.update({ channel: general, ts: ts!, text: 'z' }))).toBe('message_not_found');
  });

  test('threads are named by their first message', async () => {
    const { ts } = await post();
    const { ts: reply } = await post({ thread_ts: ts });
    expect(await error(post({ thread_ts: reply }))).toBe('cannot_reply_to_message');
    const { messages } = await web.conversations.replies({ channel: general, ts: ts! });
    expect(messages).toMatchObject([
      { ts, reply_count: 1 },
      { ts: reply, thread_ts: ts, parent_user_id: slack.botUser.id },
    ]);
    expect((await web.conversations.history({ channel: general })).messages?.map((it) => it.ts)).toEqual([ts]);
    expect(await error(web.conversations.replies({ channel: general, ts: '1000000000.000000' }))).toBe(
      'thread_not_found',
    );
    const status = (text: string): Promise<unknown> =>
      web.assistant.threads.setStatus({ channel_id: general, thread_ts: ts!, status: text, loading_messages: ['…'] });
    await status('is thinking');
    expect(slack.status(general, ts!)).toBe('is thinking');
    slack.clock.advance(121_000);
    expect(slack.status(general, ts!)).toBeUndefined();
    await status('is thinking');
    await post({ thread_ts: ts });
    expect(slack.status(general, ts!)).toBeUndefined();
  });

  test('an ephemeral message goes to one who is there', async () => {
    const args = { channel: general, text: 'psst' };
    await web.chat.postEphemeral({ ...args, user: slack.people.ada.id });
    expect(slack.ephemeral(general, slack.people.ada)).toHaveLength(1);
    expect(slack.posted(general)).toEqual([]);
    expect(await error(web.chat.postEphemeral({ ...args, user: slack.people.outsider.id }))).toBe(
      'user_not_in_channel',
    );
  });

  test('lists come in pages', async () => {
    for (const text of ['1', '2', '3']) await post({ text });
    const pages: unknown[] = [];
    for await (const page of web.paginate('conversations.history', { channel: general, limit: 2 }))
      pages.push((page as webApi.ConversationsHistoryResponse).messages?.map(({ text }) => text));
    expect(pages).toEqual([['3', '2'], ['1']]);
    const [oldest] = slack.posted(general);
    const later = await web.conversations.history({ channel: general, oldest: oldest!.ts });
    expect(later.messages?.map(({ text }) => text)).toEqual(['3', '2']);
    const { members, response_metadata } = await web.conversations.members({ channel: general, limit: 3 });
    expect(members).toHaveLength(3);
    expect(response_metadata?.next_cursor).not.toBe('');
  });
});

describe('who is there', () => {
  test('people, groups and channels are described', async () => {
    const { user } = await web.users.info({ user: slack.people.guest.id, include_locale: true });
    expect(user).toMatchObject({ name: 'guest', is_restricted: true, is_ultra_restricted: false, locale: 'en-US' });
    expect(user?.profile?.email).toBeUndefined();
    slack.scopes.add('users:read.email');
    expect((await web.users.info({ user: slack.people.ada.id })).user?.profile?.email).toBe('ada@example.com');
    expect((await web.users.info({ user: slack.people.outsider.id })).user).toMatchObject({
      team_id: 'T0PARTNER1',
      is_stranger: true,
    });
    expect(await error(web.users.info({ user: 'U0NOBODY01' }))).toBe('user_not_found');

    const group = slack.addUserGroup({ handle: 'aws-admins', users: [slack.people.grace] });
    expect((await web.usergroups.list({ include_users: true })).usergroups).toMatchObject([
      { id: group.id, users: ['U0GRACE001'] },
    ]);
    expect((await web.usergroups.users.list({ usergroup: group.id })).users).toEqual(['U0GRACE001']);
    expect(await error(web.usergroups.users.list({ usergroup: 'S0NONE' }))).toBe('no_such_subteam');

    expect((await web.bots.info({ bot: slack.botId })).bot).toMatchObject({ app_id: slack.appId });
    expect(
      (await web.conversations.info({ channel: slack.channels.shared.id, include_num_members: true })).channel,
    ).toMatchObject({
      is_ext_shared: true,
      is_member: true,
      num_members: 7,
    });
    expect((await web.conversations.info({ channel: slack.dm('U0ADA00001') })).channel).toMatchObject({
      is_im: true,
      user: 'U0ADA00001',
    });
  });

  test('reactions are put once', async () => {
    const { ts } = await post();
    const at = { channel: general, timestamp: ts!, name: 'eyes' };
    await web.reactions.add(at);
    expect(slack.message(general, ts!)?.reactions).toEqual([{ name: 'eyes', users: [slack.botUser.id], count: 1 }]);
    expect(await error(web.reactions.add(at))).toBe('already_reacted');
    await web.reactions.remove(at);
    expect(await error(web.reactions.remove(at))).toBe('no_reaction');
    expect(await error(web.reactions.add({ ...at, name: ':eyes:' }))).toBe('invalid_name');
    expect(await error(web.reactions.add({ ...at, timestamp: '1000000000.000000' }))).toBe('message_not_found');
  });
});

describe('views', () => {
  const modal = (more: object = {}): types.ModalView =>
    ({ type: 'modal', title: { type: 'plain_text', text: 'T' }, blocks: [], ...more }) as never;
  /** A trigger id, taken from a command the fake tried to deliver. */
  const trigger = async (): Promise<string> => {
    const { sent } = await slack.command(slack.people.ada, general, '/aws-help');
    return String(sent.payload.trigger_id);
  };

  test('a trigger serves once, for three seconds', async () => {
    const trigger_id = await trigger();
    await web.views.open({ trigger_id, view: modal() });
    expect(slack.modals(slack.people.ada)).toHaveLength(1);
    expect(await error(web.views.open({ trigger_id, view: modal() }))).toBe('exchanged_trigger_id');
    const late = await trigger();
    slack.clock.advance(3001);
    expect(await error(web.views.open({ trigger_id: late, view: modal() }))).toBe('expired_trigger_id');
    expect(await error(web.views.open({ trigger_id: '1.2.3', view: modal() }))).toBe('invalid_trigger_id');
  });

  test('are checked, pushed three deep, and changed by id, external id and hash', async () => {
    expect(
      await refusal(web.views.open({ trigger_id: await trigger(), view: modal({ blocks: [{ type: 'x' }] }) })),
    ).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: [expect.stringContaining('[json-pointer:/view/blocks/0/type]')] },
    });
    expect(slack.violations).toHaveLength(1);
    const { view } = await web.views.open({ trigger_id: await trigger(), view: modal({ external_id: 'e1' }) });
    const push = async (): Promise<unknown> => web.views.push({ trigger_id: await trigger(), view: modal() });
    await push();
    await push();
    expect(await error(push())).toBe('push_limit_reached');
    expect(slack.modals(slack.people.ada).map((it) => it.root_view_id)).toEqual([view!.id, view!.id, view!.id]);
    const { view: updated } = await web.views.update({
      external_id: 'e1',
      hash: view!.hash!,
      view: modal({ callback_id: 'second' }),
    });
    expect(updated?.id).toBe(view!.id);
    expect(await error(web.views.update({ view_id: view!.id!, hash: view!.hash!, view: modal() }))).toBe(
      'hash_conflict',
    );
    expect(await error(web.views.update({ view_id: 'V0NONE', view: modal() }))).toBe('not_found');
  });

  test('the Home tab is replaced as a whole, by hash if wished', async () => {
    const home = { type: 'home' as const, blocks: [] };
    const { view } = await web.views.publish({ user_id: 'U0ADA00001', view: home });
    await web.views.publish({ user_id: 'U0ADA00001', view: home, hash: view!.hash! });
    expect(await error(web.views.publish({ user_id: 'U0ADA00001', view: home, hash: view!.hash! }))).toBe(
      'hash_conflict',
    );
    expect(await error(web.views.publish({ user_id: 'U0ADA00001', view: modal() as never }))).toBe('invalid_arguments');
  });
});

describe('response addresses', () => {
  const address = async (): Promise<string> =>
    String((await slack.command(slack.people.ada, general, '/aws-help')).sent.payload.response_url);
  const respond = async (url: string, body: unknown): Promise<[number, unknown]> => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return [answer.status, ((await answer.json()) as { error?: string }).error];
  };

  test('serve five times', async () => {
    const url = await address();
    for (let at = 0; at < 5; at += 1) expect(await respond(url, { text: 'x' })).toEqual([200, undefined]);
    expect(await respond(url, { text: 'x' })).toEqual([404, 'used_url']);
    expect(slack.ephemeral(general, slack.people.ada)).toHaveLength(5);
  });

  test('serve for half an hour', async () => {
    const url = await address();
    slack.clock.advance(30 * 60_000 + 1);
    expect(await respond(url, { text: 'x' })).toEqual([404, 'expired_url']);
    expect(await respond(`${url}0`, { text: 'x' })).toEqual([404, 'no_service']);
  });

  test('are as strict as the methods', async () => {
    const url = await address();
    expect(await respond(url, { text: 'x', channel: general })).toEqual([400, 'invalid_payload']);
    expect(await respond(url, { text: 'x', blocks: [{ type: 'x' }] })).toEqual([400, 'invalid_blocks']);
    expect(await respond(url, { text: 'a & b', response_type: 'in_channel' })).toEqual([200, undefined]);
    expect(slack.posted(general)).toHaveLength(1);
    expect(slack.violations).toHaveLength(3);
  });
});

test('a manifest decides what the app may and hears, and its faults are noted', async () => {
  await slack.stop();
  slack = await FakeSlack.start({
    manifest: {
      features: { slash_commands: [{ command: '/aws-help' }], shortcuts: [{ callback_id: 'help' }] },
      oauth_config: { scopes: { bot: ['chat:write', 'im:history'] } },
      settings: { event_subscriptions: { bot_events: ['message.im', 'app_mention'] } },
    },
  });
  expect(slack.violations).toEqual([
    'manifest: event app_mention needs the scope app_mentions:read',
    'manifest: commands and shortcuts need scope commands',
    'manifest: interactivity is not enabled: no press or submission would arrive',
  ]);
  expect([...slack.scopes]).toEqual(['chat:write', 'im:history']);
  await expect(slack.command(slack.people.ada, general, '/other')).rejects.toThrow('declares no /other');
  await expect(slack.shortcut(slack.people.ada, 'other')).rejects.toThrow('declares no shortcut other');
});
