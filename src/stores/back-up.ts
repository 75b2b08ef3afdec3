import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { CodedError } from '../core/errors';
import { schemaAge } from './migrate';

/** What is in a back-up. */
export interface BackedUp {
  bytes: number;
  conversations: number;
  tickets: number;
}

const storeIn = (folder: string): string => join(folder, 'helpdesk.sqlite');

/**
 * Copies the embedded store, as it was at one moment, into one file, while the service goes on writing. The copy is read
 * through before it gets its name, so a file of that name is a whole back-up.
 */
export async function backUp(folder: string, file: string): Promise<BackedUp> {
  if (!existsSync(storeIn(folder))) throw new CodedError('STORE_MISSING', `Looked for ${storeIn(folder)}.`);
  if (existsSync(file)) throw new CodedError('BACK_UP_EXISTS', `It is ${file}.`);
  const part = `${file}.part`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    rmSync(part, { force: true });
    await copy(storeIn(folder), part);
    const found = look(part);
    renameSync(part, file);
    return found;
  } catch (error) {
    discard(part);
    throw worded(error, file, storeIn(folder));
  }
}

/**
 * Puts a back-up in the place of the embedded store. What was there is kept beside it.
 * @param now for the name under which the old store is kept
 * @returns what was put in place, and where the old store is now; null when there was none
 */
export async function restore(
  folder: string,
  file: string,
  now: Date,
): Promise<{ found: BackedUp; kept: string | null }> {
  if (!existsSync(file)) throw new CodedError('BACK_UP_UNREADABLE', `Looked for ${file}.`);
  const found = look(file);
  const store = storeIn(folder);
  const part = `${store}.part`;
  try {
    mkdirSync(folder, { recursive: true });
    refuseOpen(store);
    rmSync(part, { force: true });
    await copy(file, part);
    look(part);
    const kept = existsSync(store) ? `${store}.replaced-${now.toISOString().replace(/[:.]/g, '-')}` : null;
    // What a crash left in the log beside the old store belongs to it and to nothing else.
    if (kept) for (const tail of ['', '-wal', '-shm']) moveIfThere(`${store}${tail}`, `${kept}${tail}`);
    renameSync(part, store);
    return { found, kept };
  } catch (error) {
    discard(part);
    throw worded(error, file, store);
  }
}

async function copy(from: string, to: string): Promise<void> {
  const source = new Database(from, { readonly: true, fileMustExist: true });
  try {
    await source.backup(to);
  } finally {
    source.close();
  }
  // One file, with nothing beside it: the log of the original is part of the copy already.
  const target = new Database(to);
  try {
    target.pragma('journal_mode = DELETE');
  } finally {
    target.close();
  }
}

/** Refuses what is damaged, no store of ours, or of a version that this one cannot work with. */
function look(file: string): BackedUp {
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { readonly: true, fileMustExist: true });
    const fault = database.pragma('integrity_check(1)', { simple: true });
    if (fault !== 'ok') throw new Error(String(fault).split('\n')[0]);
    const done = database.prepare('SELECT name FROM kysely_migration').pluck().all() as string[];
    if (schemaAge(done) === 'newer') throw new CodedError('STORE_NEWER', `The file is ${file}.`);
    const count = (table: string) => database!.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
    return { bytes: statSync(file).size, conversations: count('conversations'), tickets: count('tickets') };
  } catch (error) {
    if (error instanceof CodedError) throw error;
    throw new CodedError('BACK_UP_UNREADABLE', `The file is ${file}: ${(error as Error).message}.`, error);
  } finally {
    database?.close();
  }
}

/** A service that has the store open would go on writing into the file that was moved away. */
function refuseOpen(store: string): void {
  if (!existsSync(store)) return;
  let database: Database.Database | undefined;
  try {
    database = new Database(store, { timeout: 0 });
    database.pragma('locking_mode = EXCLUSIVE');
    database.pragma('schema_version');
    database.exec('BEGIN EXCLUSIVE; ROLLBACK');
  } catch (error) {
    // A damaged store is the reason to restore one.
    if (isBusy(error)) throw error;
  } finally {
    database?.close();
  }
}

/** What could not be written need not be removed either; the first error is the one to tell. */
function discard(part: string): void {
  try {
    rmSync(part, { force: true });
  } catch {
    // The folder is none, or is gone.
  }
}

const isBusy = (error: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test((error as { code?: string }).code ?? '');

function moveIfThere(from: string, to: string): void {
  if (existsSync(from)) renameSync(from, to);
}

function worded(error: unknown, file: string, store: string): Error {
  if (error instanceof CodedError) return error;
  const { code = '', message = String(error) } = error as { code?: string; message?: string };
  if (isBusy(error)) return new CodedError('STORE_LOCKED', `The file is ${store}.`, error);
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return new CodedError('STORE_CORRUPT', `The file is ${store}.`, error);
  if (/^(EACCES|EROFS|EPERM|ENOSPC|EISDIR|ENOTDIR|EEXIST)$|^SQLITE_(CANTOPEN|READONLY|PERM|FULL|IOERR)/.test(code))
    return new CodedError('BACK_UP_UNWRITABLE', `Writing ${file} or beside ${store}: ${message}.`, error);
  return error instanceof Error ? error : new Error(String(error));
}
