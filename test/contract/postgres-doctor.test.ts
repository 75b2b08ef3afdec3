import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { database } from '../../scripts/doctor/database';
import { store } from '../../scripts/doctor/store';
import { openPostgresStore } from '../../src/stores/postgres';
import { openSqliteStore } from '../../src/stores/sqlite';
import { noPostgres, startPostgres, type TestServer } from '../builders/postgres';
import { openTicket } from '../builders/store';
import { found, ids, textOf } from '../unit/scripts/doctor-findings';

if (noPostgres) process.stderr.write(`${noPostgres}\n`);

(noPostgres ? describe.skip : describe)('the doctor looks at PostgreSQL', () => {
  let server: TestServer;
  let folder: string;
  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'doctor-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  afterAll(() => server?.stop(), 60_000);

  const environment = (url: string) => ({ DATA_DIR: folder, DATABASE_URL: url });
  const look = async (url: string) => {
    const findings = await found(environment(url), [database]);
    const printed = findings.map(({ text }) => text).join();
    for (const secret of [url, new URL(url).password].filter((text) => text.length >= 6))
      expect(printed).not.toContain(secret);
    return findings;
  };
  const idsOf = async (url: string) => (await look(url)).map(({ id, kind }) => id ?? kind);
  const tables = (url: string) => server.query("SELECT 1 FROM pg_class WHERE relname = 'tickets'", url);
  const changed = (url: string, change: (at: URL) => void) => {
    const at = new URL(url);
    change(at);
    return at.href;
  };

  test('a new database is as it should be, and stays new', async () => {
    const url = await server.database();
    expect(await look(url)).toMatchObject([{ kind: 'ok', text: expect.stringContaining('the first start makes') }]);
    expect(await tables(url)).toEqual([]);
  });

  test('one in use tells its open tickets; the embedded store is not looked at', async () => {
    const url = await server.database();
    const opened = await openPostgresStore(url);
    await openTicket(opened);
    await opened.close();
    expect((await look(url))[0]?.text).toMatch(/is PostgreSQL \d+.*; 1 open tickets$/);
    expect(await found(environment(url), [store])).toEqual([]);
    expect(await found({ DATA_DIR: folder }, [database])).toEqual([]);
  });

  test('one of an earlier version is left as it is', async () => {
    const url = await server.database();
    await (await openPostgresStore(url)).close();
    await server.query('DELETE FROM kysely_migration WHERE name = (SELECT max(name) FROM kysely_migration)', url);
    expect((await look(url))[0]?.text).toContain('earlier version');
    expect((await found(environment(url), [store, database])).map(({ kind }) => kind)).toEqual(['ok']);
  });

  test('one of a newer version that has only added to it still serves', async () => {
    const url = await server.database();
    await (await openPostgresStore(url)).close();
    await server.query("INSERT INTO kysely_migration VALUES ('9999-later', '2030-01-01')", url);
    expect(await idsOf(url)).toEqual(['ok']);
  });

  test('one of a newer version that this one cannot work beside is a fault', async () => {
    const url = await server.database();
    await (await openPostgresStore(url)).close();
    await server.query("INSERT INTO kysely_migration VALUES ('9999-later-breaks', '2030-01-01')", url);
    expect(await idsOf(url)).toEqual(['database-newer']);
  });

  test.each([
    ['a wrong password', (at: URL) => (at.password = 'wr0ng-password'), 'database-refused'],
    ['an unknown database', (at: URL) => (at.pathname = '/not-there'), 'database-refused'],
    ['nobody who listens', (at: URL) => (at.port = '1'), 'database-unreachable'],
    ['no TLS where it is asked for', (at: URL) => (at.search = '?sslmode=verify-full'), 'database-not-private'],
  ])('%s', async (_fault, change, id) => {
    expect(await idsOf(changed(await server.database(), change))).toEqual([id]);
  });

  test('a server that only copies another', async () => {
    const url = await server.database();
    await server.query(`ALTER DATABASE ${new URL(url).pathname.slice(1)} SET default_transaction_read_only = on`);
    expect(await idsOf(url)).toEqual(['database-read-only']);
  });

  test('rights that are missing are named', async () => {
    const url = await server.database();
    const role = new URL(url).pathname.slice(1);
    await server.query(`CREATE ROLE ${role} LOGIN PASSWORD 'few-rights'`);
    await server.query('REVOKE CREATE ON SCHEMA public FROM PUBLIC', url);
    const limited = changed(url, (at) => Object.assign(at, { username: role, password: 'few-rights' }));
    const text = await textOf('database-rights', environment(limited), [database]);
    expect(text).toContain('CREATE on schema public');

    await (await openPostgresStore(url)).close();
    await server.query(`GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${role}`, url);
    expect(await textOf('database-rights', environment(limited), [database])).toContain('writing table tickets');
    await server.query(`GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role}`, url);
    expect(await ids(environment(limited), [database])).toEqual(['ok']);
  });

  test('an embedded store that nobody moved is pointed out', async () => {
    await (await openSqliteStore(folder)).close();
    const url = await server.database();
    expect(await idsOf(url)).toEqual(['ok', 'store-not-moved']);
    await (await openPostgresStore(url)).close();
    expect(await idsOf(url)).toEqual(['ok']);
  });

  test('what cannot be read as an address is a fault of the settings alone', async () => {
    expect(await found({ DATA_DIR: folder, DATABASE_URL: 'mysql://u:hidden-1@h/db' }, [database, store])).toEqual([]);
  });
});
