import { closeSync, existsSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';
import { LRUCache } from 'lru-cache';
import { CodedError } from '../core/errors';
import type { Store } from '../core/ports';
import { groupCommit } from './group-commit';
import { KyselyStore } from './kysely-store';
import { migrate } from './migrate';
import type { Tables } from './tables';

/**
 * The embedded store: one SQLite file for one process. WAL with a full flush at each commit, so that what was promised
 * survives a power cut. A second process on the same file is safe but pointless: use PostgreSQL for more than one.
 * @param folder the data folder, or `:memory:`
 */
export async function openSqliteStore(folder: string): Promise<Store> {
  const database = folder === ':memory:' ? new Database(':memory:') : openFile(folder);
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: keepingStatements(database) }) });
  try {
    // The lock keeps processes that start at once from migrating together, and makes all of it land or none.
    database.exec('BEGIN EXCLUSIVE');
    await migrate(db);
    database.exec('COMMIT');
  } catch (error) {
    database.close();
    throw error instanceof CodedError ? error : translate(error, join(folder, 'helpdesk.sqlite'));
  }
  const close = async () => {
    if (folder !== ':memory:') database.pragma('wal_checkpoint(TRUNCATE)');
    await db.destroy();
  };
  return new KyselyStore(db, close, groupCommit(db));
}

/** Statements prepared again at each use would cost as much as running them; the bot's vocabulary is small. */
function keepingStatements(database: Database.Database): SqliteDatabase {
  const statements = new LRUCache<string, Database.Statement>({ max: 300 });
  return {
    prepare(text) {
      const known = statements.get(text) ?? database.prepare(text);
      statements.set(text, known);
      return known as SqliteStatement;
    },
    close: () => database.close(),
  };
}

/**
 * Pages of the journal (of 4 KB) before they are copied into the file. A page that changes often is then copied once for
 * many changes; at SQLite's own 1,000 the copying was half of what the disk had to do.
 */
const journalPages = 4_000;
/** What is read again and again fits in. */
const cacheKb = 8_000;

/** How long to wait for the lock of another process. */
const busyMs = 2000;

function openFile(folder: string): Database.Database {
  const file = join(folder, 'helpdesk.sqlite');
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new CodedError('STORE_UNWRITABLE', `The folder is ${folder}.`, error);
  }
  refuseOtherFiles(file);
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { timeout: busyMs });
    waitForTurn(() => database?.pragma('journal_mode = WAL'));
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    database.pragma(`wal_autocheckpoint = ${journalPages}`);
    // What is deleted is gone from the file, and not only from sight.
    database.pragma('secure_delete = ON');
    database.pragma(`cache_size = -${cacheKb}`);
    // Finds a lock of another process, or a damaged file, now and not in the middle of somebody's turn.
    database.exec('BEGIN IMMEDIATE; COMMIT');
    checkPages(database, file);
    return database;
  } catch (error) {
    database?.close();
    throw error instanceof CodedError ? error : translate(error, file);
  }
}

/** SQLite itself does not wait where a process that starts at the same moment changes the journal of a new file. */
function waitForTurn(work: () => void): void {
  for (const limit = Date.now() + busyMs; ; ) {
    try {
      return work();
    } catch (error) {
      if (!/^SQLITE_BUSY/.test((error as { code?: string }).code ?? '') || Date.now() > limit) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

/** Larger files than this are not read through at a start; a nightly back-up check is the place for that. In bytes. */
const checkedAtStart = 64 * 1024 * 1024;

/** A damaged page would otherwise be met only by whoever needs that row. */
function checkPages(database: Database.Database, file: string): void {
  if (statSync(file).size > checkedAtStart) return;
  const found = database.pragma('quick_check(1)', { simple: true });
  if (found !== 'ok') throw new CodedError('STORE_CORRUPT', `The file is ${file}: ${String(found).split('\n')[0]}.`);
}

/** SQLite would call a text file "not a database" only at the first query; say it before anything is touched. */
function refuseOtherFiles(file: string): void {
  if (!existsSync(file)) return;
  const head = Buffer.alloc(16);
  let length: number;
  try {
    const handle = openSync(file, 'r');
    try {
      length = readSync(handle, head, 0, 16, 0);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    // A folder in its place cannot be read as a file; everything else here is a matter of rights.
    throw new CodedError(
      (error as NodeJS.ErrnoException).code === 'EISDIR' ? 'STORE_CORRUPT' : 'STORE_UNWRITABLE',
      `The file is ${file}.`,
      error,
    );
  }
  if (length > 0 && head.toString('latin1') !== 'SQLite format 3\0')
    throw new CodedError('STORE_CORRUPT', `The file is ${file}.`);
}

function translate(error: unknown, file: string): Error {
  const code = (error as { code?: string }).code ?? '';
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return new CodedError('STORE_LOCKED', `The file is ${file}.`, error);
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
    return new CodedError('STORE_CORRUPT', `The file is ${file}.`, error);
  if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_PERM')) {
    return new CodedError('STORE_UNWRITABLE', `The file is ${file}.`, error);
  }
  return error instanceof Error ? error : new Error(String(error));
}
