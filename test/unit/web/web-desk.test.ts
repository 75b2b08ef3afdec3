import { buildDesk } from '../../fakes/build-desk';
import { type FakeDesk, startFakeDesk } from '../../fakes/desk-service';
import { Browser } from './browser';

let page: Awaited<ReturnType<typeof buildDesk>>;
let desk: FakeDesk;
let browser: Browser;
let keys = 0;
const key = () => `key-${String(++keys).padStart(6, '0')}`;

async function start(loopback = true): Promise<void> {
  desk = await startFakeDesk({ loopback, assets: page.assets });
  browser = new Browser(desk.port);
}
beforeAll(async () => {
  page = await buildDesk();
}, 60_000);
afterAll(() => page.remove());
beforeEach(() => start());
afterEach(() => desk.close());

const json = ({ body }: { body: string }) => JSON.parse(body);
const chatted = (count: number) => (seen: { event: string }[]) =>
  seen.filter(({ event }) => event === 'chat').length >= count;
const askForHelp = async () => {
  await browser.post('/api/chat/messages', { key: key(), name: 'Ada', press: 'ask_admin', turn: 1 });
  const stream = browser.events();
  await stream.until((seen) => seen.some(({ event }) => event === 'desk') || desk.tickets.size > 0);
  stream.close();
};

describe('the page', () => {
  it('is served with its client, its style and the official card renderer', async () => {
    for (const path of [
      '/',
      '/desk/main.js',
      '/desk/desk.css',
      '/desk/theme-first.js',
      '/desk/icon.svg',
      '/desk/adaptivecards.min.js',
    ]) {
      expect([path, (await browser.get(path)).status]).toEqual([path, 200]);
    }
  });

  it('gives each browser a conversation that scripts and other sites cannot use', async () => {
    const { headers } = await browser.get('/');
    const [cookie] = headers['set-cookie'] as string[];
    expect(cookie).toMatch(/^helpdesk_chat=[\w-]{22}; Max-Age=\d+; Path=\/; .*HttpOnly; SameSite=Strict$/);
    expect((await browser.get('/')).headers['set-cookie']).toBeUndefined();
    const other = new Browser(desk.port);
    other.cookie = 'helpdesk_chat=../../etc/passwd';
    expect((await other.get('/')).headers['set-cookie']).toBeDefined();
  });

  it.each(['/desk/../../../package.json', '/desk/%2e%2e/%2e%2e/package.json', '/desk/.tsbuildinfo', '/desk/'])(
    'serves nothing else: %s',
    async (path) => {
      expect((await browser.get(path)).status).toBeGreaterThanOrEqual(400);
    },
  );
});

