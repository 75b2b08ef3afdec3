import { createHmac } from 'node:crypto';
import { signed } from '../../fakes/slack/requests';
import type { Said } from '../../fakes/slack/slack';
import { SlackEdge } from './slack-edge';

jest.setTimeout(30_000);

let edge: SlackEdge;
beforeEach(async () => {
  edge = await SlackEdge.start();
});
afterEach(() => edge.stop());

const seconds = () => Math.floor(Date.now() / 1000);
const event = (parts: object = {}) =>
  JSON.stringify({
    type: 'event_callback',
    team_id: edge.slack.team.id,
    api_app_id: edge.slack.appId,
    event: { type: 'message', channel: 'D1', channel_type: 'im', user: 'U1', text: 'help', ts: `${Math.random()}` },
    ...parts,
  });

describe('refused, and no handler runs', () => {
  const refusals: [
    name: string,
    ask: () => Promise<{ status: number; body: string }>,
    status: number,
    reason: string,
  ][] = [
    ['another secret', () => edge.slack.post({ body: event(), secret: 'not-the-secret' }), 401, 'signature'],
    ['a changed body', () => edge.slack.post({ body: event(), signedBody: event() }), 401, 'signature'],
    ['an old time', () => edge.slack.post({ body: event(), timestamp: seconds() - 301 }), 401, 'signature'],
    ['a future time', () => edge.slack.post({ body: event(), timestamp: seconds() + 310 }), 401, 'signature'],
    [
      'a time that is none',
      () => edge.slack.post({ body: event(), headers: { 'x-slack-request-timestamp': 'now' } }),
      401,
      'signature',
    ],
    [
      'a signature that is none',
      () => edge.slack.post({ body: event(), headers: { 'x-slack-signature': 'v0' } }),
      401,
      'signature',
    ],
    [
      'another algorithm',
      () => {
        const body = event();
        const digest = createHmac('sha1', edge.slack.signingSecret).update(`v0:${seconds()}:${body}`).digest('hex');
        return edge.slack.post({ body, headers: { 'x-slack-signature': `v0=${digest}` } });
      },
      401,
      'signature',
    ],
    ['half a body', () => edge.slack.post({ body: event().slice(0, 80) }), 400, 'malformed'],
    ['no JSON', () => edge.slack.post({ body: 'hello' }), 400, 'malformed'],
    [
      'a broken form',
      () => edge.slack.post({ body: 'payload=%7B', contentType: 'application/x-www-form-urlencoded' }),
      400,
      'malformed',
    ],
    ['5 MB', () => edge.slack.post({ body: event({ padding: 'x'.repeat(5_000_000) }) }), 413, 'too_large'],
    [
      'an event of another workspace',
      () => edge.slack.post({ body: event({ team_id: 'T0ELSEWHERE' }) }),
      401,
      'signature',
    ],
    ['another app', () => edge.slack.post({ body: event({ api_app_id: 'A0OTHER' }) }), 401, 'signature'],
  ];
  test.each(refusals)('%s', async (_name, ask, status, reason) => {
    const answer = await ask();
    expect(answer).toMatchObject({ status, body: '' });
    expect(edge.received).toEqual([]);
    expect(edge.refused).toEqual([`slack ${reason}`]);
  });

  test('unsigned', async () => {
    const answer = await fetch(edge.slack.requestUrl!, { method: 'POST', body: event() });
    expect([answer.status, await answer.text()]).toEqual([401, '']);
    expect(edge.received).toEqual([]);
  });

  test('the same signature again', async () => {
    const request = { body: event(), timestamp: seconds() };
    expect((await edge.slack.post(request)).status).toBe(200);
    expect((await edge.slack.post(request)).status).toBe(401);
    const headers = signed(request.body, edge.slack.signingSecret, request.timestamp);
    headers['x-slack-signature'] += '=again';
    expect((await edge.slack.post({ ...request, headers })).status).toBe(401);
    expect(edge.received).toHaveLength(1);
  });
});

