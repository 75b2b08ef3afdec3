import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { buildDesk } from '../fakes/build-desk';
import { type FakeDesk, startFakeDesk } from '../fakes/desk-service';

/** The page in a real browser, both halves played as people would. */
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

jest.setTimeout(60_000);

inBrowser('the web desk', () => {
  let built: Awaited<ReturnType<typeof buildDesk>>;
  let browser: Browser;
  let desk: FakeDesk;
  let context: BrowserContext;
  let page: Page;
  /** Anything the browser complained about: scripts that failed, things the security policy refused. */
  let complaints: string[];

  beforeAll(async () => {
    built = await buildDesk();
    browser = await chromium.launch({ executablePath, args: flags });
  });
  afterAll(async () => {
    await browser?.close();
    await built?.remove();
  });
  beforeEach(() => open());
  afterEach(async () => {
    await context.close();
    await desk.close();
  });

  async function open(settings: Parameters<Browser['newContext']>[0] = {}) {
    complaints = [];
    desk = await startFakeDesk({ assets: built.assets });
    context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...settings });
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await page.goto(desk.url);
    await page.getByText('Hello. I help people').waitFor();
  }

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const say = async (text: string) => {
    await page.getByLabel('Message to the helpdesk bot').fill(text);
    await page.keyboard.press('Enter');
  };
  const log = () => page.getByRole('log');
  const admins = () => page.getByRole('region', { name: 'Administrators’ desk' });
  const focused = () => page.evaluate("document.activeElement?.id ?? ''");
  const untilGone = (name: string) => button(name).waitFor({ state: 'detached' });
  const askAnAdministrator = async () => {
    await say('lost my phone, no mfa for aws, iam user i think');
    await button('Still stuck').click();
    await button('Ask an administrator').click();
    await button('Claim').waitFor();
  };

  it('leads a whole case from the first words to solved, and each half tells the truth', async () => {
    expect(await admins().getByText('Nobody needs you right now').isVisible()).toBe(true);
    await say('lost my phone, no mfa for aws, iam user i think');
    await button('Still stuck').click();
    await log().getByText('AWS Support cannot do this').waitFor();
    await button('Ask an administrator').click();

    await button('Claim').waitFor();
    const ping = page.getByRole('article', { name: 'Ticket D-1042' });
    // biome-ignore lint/performance/useDomNodeTextContent: what can be seen, hidden text left out
    const words = await ping.innerText();
    for (const shown of [
      'Lost or broken MFA device',
      'Ada asks for an administrator',
      'IAM user',
      'lost my phone, no mfa for aws',
      'Another registered device: did not help',
      'AWS Support does not change IAM users',
      'Call the person back',
      'open',
    ]) {
      expect(words).toContain(shown);
    }
    expect(await ping.getByText('nobody has taken it yet').isVisible()).toBe(true);

    expect(await ping.getByText('aws iam list-mfa-devices').isVisible()).toBe(false);
    await button('Show steps').click();
    expect(await ping.getByText('aws iam list-mfa-devices').isVisible()).toBe(true);
    expect(await button('Hide steps').getAttribute('aria-expanded')).toBe('true');

    await button('Claim').click();
    await log().getByText('Grace is on it now').waitFor();
    await untilGone('Claim');
    expect(await ping.locator('.card').getByText('taken by Grace').isVisible()).toBe(true);
    expect(await ping.getByText('Ada knows that Grace is on it.').isVisible()).toBe(true);
    // The steps that were open are still open after the card was replaced.
    expect(await ping.getByText('aws iam list-mfa-devices').isVisible()).toBe(true);

    await button('Reply').click();
    await page.getByLabel('Your words to the employee').fill('The old phone is off. Please sign in.');
    await button('Send reply').click();
    await log().getByText('The old phone is off. Please sign in.').waitFor();
    await ping.getByText('it is their turn to answer').waitFor();

    await button('Resolve').click();
    await button('Mark as resolved').click();
    await log().getByText('marked D-1042 as resolved').waitFor();
    await ping.getByText('Ada knows that this is resolved.').waitFor();
    expect(await ping.getByRole('button', { name: 'Reply' }).count()).toBe(0);
    expect(await page.getByText('All done').isVisible()).toBe(true);

    await ping.getByText('History, 4 entries').click();
    expect(await ping.getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringContaining('Ada opened the ticket'),
      expect.stringContaining('Grace claimed it'),
      expect.stringMatching(/Grace replied\s*The old phone is off/),
      expect.stringContaining('Grace resolved it'),
    ]);
    expect(complaints).toEqual([]);
  });

  it('works by keyboard alone', async () => {
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement?.textContent')).toBe('Skip to the message box');
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('composer');
    await page.keyboard.type('lost my phone');
    await page.keyboard.press('Enter');
    await button('Still stuck').waitFor();
    expect(await focused()).toBe('composer');
    await button('Still stuck').focus();
    await page.keyboard.press('Space');
    await button('Ask an administrator').waitFor();
    expect(await focused()).toBe('composer');
    await button('Ask an administrator').focus();
    await page.keyboard.press('Enter');
    await button('Claim').focus();
    await page.keyboard.press('Enter');
    await untilGone('Claim');
    // The button is gone; the focus stays with its ticket instead of falling to the start of the page.
    expect(await page.evaluate("document.activeElement?.closest('article')?.getAttribute('aria-label')")).toBe(
      'Ticket D-1042',
    );
    await button('Reply').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('typed where the focus went');
    expect(await page.getByLabel('Your words to the employee').inputValue()).toBe('typed where the focus went');
  });

  it('retires buttons of older turns and shows which one was pressed, also after a reload', async () => {
    const check = async () => {
      expect(await button('It worked').isDisabled()).toBe(true);
      expect(await button('I cannot sign in').isDisabled()).toBe(true);
      expect(await button('Still stuck').getAttribute('aria-pressed')).toBe('true');
      expect(await button('Ask an administrator').isEnabled()).toBe(true);
      expect(await page.getByRole('link', { name: 'MFA in IAM' }).getAttribute('href')).toMatch(/^https:/);
    };
    await say('lost my phone');
    await button('Still stuck').dblclick();
    await button('Ask an administrator').waitFor();
    await check();
    expect(desk.received.filter((one) => one.kind === 'press' && one.press === 'not_solved')).toHaveLength(1);
    await page.reload();
    await button('Ask an administrator').waitFor();
    await check();
    expect(desk.received.filter((one) => one.kind === 'press' && one.press === 'hello')).toHaveLength(1);
  });

  it('shows words of people as words', async () => {
    const hostile =
      '<img src=x onerror="document.title=1"> [link](https://evil.example) **b** {{DATE(2026-11-23T09:00:00Z)}} <at>all</at>';
    await say(hostile);
    await log().getByText(hostile, { exact: true }).waitFor();
    await button('Still stuck').click();
    await page.getByLabel('Employee', { exact: true }).fill('<b>Ada</b> [x](https://evil.example)');
    await button('Ask an administrator').click();
    await button('Claim').waitFor();
    await page.getByLabel('Administrator', { exact: true }).fill('{{TIME(2026-11-23T09:00:00Z)}}<i>G</i>');
    await button('Claim').click();
    await untilGone('Claim');
    expect(await page.locator('.ticket, .line').locator('b, i, img, script, a[href*="evil"]').count()).toBe(0);
    // biome-ignore lint/performance/useDomNodeTextContent: what can be seen, hidden text left out
    expect(await admins().innerText()).toContain('<b>Ada</b> [x](https://evil.example)');
    expect(await page.title()).toBe('AWS sign-in helpdesk');
    expect(complaints).toEqual([]);
  });

  it('keeps half-written words when another administrator changes the ticket', async () => {
    await askAnAdministrator();
    await button('Reply').click();
    const field = page.getByLabel('Your words to the employee');
    await field.fill('half a sentence');
    const other = await context.newPage();
    await other.goto(desk.url);
    await other.getByLabel('Administrator', { exact: true }).fill('Alan');
    await other.getByRole('button', { name: 'Claim', exact: true }).click();
    await page.bringToFront();
    await untilGone('Claim');
    expect(await field.inputValue()).toBe('half a sentence');
    expect(await page.evaluate('document.activeElement?.tagName')).toBe('TEXTAREA');
  });

  it('does not pull the focus to a form that stands open when the ticket changes', async () => {
    await askAnAdministrator();
    await button('Reply').click();
    await page.getByLabel('Message to the helpdesk bot').focus();
    const other = await context.newPage();
    await other.goto(desk.url);
    await other.getByRole('button', { name: 'Claim', exact: true }).click();
    await page.bringToFront();
    await untilGone('Claim');
    expect(await page.getByLabel('Your words to the employee').isVisible()).toBe(true);
    expect(await focused()).toBe('composer');
  });

  it('asks for words before it sends an empty reply', async () => {
    await askAnAdministrator();
    await button('Reply').click();
    await button('Send reply').click();
    await page.getByText('Write what the employee should read.').waitFor();
    expect(desk.received.filter(({ kind }) => kind === 'ticket_action')).toEqual([]);
  });

  it('reconnects by itself, shows what was said meanwhile, and sends what did not get through', async () => {
    await say('lost my phone');
    await button('Still stuck').waitFor();
    const [first] = desk.entries;
    await context.setOffline(true);
    await say('are you there?');
    await page.getByText('Not sent.').waitFor();
    await context.setOffline(false);
    await desk.say(first!.conversation, { from: 'admin', name: 'Grace', text: 'said while you were away' });
    await log().getByText('said while you were away').waitFor();
    await page.getByRole('button', { name: 'Send again' }).click();
    await page.getByText('Not sent.').waitFor({ state: 'detached' });
    await expect(log().getByText('are you there?').count()).resolves.toBe(1);
    expect(desk.received.filter((one) => one.kind === 'text' && one.text === 'are you there?')).toHaveLength(1);
  });

  it('tells of a service that went away, and goes on when it is back', async () => {
    const { port } = desk;
    await desk.close();
    await page.getByText('Reconnecting').waitFor();
    desk = await startFakeDesk({ assets: built.assets, port });
    await page.getByText('Live', { exact: true }).waitFor({ timeout: 30_000 });
    // This one came back with an empty store: the page starts anew instead of waiting for entries that never come.
    await page.getByText('Hello. I help people').waitFor();
    await say('lost my phone');
    await button('Still stuck').waitFor();
    expect(await log().getByText('Hello. I help people').count()).toBe(1);
  });

  it('sends only the name of a file', async () => {
    await page
      .locator('#file')
      .setInputFiles({ name: 'screen.png', mimeType: 'image/png', buffer: Buffer.from('pixels') });
    await log().getByText('I cannot read files').waitFor();
    expect(desk.received.at(-1)).toMatchObject({ kind: 'file', name: 'screen.png' });
  });

  it('counts what arrived unseen in the title', async () => {
    await page.evaluate("Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })");
    await desk.say(desk.entries[0]!.conversation, { from: 'admin', name: 'Grace', text: 'hello?' });
    await page.waitForFunction("document.title.startsWith('(1) ')");
  });

  it('copies a command word for word', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await askAnAdministrator();
    await button('Show steps').click();
    await button('Copy the command aws iam list-mfa-devices --user-name <user-name>').click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      'aws iam list-mfa-devices --user-name <user-name>',
    );
  });

  it('becomes tabs on a narrow screen, with nothing cut off sideways', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await askAnAdministratorInTabs();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.getByRole('tab', { name: /Administrators/ }).focus();
    await page.keyboard.press('ArrowLeft');
    expect(await page.getByRole('tabpanel', { name: /Employee/ }).isVisible()).toBe(true);
    expect(await button('Claim').isVisible()).toBe(false);
  });

  async function askAnAdministratorInTabs() {
    await say('lost my phone');
    await button('Still stuck').click();
    await button('Ask an administrator').click();
    const tab = page.getByRole('tab', { name: 'Administrators 1 new' });
    await tab.waitFor();
    await tab.click();
    await button('Claim').waitFor();
    expect(await page.getByLabel('1 new').isVisible()).toBe(false);
  }

  it.each(['light', 'dark'] as const)('has enough contrast everywhere in %s colours', async (colorScheme) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await askAnAdministrator();
    await button('Show steps').click();
    await button('Reply').click();
    expect(await page.evaluate(poorContrasts)).toEqual([]);
  });
});