describe('a message', () => {
  it('reaches the inbox as the employee of this browser', async () => {
    await browser.get('/');
    const conversation = browser.cookie.split('=')[1];
    const sent = key();
    const answer = await browser.post('/api/chat/messages', { key: sent, name: '  Ada   L ', text: 'lost my phone' });
    expect([answer.status, json(answer)]).toEqual([202, { status: 'recorded' }]);
    expect(desk.received).toEqual([
      {
        key: `web:${conversation}:${sent}`,
        platform: 'web',
        conversation,
        at: expect.any(Number),
        person: { id: `web:${conversation}`, name: 'Ada L', member: true },
        kind: 'text',
        text: 'lost my phone',
        secrets: [],
      },
    ]);
  });

  it('counts once, however often it is sent', async () => {
    const message = { key: key(), name: 'Ada', text: 'hello' };
    await browser.get('/');
    const answers = await Promise.all([1, 2, 3].map(() => browser.post('/api/chat/messages', message)));
    expect(
      answers
        .map(json)
        .map(({ status }) => status)
        .sort(),
    ).toEqual(['duplicate', 'duplicate', 'recorded']);
    expect(desk.received).toHaveLength(1);
  });

  it('does not collide with the same key of another browser', async () => {
    const message = { key: key(), name: 'Ada', text: 'hello' };
    await browser.post('/api/chat/messages', message);
    await new Browser(desk.port).post('/api/chat/messages', message);
    expect(desk.received).toHaveLength(2);
  });

  it('is rid of secrets before it is recorded', async () => {
    await browser.post('/api/chat/messages', { key: key(), name: 'Ada', text: 'my key is AKIAIOSFODNN7EXAMPLE' });
    await browser.post('/api/chat/files', { key: key(), name: 'Ada', file: 'AKIAIOSFODNN7EXAMPLE.csv' });
    expect(desk.received[0]).toMatchObject({ text: 'my key is [access key removed]', secrets: ['access_key'] });
    expect(JSON.stringify(desk.received)).not.toContain('AKIA');
  });

  it('may be a press of a button, or the name of a file, never its content', async () => {
    await browser.post('/api/chat/messages', { key: key(), name: 'Ada', press: 'choose:iam', turn: 3 });
    await browser.post('/api/chat/files', { key: key(), name: 'Ada', file: 'screen.png' });
    expect(desk.received).toMatchObject([
      { kind: 'press', press: 'choose:iam', turn: 3 },
      { kind: 'file', name: 'screen.png' },
    ]);
  });

  it.each([
    ['nothing', {}, /key/],
    ['no key', { name: 'Ada', text: 'x' }, /key/],
    ['a bad key', { key: 'a b', name: 'Ada', text: 'x' }, /key: a key is 8 to 64/],
    ['no name', { key: 'abcdefgh', name: ' ', text: 'x' }, /name: write a name/],
    ['text and press', { key: 'abcdefgh', name: 'Ada', text: 'x', press: 'y' }, /either text or press/],
    ['neither', { key: 'abcdefgh', name: 'Ada' }, /either text or press/],
    ['a number as text', { key: 'abcdefgh', name: 'Ada', text: 7 }, /text/],
    ['too much text', { key: 'abcdefgh', name: 'Ada', text: 'x'.repeat(16_001) }, /text: at most 16,000 characters/],
    ['an unknown field', { key: 'abcdefgh', name: 'Ada', text: 'x', admin: true }, /admin/],
    ['a list', [1], /./],
    ['broken JSON', '{"key":', /JSON/],
  ])('with %s is refused in words', async (_name, body, words) => {
    const answer = await browser.post('/api/chat/messages', body);
    expect(answer.status).toBe(400);
    expect(json(answer).error).toEqual({ code: 'bad_request', message: expect.stringMatching(words) });
    expect(desk.received).toEqual([]);
  });

  it('of 10,000 emoji is let in, of 64 KB is not', async () => {
    expect(
      (await browser.post('/api/chat/messages', { key: key(), name: 'Ada', text: '😀'.repeat(8_000) })).status,
    ).toBe(202);
    const tooLong = await browser.post('/api/chat/messages', { key: key(), name: 'Ada', text: 'x'.repeat(70_000) });
    expect([tooLong.status, json(tooLong).error.message]).toEqual([413, expect.stringContaining('too long')]);
  });

  it('that is not JSON is not read', async () => {
    const answer = await browser.post('/api/chat/messages', 'key=abcdefgh&name=Ada&text=x', {
      'Content-Type': 'application/x-www-form-urlencoded',
    });
    expect(answer.status).toBe(400);
  });
});

