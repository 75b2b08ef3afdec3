import { buildDesk } from '../../builders/build-desk';
import { type DeskOptions, type RunningDesk, startDesk } from '../../builders/desk';
import { HttpBrowser } from '../../builders/http-browser';
import { brokenDisk, withMethods } from '../../fakes/store-edge';

let page: Awaited<ReturnType<typeof buildDesk>>;
let desk: RunningDesk;
let browser: HttpBrowser;
let keys = 0;
const key = () => `key-${String(++keys).padStart(6, '0')}`;

async function start(options: Partial<DeskOptions> = {}): Promise<void> {
  desk = await startDesk({ assets: page.assets, ...options });
  browser = new HttpBrowser(desk.port);
}
async function restart(options: Partial<DeskOptions>): Promise<void> {
  await desk.stop();
  await start(options);
}
// Without a built model the classifier is trained first.
beforeAll(async () => {
  page = await buildDesk();
  await start();
  await desk.stop();
}, 180_000);
afterAll(() => page.remove());
beforeEach(() => start());
afterEach(() => desk.stop());

const json = ({ body }: { body: string }) => JSON.parse(body);
const chatted = (count: number) => (seen: { event: string }[]) =>
  seen.filter(({ event }) => event === 'chat').length >= count;

const say = async (text: string, name = 'Ada', from = browser) => {
  const answer = await from.post('/api/chat/messages', { key: key(), name, text });
  await desk.idle();
  return answer;
};
const act = async (action: string, text = '', name = 'Grace') => {
  const answer = await browser.post(`/api/tickets/1001/${action}`, { key: key(), name, text });
  await desk.idle();
  return answer;
};
/** The chat log of a browser, as its page reads it. */
const log = async (of = browser): Promise<{ id: number; from: string; name: string | null; text: string }[]> => {
  await desk.idle();
  return json(await of.get('/api/chat')).entries;
};
const saidBy = async (from: string, of = browser) =>
  (await log(of)).filter((line) => line.from === from).map(({ text }) => text);
