import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tickets } from '../../../scripts/tickets';
import type { Store } from '../../../src/core/ports';
import type { Ticket } from '../../../src/core/ticket';
import { openPostgresStore } from '../../../src/stores/postgres';
import { openSqliteStore } from '../../../src/stores/sqlite';
import { noPostgres, startPostgres } from '../../builders/postgres';
import { openTicket, ticketDetails, turn } from '../../builders/store';

const now = Date.parse('2026-12-01T10:00:00Z');
const nasty = 'Eve\u001b]0;owned\u0007\u202e\u001b[2J';

let folder: string;
let env: NodeJS.ProcessEnv;
let store: Store;
let ada: Ticket;
let eve: Ticket;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tickets-'));
  const file = join(folder, 'organization.yaml');
  writeFileSync(
    file,
    'version: 1\ntimezone: Europe/Berlin\npeople: { grace: { name: Grace, slack: U1 }, alan: { slack: U2 } }\n' +
      'on_call: { duty: { rotation: { people: [grace], start: "2026-11-30", every: 1w } } }\n',
  );
  env = { DATA_DIR: join(folder, 'data'), ORGANIZATION_FILE: file };
  store = await openSqliteStore(env.DATA_DIR!);
  ada = await openTicket(store, 'ada');
  const details = ticketDetails({
    person: { id: 'eve', name: nasty, member: true },
    severity: 'urgent',
    words: [`help ${nasty}`],
    slots: { account_id: '111122223333' },
  });
  eve = await openTicket(store, 'eve', { conversationId: 'c2', open: { role: 'security-team', details } });
  await turn(store, 'claim', {
    change: { ticket: eve, actor: { id: 'U1', name: 'Grace' }, action: 'claim', text: null },
  });
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function run(...args: string[]): Promise<string> {
  const lines: string[] = [];
  await tickets(args, env, (line) => lines.push(line), now);
  const text = lines.join('\n');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is what is tested
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  return text;
}
const refusal = (...args: string[]): Promise<string> =>
  run(...args).then(
    () => 'it was carried out',
    (error: Error) => error.message,
  );

test('the queue has what is open, the oldest first, and steers no terminal', async () => {
  const lines = (await run('queue')).split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(new RegExp(`^D-${ada.id}  open  .*  Ada  Lost or broken MFA device$`));
  expect(lines[1]).toMatch(new RegExp(`^D-${eve.id}  URGENT claimed \\(Grace\\)  .*  Eve`));
});

test('mine is what somebody has, by name or id', async () => {
  for (const who of ['grace', 'u1']) expect(await run('mine', '--as', who)).toContain(`D-${eve.id}`);
  expect(await run('mine', '--as', 'Alan')).toBe('Nothing.');
  expect(await refusal('mine')).toContain('mine needs --as');
});

test('search finds by number, person, words and account, all of them at once', async () => {
  expect(await run('search', `D-${ada.id}`)).toContain(`D-${ada.id}`);
  expect(await run('search', '111122223333', 'help')).toContain(`D-${eve.id}`);
  expect(await run('search', '111122223333', 'phone')).toBe('Nothing was found.');
  expect(await refusal('search')).toContain('search needs words');
});

test('one ticket is shown with its history', async () => {
  const text = await run('show', `d-${eve.id}`);
  expect(text).toContain(`D-${eve.id} URGENT`);
  expect(text).toContain('Grace: claim → claimed');
  expect(await refusal('show', 'D-9')).toContain('there is no ticket “D-9”');
  expect(await refusal('show', `x\u001b[2J`)).not.toContain('\u001b');
});

test('who is on call, and instead of whom', async () => {
  expect(await run('on-call', '--days', '1')).toBe('duty\n  Tue 1 Dec 2026 11:00 to Wed 2 Dec 2026 11:00  Grace');
  const said = await run('override', 'duty', 'alan', '--for', '2h', '--by', 'Grace');
  expect(said).toMatch(/duty: alan from Tue 1 Dec 2026 11:00 until Tue 1 Dec 2026 13:00/);
  const number = /^\d+/.exec(said)![0];
  expect(await run('overrides')).toContain(`${number}  duty: alan`);
  expect(await run('on-call', '--days', '1')).toContain(
    `11:00 to Tue 1 Dec 2026 13:00  alan (override ${number} by Grace)`,
  );
  expect(await run('override', '--remove', number)).toBe('The plan holds again.');
  expect(await run('overrides')).toBe('The plan holds; there are no overrides.');
  const holidays = await run(
    'override',
    'duty',
    'alan',
    '--from',
    '2026-12-24 18:00',
    '--until',
    '2026-12-26',
    '--by',
    'G',
  );
  expect(holidays).toContain('from Thu 24 Dec 2026 18:00 until Sat 26 Dec 2026 00:00');
});

test.each([
  [['override', 'night', 'alan', '--for', '2h', '--by', 'G'], 'There is no schedule “night”; there is duty'],
  [['override', 'duty', 'eve', '--for', '2h', '--by', 'G'], 'There is nobody called “eve”'],
  [['override', 'duty', 'alan', '--for', 'long', '--by', 'G'], '--for is a duration'],
  [['override', 'duty', 'alan', '--by', 'G'], 'needs an end'],
  [['override', 'duty', 'alan', '--for', '2h'], 'needs --by'],
  [['override', 'duty', 'alan', '--until', 'tomorrow', '--by', 'G'], 'is no time'],
  [['override', 'duty', 'alan', '--until', '2020-01-01', '--by', 'G'], 'It must end after it begins'],
  [['override', '--remove', '99'], 'there is no override 99'],
  [['on-call', '--days', '0'], '--days is a number'],
  [['dance'], 'there is no command “dance”'],
  [['queue', '--what'], 'npm run tickets'],
])('%j is refused with what to do', async (args, problem) => {
  expect(await refusal(...args)).toContain(problem);
});

test('without a store it says so', async () => {
  await expect(tickets(['queue'], { DATA_DIR: join(folder, 'none') }, () => {})).rejects.toThrow('STORE_MISSING');
});

test('help', async () => {
  expect(await run()).toContain('npm run tickets');
});

(noPostgres ? test.skip : test)(
  'the same on PostgreSQL',
  async () => {
    const server = await startPostgres();
    const url = await server.database();
    const shared = await openPostgresStore(url);
    const ticket = await openTicket(shared);
    const lines: string[] = [];
    await tickets(['queue'], { ...env, DATABASE_URL: url }, (line) => lines.push(line), now);
    await shared.close();
    await server.stop();
    expect(lines).toEqual([expect.stringContaining(`D-${ticket.id}`)]);
  },
  60_000,
);
