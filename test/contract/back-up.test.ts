import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { backUpStore } from '../../scripts/back-up';
import { restoreStore } from '../../scripts/restore';
import type { CodedError } from '../../src/core/errors';
import type { Store } from '../../src/core/ports';
import { openSqliteStore } from '../../src/stores/sqlite';
import { openTicket, textMessage, turn } from '../builders/store';

let root: string;
let folder: string;
let file: string;
let store: Store | null;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'back-up-'));
  folder = join(root, 'data');
  file = join(root, 'kept', 'monday.sqlite');
  store = null;
});
afterEach(async () => {
  await store?.close();
  rmSync(root, { recursive: true, force: true });
});

const now = new Date('2026-12-01T02:03:04.567Z');
const backUp = async (args = [file], env: NodeJS.ProcessEnv = { DATA_DIR: folder }): Promise<string> => {
  const lines: string[] = [];
  await backUpStore(args, env, (line) => lines.push(line));
  return lines.join('\n');
};
const restore = async (args = [file], env: NodeJS.ProcessEnv = { DATA_DIR: folder }): Promise<string> => {
  const lines: string[] = [];
  await restoreStore(args, env, (line) => lines.push(line), now);
  return lines.join('\n');
};
const refusal = (work: Promise<unknown>): Promise<CodedError> =>
  work.then(
    () => {
      throw new Error('it was not refused');
    },
    (error: CodedError) => error,
  );

/** Every row of every table. */
function contents(path: string): Record<string, unknown[]> {
  const database = new Database(path, { readonly: true });
  try {
    const names = database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
      .pluck()
      .all() as string[];
    return Object.fromEntries(names.map((name) => [name, database.prepare(`SELECT * FROM "${name}"`).all()]));
  } finally {
    database.close();
  }
}

async function fill(into: Store, from: number, count: number): Promise<void> {
  for (let index = from; index < from + count; index++)
    await openTicket(into, `m${index}`, { conversationId: `c${index}`, destinations: ['desk'] });
}

test('what is backed up while the service writes is one moment of it, and all of it can be restored', async () => {
  store = await openSqliteStore(folder);
  await fill(store, 0, 200);
  await store.record(textMessage('waits'));
  const writing = fill(store, 200, 200);
  const said = await backUp();
  await writing;
  expect(said).toMatch(/monday\.sqlite: \d+\.\d MB, \d+ conversations, \d+ tickets, read through/);
  expect(readdirSync(join(root, 'kept'))).toEqual(['monday.sqlite']);
  await store.close();

  const backedUp = contents(file);
  const count = backedUp.tickets!.length;
  expect(count).toBeGreaterThanOrEqual(200);
  // A turn is in it whole or not at all.
  for (const table of ['conversations', 'ticket_history']) expect(backedUp[table]).toHaveLength(count);
  expect(backedUp.outbox).toHaveLength(2 * count);

  expect(await restore()).toBe(
    `${folder} holds ${file} now: ${count} conversations, ${count} tickets.\n` +
      `What was there before is ${folder}/helpdesk.sqlite.replaced-2026-12-01T02-03-04-567Z. Remove it when all is well.`,
  );
  expect(contents(join(folder, 'helpdesk.sqlite'))).toEqual(backedUp);
  expect(contents(join(folder, 'helpdesk.sqlite.replaced-2026-12-01T02-03-04-567Z')).tickets).toHaveLength(400);

  store = await openSqliteStore(folder);
  expect((await store.pending()).map(({ key }) => key)).toEqual(['waits']);
  expect((await openTicket(store, 'after', { conversationId: 'after' })).id).toBe(1001 + count);
});

test('a restore into an empty folder makes the store', async () => {
  store = await openSqliteStore(folder);
  await fill(store, 0, 3);
  await backUp();
  const elsewhere = join(root, 'new');
  expect(await restore([file, '--to', elsewhere], {})).toBe(
    `${elsewhere} holds ${file} now: 3 conversations, 3 tickets.`,
  );
  await store.close();
  store = await openSqliteStore(elsewhere);
  expect(await store.ticket(1003)).toMatchObject({ state: 'open' });
});

test('a damaged store is put aside for a whole one', async () => {
  store = await openSqliteStore(folder);
  await fill(store, 0, 50);
  await backUp();
  await store.close();
  store = null;
  const path = join(folder, 'helpdesk.sqlite');
  writeFileSync(path, readFileSync(path).fill(0x2a, 4096));
  await restore();
  store = await openSqliteStore(folder);
  expect(await store.ticket(1050)).not.toBeNull();
});

describe('nothing is overwritten or half done', () => {
  beforeEach(async () => {
    store = await openSqliteStore(folder);
    await turn(store, 'm1');
  });
  const untouched = async () => {
    expect(await store!.chat('c1', 0)).toHaveLength(2);
    expect(readdirSync(folder).filter((name) => /part|replaced/.test(name))).toEqual([]);
  };

  test('a file of that name is there already', async () => {
    await backUp();
    const before = readFileSync(file);
    expect((await refusal(backUp())).code).toBe('BACK_UP_EXISTS');
    expect(readFileSync(file)).toEqual(before);
  });

  test('there is no store', async () => {
    expect((await refusal(backUp([file], { DATA_DIR: join(root, 'nothing') }))).code).toBe('STORE_MISSING');
    expect(existsSync(join(root, 'nothing'))).toBe(false);
  });

  test('the place for the file is none', async () => {
    writeFileSync(join(root, 'kept'), 'a file where a folder should be');
    expect((await refusal(backUp())).code).toBe('BACK_UP_UNWRITABLE');
  });

  test('the service still runs', async () => {
    await backUp();
    expect((await refusal(restore())).code).toBe('STORE_LOCKED');
    await untouched();
  });

  test.each<[string, () => void]>([
    ['no file', () => {}],
    ['a text', () => writeFileSync(file, 'Dear diary')],
    ['a database of somebody else', () => new Database(file).exec('CREATE TABLE a (b)').close()],
    ['half a back-up', () => writeFileSync(file, readFileSync(file).subarray(0, 5000))],
  ])('%s is no back-up', async (what, make) => {
    mkdirSync(join(root, 'kept'));
    if (what.startsWith('half')) await backUp();
    make();
    await store!.close();
    expect((await refusal(restore())).code).toBe('BACK_UP_UNREADABLE');
    store = await openSqliteStore(folder);
    await untouched();
  });

  test('a back-up of a version that this one cannot work with', async () => {
    await backUp();
    const database = new Database(file);
    database.prepare('INSERT INTO kysely_migration (name, timestamp) VALUES (?, ?)').run('9999-later-breaks', '2030');
    database.close();
    await store!.close();
    expect((await refusal(restore())).code).toBe('STORE_NEWER');
    store = await openSqliteStore(folder);
    await untouched();
  });

  test.each([
    [[], {}],
    [['a', 'b'], {}],
    [['a'], { DATABASE_URL: 'postgres://a:secret-word@b/c' }],
  ])('with %j and %j', async (args, env) => {
    for (const work of [backUp, restore]) {
      const error = await refusal(work(args, env));
      expect(error.code).toBe('SETTINGS_FAULTY');
      expect(error.message).not.toContain('secret-word');
    }
  });
});
