import { webApi } from '@slack/bolt';
import { FakeSlack } from '../../fakes/slack/slack';
import { refusal, webClient } from './slack-bolt';

let slack: FakeSlack;
let web: webApi.WebClient;
const general = 'C0GENERAL01';
const admins = 'C0HELPDESK1';

beforeEach(async () => {
  slack = await FakeSlack.start();
  web = webClient(slack);
});
afterEach(() => slack.stop());

const post = (channel = general): Promise<unknown> => web.chat.postMessage({ channel, text: 'x' });
const seen = (channel = general): number => slack.posted(channel).length;

test('too many requests, with and without a time to wait', async () => {
  slack.fail('chat.postMessage', { status: 429 });
  await expect(post()).rejects.toThrow('Retry header did not contain a valid timeout');
  slack.fail('chat.postMessage', { status: 429, retryAfter: 2 });
  const hasty = new webApi.WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, rejectRateLimitedCalls: true });
  await expect(hasty.chat.postMessage({ channel: general, text: 'x' })).rejects.toMatchObject({ retryAfter: 2 });
  await post();
  expect(seen()).toBe(1);
});

test('a pace, when asked for', async () => {
  await slack.stop();
  slack = await FakeSlack.start({ postingLimit: { messages: 1, perMs: 1000 }, now: () => 1_700_000_000_000 });
  web = new webApi.WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, rejectRateLimitedCalls: true });
  await post();
  await post(admins);
  await expect(post()).rejects.toMatchObject({ retryAfter: 1 });
  slack.clock.advance(1001);
  await post();
  expect(seen()).toBe(2);
});

test.each([500, 503] as const)('status %i: nothing is done', async (status) => {
  slack.fail('chat.postMessage', { status });
  await expect(post()).rejects.toThrow(String(status));
  expect(seen()).toBe(0);
});

test('errors of any name, once, twice, after some, in one channel, for all', async () => {
  const error = async (call: Promise<unknown>): Promise<unknown> => (await refusal(call)).error;
  const fault = slack.fail('chat.postMessage', { error: 'channel_not_found', channel: admins, times: 2, after: 1 });
  await post(admins);
  expect(await error(post(admins))).toBe('channel_not_found');
  await post(general);
  expect(await error(post(admins))).toBe('channel_not_found');
  await post(admins);
  expect(fault.met).toBe(2);
  const all = slack.fail('*', { error: 'fatal_error', times: Number.POSITIVE_INFINITY });
  expect(await error(web.auth.test())).toBe('fatal_error');
  expect(await error(post())).toBe('fatal_error');
  all.release();
  await post();
  expect(seen(admins)).toBe(2);
});

test('done, and then answered with an error', async () => {
  slack.fail('chat.postMessage', { errorAfter: 'fatal_error' });
  expect(await refusal(post())).toMatchObject({ error: 'fatal_error' });
  expect(seen()).toBe(1);
});

test.each(['before', 'after'] as const)('the connection is dropped %s the work', async (drop) => {
  slack.fail('chat.postMessage', { drop });
  await expect(post()).rejects.toThrow();
  expect(seen()).toBe(drop === 'after' ? 1 : 0);
  expect(slack.callsOf('chat.postMessage')[0]?.answer).toBeUndefined();
});

test('half an answer is none, though the work is done', async () => {
  slack.fail('chat.postMessage', { half: true });
  await expect(post()).rejects.toThrow();
  expect(seen()).toBe(1);
});

test.each(['before', 'after'] as const)('a call hangs %s the work until it is let go', async (hang) => {
  const fault = slack.fail('chat.postMessage', { hang });
  let answered = false;
  const posting = post().then(() => {
    answered = true;
  });
  await slack.until(() => fault.met === 1);
  expect(await web.auth.test()).toMatchObject({ ok: true });
  expect([answered, seen()]).toEqual([false, hang === 'after' ? 1 : 0]);
  fault.release();
  await posting;
  expect(seen()).toBe(1);
});

test('a client with a limit gives up a call that hangs', async () => {
  slack.fail('chat.postMessage', { hang: 'before' });
  const impatient = webClient(slack, slack.botToken, 50);
  await expect(impatient.chat.postMessage({ channel: general, text: 'x' })).rejects.toThrow(/abort|timeout/i);
});

test('the opening of sockets fails like any other call', async () => {
  slack.fail('apps.connections.open', { error: 'internal_error' });
  const app = webClient(slack, slack.appToken);
  expect(await refusal(app.apps.connections.open({}))).toMatchObject({ error: 'internal_error' });
  slack.revoke(slack.appToken, 'invalid_auth');
  expect(await refusal(app.apps.connections.open({}))).toMatchObject({ error: 'invalid_auth' });
});

test('a wait that is not fulfilled says what was seen', async () => {
  await post();
  await expect(slack.until(() => seen() === 2, { limitMs: 50 })).rejects.toThrow(
    /waited 50 ms for: .*seen\(\) === 2[\s\S]*chat\.postMessage/,
  );
  const failing = slack.until(
    () => {
      throw new Error('not yet');
    },
    { limitMs: 50, what: 'the impossible' },
  );
  await expect(failing).rejects.toThrow(/the impossible\nlast error: Error: not yet/);
});
