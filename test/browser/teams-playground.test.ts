import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import pino from 'pino';
import { type Browser, chromium } from 'playwright-core';
import { readKnowledge } from '../../src/knowledge';
import { type Service, startService } from '../../src/service';
import { dataFolder } from '../builders/desk';
import { type Playground, startPlayground } from './playground';
import { chromiumFlags, TeamsClient } from './teams-client';

/**
 * The service in a Teams client that is not ours: the Microsoft 365 Agents Playground, an employee's and an
 * administrator's, both in a real browser. `TEAMS_PICTURES=docs/pictures npx jest test/browser/teams-playground`
 * takes the pictures of the guides on the way; otherwise nothing is kept.
 */
const executablePath = '/usr/bin/chromium';
const hasBrowser = existsSync(executablePath);
if (!hasBrowser)
  console.log(`skipped: the Teams client needs Chromium at ${executablePath} (on Debian: apt-get install chromium)`);
const inBrowser = hasBrowser ? describe : describe.skip;
const picturesFolder = process.env.TEAMS_PICTURES;

const questions = { id: '19:questions@thread.tacv2', name: 'Questions' };
const admins = { id: '19:aws-admins@thread.tacv2', name: 'AWS admins' };
const organization = {
  version: 1,
  name: 'Example Corp',
  destinations: { 'aws-admins': { teams: admins.id } },
  routes: { default: { tiers: [{ to: ['aws-admins'], claim_within: '15m' }] } },
  admins: { teams: [admins.id] },
};

jest.setTimeout(240_000);

