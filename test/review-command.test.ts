import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../src/stores/sqlite';
import { repository } from './builders/bot';
import { inventMissed, missedTexts } from './builders/insight';

/** `npm run review` and `npm run report` on the store of a service, as a script and as a person use them. */
jest.setTimeout(300_000);

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'review-'));
  const store = await openSqliteStore(folder);
  await inventMissed(store, missedTexts);
  await store.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(name: 'review' | 'report', args: string[] = [], input = '', dataDir = folder) {
  return new Promise<{ code: number | null; out: string; err: string }>((resolve, reject) => {
    const script = join(repository, 'scripts', `${name}.ts`);
    const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
      cwd: repository,
      env: { PATH: process.env.PATH!, DATA_DIR: dataDir },
    });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (piece: string) => (out += piece));
    child.stderr.setEncoding('utf8').on('data', (piece: string) => (err += piece));
    child.on('error', reject);
    child.stdin.on('error', () => undefined);
    child.on('close', (code) => resolve({ code, out, err }));
    child.stdin.end(input);
  });
}

interface Group {
  suggested: string | null;
  words: { id: number; text: string }[];
}
async function groups(): Promise<Group[]> {
  const { out } = await run('review', ['--list']);
  return out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Group);
}

test('a script lists, gives and dismisses, and gets a change that git applies', async () => {
  const all = await groups();
  expect(
    all
      .flatMap(({ words }) => words)
      .map(({ text }) => text)
      .sort(),
  ).toEqual([...missedTexts].sort());
  const group = all.find(({ words }) => words.some(({ text }) => text === 'duo enrolment gone'))!;
  const ids = group.words.map(({ id }) => id);
  expect(await run('review', ['--give', 'mfa.lost', '--ids', ids.join()])).toMatchObject({
    code: 0,
    out: '2 judged.\n',
  });
  const coffee = all.flatMap(({ words }) => words).find(({ text }) => text.includes('coffee'))!;
  await run('review', ['--give', 'kitchen.coffee_machine', '--ids', String(coffee.id)]);
  const formula = all.flatMap(({ words }) => words).find(({ text }) => text.startsWith('='))!;
  await run('review', ['--dismiss', '--ids', String(formula.id)]);
  expect((await groups()).flatMap(({ words }) => words)).toHaveLength(missedTexts.length - 4);

  const { out: patch } = await run('review', ['--patch']);
  expect(patch).toContain('+++ b/intents/scenarios/mfa-lost/en.utterances.txt');
  expect(patch).toContain('new file mode 100644');
  const git = spawnSync('git', ['apply', '--check', '-'], { cwd: repository, input: patch, encoding: 'utf8' });
  expect([git.status, git.stderr]).toEqual([0, '']);
});

test('a person is asked group by group, told of a bad answer, and sees what it would do before anything is written', async () => {
  const { code, out, err } = await run('review', [], 'what?\nmfa.lost\nq\nn\n');
  expect([code, err]).toEqual([0, '']);
  expect(out).toContain('“what?” is no intent. Use one of access.request, ');
  expect(out).toMatch(
    /intents\/scenarios\/mfa-lost\/en\.utterances\.txt\n(?: {2}\+ .*\n)* {2}\+ duo says no such enrolment/,
  );
  expect(out).toMatch(/phrases nobody taught\n {4}before {2}\d+ phrases: \d+\.\d % right/);
  expect(out).not.toContain('wrote ');
});

test.each([
  [['--give', 'nonsense', '--ids', '1'], /“nonsense” is no intent/],
  [['--give', 'mfa.lost'], /Name the words by --ids/],
  [['--dismiss', '--ids', '1,x'], /Name the words by --ids/],
  [['--wrong'], /Unknown option '--wrong'[\s\S]*Use:/],
])('%j is refused with what to do', async (args, said) => {
  const { code, err } = await run('review', args);
  expect(code).toBe(1);
  expect(err).toMatch(said);
  expect(err).not.toMatch(/^\s+at /m);
});

test('where there is no store, none is made', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'review-none-'));
  const { code, err } = await run('report', [], '', empty);
  expect(code).toBe(1);
  expect(err).toContain('STORE_MISSING');
  rmSync(empty, { recursive: true });
});

test('the report of a week without a word says so', async () => {
  expect(await run('report')).toMatchObject({ code: 0, out: 'Nobody wrote to the bot in the last whole week.\n' });
});
