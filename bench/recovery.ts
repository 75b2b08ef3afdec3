import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pino from 'pino';
import { readKnowledge } from '../src/knowledge';
import { startService } from '../src/service';
import { openSqliteStore } from '../src/stores/sqlite';
import type { Row } from './rows';
import { details } from './ticket-details';

const open = 10_000;
const limitS = 30;

/** The service starts on a store in which very many tickets wait and all of them are overdue: how long until none is. */
export async function benchRecovery(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'recovery-'));
  try {
    await (await openSqliteStore(folder)).close();
    const file = join(folder, 'helpdesk.sqlite');
    fill(file);
    const before = performance.now();
    const knowledge = readKnowledge({ PORT: '0', HOST: '127.0.0.1', DATA_DIR: folder });
    const service = await startService(knowledge, pino({ level: 'silent' }), { assets: folder });
    const readyS = (performance.now() - before) / 1_000;
    const database = new Database(file, { readonly: true });
    const count = (what: string) => database.prepare(what).pluck().get() as number;
    while (
      count(`SELECT count(*) FROM tickets WHERE next_at IS NULL OR next_at < ${Date.now()}`) > 0 ||
      count("SELECT count(*) FROM outbox WHERE state IN ('ready', 'sending')") > 0
    )
      await new Promise((resolve) => setTimeout(resolve, 100));
    const doneS = (performance.now() - before) / 1_000;
    database.close();
    await service.stop();
    return [
      { name: `start with ${open} open tickets: ready`, value: readyS, unit: 's', limit: limitS, ok: readyS <= limitS },
      {
        name: `start with ${open} open tickets, all overdue: each taken care of, every card sent`,
        value: doneS,
        unit: 's',
        limit: limitS,
        ok: doneS <= limitS,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Written past the store, which has no way to make so many at once. */
function fill(file: string): void {
  const database = new Database(file);
  database
    .prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
       INSERT INTO tickets (conversation, state, version, role, json, created_at, updated_at, places, tier, next_what, next_at)
       SELECT 'c' || i, 'open', 1, 'account-admin', ?, i, i, '["desk"]', 0, 'escalate', 1 FROM n`,
    )
    .run(open, JSON.stringify(details));
  database.close();
}
