import type { Fault } from '../../fakes/slack/slack';
import { SlackEdge } from './slack-edge';

jest.setTimeout(30_000);

let edge: SlackEdge;
beforeEach(async () => {
  edge = await SlackEdge.start();
});
afterEach(() => edge.stop());

const answerTo = (user: keyof SlackEdge['slack']['people'], key: string) =>
  edge.answer(edge.privately(edge.slack.people[user]), {}, { key });

describe('what a failure means', () => {
  const meanings: [name: string, fault: Fault, expected: object][] = [
    ['429 with a time', { status: 429, retryAfter: 7 }, { kind: 'temporary', retryAfter: 7000 }],
    ['429 without a time', { status: 429 }, { kind: 'temporary', retryAfter: expect.any(Number) }],
    ['500', { status: 500 }, { kind: 'temporary' }],
    ['503', { status: 503 }, { kind: 'temporary' }],
    ['cut before', { drop: 'before' }, { kind: 'temporary' }],
    ['cut after', { drop: 'after' }, { kind: 'temporary' }],
    ['half an answer', { half: true }, { kind: 'temporary' }],
    ['internal_error', { error: 'internal_error' }, { kind: 'temporary' }],
    ['an error nobody knows', { error: 'moon_in_wrong_phase' }, { kind: 'temporary' }],
    ['is_archived', { error: 'is_archived' }, { kind: 'permanent' }],
    [
      'channel_not_found',
      { error: 'channel_not_found' },
      { kind: 'permanent', error: expect.stringMatching(/invite/) },
    ],
    ['not_in_channel', { error: 'not_in_channel' }, { kind: 'permanent', error: expect.stringMatching(/invite/) }],
    ['msg_blocks_too_long', { error: 'msg_blocks_too_long' }, { kind: 'permanent' }],
    ['account_inactive at one place, while the token works', { error: 'account_inactive' }, { kind: 'permanent' }],
  ];
  test.each(meanings)('%s', async (_name, fault, expected) => {
    edge.slack.fail('chat.postMessage', fault);
    expect(await answerTo('ada', 'k')).toMatchObject(expected);
    expect(edge.fatal).toEqual([]);
    expect(edge.slack.callsOf('chat.postMessage')).toHaveLength(1);
  });

  test('a missing scope is named', async () => {
    edge.slack.scopes.delete('chat:write');
    expect(await answerTo('ada', 'k')).toMatchObject({
      kind: 'permanent',
      error: expect.stringContaining('chat:write'),
    });
  });

  test('a call that hangs is given up', async () => {
    const fault = edge.slack.fail('chat.postMessage', { hang: 'before' });
    expect(await answerTo('ada', 'k')).toMatchObject({ kind: 'temporary' });
    expect(fault.met).toBe(1);
  });
});

describe('one busy channel', () => {
  test('is left alone as long as Slack asks, and holds nobody else up', async () => {
    const { ada } = edge.slack.people;
    edge.slack.fail('chat.postMessage', { channel: edge.slack.dm(ada), status: 429, retryAfter: 60 });
    expect(await answerTo('ada', 'a1')).toMatchObject({ kind: 'temporary', retryAfter: 60_000 });
    expect(await answerTo('bob', 'b1')).toEqual({ kind: 'sent' });
    const before = edge.slack.callsOf('chat.postMessage').length;
    const again = await answerTo('ada', 'a2');
    expect(again).toMatchObject({ kind: 'temporary' });
    const left = (again as { retryAfter: number }).retryAfter;
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(60_000);
    expect(edge.slack.callsOf('chat.postMessage')).toHaveLength(before);
    expect(await answerTo('bob', 'b2')).toEqual({ kind: 'sent' });
  });

  test('is not called faster than Slack allows', async () => {
    const results = [];
    while (results.at(-1)?.kind !== 'temporary' && results.length < 60)
      results.push(await answerTo('ada', `k${results.length}`));
    expect(results.at(-1)).toEqual({ kind: 'temporary', error: expect.any(String), retryAfter: expect.any(Number) });
    expect(edge.slack.callsOf('chat.postMessage')).toHaveLength(results.length - 1);
    expect(await answerTo('bob', 'other')).toEqual({ kind: 'sent' });
  });
});

