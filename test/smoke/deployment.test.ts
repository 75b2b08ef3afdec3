import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { repository } from '../builders/bot';
import { type Deployed, type Deployment, makeDeployment } from '../builders/deployment';
import { HttpBrowser } from '../builders/http-browser';
import { noPostgres, startPostgres, type TestServer } from '../builders/postgres';
import { FakeSlack } from '../fakes/slack/slack';
import { FakeTeams } from '../fakes/teams/teams';

/**
 * What a deployment runs, from outside: the image if SMOKE_IMAGE names one, else the files it is made of. Libraries are
 * bundled there, so everything that one of them does for us has to be seen to work.
 */
let deployment: Deployment;
let running: Deployed | null = null;
beforeAll(() => {
  deployment = makeDeployment();
  process.stderr.write(`${deployment.name}\n`);
}, 120_000);
afterEach(async () => {
  await running?.end('SIGKILL');
  running = null;
});
afterAll(() => deployment.remove());

const begin = async (settings: Record<string, string>): Promise<Deployed> => {
  running = await deployment.start(settings);
  return running;
};
const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> => {
  const code = await running!.end(signal);
  running = null;
  return code;
};
const read = async (url: string): Promise<{ status: number; text: string }> => {
  const response = await fetch(url);
  return { status: response.status, text: await response.text() };
};

test('the web desk is served with everything it loads, and answers', async () => {
  const { url, readyMs } = await begin({});
  process.stderr.write(`ready after ${Math.round(readyMs)} ms\n`);
  const page = await read(url);
  expect(page).toMatchObject({ status: 200, text: expect.stringContaining('<html') });
  const parts = [...page.text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path!);
  expect(parts.length).toBeGreaterThan(3);
  for (const part of parts) expect(await read(new URL(part, url).href)).toMatchObject({ status: 200 });

  const browser = new HttpBrowser(Number(new URL(url).port));
  await browser.post('/api/chat/messages', { key: 'smoke-0001', name: 'Ada', text: 'lost my phone, iam user' });
  const reply = async () => (await browser.get('/api/chat')).body;
  while (!(await reply()).includes('"bot"'));
  expect(await reply()).toContain('administrator');
  expect(await read(`${url}metrics`)).toMatchObject({
    status: 200,
    text: expect.stringContaining('helpdesk_store_up 1'),
  });
  expect(await end('SIGTERM')).toBe(0);
}, 120_000);

test('on all addresses the desk is closed, and health is still told', async () => {
  const { url } = await begin({ HOST: '0.0.0.0' });
  expect(await read(url)).toMatchObject({ status: 403 });
  expect(await read(`${url}healthz`)).toMatchObject({ status: 200 });
}, 120_000);

test('Slack and Teams are served, with signatures and tokens', async () => {
  const manifest: unknown = parse(readFileSync(join(repository, 'manifests/slack.yaml'), 'utf8'));
  const slack = await FakeSlack.start({ manifest });
  const teams = await FakeTeams.start();
  try {
    const { url } = await begin({
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_API_URL: slack.apiUrl,
      ...teams.settings(),
    });
    slack.requestUrl = `${url}slack/events`;
    teams.deliversTo(`${url}api/messages`);
    const { ada } = slack.people;
    await slack.says(ada, slack.dm(ada), 'lost my phone, iam user');
    const post = await slack.until(() => slack.posted(slack.dm(ada), { by: 'bot' })[0]);
    expect(slack.reads(post)).toContain('administrator');

    const person = teams.person('Ada Lovelace');
    const chat = teams.personalChat(person);
    await teams.says(person, chat, 'lost my phone, iam user');
    const card = await teams.until(() => teams.shown(chat, { as: person }).find(({ from }) => from === 'bot'));
    expect(card.words).toContain('administrator');
    expect([...slack.violations, ...teams.violations]).toEqual([]);

    const forged = await fetch(`${url}api/messages`, {
      method: 'POST',
      body: '{}',
      headers: { authorization: 'Bearer a.b.c' },
    });
    expect(forged.status).toBeGreaterThanOrEqual(400);
    expect(await end('SIGTERM')).toBe(0);
  } finally {
    await slack.stop();
    await teams.stop();
  }
}, 120_000);

test('killed half-way, what was accepted is answered after the start', async () => {
  const { url } = await begin({});
  const browser = new HttpBrowser(Number(new URL(url).port));
  const accepted: string[] = [];
  for (let index = 0; index < 20; index++) {
    const key = `killed-${100 + index}`;
    await browser.post('/api/chat/messages', { key, name: 'Ada', text: 'lost my phone, iam user' });
    accepted.push(key);
  }
  await end('SIGKILL');
  const again = await begin({});
  const next = new HttpBrowser(Number(new URL(again.url).port));
  next.cookie = browser.cookie;
  const said = async () => JSON.parse((await next.get('/api/chat')).body) as { entries: { from?: string }[] };
  const count = async () => JSON.stringify((await said()).entries).split('"bot"').length - 1;
  while ((await count()) < accepted.length);
  expect(await count()).toBe(accepted.length);
}, 120_000);

test('the operator’s commands are there and work on its data', async () => {
  await begin({});
  const file = join(deployment.name.startsWith('the image') ? '/data' : deployment.data, 'back-ups/one.sqlite');
  const made = deployment.command('back-up', [file]);
  expect(made).toMatchObject({ code: 0, said: expect.stringContaining('read through') });
  expect(deployment.command('restore', [file])).toMatchObject({
    code: 1,
    said: expect.stringContaining('STORE_LOCKED'),
  });
  await end('SIGTERM');
  expect(deployment.command('restore', [file])).toMatchObject({
    code: 0,
    said: expect.stringContaining('conversations'),
  });
  const examined = deployment.command('doctor', []);
  expect(examined.said).toMatch(/ok +.*store/);
  expect(deployment.command('move-store', [])).toMatchObject({
    code: 1,
    said: expect.stringContaining('DATABASE_URL'),
  });
}, 120_000);

test('it takes little room', () => {
  if (deployment.name.startsWith('the image')) return;
  const size = (path: string): number =>
    statSync(path).isDirectory()
      ? readdirSync(path).reduce((sum, name) => sum + size(join(path, name)), 0)
      : statSync(path).size;
  const megabytes = size(join(deployment.data, '../app')) / 1e6;
  process.stderr.write(`${megabytes.toFixed(1)} MB\n`);
  expect(megabytes).toBeLessThan(120);
});

if (noPostgres) process.stderr.write(`${noPostgres}\n`);
(noPostgres ? describe.skip : describe)('on PostgreSQL', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);
  afterAll(() => server.stop(), 60_000);

  test('it makes its tables, answers, and takes over the embedded store', async () => {
    const url = await server.database();
    expect(deployment.command('move-store', ['--to', url])).toMatchObject({ code: 0 });
    const { url: address } = await begin({ DATABASE_URL: url });
    const browser = new HttpBrowser(Number(new URL(address).port));
    await browser.post('/api/chat/messages', { key: 'smoke-0002', name: 'Ada', text: 'hello' });
    while (!(await browser.get('/api/chat')).body.includes('"bot"'));
    expect(await end('SIGTERM')).toBe(0);
  }, 120_000);
});