const ticket = async () => json(await browser.get('/api/desk')).tickets[0];
const askForHelp = async (name = 'Ada') => {
  await say('lost my phone, no mfa for aws, iam user i think', name);
  await say('ask my admin', name);
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
    const other = new HttpBrowser(desk.port);
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
  it('reaches the bot as the employee of this browser', async () => {
    await browser.get('/');
    const conversation = browser.cookie.split('=')[1];
    const answer = await say('lost my phone, no mfa for aws, iam user i think', '  Ada   L ');
    expect([answer.status, json(answer)]).toEqual([202, { status: 'recorded' }]);
    expect(await log()).toMatchObject([
      { from: 'person', text: 'lost my phone, no mfa for aws, iam user i think' },
      { from: 'bot', text: expect.stringContaining('Only an administrator') },
    ]);
    await say('ask my admin', '  Ada   L ');
    expect((await desk.store.ticket(1001))?.details).toMatchObject({
      person: { id: `web:${conversation}`, name: 'Ada L', member: true },
      platform: 'web',
    });
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
    expect(await saidBy('person')).toEqual(['hello']);
  });

  it('does not collide with the same key of another browser', async () => {
    const message = { key: key(), name: 'Ada', text: 'hello' };
    const other = new HttpBrowser(desk.port);
    await browser.post('/api/chat/messages', message);
    await other.post('/api/chat/messages', message);
    expect([await saidBy('person'), await saidBy('person', other)]).toEqual([['hello'], ['hello']]);
  });

  it('is rid of secrets before it is recorded, whoever wrote it and wherever', async () => {
    const secret = 'AKIAIOSFODNN7EXAMPLE';
    await say(`my key is ${secret}`);
    await browser.post('/api/chat/files', { key: key(), name: secret, file: `${secret}.csv` });
    await askForHelp(`Ada ${secret}`);
    await act('reply', `use ${secret}`);
    await act('note', secret);
    expect((await saidBy('person'))[0]).toBe('my key is [removed: aws-key]');
    expect((await saidBy('bot'))[0]).toMatch(/held an AWS access key. I removed it before anything was stored/);
    expect(await saidBy('admin')).toEqual(['use [removed: aws-key]']);
    const everything = [await log(), await ticket(), await desk.store.ticket(1001), await desk.store.history(1001)];
    expect(JSON.stringify(everything)).not.toContain('AKIA');
  });

  it('may be a press of a button, or the name of a file, never its content', async () => {
    await browser.post('/api/chat/messages', { key: key(), name: 'Ada', press: 'hello' });
    await desk.idle();
    await browser.post('/api/chat/messages', { key: key(), name: 'Ada', press: 'choose:mfa.lost', turn: 1 });
    await desk.idle();
    await browser.post('/api/chat/files', { key: key(), name: 'Ada', file: 'screen.png' });
    expect(await saidBy('person')).toEqual(['Lost or broken MFA device', '(file: screen.png)']);
    expect((await saidBy('bot'))[2]).toMatch(/cannot read files/);
  });

  it('from a button of an older turn is answered with where we are now', async () => {
    await say('lost my phone, no mfa for aws, iam user i think');
    await browser.post('/api/chat/messages', { key: key(), name: 'Ada', press: 'ask_admin', turn: 0 });
    expect((await saidBy('bot'))[1]).toMatch(/^That button belongs to an earlier step/);
    expect(await ticket()).toBeUndefined();
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
    expect(await log()).toEqual([]);
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
    expect(await ticket()).toMatchObject({
      id: 1001,
      number: 'D-1001',
      state: 'open',
      closed: false,
      person: 'Ada',
      title: 'Lost or broken MFA device',
      card: { type: 'AdaptiveCard' },
    });
    expect((await act('reply', ' Try again now. ')).status).toBe(202);
    expect((await log()).at(-1)).toMatchObject({ from: 'admin', name: 'Grace', text: 'Try again now.' });
    expect(
      (await ticket()).history.map(({ actor, what, text }: Record<string, string>) => [actor, what, text]),
    ).toEqual([
      ['Ada', 'opened the ticket', 'lost my phone, no mfa for aws, iam user i think'],
      ['Grace', 'replied', 'Try again now.'],
    ]);
  });

  it.each([
    ['/api/tickets/1001/explode', { name: 'Grace' }, /action/],
    ['/api/tickets/abc/claim', { name: 'Grace' }, /id/],
    ['/api/tickets/-1/claim', { name: 'Grace' }, /id/],
    ['/api/tickets/1.5/claim', { name: 'Grace' }, /id/],
    ['/api/tickets/1001/reply', { name: 'Grace', text: '  ' }, /write something/],
    ['/api/tickets/1001/note', { name: 'Grace' }, /write something/],
    ['/api/tickets/1001/claim', { name: '' }, /name/],
    ['/api/tickets/1001/reply', { name: 'Grace', text: 'x'.repeat(4_001) }, /4,000/],
  ])('refuses %s with %j', async (path, body, words) => {
    await askForHelp();
    const before = await ticket();
    const answer = await browser.post(path, { key: key(), ...body });
    await desk.idle();
    expect([answer.status, json(answer).error.message]).toEqual([400, expect.stringMatching(words)]);
    expect(await ticket()).toEqual(before);
  });

  it('takes a double press once, and a late one not at all', async () => {
    await askForHelp();
    const press = { key: key(), name: 'Grace' };
    await browser.post('/api/tickets/1001/claim', press);
    expect(json(await browser.post('/api/tickets/1001/claim', press))).toEqual({ status: 'duplicate' });
    await act('claim', '', 'Alan');
    expect((await ticket()).history.map(({ actor, what }: Record<string, string>) => `${actor} ${what}`)).toEqual([
      'Ada opened the ticket',
      'Grace claimed it',
    ]);
    expect((await saidBy('bot')).filter((text) => /has taken your request/.test(text))).toHaveLength(1);
  });

  it('of a number that does not exist changes nothing', async () => {
    expect((await act('claim')).status).toBe(202);
    expect(await ticket()).toBeUndefined();
    expect(desk.failures).toEqual([]);
  });

  it('tells the administrators what the employee has been told, in every state', async () => {
    await askForHelp();
    const both = async () => [(await ticket()).told, (await log()).at(-1)!.text];
    expect(await both()).toEqual([
      'Ada knows that the request is here, and waits for somebody to take it.',
      expect.stringContaining('I will tell you here as soon as somebody takes it'),
    ]);
    await act('claim');
    expect(await both()).toEqual([
      'Ada knows that Grace is on it.',
      'Grace has taken your request D-1001 and will write to you here.',
    ]);
    await act('not_mine');
    await act('note', 'not for the employee');
    expect(await both()).toEqual([
      'Ada knows that this waits for somebody else now.',
      expect.stringContaining('D-1001 waits for somebody else now'),
    ]);
    await act('reply', 'Are you there?', 'Alan');
    expect(await both()).toEqual(['Ada has the reply, and it is their turn to answer.', 'Are you there?']);
    await say('yes i am, at my desk');
    expect(await both()).toEqual(['Ada has written back and waits for Alan.', 'yes i am, at my desk']);
    await act('resolve', 'the device is gone', 'Grace');
    expect(await both()).toEqual([
      'Ada knows that Grace marked this as solved, and can say so if still stuck.',
      expect.stringMatching(
        /^Grace has marked your request D-1001 as solved: the device is gone. If you are still stuck/,
      ),
    ]);
  });

  it('that is taken back says so to both', async () => {
    await askForHelp();
    await say('that worked');
    expect((await ticket()).told).toBe('Ada took the request back, and nobody is waited for any more.');
    expect((await ticket()).closed).toBe(true);
    expect((await saidBy('bot')).at(-1)).toMatch(
      /^Good to hear. I have told .* that your request D-1001 is no longer needed.$/,
    );
  });
});