inBrowser('the bot in a real Teams client', () => {
  const toEnd: (() => Promise<unknown>)[] = [];
  /** What the service logged as going wrong. */
  const complaints: string[] = [];
  let service: Service;
  let browser: Browser;
  let playgrounds: Playground[];
  let ada: TeamsClient;
  let grace: TeamsClient;

  // Without a built model the classifier is trained first.
  beforeAll(async () => {
    const data = await dataFolder();
    toEnd.push(data.remove);
    const organizationFile = path.join(data.folder, 'organization.yaml');
    await writeFile(organizationFile, JSON.stringify(organization));
    const settings = { PORT: '0', HOST: '127.0.0.1', DATA_DIR: data.folder, ORGANIZATION_FILE: organizationFile };
    const log = pino({ level: 'warn', base: null }, { write: (line: string) => void complaints.push(line) });
    service = await startService(readKnowledge({ ...settings, TEAMS_ALLOW_ANONYMOUS: '1' }), log);
    toEnd.push(() => service.stop());
    playgrounds = [
      await playground({ user: { id: '29:ada', name: 'Ada' }, personalChat: 'a:ada', channel: questions }),
      await playground({ user: { id: '29:grace', name: 'Grace' }, personalChat: 'a:grace', channel: admins }),
    ];
    browser = await chromium.launch({ executablePath, args: chromiumFlags });
    toEnd.push(() => browser.close());
    ada = await TeamsClient.open(browser, playgrounds[0]!);
    grace = await TeamsClient.open(browser, playgrounds[1]!);
    // The bot can speak in a channel once it was told that it is there; the client tells when the channel is opened.
    await grace.openChannel(admins.name);
  });
  afterAll(async () => {
    for (const end of toEnd.reverse()) await end();
  });
  afterEach(async () => {
    expect({ service: complaints, ada: ada.failures, grace: grace.failures }).toEqual({
      service: [],
      ada: [],
      grace: [],
    });
    const exchanges = (await Promise.all(playgrounds.map((each) => each.exchanges()))).flat();
    expect(exchanges).not.toHaveLength(0);
    expect(exchanges.filter(({ status }) => status < 200 || status > 299)).toEqual([]);
    expect(playgrounds.flatMap((each) => each.refused())).toEqual([]);
  });

  async function playground(who: Omit<Parameters<typeof startPlayground>[0], 'botPort'>): Promise<Playground> {
    const started = await startPlayground({ botPort: service.port, ...who });
    toEnd.push(() => started.stop());
    return started;
  }

  async function picture({ page }: TeamsClient, name: string, height: number): Promise<void> {
    if (!picturesFolder) return;
    await page.setViewportSize({ width: 1280, height });
    await page.mouse.move(0, 0);
    await page.screenshot({ path: path.resolve(picturesFolder, `teams-${name}.png`) });
  }

  it('plays a lost phone from misspelt words to solved, each in their own window', async () => {
    await ada.openPersonalChat();
    // Nobody asked: the bot greets whoever it meets first.
    await ada.reads('I help when you cannot get into AWS');
    await ada.say('cant get teh mfa cod, my phon is gone');
    await ada.reads('How do you sign in to AWS?');
    // The menu of the greeting is dead from now on.
    await ada.button('Lost or broken MFA device').waitFor({ state: 'detached' });
    const shown = await ada.cards().count();
    await ada.press('IAM user');
    await ada.reads(/Only an administrator of your AWS account can take a lost device off your user/);
    await ada.reads(/AWS Support cannot: it takes no MFA cases of IAM users/);
    // The question became the answer; nothing was added below it.
    expect(await ada.cards().count()).toBe(shown);
    expect(await ada.card('How do you sign in to AWS?').count()).toBe(0);
    await picture(ada, 'chat', 1_000);

    await ada.press('Ask my administrator');
    await ada.reads(/your request D-1001 has gone to/);
    const ping = grace.card('D-1001');
    await ping.waitFor();
    for (const words of [
      'Open: nobody has taken it yet',
      'Lost or broken MFA device',
      'Ada asks for an administrator of the AWS account',
      'The bot has not checked that this is really the person',
      'cant get teh mfa cod, my phon is gone',
      'AWS Support says itself that it leaves the MFA of IAM users to their administrators',
      'Identity check first. Call the person back',
    ]) {
      await grace.reads(words, ping);
    }
    await picture(grace, 'ping', 1_220);
    const command = ping.getByText('aws iam deactivate-mfa-device').first();
    expect(await command.isVisible()).toBe(false);
    await grace.press('Show steps', ping);
    await command.waitFor();

    await grace.press('Claim', ping);
    await grace.reads('Taken by Grace', ping);
    await grace.button('Claim').waitFor({ state: 'detached' });
    await ada.reads('Grace has taken your request D-1001');

    await grace.press('Reply', ping);
    await grace.fill('Your words to the employee', 'I call you back on your *office* number <now> & wait.');
    await grace.press('Send reply', ping);
    // Word for word: what looks like markup is shown as it was typed.
    await ada.reads('I call you back on your *office* number <now> & wait.');
    await grace.reads('Waiting for Ada (taken by Grace)', ping);
    await ada.say('ok, i am at my desk');
    await grace.reads('ok, i am at my desk', ping);

    await grace.press('Resolve', ping);
    await grace.fill(/What should the employee know\?/, 'the old phone is off your user');
    await grace.press('Mark as resolved', ping);
    await ada.reads(/Grace has marked your request D-1001 as solved: the old phone is off your user/);
    await picture(ada, 'solved', 1_000);
    await grace.reads('Solved by Grace', ping);
    await grace.button('Reply').waitFor({ state: 'detached' });
    // All that time it was one card, in one post.
    expect(await ping.count()).toBe(1);

    await ada.press('That worked');
    await ada.button('Still stuck').waitFor({ state: 'detached' });
    expect((await service.store.history(1001)).map(({ actor, action }) => `${actor} ${action}`)).toEqual([
      'Ada opened',
      'Grace claim',
      'Grace reply',
      'Ada user_message',
      'Grace resolve',
    ]);
  });

  it('answers a mention in its thread, and goes on alone with the person where it gets personal', async () => {
    await ada.openChannel(questions.name);
    await ada.post('lost my phne, no mfa for aws, iam user i think');
    const thread = ada.thread('lost my phne');
    await ada.reads(/Only an administrator of your AWS account/, thread);
    await ada.press('Ask my administrator', thread);
    await ada.reads(/I have sent you a direct message/, thread);
    await grace.card('D-1002').waitFor();

    await ada.openPersonalChat();
    await ada.reads(/your request D-1002 has gone to/);
    await grace.press('Reply', grace.card('D-1002'));
    await grace.fill('Your words to the employee', 'Which user name is it?');
    await grace.press('Send reply');
    await ada.reads('Which user name is it?');
    await ada.say('ada.l');
    await grace.reads('ada.l', grace.card('D-1002'));

    // What is between the two of them never shows among the others.
    await ada.openChannel(questions.name);
    await thread.waitFor();
    expect(await thread.getByText(/D-1002|Which user name/).count()).toBe(0);
    // The next mention there is answered there again.
    await ada.answerInThread('lost my phne', 'what is iam?');
    await ada.reads(/IAM/, thread.locator('.ac-adaptiveCard').last());
    expect(await ada.thread('what is iam?').count()).toBe(1);
  });

  it('answers in a group chat when it is named, and takes what is personal out of it', async () => {
    await ada.openGroupChat();
    await ada.mention('forgot my iam pasword');
    await ada.reads(/an administrator of your AWS account sets a new password for you/);
    await ada.press('Ask my administrator');
    await ada.reads(/I have sent you a direct message/);
    await ada.openPersonalChat();
    await ada.reads(/your request D-1003 has gone to/);
    await grace.reads('forgot my iam pasword', grace.card('D-1003'));
  });
});
