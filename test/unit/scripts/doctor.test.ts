import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { inLines } from '../../../scripts/doctor';
import { check } from '../../../scripts/doctor/check';
import { checks } from '../../../scripts/doctor/checks';
import { withoutSecrets } from '../../../scripts/doctor/secrets';
import { doctorPage } from '../../../scripts/generated/doctor-page';
import { openSqliteStore } from '../../../src/stores/sqlite';
import { found, saying, serve, stopServing } from './doctor-findings';

describe('npm run doctor', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'doctor-'));
  });
  afterEach(() => {
    stopServing();
    rmSync(folder, { recursive: true });
  });

  const look = (env: NodeJS.ProcessEnv, only = checks) => found({ DATA_DIR: folder, PORT: '0', ...env }, only);
  const about = (what: string, env: NodeJS.ProcessEnv = {}) =>
    look(
      env,
      checks.filter((check) => check.about === what),
    );
  /** Reading all scenarios takes its time and says the same each time. */
  const quickOnes = checks.filter((check) => check.about !== 'content');

  it('finds nothing wrong with a fresh machine, and leaves it fresh', async () => {
    const kinds = Object.fromEntries((await look({})).map((finding) => [finding.about, finding.kind]));
    expect(kinds).toEqual({
      settings: 'ok',
      content: 'ok',
      'organisation file': 'ok',
      'data folder': 'ok',
      store: 'ok',
      port: 'ok',
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('opens the store that is there', async () => {
    await (await openSqliteStore(folder)).close();
    expect((await about('store'))[0]?.text).toMatch(/helpdesk\.sqlite opens; 0 open tickets$/);
  });

  it('leaves the store of an earlier version as it is', async () => {
    const file = join(folder, 'helpdesk.sqlite');
    await (await openSqliteStore(folder)).close();
    const database = new Database(file);
    const before = database.prepare('SELECT name FROM kysely_migration ORDER BY name').all() as { name: string }[];
    database.prepare('DELETE FROM kysely_migration WHERE name = ?').run(before.at(-1)?.name);
    database.close();
    expect((await about('store'))[0]).toMatchObject({ kind: 'ok', text: expect.stringContaining('earlier version') });
    const after = new Database(file, { readonly: true });
    expect(after.prepare('SELECT name FROM kysely_migration').all()).toHaveLength(before.length - 1);
    after.close();
  });

  it('says that a damaged store was left alone', async () => {
    writeFileSync(join(folder, 'helpdesk.sqlite'), 'this is no database at all');
    const [finding] = await about('store');
    expect(finding).toMatchObject({ id: 'store-corrupt', kind: 'fault' });
    expect(finding?.remedy).toContain('Nothing was overwritten');
    expect(statSync(join(folder, 'helpdesk.sqlite')).size).toBe(26);
  });

  it('names a store of a newer version, and one that is locked', async () => {
    const file = join(folder, 'helpdesk.sqlite');
    await (await openSqliteStore(folder)).close();
    const database = new Database(file);
    database.exec('BEGIN IMMEDIATE');
    expect(await about('store')).toMatchObject([{ id: 'store-locked' }]);
    database.exec("ROLLBACK; INSERT INTO kysely_migration VALUES ('9999-later-breaks', '2030-01-01')");
    database.close();
    expect(await about('store')).toMatchObject([{ id: 'store-newer' }]);
  });

  it('names a file in place of the data folder', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(await about('data folder', { DATA_DIR: file })).toMatchObject([{ id: 'data-folder-no-folder' }]);
    expect(await about('data folder', { DATA_DIR: '/proc' })).toMatchObject([{ id: 'data-folder-unwritable' }]);
  });

  it('tells our own running service from another program on the port', async () => {
    const portOf = (url: string) => ({ PORT: new URL(url).port });
    expect(await about('port', portOf(await serve(saying(200, { ok: true }))))).toMatchObject([
      { kind: 'ok', text: expect.stringContaining('the service is running') },
    ]);
    expect(await about('port', portOf(await serve(saying(200, '<html>'))))).toMatchObject([{ id: 'port-taken' }]);
    expect(await about('port', { HOST: '203.0.113.7' })).toMatchObject([{ id: 'host-unusable' }]);
  });

  it('names the faults of the settings and still looks at the rest', async () => {
    const file = join(folder, 'organization.yaml');
    writeFileSync(file, 'version: 1\nportals: []\n');
    const findings = await look({ PORT: 'many', LOG_LEVEL: "'info'", ORGANIZATION_FILE: file }, quickOnes);
    expect(findings.filter(({ kind }) => kind === 'fault').map(({ id }) => id)).toEqual([
      'setting-quoted',
      'setting-faulty',
      'organization-faulty',
    ]);
    expect(findings.find(({ id }) => id === 'setting-quoted')?.text).toContain('LOG_LEVEL');
    expect(findings.find(({ id }) => id === 'organization-faulty')?.text).toContain('unknown key "portals"');
  });

  it('looks at one platform though the settings of the other are broken', async () => {
    const findings = await look(
      { SLACK_BOT_TOKEN: 'xoxp-1-2-3', SLACK_SIGNING_SECRET: 'c'.repeat(32), TEAMS_ALLOW_ANONYMOUS: '1' },
      quickOnes,
    );
    const named = findings.flatMap(({ id }) => id ?? []);
    expect(named).toEqual(expect.arrayContaining(['slack-token-kind', 'teams-anonymous']));
    expect(findings.map((finding) => finding.about)).not.toContain('Slack bot token');
  });

  it('goes on after a check that fails itself, and keeps its secrets', async () => {
    const broken = check('something', {}, ({ env }) => {
      throw new Error(`nobody foresaw ${env.SLACK_BOT_TOKEN}`);
    });
    const fine = check('the rest', {}, (_deployment, report) => report.ok('looked at'));
    const findings = await look({ SLACK_BOT_TOKEN: 'xoxb-very-secret' }, [broken, fine]);
    expect(findings).toMatchObject([
      { id: 'check-failed', kind: 'fault', text: expect.stringContaining('nobody foresaw (SLACK_BOT_TOKEN)') },
      { kind: 'ok', about: 'the rest' },
    ]);
  });

  it('prints a finding so that the remedy and its name are seen', () => {
    const finding = {
      kind: 'fault',
      about: 'port',
      id: 'port-taken',
      text: 'Taken.\nTwice.',
      remedy: 'Free it.',
    } as const;
    expect(inLines(finding)).toBe('FAULT   port: Taken.\n        Twice.\n        → Free it. (port-taken)');
  });

  it('takes secrets out of whatever is said', () => {
    const env = {
      SLACK_BOT_TOKEN: 'xoxb-1-secret',
      TEAMS_APP_PASSWORD: 'xoxb-1-secret-and-more',
      PUBLIC_URL: 'https://me:pass%20word@helpdesk.example.com',
    };
    expect(withoutSecrets(env)('sent xoxb-1-secret-and-more, xoxb-1-secret, pass word and pass%20word')).toBe(
      'sent (TEAMS_APP_PASSWORD), (SLACK_BOT_TOKEN), (PUBLIC_URL) and (PUBLIC_URL)',
    );
  });
});

describe('the list of checks', () => {
  const all = checks.flatMap(({ known }) => Object.entries(known));

  it('knows every fault by one name, with what to do', () => {
    const names = all.map(([id]) => id);
    expect(names).toEqual([...new Set(names)]);
    expect(all.filter(([, { kind }]) => kind === 'fault').length).toBeGreaterThanOrEqual(20);
    for (const [id, { fault, remedy }] of all) {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)+$/);
      expect(fault).toMatch(/[.:]$/);
      expect(remedy).toMatch(/\.$/);
    }
  });

  it('makes the page that explains them', () => {
    const page = doctorPage();
    for (const [id] of all) expect(page).toContain(`| \`${id}\``);
    // A bar or a tag inside a cell would break the table.
    for (const line of page.split('\n').filter((one) => one.startsWith('| ')))
      expect(line.replaceAll('\\|', '').split('|')).toHaveLength(5);
  });
});