describe('the event stream', () => {
  it('brings what is said in this conversation, and no other', async () => {
    await browser.get('/');
    const other = new HttpBrowser(desk.port);
    await other.get('/');
    const stream = browser.events();
    const theirs = other.events();
    await say('forgot my password', 'Bob', other);
    await theirs.until(chatted(2));
    await say('lost my phone');
    const seen = await stream.until(chatted(2));
    expect(seen[0]).toEqual({ event: 'hello', data: '{}', id: null });
    expect(seen.filter(({ event }) => event === 'chat').map(({ data }) => JSON.parse(data))).toMatchObject([
      { from: 'person', text: 'lost my phone', card: null },
      { from: 'bot', card: { type: 'AdaptiveCard' } },
    ]);
    stream.close();
    theirs.close();
  });

  it('goes on where the browser left off, by Last-Event-ID or by what the page asks for', async () => {
    await browser.get('/');
    const first = browser.events();
    await say('lost my phone');
    const seen = await first.until(chatted(2));
    first.close();
    const last = seen.at(-1)!.id!;
    await say('iam user');
    for (const open of [
      () => browser.events('?after=1', { 'Last-Event-ID': last }),
      () => browser.events(`?after=${last}`),
    ]) {
      const again = open();
      const missed = (await again.until(chatted(2)))
        .filter(({ event }) => event === 'chat')
        .map(({ data }) => JSON.parse(data));
      expect(missed.map(({ from, text }) => [from, text])).toEqual([
        ['person', 'iam user'],
        ['bot', expect.any(String)],
      ]);
      again.close();
    }
  });

  it('brings all of the log to a browser without a past, and takes nonsense for none', async () => {
    await say('lost my phone');
    for (const after of ['', '?after=-5', '?after=abc', '?after=1&after=2', '?after=9e99']) {
      const stream = browser.events(after);
      expect((await stream.until(chatted(2))).filter(({ event }) => event === 'chat')).toHaveLength(2);
      stream.close();
    }
  });

  it('tells every desk of a new ping and of each change', async () => {
    const admin = new HttpBrowser(desk.port);
    const stream = admin.events();
    await stream.until((seen) => seen.length > 0);
    await askForHelp();
    await act('claim');
    const pings = (seen: { event: string }[]) => seen.filter(({ event }) => event === 'desk');
    const seen = await stream.until((events) => pings(events).length === 2);
    expect(pings(seen)[0]).toEqual({ event: 'desk', data: '{"ticket":1001}', id: null });
    stream.close();
  });

  it('tells whoever was too late, by the name they act under', async () => {
    const admin = new HttpBrowser(desk.port);
    const stream = admin.events();
    await stream.until((seen) => seen.length > 0);
    await askForHelp();
    await act('claim');
    await admin.post('/api/tickets/1001/claim', { key: 'key-of-alan', name: '  Alan   T. ' });
    const seen = await stream.until((events) => events.some(({ event }) => event === 'notice'));
    const notices = seen.filter(({ event }) => event === 'notice').map(({ data }) => JSON.parse(data));
    expect(notices).toEqual([
      {
        key: expect.stringContaining('key-of-alan'),
        name: 'Alan T.',
        text: 'Nothing changed: D-1001 is no longer waiting for that. It is now: claimed, with Grace.',
      },
    ]);
    stream.close();
  });

  it('shows each entry once, in order, however many come at once', async () => {
    await askForHelp();
    const before = (await log()).length;
    const stream = browser.events();
    await stream.until(chatted(before));
    await Promise.all(Array.from({ length: 30 }, (_, n) => act('reply', `line ${n}`)));
    const seen = (await stream.until(chatted(before + 30))).filter(({ event }) => event === 'chat');
    const shown = seen.map(({ data }) => JSON.parse(data).id);
    expect(shown).toEqual((await log()).map(({ id }) => id));
    expect(shown).toEqual([...shown].sort((a, b) => a - b));
    stream.close();
  });
});

