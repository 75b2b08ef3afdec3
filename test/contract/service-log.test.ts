import { createLog } from '../../src/log';
import { type WatchedService, watchService } from '../builders/watched-service';
import { withMethods } from '../fakes/store-edge';

/** What people write is in no log line, at whatever level, and whatever goes wrong. */
const canaries = ['canaryword', 'canary-name', 'canaryreply', 'canarynote'];

let watched: WatchedService;

const conversation = async (): Promise<void> => {
  await watched.says('canaryword lost my phone, iam user');
  await watched.says('lost my phone, iam user canaryword');
  await watched.presses('ask_admin');
};

const expectNoCanary = () => {
  const log = watched.log().toLowerCase();
  expect(log.length).toBeGreaterThan(0);
  for (const canary of canaries) expect(log).not.toContain(canary);
};

test('when all goes well', async () => {
  watched = await watchService();
  await conversation();
  await watched.acts(1001, 'claim');
  await watched.acts(1001, 'reply', 'canaryreply');
  await watched.acts(1001, 'note', 'canarynote');
  await watched.service.stop();
  expectNoCanary();
});

test('when turns throw', async () => {
  watched = await watchService({
    around: (store) =>
      withMethods(store, {
        commitTurn: async (turn) => {
          throw Object.assign(new Error('the disk is full'), { turn, parameters: [turn.said] });
        },
      }),
  });
  await conversation();
  await watched.service.stop();
  const failed = watched
    .log()
    .split('\n')
    .filter((line) => line.includes('turn failed'));
  expect(failed.length).toBeGreaterThanOrEqual(3);
  expect(JSON.parse(failed[0]!)).toMatchObject({
    level: 50,
    reference: expect.stringMatching(/^[0-9a-f]{8}$/),
    conversation: expect.any(String),
    err: { type: 'Error', message: 'the disk is full', stack: expect.any(String) },
  });
  expectNoCanary();
});

test('when a request cannot be read', async () => {
  watched = await watchService();
  await watched.browser.post('/api/chat/messages', '{"text": canaryword');
  await watched.browser.post('/api/chat/messages', { text: 'canaryword', name: 'Canary-Name', key: '1' });
  await watched.service.stop();
  expectNoCanary();
});

test('of an error only its place, code and cause are kept', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  const inner = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', config: { headers: { token: 'xoxb-1' } } });
  const outer = Object.assign(new TypeError('no answer', { cause: inner }), {
    statusCode: 502,
    request: { authorization: 'Bearer 2' },
    response: { body: 'canaryword' },
  });
  log.warn({ err: outer, error: outer, ticket: 1001 }, 'delivery failed');
  log.warn({ err: 'a word', error: 'in words' }, 'delivery failed');
  log.warn({ headers: { authorization: 'Bearer 3' }, reply: { text: 'canaryword' } }, 'by mistake');
  const [first, second] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(first!.err).toEqual({
    type: 'TypeError',
    message: 'no answer',
    status: 502,
    stack: expect.any(String),
    cause: { type: 'Error', message: 'refused', code: 'ECONNREFUSED', stack: expect.any(String) },
  });
  expect(first).toMatchObject({ ticket: 1001, error: first!.err });
  expect(second).toMatchObject({ err: { message: 'a word' }, error: 'in words' });
  expect(lines.join('')).not.toMatch(/xoxb|Bearer|canaryword/);
});
