import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { buildDesk } from '../builders/build-desk';
import { type DeskOptions, dataFolder, type RunningDesk, startDesk } from '../builders/desk';
import { HttpBrowser } from '../builders/http-browser';
import { brokenDisk, withMethods } from '../fakes/store-edge';

/** The page in a real browser on the real service, both halves played as people would. */
const executablePath = '/usr/bin/chromium';
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
const hasBrowser = existsSync(executablePath);
if (!hasBrowser)
  console.log(`skipped: the browser tests need Chromium at ${executablePath} (on Debian: apt-get install chromium)`);
const poorContrasts = readFileSync(path.join(__dirname, 'poor-contrasts.js'), 'utf8');
const inBrowser = hasBrowser ? describe : describe.skip;

const theCase = 'lost my phone, no mfa for aws, iam user i think';

jest.setTimeout(60_000);

inBrowser('the web desk', () => {
  let built: Awaited<ReturnType<typeof buildDesk>>;
  let browser: Browser;
  let desk: RunningDesk;
  let context: BrowserContext;
  let page: Page;
  /** Anything the browser complained about: scripts that failed, things the security policy refused. */
  let complaints: string[];

  // Without a built model the classifier is trained first.
  beforeAll(async () => {
    built = await buildDesk();
    browser = await chromium.launch({ executablePath, args: flags });
    await (await startDesk({ assets: built.assets })).stop();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await built?.remove();
  });
  beforeEach(() => open());
  afterEach(() => close());

  async function open(options: Partial<DeskOptions> = {}) {
    complaints = [];
    desk = await startDesk({ assets: built.assets, ...options });
    context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await page.goto(desk.url);
    await greeting().waitFor();
  }
  async function close() {
    await context.close();
    await desk.stop();
  }
  async function reopen(options: Partial<DeskOptions>) {
    await close();
    await open(options);
  }

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  /** The button of the newest answer. */
  const press = (name: string) => button(name).last().click();
  const say = async (text: string) => {
    await page.getByLabel('Message to the helpdesk bot').fill(text);
    await page.keyboard.press('Enter');
  };
  const log = () => page.getByRole('log');
  const hears = (text: string | RegExp) => log().getByText(text).last().waitFor();
  const greeting = () => log().getByText('I help when you cannot get into AWS');
  const admins = () => page.getByRole('region', { name: 'Administrators’ desk' });
  const ticket = (number = 1001) => page.getByRole('article', { name: `Ticket D-${number}` });
  // biome-ignore lint/performance/useDomNodeTextContent: what can be seen, hidden text left out
  const seen = (where: ReturnType<typeof log>) => where.innerText();
  const told = (text: string) => ticket().locator('.told').getByText(text).waitFor();
  const focused = () => page.evaluate("document.activeElement?.id ?? ''");
  const untilGone = (name: string) => button(name).waitFor({ state: 'detached' });
  const reply = async (text: string) => {
    await press('Reply');
    await page.getByLabel('Your words to the employee').fill(text);
    await press('Send reply');
    await hears(text);
  };
  const askMyAdministrator = async () => {
    await say(theCase);
    await press('Ask my administrator');
    await button('Claim').waitFor();
  };
  const historyOf = async (id = 1001) =>
    (await desk.store.history(id)).map(({ actor, action, text }) => [actor, action, text].filter(Boolean).join(' '));

  it('leads the whole case from the first words to solved, and each half tells the truth', async () => {
    expect(await admins().getByText('Nobody needs you right now').isVisible()).toBe(true);
    await say(theCase);
    await hears(/Only an administrator of your AWS account can take a lost device off your user/);
    await hears(/AWS Support cannot: it takes no MFA cases of IAM users/);
    await press('Ask my administrator');
    await hears(/your request D-1001 has gone to/);

    await button('Claim').waitFor();
    const ping = await seen(ticket());
    for (const shown of [
      'Ping to an administrator of the AWS account',
      'Open: nobody has taken it yet',
      'Lost or broken MFA device',
      'Ada asks for an administrator of the AWS account',
      'The bot has not checked that this is really the person',
      'IAM user',
      theCase,
      'Another registered device, phone clock set to automatic',
      'AWS Support says itself that it leaves the MFA of IAM users to their administrators',
      'Rule mfa-lost-iam-user/iam-user',
      'Identity check first. Call the person back',
    ]) {
      expect(ping).toContain(shown);
    }
    await told('Ada knows that the request is here, and waits for somebody to take it.');
    expect(await ticket().getByText('aws iam deactivate-mfa-device').isVisible()).toBe(false);
    await press('Show steps');
    expect(await ticket().getByText('aws iam deactivate-mfa-device').isVisible()).toBe(true);
    expect(await button('Hide steps').getAttribute('aria-expanded')).toBe('true');

    await press('Claim');
    await hears('Grace has taken your request D-1001');
    await untilGone('Claim');
    expect(await ticket().locator('.card').getByText('Taken by Grace').isVisible()).toBe(true);
    await told('Ada knows that Grace is on it.');
    // The steps that were open are still open after the card was replaced.
    expect(await ticket().getByText('aws iam deactivate-mfa-device').isVisible()).toBe(true);

    await reply('I call you back on your office number now.');
    await told('Ada has the reply, and it is their turn to answer.');
    await say('ok, i am at my desk');
    await ticket().locator('.card').getByText('ok, i am at my desk').waitFor();
    await told('Ada has written back and waits for Grace.');

    await press('Resolve');
    await page.getByLabel('What should the employee know?').fill('the old phone is off your user');
    await press('Mark as resolved');
    await hears('Grace has marked your request D-1001 as solved: the old phone is off your user');
    await told('Ada knows that Grace marked this as solved, and can say so if still stuck.');
    expect(await ticket().getByRole('button', { name: 'Reply' }).count()).toBe(0);
    expect(await page.getByText('All done').isVisible()).toBe(true);
    await ticket().getByText('History, 5 entries').click();
    expect(await ticket().locator('.history').getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringMatching(/Ada opened the ticket/),
      expect.stringMatching(/Grace claimed it/),
      expect.stringMatching(/Grace replied\s*I call you back/),
      expect.stringMatching(/Ada wrote\s*ok, i am at my desk/),
      expect.stringMatching(/Grace resolved it\s*the old phone is off your user/),
    ]);

    await press('Still stuck');
    await hears(/it is your administrator's turn/);
    await press('Ask my administrator');
    await ticket(1002).waitFor();
    expect(await ticket(1002).getByRole('button', { name: 'Claim' }).isVisible()).toBe(true);
    expect(await seen(ticket(1002))).toMatch(/Continues\s*D-1001/);
    expect([complaints, desk.failures]).toEqual([[], []]);
  });

  it('leads the same case by typing alone', async () => {
    await say(theCase);
    await hears(/Only an administrator/);
    await say('ask my admin');
    await hears(/your request D-1001 has gone to/);
    await press('Claim');
    await hears('Grace has taken your request');
    await reply('Is the phone stolen, or only broken?');
    await say('it was stolen on the train');
    await ticket().locator('.card').getByText('it was stolen on the train').waitFor();
    await press('Resolve');
    await press('Mark as resolved');
    await hears(/as solved\. If you are still stuck/);
    await say('still stuck');
    await hears(/it is your administrator's turn/);
    expect(await button('Ask my administrator').last().isEnabled()).toBe(true);
  });

  it('works by keyboard alone, and hides nothing that has the focus', async () => {
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement?.textContent')).toBe('Skip to the message box');
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('composer');
    await page.keyboard.type(theCase);
    await page.keyboard.press('Enter');
    await button('Ask my administrator').waitFor();
    expect(await focused()).toBe('composer');
    await button('Ask my administrator').focus();
    await page.keyboard.press('Space');
    await button('Claim').focus();
    await page.keyboard.press('Enter');
    await untilGone('Claim');
    // The button is gone; the focus stays with its ticket instead of falling to the start of the page.
    expect(await page.evaluate("document.activeElement?.closest('article')?.getAttribute('aria-label')")).toBe(
      'Ticket D-1001',
    );
    await button('Show steps').focus();
    await page.keyboard.press('Enter');
    await button('Hide steps').waitFor();
    await ticket().locator('.fold').focus();
    const covered: string[] = [];
    for (let stops = 0; stops < 40; stops++) {
      await page.keyboard.press('Tab');
      const stop = (await page.evaluate(`(() => {
        const at = document.activeElement;
        if (!at?.closest('article.ticket')) return null;
        const { left, top, width, height } = at.getBoundingClientRect();
        const shown = document.elementFromPoint(left + Math.min(width, 40) / 2, top + height / 2);
        return at.contains(shown) ? '' : (at.getAttribute('aria-label') ?? at.textContent);
      })()`)) as string | null;
      if (stop === null) break;
      if (stop) covered.push(stop);
    }
    expect(covered).toEqual([]);
    await button('Reply').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('typed where the focus went');
    expect(await page.getByLabel('Your words to the employee').inputValue()).toBe('typed where the focus went');
  });

  it('lets old buttons die, counts a double press once, and keeps all of it through a reload', async () => {
    const check = async () => {
      expect(await button('I cannot sign in to AWS').isDisabled()).toBe(true);
      expect(await button('Still stuck').first().isDisabled()).toBe(true);
      expect(await button('Still stuck').first().getAttribute('aria-pressed')).toBe('true');
      expect(await button('Ask my administrator').first().isDisabled()).toBe(true);
      expect(await button('Ask my administrator').last().isEnabled()).toBe(true);
      expect(await log().getByRole('link').first().getAttribute('href')).toMatch(/^https:/);
    };
    await say(theCase);
    await button('Still stuck').dblclick();
    await hears(/it is your administrator's turn/);
    await check();
    const before = await seen(log());
    await page.reload();
    await hears(/it is your administrator's turn/);
    await check();
    expect(await seen(log())).toBe(before);
    expect(await log().locator('.from-person').allInnerTexts()).toHaveLength(2);
    expect(await greeting().count()).toBe(1);

    await button('Ask my administrator').last().dblclick();
    await button('Claim').dblclick();
    await untilGone('Claim');
    expect(await historyOf()).toEqual([`Ada opened ${theCase}`, 'Grace claim']);
    await page.reload();
    await ticket().locator('.card').getByText('Taken by Grace').waitFor();
    expect(await desk.store.tickets({ closed: true, limit: 10 })).toHaveLength(1);
  });

  it('shows words of people as words', async () => {
    const hostile =
      'lost mfa <img src=x onerror="document.title=1"> [link](https://evil.example) **b** {{DATE(2026-11-23T09:00:00Z)}} <at>all</at>';
    await page.getByLabel('Employee', { exact: true }).fill('<b>Ada</b> [x](https://evil.example)');
    await say(hostile);
    await log().getByText(hostile, { exact: true }).waitFor();
    await say('a person please');
    await button('Ask my administrator').last().click();
    await button('Claim').waitFor();
    await page.getByLabel('Administrator', { exact: true }).fill('{{TIME(2026-11-23T09:00:00Z)}}<i>G</i>');
    await press('Claim');
    await hears('<i>G</i> has taken your request');
    await untilGone('Claim');
    expect(await page.locator('.ticket, .line').locator('b, i, img, script, a[href*="evil"]').count()).toBe(0);
    expect(await seen(admins())).toContain('<b>Ada</b> [x](https://evil.example)');
    expect(await page.title()).toBe('AWS sign-in helpdesk');
    expect(complaints).toEqual([]);
  });

  it('never shows or keeps a secret that was pasted', async () => {
    const { folder, remove } = await dataFolder();
    await reopen({ folder });
    const password = 'Tr0ub4dor&3x-Correct';
    const accessKey = 'AKIAIOSFODNN7EXAMPLE';
    await say(`${theCase}, my password is ${password}`);
    await hears(/your message held a password. I removed it before anything was stored/);
    await page
      .locator('#file')
      .setInputFiles({ name: `${accessKey}.csv`, mimeType: 'text/csv', buffer: Buffer.from(password) });
    await hears(/cannot read files/);
    await press('A person, please');
    await press('Ask my administrator');
    await press('Claim');
    await hears('Grace has taken your request');
    await press('Reply');
    await page.getByLabel('Your words to the employee').fill(`your new password is ${password}`);
    await press('Send reply');
    await hears('your new password is [removed: password]');
    await desk.idle();

    const bodies = ['/api/chat', '/api/desk'].map(async (address) =>
      (await context.request.get(`${desk.url.slice(0, -1)}${address}`)).text(),
    );
    const files = readdirSync(folder);
    expect(files).toEqual(expect.arrayContaining(['helpdesk.sqlite', 'helpdesk.sqlite-wal']));
    const places = [
      await page.content(),
      ...(await Promise.all(bodies)),
      ...files.map((name) => readFileSync(path.join(folder, name), 'latin1')),
    ];
    expect(places.join('')).toContain('[removed: password]');
    expect(places.map((text) => text.includes(password) || text.includes(accessKey))).not.toContain(true);
    await remove();
  });

  it('keeps chat and tickets through a crash, and answers what was received just before it', async () => {
    const { folder, remove } = await dataFolder();
    let isHanging = false;
    const around: DeskOptions['around'] = (store) =>
      withMethods(store, { commitTurn: (turn) => (isHanging ? new Promise(() => {}) : store.commitTurn(turn)) });
    await reopen({ folder, around });
    const { port } = desk;
    await askMyAdministrator();
    await press('Claim');
    await hears('Grace has taken your request');
    isHanging = true;
    await say('the phone was stolen');
    await log().locator('.is-pending .state:empty').waitFor({ state: 'attached' });
    await desk.kill();
    await page.getByText('Reconnecting').waitFor();

    desk = await startDesk({ assets: built.assets, folder, port });
    await page.getByText('Live', { exact: true }).waitFor({ timeout: 30_000 });
    await hears('Passed on to Grace.');
    await ticket().locator('.card').getByText('the phone was stolen').waitFor();
    expect(await log().locator('.is-pending').count()).toBe(0);
    expect(await log().getByText('the phone was stolen').count()).toBe(1);
    expect(await historyOf()).toEqual([
      `Ada opened ${theCase}`,
      'Grace claim',
      'Ada user_message the phone was stolen',
    ]);
    await page.reload();
    await ticket().locator('.card').getByText('Taken by Grace').waitFor();
    expect(await greeting().count()).toBe(1);
    await close();
    await remove();
    await open();
  });

  it('starts anew when the service comes back without its store', async () => {
    const { port } = desk;
    await say(theCase);
    await hears(/Only an administrator/);
    await desk.stop();
    await page.getByText('Reconnecting').waitFor();
    desk = await startDesk({ assets: built.assets, port });
    await page.getByText('Live', { exact: true }).waitFor({ timeout: 30_000 });
    await log().getByText(theCase).waitFor({ state: 'detached' });
    await greeting().waitFor();
    await say(theCase);
    await hears(/Only an administrator/);
    expect(await greeting().count()).toBe(1);
  });

  it('reconnects by itself, shows what was said meanwhile, and sends what did not get through', async () => {
    await askMyAdministrator();
    await context.setOffline(true);
    await say('are you there?');
    await page.getByText('Not sent.').waitFor();
    const admin = new HttpBrowser(desk.port);
    await admin.post('/api/tickets/1001/reply', { key: 'key-of-alan', name: 'Alan', text: 'said while you were away' });
    await context.setOffline(false);
    await hears('said while you were away');
    await page.getByText('Not sent.').waitFor({ state: 'detached' });
    await ticket().locator('.card').getByText('are you there?').waitFor();
    expect(await log().getByText('are you there?').count()).toBe(1);
    expect((await historyOf()).filter((line) => line.includes('are you there?'))).toHaveLength(1);
  });

  it('apologises when a turn fails, and says what was not sent when the store is gone', async () => {
    let isBroken = false;
    await reopen({
      around: (store) =>
        withMethods(store, {
          commitTurn: (turn) => (isBroken ? brokenDisk() : store.commitTurn(turn)),
          record: (incoming) =>
            incoming.kind === 'text' && incoming.text === 'gone' && isBroken ? brokenDisk() : store.record(incoming),
        }),
    });
    isBroken = true;
    await say(theCase);
    await hears(/Something went wrong on my side \([0-9a-f]{8}\)/);
    await say('gone');
    await page.getByText(/^Not sent. Something went wrong on our side/).waitFor();
    isBroken = false;
    await press('Send again');
    await page.getByText('Not sent.').waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain('disk I/O error');
  });

  it('keeps half-written words and the focus when another administrator changes the ticket', async () => {
    const alan = new HttpBrowser(desk.port);
    const claim = () => alan.post('/api/tickets/1001/claim', { key: 'key-of-alan', name: 'Alan' });
    await askMyAdministrator();
    await press('Reply');
    await press('Send reply');
    await page.getByText('Write what the employee should read.').waitFor();
    const field = page.getByLabel('Your words to the employee');
    await field.fill('half a sentence');
    await claim();
    await untilGone('Claim');
    expect(await field.inputValue()).toBe('half a sentence');
    expect(await page.evaluate('document.activeElement?.tagName')).toBe('TEXTAREA');
    // A form that stands open does not pull the focus away from the other half.
    await page.getByLabel('Message to the helpdesk bot').focus();
    await alan.post('/api/tickets/1001/not_mine', { key: 'key-of-alan-2', name: 'Alan' });
    await button('Claim').waitFor();
    expect(await field.inputValue()).toBe('half a sentence');
    expect(await focused()).toBe('composer');
    expect(await historyOf()).toEqual([`Ada opened ${theCase}`, 'Alan claim', 'Alan not_mine']);
    await told('Ada knows that this waits for somebody else now.');
  });

  it('keeps a half-written reply when another button is pressed first', async () => {
    await askMyAdministrator();
    await press('Reply');
    const field = page.getByLabel('Your words to the employee');
    await field.fill('half a sentence');
    await press('Claim');
    await untilGone('Claim');
    await hears('Grace has taken your request');
    expect(await field.inputValue()).toBe('half a sentence');
    await press('Internal note');
    await page.getByLabel('A note for the other administrators').fill('called back');
    await press('Save note');
    await ticket().getByText('History, 3 entries').waitFor();
    expect(await field.inputValue()).toBe('half a sentence');
    await field.fill('a whole sentence');
    await press('Send reply');
    await hears('a whole sentence');
    await ticket()
      .locator('button[aria-expanded="false"]', { hasText: /^Reply$/ })
      .waitFor();
    await press('Reply');
    expect(await field.inputValue()).toBe('');
    expect(await historyOf()).toEqual([
      `Ada opened ${theCase}`,
      'Grace claim',
      'Grace note called back',
      'Grace reply a whole sentence',
    ]);
  });

  describe('an administrator who was too late', () => {
    const late = 'Nothing changed: D-1001 is no longer waiting for that. It is now: claimed, with Alan.';
    const notice = (where = page) => where.getByText(late);
    /** Alan claims while this page does not hear of it, and Grace presses what she still sees. */
    async function pressTooLate() {
      await askMyAdministrator();
      await page.route('**/api/desk', (route) => route.abort());
      const alan = new HttpBrowser(desk.port);
      await alan.post('/api/tickets/1001/claim', { key: 'key-of-alan', name: 'Alan' });
      await press('Claim');
      await notice().waitFor();
      await page.unroute('**/api/desk');
    }

    it('reads so on the desk, and can put it away', async () => {
      await pressTooLate();
      expect(await historyOf()).toEqual([`Ada opened ${theCase}`, 'Alan claim']);
      expect(await page.locator('#notices').getAttribute('aria-live')).toBe('polite');
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        expect([colorScheme, await page.evaluate(poorContrasts)]).toEqual([colorScheme, []]);
      }
      await button('Dismiss').press('Enter');
      await notice().waitFor({ state: 'detached' });
      // The focus stays on the desk.
      expect(await page.evaluate("document.activeElement?.closest('#desk') !== null")).toBe(true);
      expect(await page.evaluate('document.activeElement?.className')).toBe('fold');
    });

    it('reads it once, also when it is delivered twice', async () => {
      const notices = new Set<number>();
      let again = 0;
      await reopen({
        around: (store) =>
          withMethods(store, {
            takeOutbox: async (...asked) => {
              const rows = await store.takeOutbox(...asked);
              for (const { id, key } of rows) if (key.includes('/notice/')) notices.add(id);
              return rows;
            },
            finishOutbox: (id, owner, result) => {
              const isLost = notices.has(id) && result.kind === 'sent' && again++ === 0;
              return store.finishOutbox(id, owner, isLost ? { kind: 'retry', dueAt: 0, error: 'lost' } : result);
            },
          }),
      });
      await pressTooLate();
      await desk.idle();
      expect(again).toBe(2);
      // What comes later on the same connection was read after the second copy.
      const alan = new HttpBrowser(desk.port);
      await alan.post('/api/tickets/1001/reply', { key: 'key-of-alan-2', name: 'Alan', text: 'hello' });
      await hears('hello');
      expect(await notice().count()).toBe(1);
    });

    it('is the only one who reads it', async () => {
      await askMyAdministrator();
      const alan = await context.newPage();
      await alan.addInitScript("localStorage.setItem('helpdesk.admin', 'Alan')");
      await alan.goto(desk.url);
      const claim = alan.getByRole('button', { name: 'Claim', exact: true });
      await claim.waitFor();
      await alan.route('**/api/desk', (route) => route.abort());
      await press('Claim');
      await untilGone('Claim');
      await claim.click();
      const words = 'It is now: claimed, with Grace.';
      await alan.getByText(words).waitFor();
      await reply('hello');
      expect(await page.getByText(words).count()).toBe(0);
      expect(await page.locator('#notices').locator('*').count()).toBe(0);
    });
  });

  it('sends only the name of a file, and counts in the title what arrived unseen', async () => {
    await page
      .locator('#file')
      .setInputFiles({ name: 'screen.png', mimeType: 'image/png', buffer: Buffer.from('pixels') });
    await hears(/cannot read files/);
    expect(await log().locator('.from-person').allInnerTexts()).toEqual([
      expect.stringContaining('(file: screen.png)'),
    ]);
    await askMyAdministrator();
    await page.evaluate("Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })");
    const admin = new HttpBrowser(desk.port);
    await admin.post('/api/tickets/1001/reply', { key: 'key-of-alan', name: 'Alan', text: 'hello?' });
    // One on each half. The page's security policy forbids to wait inside it.
    while (!(await page.title()).startsWith('(2) ')) await page.waitForTimeout(50);
  });

  it('copies a command word for word', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await askMyAdministrator();
    await press('Show steps');
    await button('Copy the command aws iam list-mfa-devices --user-name <user-name>').click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      'aws iam list-mfa-devices --user-name <user-name>',
    );
  });

  it('becomes tabs on a narrow screen, with nothing cut off sideways', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const isTooWide = () =>
      page.evaluate(
        "[...document.querySelectorAll('html, .log, .tickets')].some((box) => box.scrollWidth > box.clientWidth)",
      );
    await press('Next');
    await hears(/Tell me what happens/);
    expect(await isTooWide()).toBe(false);
    await say(theCase);
    await press('Ask my administrator');
    const tab = page.getByRole('tab', { name: 'Administrators 1 new' });
    await tab.waitFor();
    await tab.click();
    await press('Show steps');
    expect(await page.getByLabel('1 new').isVisible()).toBe(false);
    expect(await isTooWide()).toBe(false);
    await page.getByRole('tab', { name: /Administrators/ }).focus();
    await page.keyboard.press('ArrowLeft');
    expect(await page.getByRole('tabpanel', { name: /Employee/ }).isVisible()).toBe(true);
    expect(await button('Claim').isVisible()).toBe(false);
  });

  it('has enough contrast everywhere, in light and in dark colours', async () => {
    await askMyAdministrator();
    await press('Show steps');
    await press('Claim');
    await untilGone('Claim');
    await reply('hello');
    await press('Reply');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect([colorScheme, await page.evaluate(poorContrasts)]).toEqual([colorScheme, []]);
    }
  });
});
