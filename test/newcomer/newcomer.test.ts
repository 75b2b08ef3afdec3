import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../builders/bot';
import { Newcomer } from './path';

const isCheckout = existsSync(join(repository, '.git'));
if (!isCheckout) process.stderr.write('newcomer: skipped, this is no clone that git could clone again\n');

/** How long it takes is held by `npm run bench -- newcomer`; here only that the pages are true. */
(isCheckout ? describe : describe.skip)('somebody who has nothing but the pages', () => {
  let newcomer: Newcomer;
  beforeAll(async () => {
    newcomer = await Newcomer.arrive(repository);
  }, 60_000);
  afterAll(() => newcomer.leaves(), 60_000);

  test('has the first reply on the web desk', async () => {
    expect(await newcomer.webDesk()).toContain('"from":"bot"');
  }, 600_000);

  test('has the first reply in Slack', async () => {
    expect(await newcomer.slack()).not.toMatch(/violation/i);
  }, 300_000);

  test('has the first reply in Teams', async () => {
    expect(await newcomer.teams()).not.toMatch(/^! /m);
  }, 300_000);
});