describe('credentials that die', () => {
  test('end the process, and what is owed waits for the next start', async () => {
    edge.slack.revoke(edge.slack.botToken);
    expect(await answerTo('ada', 'k')).toMatchObject({ kind: 'temporary', retryAfter: expect.any(Number) });
    expect(edge.fatal).toEqual([expect.objectContaining({ code: 'SLACK_REFUSED' })]);
    expect(edge.fatal[0]!.message).toMatch(/SLACK_BOT_TOKEN.*token_revoked/);
    expect(edge.fatal[0]!.message).not.toContain(edge.slack.botToken);
    expect(edge.errors()).toHaveLength(1);
    await expect(edge.platform.health()).rejects.toThrow();
    await answerTo('bob', 'k2');
    expect(edge.fatal).toHaveLength(1);
  });

  test('are found out when Slack tells so', async () => {
    edge.slack.revoke(edge.slack.botToken, 'account_inactive');
    const delivery = await edge.slack.event({ type: 'app_uninstalled' });
    expect(delivery.status).toBe(200);
    await edge.slack.until(() => edge.fatal.length > 0);
    expect(edge.fatal).toEqual([expect.objectContaining({ code: 'SLACK_REFUSED' })]);
  });

  test('of somebody else’s token are none of ours', async () => {
    await edge.slack.event({ type: 'tokens_revoked', tokens: { oauth: ['U1'], bot: [] } });
    await edge.slack.until(() => edge.slack.callsOf('auth.test').length === 2);
    await edge.slack.idle();
    expect(edge.fatal).toEqual([]);
    await edge.platform.health();
  });
});

describe('a start', () => {
  const fresh = async (options: Parameters<typeof SlackEdge.start>[0]) => {
    await edge.stop();
    edge = await SlackEdge.start({ start: false, ...options });
  };

  test('with a token that Slack does not accept says so and which', async () => {
    await fresh({});
    edge.slack.revoke(edge.slack.botToken, 'invalid_auth');
    await expect(edge.platform.start()).rejects.toMatchObject({
      code: 'SLACK_REFUSED',
      message: expect.stringMatching(/SLACK_BOT_TOKEN is not accepted \(invalid_auth\)/),
    });
    await expect(edge.platform.health()).rejects.toThrow();
  });

  test('without a scope it needs names it', async () => {
    await fresh({ slack: { scopes: ['chat:write', 'commands', 'im:history', 'im:write', 'users:read'] } });
    await expect(edge.platform.start()).rejects.toMatchObject({
      code: 'SLACK_REFUSED',
      message: expect.stringMatching(/app_mentions:read.*usergroups:read/),
    });
  });

  test('with an app-level token Slack does not accept names that one', async () => {
    await fresh({ socket: true });
    edge.slack.revoke(edge.slack.appToken, 'invalid_auth');
    await expect(edge.platform.start()).rejects.toMatchObject({
      code: 'SLACK_REFUSED',
      message: expect.stringMatching(/SLACK_APP_TOKEN/),
    });
    expect(edge.fatal).toEqual([]);
  });

  test('while Slack cannot be reached goes on by itself; what comes in is recorded meanwhile', async () => {
    await fresh({});
    const fault = edge.slack.fail('auth.test', { status: 503, times: 2 });
    await edge.platform.start();
    await expect(edge.platform.health()).rejects.toThrow();
    expect(edge.logged.some(({ level }) => level === 'warn')).toBe(true);
    const { ada } = edge.slack.people;
    expect((await edge.slack.says(ada, edge.slack.dm(ada), 'help')).status).toBe(200);
    expect(edge.received).toHaveLength(1);
    await edge.slack.until(
      () =>
        edge.platform.health().then(
          () => true,
          () => false,
        ),
      { limitMs: 20_000 },
    );
    expect(fault.met).toBe(2);
  });

  test('a Slack that hangs keeps the start waiting no longer than a few seconds, and nobody from being heard', async () => {
    await fresh({});
    edge.slack.fail('auth.test', { hang: 'before', times: 1 });
    await edge.platform.start();
    await expect(edge.platform.health()).rejects.toThrow('has not confirmed');
    const { ada } = edge.slack.people;
    expect((await edge.slack.says(ada, edge.slack.dm(ada), 'help')).status).toBe(200);
    expect(edge.received).toHaveLength(1);
  });
});