describe('a ticket', () => {
  it('is on the desk with its card, and takes actions of an administrator', async () => {
    await askForHelp();
    const [ticket] = json(await browser.get('/api/desk')).tickets;
    expect(ticket).toMatchObject({
      id: 1042,
      number: 'D-1042',
      state: 'open',
      closed: false,
      person: 'Ada',
      card: { type: 'AdaptiveCard' },
    });
    const answer = await browser.post('/api/tickets/1042/reply', {
      key: key(),
      name: 'Grace',
      text: ' Try again now. ',
    });
    expect(answer.status).toBe(202);
    expect(desk.received.at(-1)).toMatchObject({
      kind: 'ticket_action',
      ticket: 1042,
      action: 'reply',
      text: 'Try again now.',
      conversation: 'web:desk',
      person: { id: 'web:admin:grace', name: 'Grace', member: true },
    });
  });

  it.each([
    ['/api/tickets/1042/explode', { name: 'Grace' }, /action/],
    ['/api/tickets/abc/claim', { name: 'Grace' }, /id/],
    ['/api/tickets/-1/claim', { name: 'Grace' }, /id/],
    ['/api/tickets/1.5/claim', { name: 'Grace' }, /id/],
    ['/api/tickets/1042/reply', { name: 'Grace', text: '  ' }, /write something/],
    ['/api/tickets/1042/note', { name: 'Grace' }, /write something/],
    ['/api/tickets/1042/claim', { name: '' }, /name/],
    ['/api/tickets/1042/reply', { name: 'Grace', text: 'x'.repeat(4_001) }, /4,000/],
  ])('refuses %s with %j', async (path, body, words) => {
    const answer = await browser.post(path, { key: key(), ...body });
    expect([answer.status, json(answer).error.message]).toEqual([400, expect.stringMatching(words)]);
    expect(desk.received).toEqual([]);
  });

  it('takes a double press once', async () => {
    const press = { key: key(), name: 'Grace' };
    await browser.post('/api/tickets/1042/claim', press);
    expect(json(await browser.post('/api/tickets/1042/claim', press))).toEqual({ status: 'duplicate' });
    expect(desk.received).toHaveLength(1);
  });
});

describe('the event stream', () => {
  it('brings what is said in this conversation, and no other', async () => {
    await browser.get('/');
    const other = new Browser(desk.port);
    await other.get('/');
    const stream = browser.events();
    const theirs = other.events();
    await other.post('/api/chat/messages', { key: key(), name: 'Bob', text: 'bob speaking' });
    await theirs.until(chatted(2));
    await browser.post('/api/chat/messages', { key: key(), name: 'Ada', text: 'ada speaking' });
    const seen = await stream.until(chatted(2));
    expect(seen[0]).toEqual({ event: 'hello', data: '{}', id: null });
    expect(seen.filter(({ event }) => event === 'chat').map(({ data }) => JSON.parse(data))).toMatchObject([
      { from: 'person', text: 'ada speaking', card: null },
      { from: 'bot', card: { type: 'AdaptiveCard' } },
    ]);
    stream.close();
    theirs.close();
  });

  it('goes on where the browser left off, by Last-Event-ID or by what the page asks for', async () => {
    await browser.get('/');
    const first = browser.events();
    await browser.post('/api/chat/messages', { key: key(), name: 'Ada', text: 'one' });
    const seen = await first.until(chatted(2));
    first.close();
    const last = seen.at(-1)!.id!;
    await browser.post('/api/chat/messages', { key: key(), name: 'Ada', text: 'said while away' });
    for (const open of [
      () => browser.events('?after=1', { 'Last-Event-ID': last }),
      () => browser.events(`?after=${last}`),
    ]) {
      const again = open();
      const missed = (await again.until(chatted(2)))
        .filter(({ event }) => event === 'chat')
        .map(({ data }) => JSON.parse(data));
      expect(missed.map(({ from, text }) => [from, text])).toEqual([
        ['person', 'said while away'],
        ['bot', expect.any(String)],
      ]);
      again.close();
    }
  });

  it('brings all of the log to a browser without a past, and takes nonsense for none', async () => {
    await browser.post('/api/chat/messages', { key: key(), name: 'Ada', text: 'one' });
    for (const after of ['', '?after=-5', '?after=abc', '?after=1&after=2', '?after=9e99']) {
      const stream = browser.events(after);
      expect((await stream.until(chatted(2))).filter(({ event }) => event === 'chat')).toHaveLength(2);
      stream.close();
    }
  });

  it('tells every desk of a new ping', async () => {
    const stream = browser.events();
    await stream.until((seen) => seen.length > 0);
    await desk.web.desk.ping({ kind: 'ping', destination: 'desk', ticket: 7, what: 'opened' });
    const seen = await stream.until((events) => events.some(({ event }) => event === 'desk'));
    expect(seen.at(-1)).toEqual({ event: 'desk', data: '{"ticket":7}', id: null });
    stream.close();
  });

  it('shows each entry once, in order, however many notices come at once', async () => {
    await browser.get('/');
    const conversation = browser.cookie.split('=')[1]!;
    const stream = browser.events();
    await stream.until((seen) => seen.length > 0);
    await Promise.all(
      Array.from({ length: 50 }, (_, n) => desk.say(conversation, { from: 'admin', name: 'Grace', text: `line ${n}` })),
    );
    const seen = (await stream.until(chatted(50))).filter(({ event }) => event === 'chat');
    expect(seen.map(({ data }) => JSON.parse(data).text)).toEqual(Array.from({ length: 50 }, (_, n) => `line ${n}`));
    stream.close();
  });
});

