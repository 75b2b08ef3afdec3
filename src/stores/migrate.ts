import { type Kysely, Migrator } from 'kysely';
import { CodedError } from '../core/errors';
import { migrations } from './migrations';

/** Brings the schema up to date. The caller sees to it that nobody else does so at the same time. */
export async function migrate<DB>(db: Kysely<DB>): Promise<void> {
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateToLatest();
  if (!error) return;
  const message = error instanceof Error ? error.message : String(error);
  throw /corrupted migrations/i.test(message) ? new CodedError('STORE_NEWER', message, error) : error;
}

/** How a schema with the given migrations done compares with what this version knows. */
export function schemaAge(done: readonly string[]): 'earlier' | 'current' | 'newer' {
  const known = Object.keys(migrations);
  if (done.some((name) => !known.includes(name))) return 'newer';
  return known.every((name) => done.includes(name)) ? 'current' : 'earlier';
}
