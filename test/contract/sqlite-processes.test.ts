import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { migrations } from '../../src/stores/migrations';
import { openSqliteStore } from '../../src/stores/sqlite';
import { repository } from '../builders/bot';
import { textMessage } from '../builders/store';

const run = promisify(execFile);

/** Nobody should start four processes on one file; whoever does so must not lose or damage anything by it. */
test('four processes that start at once on a new file: one makes the tables, and all can write', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'store-'));
  try {
    const script = `
      const { openSqliteStore } = require('./src/stores/sqlite.ts');
      const message = ${JSON.stringify(textMessage('k'))};
      openSqliteStore(process.argv[1]).then(async (store) => {
        await store.record({ ...message, key: process.argv[2] });
        await store.close();
      });`;
    const keys = ['m1', 'm2', 'm3', 'm4'];
    await Promise.all(
      keys.map((key) =>
        run(process.execPath, ['--require', 'tsx/cjs', '--eval', script, folder, key], { cwd: repository }),
      ),
    );
    const store = await openSqliteStore(folder);
    expect((await store.pending()).map(({ key }) => key).sort()).toEqual(keys);
    await store.close();
    const database = new Database(join(folder, 'helpdesk.sqlite'));
    expect(database.prepare('SELECT name FROM kysely_migration ORDER BY name').pluck().all()).toEqual(
      Object.keys(migrations),
    );
    database.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
