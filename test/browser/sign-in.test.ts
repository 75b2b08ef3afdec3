import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import path from 'node:path';
import pino from 'pino';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { readSettings } from '../../src/config';
import { noOrganization } from '../../src/core/organization';
import { type Service, startService } from '../../src/service';
import { knowledge } from '../builders/bot';
import { buildDesk } from '../builders/build-desk';
import { freePort } from '../builders/free-port';

const executablePath = '/usr/bin/chromium';
const hasBrowser = existsSync(executablePath);
if (!hasBrowser) console.log(`skipped: the sign-in tests need Chromium at ${executablePath}`);

jest.setTimeout(40_000);

/** The desk with a real provider, in a real browser. */
(hasBrowser ? describe : describe.skip)('signing in to the web desk', () => {
  let built: Awaited<ReturnType<typeof buildDesk>>;
  let browser: Browser;
  let provider: ChildProcess;
  let service: Service;
  let base: string;
  const logged: string[] = [];
  const complaints: string[] = [];
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    built = await buildDesk();
    const port = await freePort();
    base = `http://127.0.0.1:${port}`;
    provider = spawn(process.execPath, [path.join(__dirname, '../fakes/oidc-provider.mjs'), base], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const issuer = await new Promise<string>((resolve) =>
      provider.stdout!.once('data', (line: Buffer) => resolve(line.toString().trim())),
    );
    const settings = readSettings({
      PORT: String(port),
      // Other machines could reach it: with a sign-in that is allowed.
      HOST: '0.0.0.0',
      DATA_DIR: ':memory:',
      PUBLIC_URL: base,
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: 'helpdesk',
      OIDC_CLIENT_SECRET: 'a client secret for tests alone',
    });
    const log = pino({ level: 'warn', base: null }, { write: (entry: string) => void logged.push(entry) });
    const { content } = knowledge();
    service = await startService({ settings, content, organization: noOrganization }, log, { assets: built.assets });
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
    provider?.kill();
    await built?.remove();
  }, 60_000);
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    expect(complaints.splice(0)).toEqual([]);
  });

  /** Opens the desk as somebody who has to sign in, and goes through the provider’s own pages. */
  async function signIn(login: string): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${base}/`);
    await page.fill('input[name=login]', login);
    await page.fill('input[name=password]', 'whatever');
    await page.click('button[type=submit]');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL(`${base}/`);
    await page.locator('#sign-out').waitFor();
    return page;
  }

  /** As a program would ask, with the cookies of a page or with none. */
  async function ask(method: string, where: string, headers: Record<string, string> = {}, body = ''): Promise<number> {
    return new Promise((resolve, reject) => {
      const request = httpRequest(`${base}${where}`, { method, headers }, (response) => {
        response.resume();
        resolve(response.statusCode!);
      });
      request.on('error', reject);
      request.end(body);
    });
  }
  const cookiesOf = async (page: Page): Promise<string> =>
    (await page.context().cookies(base)).map(({ name, value }) => `${name}=${value}`).join('; ');

  test('an employee gets the chat under the name of the provider, and nothing of the administrators’', async () => {
    const page = await signIn('ada');
    expect(await page.inputValue('#employee-name')).toBe('Ada Lovelace');
    expect(await page.locator('#employee-name').getAttribute('readonly')).not.toBeNull();
    expect(await page.locator('#desk').isVisible()).toBe(false);
    const cookie = await cookiesOf(page);
    const own = { cookie, origin: base, 'content-type': 'application/json' };
    expect(await ask('GET', '/api/desk', { cookie })).toBe(403);
    expect(await ask('GET', '/api/insight/review', { cookie })).toBe(403);
    expect(await ask('GET', '/insight/figures', { cookie })).toBe(403);
    expect(await ask('POST', '/api/tickets/1000/claim', own, '{"key":"claim-0001","name":"Grace"}')).toBe(403);
    const lied = JSON.stringify({ key: 'message-0001', name: 'The CEO', text: 'lost my phone, no mfa, iam user' });
    expect(await ask('POST', '/api/chat/messages', own, lied)).toBe(202);
    await service.helpdesk.turns.idle();
    const [mine] = await service.store.tickets({ closed: true, limit: 1 });
    expect(mine).toBeUndefined();
    expect(
      await page.evaluate<number>(`fetch('/api/chat').then((one) => one.json()).then(({ entries }) => entries.length)`),
    ).toBeGreaterThan(1);
  });

  test('an administrator has both halves, claims under their own name, and never their own ticket', async () => {
    const ada = await signIn('ada');
    const say = async (page: Page, texts: string[]) => {
      for (const text of texts) {
        const answered = page.waitForResponse((response) => response.url().endsWith('/api/chat/messages'));
        await page.fill('#composer', text);
        await page.press('#composer', 'Enter');
        await answered;
        await service.helpdesk.turns.idle();
      }
    };
    await say(ada, ['start over', 'lost my mfa device', 'iam user', 'still stuck', 'yes please, ask them']);
    const grace = await signIn('grace');
    await say(grace, ['lost my mfa device', 'iam user', 'still stuck', 'yes please, ask them']);
    const open = await service.store.tickets({ closed: false, limit: 10 });
    const adas = open.find(({ details }) => details.person.name === 'Ada Lovelace')!;
    const graces = open.find(({ details }) => details.person.name === 'Grace Hopper')!;
    const own = { cookie: await cookiesOf(grace), origin: base, 'content-type': 'application/json' };
    for (const { id } of [adas, graces])
      expect(await ask('POST', `/api/tickets/${id}/claim`, own, `{"key":"claim-${id}","name":"Somebody"}`)).toBe(202);
    await service.helpdesk.turns.idle();
    expect(await service.store.ticket(adas.id)).toMatchObject({ state: 'claimed', claimedBy: 'Grace Hopper' });
    expect(await service.store.ticket(graces.id)).toMatchObject({ state: 'open' });
    expect(await grace.locator('#desk').isVisible()).toBe(true);
  });

  test('a session is of this host, not for scripts, and cannot be made or changed by anybody else', async () => {
    const page = await signIn('ada');
    const [session] = (await page.context().cookies(base)).filter(({ name }) => name === 'helpdesk_session');
    expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
    expect(await page.evaluate('document.cookie')).toBe('');
    const { name, value } = session!;
    expect(await ask('GET', '/api/chat', { cookie: `${name}=${value}` })).toBe(200);
    for (const forged of ['', `${value.slice(0, -2)}xx`, value.replace(/\.[^.]*$/, '.AAAA'), 'eyJhbGciOiJub25lIn0..'])
      expect(await ask('GET', '/api/chat', { cookie: `${name}=${forged}` })).toBe(401);
    expect(await ask('GET', '/api/chat')).toBe(401);
    expect(await ask('GET', '/api/events')).toBe(401);
    expect(await ask('GET', '/', { accept: 'text/html' })).toBe(302);
  });

  test('no other site writes with somebody’s cookies, and no other name is served', async () => {
    const cookie = await cookiesOf(await signIn('grace'));
    const post = (headers: Record<string, string>) =>
      ask('POST', '/api/chat/messages', { cookie, 'content-type': 'application/json', ...headers }, '{}');
    expect(await post({})).toBe(403);
    expect(await post({ origin: 'null' })).toBe(403);
    expect(await post({ origin: 'https://evil.example.com' })).toBe(403);
    expect(await post({ origin: base, 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await post({ origin: base })).toBe(400);
    expect(await ask('POST', '/auth/sign-out', { cookie, origin: 'https://evil.example.com' })).toBe(403);
    expect(await ask('GET', '/api/chat', { cookie, host: 'evil.example.com' })).toBe(421);
    expect(await ask('GET', '/auth/sign-in', { host: 'evil.example.com' })).toBe(421);
  });

  test('a way back that was not begun here leads nowhere', async () => {
    expect(await ask('GET', '/auth/callback?code=abc&state=def')).toBe(401);
    expect(await ask('GET', '/auth/callback')).toBe(401);
    expect(logged.join()).not.toContain('code=abc');
  });

  test('signing out ends the session in this browser', async () => {
    const page = await signIn('ada');
    await page.click('#sign-out');
    await page.waitForURL(/session\/end/);
    expect((await page.context().cookies(base)).map(({ name }) => name)).not.toContain('helpdesk_session');
  });
});
