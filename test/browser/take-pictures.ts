import path from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { newTicket, startFakeDesk } from '../fakes/desk-service';

/**
 * Takes the pictures of docs/pictures: `node src/desk/build.mjs && npx tsx test/browser/take-pictures.ts`.
 * The same short case each time: a lost phone, handed over, claimed, answered.
 */
const folder = path.resolve(__dirname, '../../docs/pictures');
const wide = { width: 1400, height: 900 };
const narrow = { width: 390, height: 844 };

async function main(): Promise<void> {
  const desk = await startFakeDesk();
  const flags = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ];
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
  const page = await browser.newPage({
    viewport: wide,
    deviceScaleFactor: 1.5,
    reducedMotion: 'reduce',
    colorScheme: 'light',
    locale: 'en-GB',
  });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const picture = async (name: string) => {
    await page.mouse.move(0, 0);
    await page.waitForTimeout(300);
    await page.screenshot({ path: path.join(folder, `${name}.png`) });
  };

  await page.goto(desk.url);
  await page.getByText('Hello. I help people').waitFor();
  await picture('desk-empty');
  await playTheCase(page);
  await picture('desk-light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await picture('desk-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(narrow);
  await picture('desk-narrow-chat');
  await page.getByRole('tab', { name: 'Administrators' }).click();
  await page.locator('#tickets').evaluate((list) => list.scrollTo({ top: 0 }));
  await picture('desk-narrow-tickets');

  await page.setViewportSize(wide);
  const linus = { id: 'web:2', name: 'Linus Andersson', member: true };
  const anHourAgo = Date.now() - 3_600_000;
  desk.tickets.set(
    1040,
    newTicket(1040, linus, anHourAgo - 60_000, {
      state: 'resolved',
      stateText: 'resolved by Grace',
      claimedBy: 'Grace',
      actions: [],
      title: 'Forgotten password',
    }),
  );
  desk.tickets.set(
    1041,
    newTicket(1041, linus, anHourAgo, {
      urgent: true,
      title: 'Somebody else may be in the account',
      words: ['there are charges i did not make!!'],
    }),
  );
  await desk.web.desk.ping({ kind: 'ping', destination: 'desk', ticket: 1041, what: 'opened' });
  await page.getByText('charges i did not make').waitFor();
  await page
    .getByRole('button', { name: /^Ping to/ })
    .first()
    .click();
  await page.locator('#tickets').evaluate((list) => list.scrollTo({ top: 0 }));
  await button('Show steps').last().click();
  await picture('desk-steps');
  await browser.close();
  await desk.close();
}

async function playTheCase(page: Page): Promise<void> {
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  await page.getByLabel('Message to the helpdesk bot').fill('lost my phone, no mfa for aws, iam user i think');
  await page.keyboard.press('Enter');
  await press('Still stuck');
  await press('Ask an administrator');
  await press('Claim');
  await page.getByText('Grace is on it now').waitFor();
  await press('Reply');
  await page
    .getByLabel('Your words to the employee')
    .fill(
      'Hi Ada, I called you back on your office number. The old phone is off your user: please sign in and register the new one.',
    );
  await press('Send reply');
  await page.getByText('it is their turn to answer').waitFor();
  await page.locator('#tickets').evaluate((list) => list.scrollTo({ top: 0 }));
}

void main();
