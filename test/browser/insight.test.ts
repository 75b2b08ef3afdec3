import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { knowledge } from '../builders/bot';
import { buildDesk } from '../builders/build-desk';
import type { ContentTree } from '../builders/content-tree';
import { type RunningDesk, startDesk } from '../builders/desk';
import { inventMissed, inventPast, missedTexts } from '../builders/insight';
import { taughtTree } from '../builders/taught-tree';

/** The pages about the bot in a real browser, on the real service with an invented past. */
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

jest.setTimeout(120_000);

let built: Awaited<ReturnType<typeof buildDesk>>;
let browser: Browser;
let context: BrowserContext;
let page: Page;
/** Anything the browser complained about: scripts that failed, things the security policy refused. */
let complaints: string[];

async function open(url: string): Promise<void> {
  complaints = [];
  context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(url);
}
const isTooWide = () => page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');

async function looksRight(): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect([colorScheme, await page.evaluate(poorContrasts)]).toEqual([colorScheme, []]);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await isTooWide()).toBe(false);
  expect(complaints).toEqual([]);
}

beforeAll(async () => {
  if (!hasBrowser) return;
  built = await buildDesk();
  browser = await chromium.launch({ executablePath, args: flags });
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await built?.remove();
});

inBrowser('with the shipped content', () => {
  let desk: RunningDesk;
  beforeAll(async () => {
    desk = await startDesk({ assets: built.assets });
    const { content } = knowledge();
    await inventPast(desk.store, content, { now: Date.now() - 25 * 60 * 60 * 1000, weeks: 3, people: 40 });
    await inventMissed(desk.store, missedTexts);
  }, 180_000);
  afterAll(() => desk.stop());
  afterEach(() => context.close());

  test('the figures are those of the store, each picture with its table and file', async () => {
    await open(`${desk.url}insight/figures`);
    const tile = page.locator('.tile', { hasText: 'Helped without a person' }).locator('strong');
    await page.locator('#flow-picture svg').waitFor();
    const now = Date.now();
    const turns = await desk.store.turnCounts(0, now, now);
    const solved = turns.reduce((sum, turn) => sum + (turn.outcome === 'solved' ? turn.turns : 0), 0);
    expect(solved).toBeGreaterThan(3);
    expect(await tile.textContent()).toBe(String(solved));

    for (const id of ['weekly', 'times', 'busiest']) {
      const panel = page.locator(`#${id}`);
      expect(await panel.getByRole('img').getAttribute('aria-label')).toContain('The table below has the numbers');
      await panel.getByText('As a table').click();
      expect(await panel.locator('tbody tr').count()).toBeGreaterThan(0);
    }
    const cells = await page.locator('#weekly tbody td:nth-child(3)').allInnerTexts();
    expect(cells.reduce((all, cell) => all + Number(cell), 0)).toBe(solved);

    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('#weekly').getByRole('link', { name: 'CSV' }).click(),
    ]);
    const csv = readFileSync(await file.path(), 'utf8');
    expect(csv).toMatch(/^\uFEFFweek,problems,helped_without_a_person/);
    expect(csv.trim().split('\r\n')).toHaveLength(9);

    await page.getByLabel('Platform').selectOption('teams');
    const onTeams = turns.reduce((all, turn) => all + (turn.platform === 'teams' && turn.began ? turn.turns : 0), 0);
    await page.locator('.tile', { hasText: 'Problems' }).getByText(String(onTeams), { exact: true }).waitFor();
    await looksRight();
  });

  test('a scenario is drawn from its file, and a chosen step is shown as both platforms get it', async () => {
    await open(`${desk.url}insight/scenarios#mfa-lost`);
    await page
      .getByRole('button', { name: /^Step: Another registered device, phone clock/ })
      .first()
      .press('Enter');
    const previews = page.locator('#pages');
    await previews.getByText('mfa-lost/iam/another-device').waitFor();
    for (const platform of ['Slack', 'Teams']) {
      const shown = previews.getByRole('region', { name: `${platform}, page 1` });
      await shown.getByText(/Only an administrator of your AWS account can take a lost device off/).waitFor();
      expect(await shown.getByText('Ask my administrator').isVisible()).toBe(true);
    }
    expect(await previews.getByText('(not drawn here').count()).toBe(0);
    const steps = Object.keys(knowledge().content.byName.get('mfa-lost')!.steps);
    expect(await page.locator('#graph .step[role=button]').count()).toBe(steps.length);
    await looksRight();
  });
});

