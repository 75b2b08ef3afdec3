import path from 'node:path';
import { chromium } from 'playwright-core';
import { knowledge } from '../builders/bot';
import { buildDesk } from '../builders/build-desk';
import { startDesk } from '../builders/desk';
import { inventMissed, inventPast } from '../builders/insight';

/** Takes the pictures of the pages about the bot, with an invented past: `npx tsx test/browser/take-insight-pictures.ts`. */
const folder = path.resolve(process.argv[2] ?? path.join(__dirname, '../../docs/pictures'));
const flags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'];
const texts = [
  'yubi thingy snapped in half',
  'the yubi snapped in two, what now',
  'duo says no such enrolment',
  'duo enrolment gone',
  'the coffee machine is broken',
];

async function main(): Promise<void> {
  const built = await buildDesk();
  const desk = await startDesk({ assets: built.assets });
  await inventPast(desk.store, knowledge().content, { now: Date.now(), weeks: 8, people: 260 });
  await inventMissed(desk.store, texts);
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
  const picture = async (name: string, height: number) => {
    await page.setViewportSize({ width: 1280, height });
    await page.waitForTimeout(500);
    await page.screenshot({ path: path.join(folder, `${name}.png`) });
  };
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(`${desk.url}insight/figures`);
  await page.locator('#flow-picture svg').waitFor();
  await picture('figures', 1320);

  await page.goto(`${desk.url}insight/scenarios#mfa-lost`);
  await page
    .getByRole('button', { name: /^Step: Another registered device/ })
    .first()
    .click();
  await page.locator('#pages').getByText('mfa-lost/iam/another-device').waitFor();
  await page.locator('#graph').evaluate((graph) => graph.scrollTo({ top: 260 }));
  await picture('scenarios', 1500);

  await page.goto(`${desk.url}insight/review`);
  const group = (text: string) => page.locator('fieldset', { hasText: text });
  await group('duo enrolment gone').getByRole('button', { name: 'Give to this intent' }).click();
  await group('duo enrolment gone').waitFor({ state: 'detached' });
  await picture('review', 1000);
  await browser.close();
  await desk.stop();
  await built.remove();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
