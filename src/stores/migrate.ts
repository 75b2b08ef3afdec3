import { type Kysely, Migrator, sql } from 'kysely';
import { CodedError } from '../core/errors';
import { migrations } from './migrations';

/**
 * Brings the schema up to date. The caller sees to it that nobody else does so at the same time. A schema that a newer
 * version made is taken as it is if this version can work with it, so that an upgrade can be rolled back.
 */
export async function migrate<DB>(db: Kysely<DB>): Promise<void> {
  const done = await migrationsIn(db);
  const age = schemaAge(done);
  if (age === 'current') return;
  if (age === 'newer') throw new CodedError('STORE_NEWER', `It has ${unknown(done).join(', ')}.`);
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateToLatest();
  if (error) throw error;
}

/**
 * A migration after which the version before it cannot work says so at the end of its name: `0012-drop-lanes-breaks`. All
 * others only add, and older versions pass over what they do not know. A name is what an old version sees of it, so
 * nothing else could tell it.
 */
const breaks = /-breaks$/;

const unknown = (done: readonly string[]): string[] => done.filter((name) => !Object.hasOwn(migrations, name));

/** How a schema with the given migrations done compares with what this version knows. `newer`: it cannot work with it. */
export function schemaAge(done: readonly string[]): 'earlier' | 'current' | 'newer' {
  const isComplete = Object.keys(migrations).every((name) => done.includes(name));
  const others = unknown(done);
  if (others.some((name) => breaks.test(name)) || (others.length > 0 && !isComplete)) return 'newer';
  return isComplete ? 'current' : 'earlier';
}

/** What Kysely noted; empty where there is no schema yet. */
async function migrationsIn<DB>(db: Kysely<DB>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return [];
  const { rows } = await sql<{ name: string }>`SELECT name FROM kysely_migration`.execute(db);
  return rows.map(({ name }) => name);
}
