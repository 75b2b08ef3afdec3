import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { knowledge } from '../builders/bot';
import { buildDesk } from '../builders/build-desk';
import { type RunningDesk, startDesk } from '../builders/desk';
import { hostileStrings } from '../security/injection/hostile-strings';
import { held, inRegister } from '../security/register';

/** Words of strangers on the web desk, in the browser that would run them if it could. */
const executablePath = '/usr/bin/chromium';
const hasBrowser = existsSync(executablePath);
if (!hasBrowser)
  console.log(`skipped: the browser tests need Chromium at ${executablePath} (on Debian: apt-get install chromium)`);

/** Hosts that our own links lead to. */
function ourHosts(): string[] {
  const { links, rules } = knowledge().content;
  const addresses = [...[...links.values()].map(({ url }) => url), ...[...rules.values()].map(({ source }) => source)];
  return [...new Set(addresses.map((address) => new URL(address).host))];
}

/** What a page must never hold because of words: things that run, load or lead away. Run in the page. */
const strangersBut = (hosts: readonly string[]): string => `[...document.querySelectorAll('*')].flatMap((element) => {
  const faults = [];
  const hosts = ${JSON.stringify(hosts)};
  for (const { name, value } of element.attributes) {
    if (name.startsWith('on')) faults.push(name + ' on ' + element.tagName);
    if (['href', 'src', 'action', 'data', 'srcdoc', 'formaction'].includes(name)) {
      const { protocol, host } = new URL(value, location.href);
      const isOurs = host === location.host || (protocol === 'https:' && hosts.includes(host));
      if (!isOurs) faults.push(element.tagName + ' leads to ' + value);
    }
  }
  if (['IFRAME', 'OBJECT', 'EMBED', 'BASE', 'MARQUEE'].includes(element.tagName)) faults.push(element.tagName);
  const isAmongWords = element.closest('main, [role=log], article') !== null;
  if (isAmongWords && ['SCRIPT', 'STYLE', 'META', 'LINK', 'IMG'].includes(element.tagName))
    faults.push(element.tagName + ' among words');
  return faults;
})`;

jest.setTimeout(120_000);

(hasBrowser ? describe : describe.skip)('hostile words on the web desk', () => {
  let built: Awaited<ReturnType<typeof buildDesk>>;
  let browser: Browser;
  let desk: RunningDesk;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    built = await buildDesk();
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    desk = await startDesk({ assets: built.assets });
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await desk?.stop();
    await built?.remove();
  }, 60_000);

  /** A browser of somebody who sends what no page would. */
  async function visitor() {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
    contexts.push(context);
    await context.request.get(`${desk.url}api/chat`);
    let count = 0;
    return {
      context,
      post: async (path: string, body: object): Promise<void> => {
        count += 1;
        const key = `hostile-${contexts.length}-${count}`;
        const answer = await context.request.post(`${desk.url}api/${path}`, { data: { key, ...body } });
        expect([path, answer.status()]).toEqual([path, 202]);
      },
    };
  }
  const nameOf = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 60).trim() || 'Ada';

  test(inRegister('injection.browser'), async () => {
    const strings = hostileStrings(held('injection.browser').strings, 77);
    const marked = ['<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '[AWS](https://evil.example)'];
    const reader = await visitor();
    for (const text of [...strings, ...marked]) await reader.post('chat/messages', { name: nameOf(text), text });
    // Some become requests, which administrators answer in the same manner.
    for (const [index, text] of [...strings.slice(0, 12), ...marked].entries()) {
      const asking = await visitor();
      await asking.post('chat/messages', { name: nameOf(text), text: `lost my mfa device, iam user ${text}` });
      await asking.post('chat/messages', { name: nameOf(text), press: 'person' });
      await asking.post('chat/messages', { name: nameOf(text), text: 'yes' });
      await desk.idle();
      const ticket = (await desk.store.tickets({ closed: false, limit: 1 }))[0];
      expect(ticket).toMatchObject({ id: 1001 + index });
      for (const action of ['reply', 'note'])
        await asking.post(`tickets/${1001 + index}/${action}`, { name: 'Grace', text: `words ${text}` });
    }
    await desk.idle();

    const page: Page = await reader.context.newPage();
    page.setDefaultTimeout(30_000);
    const signs: string[] = [];
    page.on('dialog', (dialog) => {
      signs.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('pageerror', (error) => signs.push(error.message));
    page.on('console', (message) => message.type() === 'error' && signs.push(message.text()));
    page.on('request', (request) => {
      if (new URL(request.url()).host !== new URL(desk.url).host) signs.push(`a request to ${request.url()}`);
    });
    await page.goto(desk.url);
    await page.getByRole('article', { name: 'Ticket D-1001' }).waitFor();
    const strangers = strangersBut(ourHosts());
    const look = async (where: string) => {
      expect([where, await page.evaluate(strangers)]).toEqual([where, []]);
      expect([where, signs]).toEqual([where, []]);
    };
    // The look is no use where the words are not: they stand there, as words.
    // biome-ignore lint/performance/useDomNodeTextContent: what can be seen, hidden text left out
    const read = await page.locator('body').innerText();
    for (const text of marked) expect(read).toContain(text);
    await look('the chat and the tickets');

    await page.goto(`${desk.url}insight/review`);
    await page.getByText('onerror=alert(1)').first().waitFor();
    await look('the review');
    // And the look itself finds what it is there for.
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<a href="https://evil.example">x</a>')`);
    expect(await page.evaluate(strangers)).toEqual(['A leads to https://evil.example']);
    expect(strings.length).toBeGreaterThanOrEqual(held('injection.browser').strings);
  });
});
