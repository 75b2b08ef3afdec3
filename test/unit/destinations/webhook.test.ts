import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook as Receiver } from 'standardwebhooks';
import { webhooksOf } from '../../../src/core/routes';
import { WebhookDestination } from '../../../src/destinations';
import { type DestinationEdge, destinationEdge, pingTo, wordsTo } from '../../builders/destinations';

const secret = `whsec_${Buffer.from('a secret of at least twenty-four bytes').toString('base64')}`;

interface Call {
  headers: IncomingHttpHeaders;
  body: string;
}

let edge: DestinationEdge;
let server: Server;
let calls: Call[];
let answer: (response: ServerResponse) => void;
let hook: WebhookDestination;

beforeEach(async () => {
  edge = await destinationEdge();
  calls = [];
  answer = (response) => response.writeHead(204).end();
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      calls.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?key=hunter2`;
  hook = new WebhookDestination(new Map([['jira', { url, secret }]]), edge.parts);
});
afterEach(async () => {
  await edge.store.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const place = 'webhook:jira';
const events = () => calls.map(({ body }) => JSON.parse(body) as { type: string } & Record<string, unknown>);

/** The specification's own library, at the time the bot believes it to be. */
function verified({ headers, body }: Call): unknown {
  const now = jest.spyOn(Date, 'now').mockReturnValue(edge.parts.clock.now());
  try {
    return new Receiver(secret).verify(body, headers as Record<string, string>);
  } finally {
    now.mockRestore();
  }
}

describe('a ticket by webhook', () => {
  test('is signed so that the specification’s own library accepts it, and nothing else', async () => {
    expect(await hook.ping(pingTo(place), 'k1')).toEqual({ kind: 'sent' });
    const [call] = calls as [Call];
    expect(verified(call)).toMatchObject({
      type: 'ticket.opened',
      timestamp: '2026-12-01T10:00:00.000Z',
      ticket: { number: 'D-1042', state: 'open', person: { name: 'Ada' }, words: ['lost my phone'] },
    });
    expect(() => verified({ ...call, body: call.body.replace('D-1042', 'D-1043') })).toThrow();
    expect(() => verified({ ...call, headers: { ...call.headers, 'webhook-timestamp': '1700000000' } })).toThrow();
    expect(() => verified({ ...call, headers: { ...call.headers, 'webhook-id': 'msg_other' } })).toThrow();
  });

  test('the same news has the same id however often it is sent, and other news another', async () => {
    await hook.ping(pingTo(place), 'k1');
    await hook.ping(pingTo(place), 'k1');
    await hook.ping(pingTo(place, 'updated'), 'k2');
    const ids = calls.map(({ headers }) => headers['idempotency-key']);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(calls.map(({ headers }) => headers['webhook-id'])).toEqual(ids);
  });

  test('tells what happens to it, and what is written', async () => {
    edge.ticket({ version: 2, state: 'claimed', claimedBy: 'Grace' });
    await hook.ping(pingTo(place, 'updated'), 'k1');
    const line = { from: 'person' as const, name: 'Ada', text: 'any news?', files: [] };
    await hook.thread(wordsTo(place, line), 'k2');
    await hook.thread(wordsTo(place, line, 'gone'), 'k3');
    edge.ticket({ version: 3, state: 'resolved' });
    await hook.ping(pingTo(place, 'updated'), 'k4');
    expect(events().map(({ type }) => type)).toEqual([
      'ticket.updated',
      'ticket.message',
      'ticket.message',
      'ticket.closed',
    ]);
    expect(events()[1]!.message).toEqual({
      id: 'w1',
      what: 'new',
      from: 'employee',
      name: 'Ada',
      text: 'any news?',
      files: [],
    });
    expect(events()[2]!.message).toEqual({ id: 'w1', what: 'gone', from: 'employee' });
  });

  test('no secret and no control character leaves', async () => {
    edge.ticket({
      words: ['my key is AKIAIOSFODNN7EXAMPLE \u001b[31m'],
      person: { name: 'Eve\u202e', id: 'e', platform: 'slack' },
    });
    await hook.ping(pingTo(place), 'k1');
    expect(calls[0]!.body).not.toContain('AKIAIOSFODNN7EXAMPLE');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is what is tested
    expect(JSON.stringify(events())).not.toMatch(/\\u001b|\u202e|\u001b/);
  });

  test('a ticket that is gone, and a webhook nobody named', async () => {
    edge.ticket({ id: 7 });
    expect(await hook.ping(pingTo(place), 'k1')).toEqual({ kind: 'sent' });
    edge.ticket();
    expect(await hook.ping(pingTo('webhook:other'), 'k1')).toMatchObject({ kind: 'permanent' });
    expect(calls).toEqual([]);
  });
});

describe('when the other side does not take it', () => {
  test.each([
    [400, {}, { kind: 'permanent', error: 'the webhook answers 400' }],
    [401, {}, { kind: 'permanent', error: 'the webhook answers 401' }],
    [410, {}, { kind: 'permanent', error: 'the webhook answers 410' }],
    [302, { location: 'http://169.254.169.254/' }, { kind: 'permanent', error: 'the webhook answers 302' }],
    [408, {}, { kind: 'temporary', error: 'the webhook answers 408' }],
    [500, {}, { kind: 'temporary', error: 'the webhook answers 500' }],
    [429, { 'retry-after': '7' }, { kind: 'temporary', error: 'the webhook answers 429', retryAfter: 7000 }],
    [
      503,
      { 'retry-after': 'Tue, 01 Dec 2026 10:00:30 GMT' },
      { kind: 'temporary', error: 'the webhook answers 503', retryAfter: 30_000 },
    ],
    [503, { 'retry-after': '999999' }, { kind: 'temporary', error: 'the webhook answers 503', retryAfter: 900_000 }],
    [503, { 'retry-after': 'soon' }, { kind: 'temporary', error: 'the webhook answers 503' }],
  ])('%d %j', async (status, headers, expected) => {
    answer = (response) => response.writeHead(status, headers).end('x'.repeat(100_000));
    expect(await hook.ping(pingTo(place), 'k1')).toEqual(expected);
    expect(calls).toHaveLength(1);
  });

  test('a cut line, and nobody there: no word of the address, which may hold a secret', async () => {
    answer = (response) => response.destroy();
    const cut = await hook.ping(pingTo(place), 'k1');
    expect(cut).toEqual({ kind: 'temporary', error: 'the webhook jira cannot be reached (UND_ERR_SOCKET)' });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    const gone = await hook.ping(pingTo(place), 'k1');
    expect(gone).toEqual({ kind: 'temporary', error: 'the webhook jira cannot be reached (ECONNREFUSED)' });
    await new Promise<void>((resolve) => server.listen(0, resolve));
  });
});

test('secrets come from the environment, and what is missing is named', () => {
  const destinations = {
    jira: { webhook: { url: 'https://example.com/a', secret_env: 'JIRA_SECRET' } },
    pager: { webhook: { url: 'https://example.com/b', secret_env: 'PAGER_SECRET' } },
    room: { slack: 'C1' },
  };
  const { webhooks, missing } = webhooksOf({ destinations }, { JIRA_SECRET: ' s ', PAGER_SECRET: ' ' });
  expect([...webhooks]).toEqual([['jira', { url: 'https://example.com/a', secret: 's' }]]);
  expect(missing).toEqual([{ destination: 'pager', variable: 'PAGER_SECRET' }]);
});
