import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, Migrator, SqliteDialect } from 'kysely';
import { move } from '../../scripts/move-store';
import type { CodedError } from '../../src/core/errors';
import { chatSubject } from '../../src/core/ports';
import { first } from '../../src/stores/migrations/0001-first';
import { openPostgresStore } from '../../src/stores/postgres';
import { openSqliteStore } from '../../src/stores/sqlite';
import { emptyDatabase, noPostgres, startPostgres, type TestServer } from '../builders/postgres';
import { botLine, openTicket, textMessage, turn } from '../builders/store';

if (noPostgres) process.stderr.write(`${noPostgres}\n`);

/** `npm run move-store`: everything that is in the embedded store, and nothing twice. */
(noPostgres ? describe.skip : describe)('npm run move-store', () => {
  let server: TestServer;
  let url: string;
  let folder: string;
  beforeAll(async () => {
    server = await startPostgres();
    url = await server.database();
  }, 60_000);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'move-'));
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    await emptyDatabase(server, url);
  });
  afterAll(() => server?.stop(), 60_000);

  const moved = async (to = url): Promise<string[]> => {
    const lines: string[] = [];
    await move(['--to', to, '--from', folder], {}, (line) => lines.push(line));
    return lines;
  };
  const refusal = (to = url): Promise<CodedError> =>
    moved(to).then(
      (lines) => {
        throw new Error(`it was moved: ${lines.join()}`);
      },
      (error: CodedError) => error,
    );
  const file = () => join(folder, 'helpdesk.sqlite');

  /** A store with work in every state. */
  async function fill(): Promise<void> {
    const store = await openSqliteStore(folder);
    const ticket = await openTicket(store, 'm1', { destinations: ['desk', 'slack:C1'] });
    await turn(store, 'm2', {
      change: {
        ticket,
        actor: { id: 'grace', name: 'Grace “Z” 🦊' },
        action: 'reply',
        text: 'line\none\0two \\u0000 \\',
      },
      destinations: ['desk'],
    });
    await openTicket(store, 'm3', { conversationId: 'c2' });
    await store.record(textMessage('left', { address: { url: 'https://example.com', list: [1, null] } }));
    await store.record(textMessage('behind'), { owner: 'gone', now: 1, leaseUntil: 2 });
    await store.savePost({ subject: chatSubject('c1'), id: 'p1', ref: { channel: 'C1' }, version: 3 });
    await store.savePost({ subject: chatSubject('c1'), id: 'p2', ref: {}, version: 1 });
    await store.dropPost(chatSubject('c1'), 'p2');
    for (let index = 0; index < 2300; index++)
      await store.record(textMessage(`many${index}`, { conversation: `many${index % 7}` }));
    const [row] = await store.takeOutbox('a', 3000, 4000, 1);
    await store.finishOutbox(row!.id, 'a', { kind: 'retry', dueAt: 9000, error: 'busy' });
    await store.close();
    const database = new Database(file());
    database.exec("INSERT INTO on_call_overrides VALUES (1, 'aws', 'grace', 1, 2, 'Alan', 1)");
    database.exec("INSERT INTO alarms VALUES ('ticket/1001', 'no next step', 1, NULL, NULL)");
    database.exec("INSERT INTO turn_facts (at, conversation, platform, walked) VALUES (1, 'c1', 'web', '[]')");
    database.exec(
      `INSERT INTO missed_words (key, at, conversation, platform, reason, text, candidates, state)
       VALUES ('m1', 1, 'c1', 'web', 'not_understood', 'lost it', '[]', 'new')`,
    );
    database.close();
  }

  const tables = () => {
    const database = new Database(file());
    const names = database
      .prepare(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'kysely%'",
      )
      .pluck()
      .all() as string[];
    const rows = Object.fromEntries(names.map((name) => [name, database.prepare(`SELECT * FROM ${name}`).all()]));
    database.close();
    return rows as Record<string, Record<string, unknown>[]>;
  };
  /** PostgreSQL gives large numbers as text unless asked otherwise. */
  const plain = (rows: Record<string, unknown>[]) =>
    rows
      .map((row) =>
        JSON.stringify(
          Object.entries(row)
            .map(([name, value]) => [name, value === null ? null : String(value)])
            .sort(),
        ),
      )
      .sort();

  test('every row of every table arrives as it was, and the embedded store stays as it is', async () => {
    await fill();
    const bytes = readFileSync(file());
    const before = tables();
    const lines = await moved();
    expect(Object.keys(before).sort()).toEqual(
      expect.arrayContaining([
        'addresses',
        'chat',
        'conversations',
        'inbox',
        'outbox',
        'posts',
        'ticket_history',
        'tickets',
      ]),
    );
    for (const [name, rows] of Object.entries(before)) {
      expect(rows.length).toBeGreaterThan(0);
      const kept = rows.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([column, value]) => [
            column,
            typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value,
          ]),
        ),
      );
      const arrived = await server.query<Record<string, unknown>>(`SELECT * FROM ${name}`, url);
      expect(plain(arrived)).toEqual(plain(kept));
      expect(lines.join('\n')).toMatch(new RegExp(`${name} +${rows.length.toLocaleString('en')} rows`));
    }
    expect(readFileSync(file()).equals(bytes)).toBe(true);
    expect(readdirSync(folder)).toEqual(['helpdesk.sqlite']);
    expect(lines.join()).not.toContain(new URL(url).password);
  }, 60_000);

  test('work and numbers go on where they were', async () => {
    await fill();
    await moved();
    const store = await openPostgresStore(url);
    expect((await openTicket(store, 'new', { conversationId: 'c3' })).id).toBe(1003);
    expect((await store.pending()).map(({ key }) => key).slice(0, 3)).toEqual(['left', 'behind', 'many0']);
    expect((await store.takeInbox({ owner: 'b', now: 5000, leaseUntil: 6000 }, 1)).map(({ key }) => key)).toEqual([
      'left',
    ]);
    expect((await store.takeOutbox('b', 5000, 6000, 10)).map(({ key }) => key)).toContain('m3/reply');
    await store.savePost({ subject: chatSubject('c1'), id: 'p3', ref: {}, version: 1 });
    expect((await store.posts(chatSubject('c1'))).map(({ id }) => id)).toEqual(['p1', 'p3']);
    const seqs = await server.query<{ seq: string }>('SELECT seq FROM posts ORDER BY seq', url);
    // The number of the post that is gone is not given again.
    expect(seqs.map(({ seq }) => Number(seq))).toEqual([1, 3]);
    await store.close();
  }, 60_000);

  test('an empty store moves as well, and begins at 1001', async () => {
    await (await openSqliteStore(folder)).close();
    await moved();
    const store = await openPostgresStore(url);
    expect((await openTicket(store)).id).toBe(1001);
    await store.close();
  });

  test('a store of an earlier version is moved as today’s would be', async () => {
    const database = new Database(file());
    const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) });
    await new Migrator({ db, provider: { getMigrations: async () => ({ '0001-first': first }) } }).migrateToLatest();
    database
      .prepare("INSERT INTO inbox (key, conversation, at, json, state) VALUES ('m1', 'c1', 5, ?, 'new')")
      .run(JSON.stringify(textMessage('m1')));
    await db.destroy();
    const bytes = readFileSync(file());
    await moved();
    expect(readFileSync(file()).equals(bytes)).toBe(true);
    const store = await openPostgresStore(url);
    expect(await store.pending()).toEqual([textMessage('m1')]);
    await store.close();
  });

  test('a database with anything in it is refused, and stays as it is', async () => {
    await fill();
    const store = await openPostgresStore(url);
    await turn(store, 'other', { conversationId: 'other', replies: () => [botLine('hello')] });
    expect((await refusal()).code).toBe('STORE_NOT_EMPTY');
    expect((await store.chat('other', 0)).length).toBe(2);
    expect(await store.tickets({ closed: true, limit: 5 })).toEqual([]);
    await store.close();
  }, 60_000);

  test('a second time is refused too', async () => {
    await fill();
    await moved();
    expect((await refusal()).code).toBe('STORE_NOT_EMPTY');
  }, 60_000);

  test('a store that a service has open is refused', async () => {
    await fill();
    const service = await openSqliteStore(folder);
    expect((await refusal()).code).toBe('STORE_LOCKED');
    await service.close();
    await moved();
  }, 60_000);

  test('where anything goes wrong on the way, nothing is left there', async () => {
    await fill();
    await (await openPostgresStore(url)).close();
    await server.query('ALTER TABLE tickets ADD CONSTRAINT odd CHECK (id <> 1002)', url);
    await expect(moved()).rejects.toMatchObject({ code: '23514' });
    await server.query('ALTER TABLE tickets DROP CONSTRAINT odd', url);
    expect(await server.query('SELECT key FROM inbox', url)).toEqual([]);
    await moved();
  }, 60_000);

  test('what arrives changed is noticed', async () => {
    await fill();
    await (await openPostgresStore(url)).close();
    await server.query(
      `CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN NEW.text := replace(NEW.text, 'phone', 'fone'); RETURN NEW; END $$;
       CREATE TRIGGER spoil BEFORE INSERT ON ticket_history FOR EACH ROW EXECUTE FUNCTION spoil()`,
      url,
    );
    const error = await refusal();
    await server.query('DROP TRIGGER spoil ON ticket_history; DROP FUNCTION spoil', url);
    expect(error.code).toBe('STORE_MISMATCH');
    expect(await server.query('SELECT id FROM tickets', url)).toEqual([]);
  }, 60_000);

  test.each([
    ['no store', () => {}, 'STORE_MISSING'],
    ['no database file', () => writeFileSync(file(), 'Dear diary'), 'STORE_CORRUPT'],
    ['a folder in its place', () => mkdirSync(file()), 'STORE_CORRUPT'],
  ])('%s to move', async (_what, make, code) => {
    make();
    expect((await refusal()).code).toBe(code);
    expect(existsSync(join(folder, 'helpdesk.sqlite-wal'))).toBe(false);
  });

  test('where to is said once, and never printed with its password', async () => {
    await (await openSqliteStore(folder)).close();
    const lines: string[] = [];
    await move([], { DATABASE_URL: ` ${url} `, DATA_DIR: folder }, (line) => lines.push(line));
    expect(lines[0]).toBe(`From ${folder} to ${new URL(url).username}@${new URL(url).host}${new URL(url).pathname}`);
    await expect(move([], {}, () => {})).rejects.toMatchObject({ code: 'SETTINGS_FAULTY' });
    const faulty = move(['--to', 'mysql://u:hidden1@h/db'], {}, () => {});
    await expect(faulty).rejects.toMatchObject({
      code: 'SETTINGS_FAULTY',
      message: expect.not.stringContaining('hidden1'),
    });
    await expect(move(['--too', url], {}, () => {})).rejects.toMatchObject({ code: 'SETTINGS_FAULTY' });
  });

  test('no copy of anybody’s words is left behind', async () => {
    const leftovers = () => readdirSync(tmpdir()).filter((name) => name.startsWith('move-store-'));
    const before = leftovers();
    await fill();
    await moved();
    await refusal();
    expect(leftovers()).toEqual(before);
  }, 60_000);
});