inBrowser('with content that may be changed', () => {
  let desk: RunningDesk;
  let tree: ContentTree;
  beforeEach(async () => {
    tree = taughtTree();
    desk = await startDesk({ assets: built.assets, intents: tree.root });
    await inventMissed(desk.store, missedTexts);
  });
  afterEach(async () => {
    await context.close();
    await desk.stop();
    tree.remove();
  });

  const group = (text: string) => page.locator('fieldset', { hasText: text });

  test('words are judged by a person, examined, and written where they teach', async () => {
    await open(`${desk.url}insight/review`);
    await group('duo enrolment gone').getByRole('button', { name: 'Dismiss' }).click();
    await page.getByText('2 dismissed.').waitFor({ state: 'attached' });
    const yubi = group('the yubi snapped in two, what now');
    await yubi.getByLabel('Intent', { exact: true }).selectOption('mfa.lost');
    await yubi.getByRole('button', { name: 'Give to this intent' }).click();
    await page.getByText(/given to mfa\.lost\./).waitFor({ state: 'attached' });
    const coffee = group('the coffee machine is broken');
    await coffee.getByLabel('Intent', { exact: true }).selectOption('new');
    await coffee.getByLabel('Name of the new intent').fill('Coffee!');
    await coffee.getByRole('button', { name: 'Give to this intent' }).click();
    await page.getByRole('alert').getByText('write an intent as area.problem_in_words').waitFor();
    await coffee.getByLabel('Name of the new intent').fill('kitchen.coffee_machine');
    await coffee.getByRole('button', { name: 'Give to this intent' }).click();
    await page.getByText('1 given to kitchen.coffee_machine.').waitFor({ state: 'attached' });
    // The browser notes the refusal of the bad name.
    expect(complaints.splice(0)).toEqual([expect.stringContaining('400')]);
    await looksRight();
    await page.setViewportSize({ width: 1280, height: 900 });

    const before = tree.read('scenarios/mfa-lost/en.utterances.txt');
    await page.getByRole('button', { name: 'What would this do?' }).click();
    await page.getByRole('region', { name: 'Figures before and after' }).waitFor();
    // Looking changes nothing.
    expect(tree.read('scenarios/mfa-lost/en.utterances.txt')).toBe(before);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download as a file' }).click(),
    ]);
    expect(readFileSync(await file.path(), 'utf8')).toContain('+the yubi snapped in two, what now\n');
    await page.getByRole('button', { name: 'Write into the files' }).click();
    await page.getByText('Nothing is given to an intent yet.').waitFor();
    expect(tree.read('scenarios/mfa-lost/en.utterances.txt')).toContain('\nthe yubi snapped in two, what now\n');
    expect(tree.read('training/wanted/kitchen-coffee-machine.en.utterances.txt')).toBe(
      'the coffee machine is broken\n',
    );
    expect(desk.failures).toEqual([]);
  });

  test('a fault in a file is told on the page, with its line, until it is mended', async () => {
    await open(`${desk.url}insight/scenarios`);
    const good = tree.read('scenarios/mfa-lost/scenario.yaml');
    tree.change('scenarios/mfa-lost/scenario.yaml', 'then: iam/alone', 'then: iam/nowhere');
    await page.getByRole('button', { name: 'Load again' }).click();
    await page
      .getByText(/^intents\/scenarios\/mfa-lost\/scenario\.yaml:\d+$/)
      .first()
      .waitFor();
    expect(await page.getByText('leads to the missing step "iam/nowhere"').isVisible()).toBe(true);
    tree.write('scenarios/mfa-lost/scenario.yaml', good);
    await page.getByRole('button', { name: 'Load again' }).click();
    await page.getByText('was not taken over').waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });
});
