import { Budgets, floodLimits, minuteS, usesOf } from '../../../src/limits/budgets';
import { openPostgresCounters } from '../../../src/stores/postgres-counters';
import { HttpBrowser } from '../../builders/http-browser';
import { noPostgres, startPostgres, type TestServer } from '../../builders/postgres';
import { deleteMessage, textMessage } from '../../builders/store';
import { held, inRegister } from '../register';
import { startWhole, type WholeService } from './whole-service';

const limits = { perPerson: 20, perWorkspace: 50 };
const message = (person: string, n: number, conversation = `slack:T1:${person}`) =>
  textMessage(`${person}-${n}`, {
    platform: 'slack',
    conversation,
    person: { id: person, name: person, member: true },
  });
const calm = () => false;
const urgent = () => true;

describe('what one person may write within a minute', () => {
  test('the limit holds for each person by themselves, and says when to tell them', async () => {
    const budgets = new Budgets(limits);
    const verdicts: string[] = [];
    for (let n = 0; n < 23; n++) verdicts.push(await budgets.take(message('ada', n), calm));
    expect(verdicts).toEqual([...Array(20).fill('within'), 'first_over', 'over', 'over']);
    expect(await budgets.take(message('bob', 1), calm)).toBe('within');
  });

  test('what is urgent passes, up to a measure of its own', async () => {
    const budgets = new Budgets(limits);
    for (let n = 0; n < 25; n++) await budgets.take(message('ada', n), calm);
    const verdicts: string[] = [];
    for (let n = 0; n < 12; n++) verdicts.push(await budgets.take(message('ada', 100 + n), urgent));
    expect(verdicts).toEqual([...Array(10).fill('within'), 'over', 'over']);
  });

  test('a workspace has a limit too; one that floods does not touch another, and taking back is always possible', async () => {
    const budgets = new Budgets(limits);
    const verdicts: string[] = [];
    for (let n = 0; n < 52; n++)
      verdicts.push(await budgets.take(message(`person-${n}`, n, `slack:T1:person-${n}`), calm));
    expect(verdicts.slice(0, 50)).toEqual(Array(50).fill('within'));
    expect(verdicts.slice(50)).toEqual(['first_over', 'first_over']);
    expect(await budgets.take(message('zoe', 1, 'slack:T2:zoe'), calm)).toBe('within');
    expect(await budgets.take(deleteMessage('d', 'x', { platform: 'slack', conversation: 'slack:T1:ada' }), calm)).toBe(
      'within',
    );
  });

  test('0 sets no limit', async () => {
    const budgets = new Budgets({ perPerson: 0, perWorkspace: 0 });
    for (let n = 0; n < 100; n++) expect(await budgets.take(message('ada', n), calm)).toBe('within');
  });
});

describe('the whole service in a flood', () => {
  let whole: WholeService;
  beforeAll(async () => {
    whole = await startWhole();
  }, 60_000);
  afterAll(() => whole?.stop());

  test(inRegister('ingress.floods'), async () => {
    const { messages } = held('ingress.floods');
    const browser = new HttpBrowser(whole.service.port);
    browser.cookie = `helpdesk_chat=${'flood'.padEnd(22, '-')}`;
    const say = (n: number, text: string) =>
      browser.post('/api/chat/messages', { key: `flood-${String(n).padStart(4, '0')}`, name: 'Ada', text });
    for (let n = 0; n < messages; n++) await say(n, `hello ${n}`);
    await say(messages, 'our aws account was hacked, there are charges nobody made');
    await whole.service.helpdesk.turns.idle();
    const said = (await whole.service.store.chat('flood'.padEnd(22, '-'), 0)).flatMap(({ line }) =>
      line.from === 'person' ? [line.text] : [],
    );
    const { read } = held('ingress.floods');
    expect(said).toEqual([...Array.from({ length: read }, (_, n) => `hello ${n}`), expect.stringContaining('hacked')]);
    const metrics = await (await fetch(`${whole.url}/metrics`)).text();
    expect(metrics).toContain(`helpdesk_refused_total{platform="web",reason="too many"} ${messages - read}`);
  });

  test('somebody in Slack is told once, kindly, that the last message was not read', async () => {
    const { slack, service } = whole;
    const ada = slack.addUser({ real_name: 'Ada' });
    const chat = slack.dm(ada);
    for (let n = 0; n < 24; n++) await slack.says(ada, chat, `hello ${n}`);
    await service.helpdesk.turns.idle();
    await service.helpdesk.outbox.settled();
    await slack.idle();
    const shown = slack.posted(chat, { by: 'bot' }).map((one) => slack.reads(one));
    expect(shown.filter((text) => text.includes('I have not read your last message'))).toHaveLength(1);
  });
});

if (noPostgres) process.stderr.write(`${noPostgres}\n`);
(noPostgres ? describe.skip : describe)('several processes on one PostgreSQL', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres();
  }, 120_000);
  afterAll(() => server?.stop(), 60_000);

  test('count together', async () => {
    const url = await server.database();
    const processes = await Promise.all(
      [1, 2].map(async () => {
        const shared = openPostgresCounters(url);
        const made = new Map<string, (key: string) => Promise<unknown>>();
        for (const [name, limit] of Object.entries(floodLimits(limits)))
          made.set(name, await shared.counter(name, limit, minuteS));
        const count = (name: string) => async (key: string) =>
          usesOf(await made.get(name)!(key).catch((full: unknown) => full));
        return { budgets: new Budgets(limits, count), close: shared.close };
      }),
    );
    try {
      const verdicts: string[] = [];
      for (let n = 0; n < 22; n++) verdicts.push(await processes[n % 2]!.budgets.take(message('ada', n), calm));
      expect(verdicts).toEqual([...Array(20).fill('within'), 'first_over', 'over']);
    } finally {
      await Promise.all(processes.map(({ close }) => close()));
    }
  });
});