describe('a store that fails', () => {
  const post = () =>
    browser.post('/api/chat/messages', { key: key(), name: 'Ada', text: 'lost my mfa device, iam user' });

  it('is told in words, without its reason, and the message is not promised', async () => {
    await restart({
      around: (store) => withMethods(store, { record: brokenDisk, chat: brokenDisk, tickets: brokenDisk }),
    });
    for (const answer of [await post(), await browser.get('/api/chat'), await browser.get('/api/desk')]) {
      expect([answer.status, json(answer).error.code]).toEqual([500, 'internal']);
      expect(answer.body).not.toContain('secret');
    }
    expect((await browser.get('/readyz')).status).toBe(503);
    expect(desk.failures).toContainEqual(expect.stringContaining('disk I/O error'));
  });

  it('in the middle of a turn makes the bot apologise, and the next turn goes on', async () => {
    let isBroken = true;
    await restart({
      around: (store) =>
        withMethods(store, { commitTurn: (turn) => (isBroken ? brokenDisk() : store.commitTurn(turn)) }),
    });
    await post();
    expect((await saidBy('bot'))[0]).toMatch(/Something went wrong on my side \([0-9a-f]{8}\)/);
    isBroken = false;
    await post();
    expect((await saidBy('bot'))[1]).toMatch(/Only an administrator/);
  });
});

describe('the guard', () => {
  const paths = ['/', '/desk/main.js', '/api/chat', '/api/desk', '/api/events'];

  it.each(paths)('closes %s on an address that others can reach, with reason and remedy', async (path) => {
    await restart({ loopback: false });
    const answer = await browser.get(path, { Accept: 'text/html' });
    expect(answer.status).toBe(403);
    expect(answer.body).toMatch(/no sign-in/);
    expect(answer.body).toMatch(/HOST=127\.0\.0\.1/);
    expect(answer.headers['content-type']).toMatch(path.startsWith('/api') ? /json/ : /html/);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('closes every way to write there too, and leaves the rest of the service open', async () => {
    await restart({ loopback: false });
    for (const path of ['/api/chat/messages', '/api/chat/files', '/api/tickets/1/claim']) {
      expect((await browser.post(path, { key: key(), name: 'Ada', text: 'x' })).status).toBe(403);
    }
    expect(await desk.store.pending()).toEqual([]);
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
    await askForHelp();
    const answer = await browser.post('/api/tickets/1001/claim', { key: key(), name: 'Grace' }, headers);
    await desk.idle();
    expect([answer.status, json(answer).error.code]).toEqual([403, 'foreign_origin']);
    expect((await ticket()).state).toBe('open');
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
