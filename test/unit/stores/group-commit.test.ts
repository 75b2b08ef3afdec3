import Database from 'better-sqlite3';
import { Kysely, SqliteDialect, sql } from 'kysely';
import { groupCommit, type Transact } from '../../../src/stores/group-commit';
import type { Tables } from '../../../src/stores/tables';

interface Notes {
  notes: { text: string };
}

describe('groupCommit', () => {
  let db: Kysely<Notes>;
  let transact: Transact;
  let statements: string[];

  beforeEach(async () => {
    statements = [];
    const database = new Database(':memory:');
    db = new Kysely<Notes>({
      dialect: new SqliteDialect({ database }),
      log: ({ query }) => void statements.push(query.sql),
    });
    await sql`CREATE TABLE notes (text TEXT UNIQUE)`.execute(db);
    transact = groupCommit(db as unknown as Kysely<Tables>);
    statements = [];
  });
  afterEach(() => db.destroy());

  const write = (text: string) =>
    transact(async (trx) => {
      await sql`INSERT INTO notes (text) VALUES (${text})`.execute(trx);
      return text;
    });
  const written = async () =>
    (await db.selectFrom('notes').select('text').orderBy('text').execute()).map(({ text }) => text);
  const commits = () => statements.filter((text) => text === 'commit').length;

  test('what waits at the same time shares one commit, and each hears of its own result', async () => {
    expect(await Promise.all(['a', 'b', 'c'].map(write))).toEqual(['a', 'b', 'c']);
    expect(commits()).toBe(1);
    expect(await written()).toEqual(['a', 'b', 'c']);
  });

  test('one that fails takes nothing of the others along', async () => {
    await write('a');
    const results = await Promise.allSettled(['b', 'a', 'c'].map(write));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await written()).toEqual(['a', 'b', 'c']);
  });

  test('nothing resolves before its commit', async () => {
    const seen: number[] = [];
    await Promise.all(['a', 'b'].map((text) => write(text).then(() => seen.push(commits()))));
    expect(seen).toEqual([1, 1]);
  });

  test('what comes while a group is written waits for the next one', async () => {
    const first = write('a');
    const second = first.then(() => write('b'));
    const third = transact(async (trx) => {
      void write('d');
      await sql`INSERT INTO notes (text) VALUES ('c')`.execute(trx);
    });
    await Promise.all([first, second, third]);
    await write('e');
    expect(await written()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('more than one group holds are written in order', async () => {
    const texts = Array.from({ length: 200 }, (_, index) => String(1000 + index));
    await Promise.all(texts.map(write));
    expect(await written()).toEqual(texts);
    expect(commits()).toBeLessThan(10);
  });
});
