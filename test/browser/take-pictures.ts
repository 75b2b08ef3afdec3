import path from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { buildDesk } from '../builders/build-desk';
import { type RunningDesk, startDesk } from '../builders/desk';
import { HttpBrowser } from '../builders/http-browser';

/**
 * Takes the pictures of docs/pictures: `npx tsx test/browser/take-pictures.ts`.
 * The same short case each time, played on the real service: a lost phone, handed over, claimed, answered.
 */
const folder = path.resolve(process.argv[2] ?? path.join(__dirname, '../../docs/pictures'));
const wide = { width: 1400, height: 900 };
const narrow = { width: 390, height: 844 };

async function main(): Promise<void> {
  const built = await buildDesk();
  const desk = await startDesk({ assets: built.assets });
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
  const toTheTop = () => page.locator('#tickets').evaluate((list) => list.scrollTo({ top: 0 }));

  await page.goto(desk.url);
  await page.getByText('I help when you cannot get into AWS').waitFor();
  await picture('desk-empty');
  await playTheCase(page);
  await toTheTop();
  await picture('desk-light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await picture('desk-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(narrow);
  await picture('desk-narrow-chat');
  await page.getByRole('tab', { name: 'Administrators' }).click();
  await toTheTop();
  await picture('desk-narrow-tickets');

  await page.setViewportSize(wide);
  await playOthers(desk);
  await page.locator('.ac-textRun', { hasText: 'charges i did not make' }).waitFor();
  await page
    .getByRole('button', { name: /^Ping to the security team/ })
    .first()
    .click();
  await toTheTop();
  await button('Show steps').first().click();
  await picture('desk-steps');
  await browser.close();
  await desk.stop();
  await built.remove();
}

async function playTheCase(page: Page): Promise<void> {
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  await page.getByLabel('Message to the helpdesk bot').fill('lost my phone, no mfa for aws, iam user i think');
  await page.keyboard.press('Enter');
  await press('Ask my administrator');
  await press('Claim');
  await page.getByText('Grace has taken your request').waitFor();
  await press('Reply');
  await page
    .getByLabel('Your words to the employee')
    .fill(
      'Hi Ada, I called you back on your office number. The old phone is off your user: please sign in and register the new one.',
    );
  await press('Send reply');
  await page.getByText('it is their turn').waitFor();
}

/** Two more people, so that the desk shows what is urgent and what is over. */
async function playOthers(desk: RunningDesk): Promise<void> {
  let keys = 0;
  const person = (name: string) => {
    const client = new HttpBrowser(desk.port);
    return async (what: object) => {
      keys += 1;
      await client.post('/api/chat/messages', { key: `picture-${keys}`, name, ...what });
      await desk.idle();
    };
  };
  const linus = person('Linus Andersson');
  await linus({ text: 'i forgot the password of my iam user' });
  await linus({ text: 'ask my admin' });
  await linus({ text: 'it works now' });
  const mira = person('Mira');
  await mira({ text: 'there are charges i did not make, somebody hacked our aws account!!' });
  await mira({ press: 'ask_admin' });
}

void main();