describe('answered 200, noted and counted, and nothing is made of it', () => {
  const odd: [name: string, body: () => string, kind: 'json' | 'form'][] = [
    ['an unknown event', () => event({ event: { type: 'something_new', user: 'U1' } }), 'json'],
    ['an event that is not as described', () => event({ event: { type: 'message', channel: 'D1' } }), 'json'],
    ['an event that is null', () => event({ event: null }), 'json'],
    ['an empty object', () => '{}', 'json'],
    ['null', () => 'null', 'json'],
    ['a list', () => '[1]', 'json'],
    [
      'an interaction without a person',
      () => `payload=${JSON.stringify({ type: 'block_actions', actions: [{}] })}`,
      'form',
    ],
    [
      'an unknown view',
      () =>
        `payload=${JSON.stringify({ type: 'view_submission', user: { id: 'U1' }, view: { id: 'V', callback_id: 'x', private_metadata: '', state: { values: {} } } })}`,
      'form',
    ],
    ['an unknown command', () => 'command=/other&team_id=T1&user_id=U1&channel_id=C1&trigger_id=1', 'form'],
    ['JSON 20,000 deep', () => `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`, 'json'],
  ];
  test.each(odd)('%s', async (_name, body, kind) => {
    const contentType = kind === 'form' ? 'application/x-www-form-urlencoded' : 'application/json';
    expect(await edge.slack.post({ body: body(), contentType })).toMatchObject({ status: 200, body: '' });
    expect(edge.received).toEqual([]);
    expect(edge.refused).toEqual(['slack unknown']);
    expect(edge.logged.filter(({ level }) => level === 'info').map(({ message }) => message)).toEqual([
      'Slack: ignored something unknown',
    ]);
  });
});

test('Slack’s check of the address passes, for signed requests only', async () => {
  expect(await edge.slack.verifiesUrl()).toBe(true);
  const body = JSON.stringify({ type: 'url_verification', challenge: 'x' });
  expect((await edge.slack.post({ body, secret: 'other' })).status).toBe(401);
});

test('no stack trace and no word of anybody in the log', async () => {
  const { ada } = edge.slack.people;
  edge.recording = async () => {
    throw new Error('the disk is full');
  };
  const said = await edge.slack.says(ada, edge.slack.dm(ada), 'a very private word');
  expect(said).toMatchObject({ status: 500, body: '' });
  expect(JSON.stringify(edge.logged)).not.toContain('private word');
});

describe('the answer to Slack', () => {
  test('waits until the message is recorded', async () => {
    const { ada } = edge.slack.people;
    let release = () => {};
    let reached = () => {};
    const begun = new Promise<void>((resolve) => {
      reached = resolve;
    });
    edge.recording = () => {
      reached();
      return new Promise<void>((resolve) => {
        release = resolve;
      });
    };
    let answered = false;
    const said = edge.slack.says(ada, edge.slack.dm(ada), 'help').then((result) => {
      answered = true;
      return result;
    });
    await begun;
    // A whole other request goes through meanwhile, so this one was not merely slow.
    expect(await edge.slack.verifiesUrl()).toBe(true);
    expect(answered).toBe(false);
    release();
    expect((await said).status).toBe(200);
    expect(edge.received).toHaveLength(1);
  });

  test.each([
    ['a message', () => edge.slack.says(edge.slack.people.ada, edge.slack.dm(edge.slack.people.ada), 'help')],
    ['a mention', () => edge.slack.mentions(edge.slack.people.ada, edge.slack.channels.general, 'help')],
    ['a command', () => edge.slack.command(edge.slack.people.ada, edge.slack.channels.general, '/aws-help', 'help')],
    ['a greeting', async () => (await edge.slack.opensHome(edge.slack.people.ada, 'messages'))!],
  ])('is a 5xx when %s could not be recorded, and the next try is taken', async (_name, act) => {
    edge.recording = async () => {
      throw new Error('the store is down');
    };
    const first = await act();
    expect(first.status).toBe(500);
    edge.recording = async () => {};
    const sent = 'deliveries' in first ? (first as Said).deliveries[0]! : first;
    expect((await edge.slack.redelivers(sent)).status).toBe(200);
    expect(edge.received).toHaveLength(1);
    expect(edge.errors()).not.toEqual([]);
  });

  test('is a 503 once the bot stops', async () => {
    await edge.platform.stop();
    expect(await edge.slack.post({ body: event() })).toMatchObject({ status: 503 });
    expect(edge.received).toEqual([]);
  });
});