describe('the guard', () => {
  const paths = ['/', '/desk/main.js', '/api/chat', '/api/desk', '/api/events'];

  it.each(paths)('closes %s on an address that others can reach, with reason and remedy', async (path) => {
    await desk.close();
    await start(false);
    const answer = await browser.get(path, { Accept: 'text/html' });
    expect(answer.status).toBe(403);
    expect(answer.body).toMatch(/no sign-in/);
    expect(answer.body).toMatch(/HOST=127\.0\.0\.1/);
    expect(answer.headers['content-type']).toMatch(path.startsWith('/api') ? /json/ : /html/);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('closes every way to write there too, and leaves the rest of the service open', async () => {
    await desk.close();
    await start(false);
    for (const path of ['/api/chat/messages', '/api/chat/files', '/api/tickets/1/claim']) {
      expect((await browser.post(path, { key: key(), name: 'Ada', text: 'x' })).status).toBe(403);
    }
    expect(desk.received).toEqual([]);
    expect((await browser.get('/healthz')).status).toBe(200);
    expect((await browser.post('/api/messages', {})).status).toBe(404);
    expect((await browser.post('/slack/events', {})).status).toBe(404);
  });

  it.each([
    'evil.example',
    'evil.example:3978',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    '192.168.0.7',
    '0.0.0.0',
  ])('refuses the host name %j (DNS rebinding)', async (host) => {
    for (const path of paths) expect([path, (await browser.get(path, { Host: host })).status]).toEqual([path, 403]);
  });

  it.each(['localhost', 'LOCALHOST:80', '127.0.0.1:9', '[::1]:3978'])('accepts the host name %s', async (host) => {
    expect((await browser.get('/api/chat', { Host: host })).status).toBe(200);
  });

  it.each([
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
    { Origin: 'http://127.0.0.1:1' },
    { Origin: 'http://localhost' },
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
  ])('refuses a post from another site: %j', async (headers) => {
    const answer = await browser.post('/api/tickets/1042/claim', { key: key(), name: 'Grace' }, headers);
    expect([answer.status, json(answer).error.code]).toEqual([403, 'foreign_origin']);
    expect(desk.received).toEqual([]);
  });

  it('accepts the page’s own posts', async () => {
    const headers = { Origin: `http://127.0.0.1:${desk.port}`, 'Sec-Fetch-Site': 'same-origin' };
    expect((await browser.post('/api/chat/messages', { key: key(), name: 'Ada', text: 'x' }, headers)).status).toBe(
      202,
    );
  });

  it('keeps tickets and chats out of every cache', async () => {
    for (const path of ['/', '/api/chat', '/api/desk'])
      expect((await browser.get(path)).headers['cache-control']).toBe('no-store');
  });
});
