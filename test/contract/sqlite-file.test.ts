import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { CodedError, type ErrorCode } from '../../src/core/errors';
import { openSqliteStore } from '../../src/stores/sqlite';
import { botLine, openTicket, turn } from '../builders/store';

/** What can be wrong with the file itself. Whatever it is: a clear message, and nothing overwritten. */
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
  file = join(folder, 'helpdesk.sqlite');
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

async function refusal(where = folder): Promise<CodedError> {
  const opened = await openSqliteStore(where).then(
    async (store) => {
      await store.close();
      return null;
    },
    (error: unknown) => error,
  );
  if (opened === null) throw new Error('it was opened');
  expect(opened).toBeInstanceOf(CodedError);
  return opened as CodedError;
}

async function expectRefusedUnchanged(code: ErrorCode): Promise<CodedError> {
  const bytes = readFileSync(file);
  const error = await refusal();
  expect(error.code).toBe(code);
  expect(error.message).toContain('helpdesk.sqlite');
  expect(readFileSync(file).equals(bytes)).toBe(true);
  return error;
}

/** A store with enough in it to fill many pages. */
async function fill(): Promise<void> {
  const store = await openSqliteStore(folder);
  await openTicket(store);
  for (let index = 0; index < 30; index++) {
    await turn(store, `m${index}`, { conversationId: `c${index}`, replies: () => [botLine('x'.repeat(2000))] });
  }
  await store.close();
}

test('the folder is made where there is none', async () => {
  const store = await openSqliteStore(join(folder, 'deep', 'er'));
  await store.close();
  expect(existsSync(join(folder, 'deep', 'er', 'helpdesk.sqlite'))).toBe(true);
});

test('a closed store leaves one file, with everything in it', async () => {
  await fill();
  expect(existsSync(`${file}-wal`)).toBe(false);
  const store = await openSqliteStore(folder);
  expect(await store.ticket(1001)).toMatchObject({ state: 'open' });
  await store.close();
});

test('held by another process: refused as locked, and free again afterwards', async () => {
  await fill();
  const other = new Database(file);
  other.exec('BEGIN EXCLUSIVE');
  try {
    const error = await refusal();
    expect(error.code).toBe('STORE_LOCKED');
    expect(error.message).toContain(file);
    expect(error.message).toContain('Stop the other process');
    expect(error.cause).toMatchObject({ code: 'SQLITE_BUSY' });
  } finally {
    other.exec('ROLLBACK');
    other.close();
  }
  const store = await openSqliteStore(folder);
  expect(await store.ticket(1001)).toMatchObject({ id: 1001 });
  await store.close();
});

test.each([
  ['a text file', Buffer.from('Dear diary, this is no database.\n')],
  ['a short text', Buffer.from('x')],
  ['zeros', Buffer.alloc(4096)],
  ['another format that begins nearly alike', Buffer.from('SQLite format 2\0 and more')],
])('%s in its place is refused and left alone', async (_what, bytes) => {
  writeFileSync(file, bytes);
  const error = await expectRefusedUnchanged('STORE_CORRUPT');
  expect(error.message).toContain('Nothing was overwritten');
});

test.each([
  ['after its header', 16],
  ['within its first page', 1000],
  ['after its first page', 4096],
  ['after some pages', 4096 * 6],
])('a store cut off %s is refused, never begun anew', async (_what, length) => {
  await fill();
  expect(statSync(file).size).toBeGreaterThan(length);
  truncateSync(file, length);
  await expectRefusedUnchanged('STORE_CORRUPT');
});

test('a store with a damaged schema is refused', async () => {
  await fill();
  const bytes = readFileSync(file);
  bytes.fill(0xff, 100, 4096);
  writeFileSync(file, bytes);
  await expectRefusedUnchanged('STORE_CORRUPT');
});

test('a store with damaged pages is refused', async () => {
  await fill();
  const bytes = readFileSync(file);
  bytes.fill(0x2a, 4096);
  writeFileSync(file, bytes);
  await expectRefusedUnchanged('STORE_CORRUPT');
});

test('a store with one damaged data page is refused, whatever the page holds', async () => {
  await fill();
  const bytes = readFileSync(file);
  const pages = bytes.length / 4096;
  bytes.fill(0x2a, (pages - 1) * 4096, pages * 4096);
  writeFileSync(file, bytes);
  await expectRefusedUnchanged('STORE_CORRUPT');
});

test('a store of a newer version that this one cannot work with is refused', async () => {
  await fill();
  const newer = new Database(file);
  newer.prepare('INSERT INTO kysely_migration (name, timestamp) VALUES (?, ?)').run('9999-later-breaks', '2030-01-01');
  newer.close();
  expect((await refusal()).code).toBe('STORE_NEWER');
});

test('a file in the place of the folder is refused', async () => {
  writeFileSync(join(folder, 'data'), 'no folder');
  expect((await refusal(join(folder, 'data'))).code).toBe('STORE_UNWRITABLE');
});

test('a folder in the place of the file is refused', async () => {
  mkdirSync(file);
  expect((await refusal()).code).toBe('STORE_CORRUPT');
});

const isRoot = process.getuid?.() === 0;
if (isRoot) process.stderr.write('skipped: an unwritable folder (root may write everywhere)\n');

(isRoot ? test.skip : test)('an unwritable folder is refused', async () => {
  chmodSync(folder, 0o500);
  expect((await refusal()).code).toBe('STORE_UNWRITABLE');
});

test('an inbox row that cannot be read is given up, and those behind it are still handed out', async () => {
  const before = await openSqliteStore(folder);
  const good = {
    key: 'good',
    platform: 'web' as const,
    conversation: 'c',
    person: { id: 'p', name: 'Ada', member: true },
    at: 2,
    kind: 'text' as const,
    text: 'hello',
    secrets: [],
  };
  await before.record(good);
  await before.close();
  const raw = new Database(file);
  raw
    .prepare("INSERT INTO inbox (key, conversation, at, json, state) VALUES ('strange', 'c', 1, ?, 'new')")
    .run(JSON.stringify({ ...good, key: 'strange', kind: 'unheard of' }));
  raw.close();

  const store = await openSqliteStore(folder);
  expect(await store.pending()).toEqual([good]);
  await store.close();
  const after = new Database(file, { readonly: true });
  expect(after.prepare("SELECT state FROM inbox WHERE key = 'strange'").pluck().get()).toBe('failed');
  after.close();
});
