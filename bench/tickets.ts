import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { newConversation } from '../src/core/conversation';
import type { Store } from '../src/core/ports';
import { openSqliteStore } from '../src/stores/sqlite';
import { measure, percentile, type Row } from './rows';
import { details } from './ticket-details';

const few = 1_000;
const many = 1_000_000;
const limit = 1.2;
const rounds = 300;

/** What a cycle, and a turn that opens a ticket, cost beside few and beside very many closed tickets. */
export async function benchTickets(): Promise<Row[]> {
  const small = await costs(few);
  const large = await costs(many);
  const row = (name: string, value: number): Row => ({ name, value, unit: 'x', limit, ok: value <= limit });
  return [
    { name: `cycle with ${few} closed tickets`, value: small.cycle, unit: 'ms' },
    { name: `turn with ${few} closed tickets`, value: small.turn, unit: 'ms' },
    row(`cycle with ${many} closed tickets, against ${few}`, large.cycle / small.cycle),
    row(`turn with ${many} closed tickets, against ${few}`, large.turn / small.turn),
  ];
}

async function costs(closed: number): Promise<{ cycle: number; turn: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'tickets-'));
  try {
    await (await openSqliteStore(folder)).close();
    fill(join(folder, 'helpdesk.sqlite'), closed);
    const store = await openSqliteStore(folder);
    const turns: number[] = [];
    const cycles: number[] = [];
    for (let index = 0; index < rounds; index++) {
      turns.push(await measure(() => open(store, index)));
      cycles.push(
        await measure(async () => {
          await store.giveUpCalls(0);
          await store.advanceTickets(1, 20, () => null);
        }),
      );
    }
    await store.close();
    return { cycle: percentile(cycles, 0.1), turn: percentile(turns, 0.1) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Written past the store, which has no way to make so many at once. */
function fill(file: string, closed: number): void {
  const database = new Database(file);
  database
    .prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
       INSERT INTO tickets (conversation, state, version, role, json, created_at, updated_at, places)
       SELECT 'old' || i, CASE i % 5 WHEN 0 THEN 'cancelled' ELSE 'resolved' END, 3, 'account-admin', ?, i, i, '["desk"]' FROM n`,
    )
    .run(closed, JSON.stringify(details));
  database.close();
}

async function open(store: Store, index: number): Promise<void> {
  const [key, conversationId] = [`k${index}`, `c${index}`];
  const { person } = details;
  await store.record({ kind: 'press', press: 'x', key, platform: 'web', conversation: conversationId, person, at: 10 });
  await store.commitTurn({
    key,
    at: 10,
    conversationId,
    platform: 'web',
    conversation: { ...newConversation(), turn: 1 },
    expectedVersion: 0,
    said: null,
    replies: () => [],
    open: {
      role: 'account-admin',
      details,
      next: { what: 'escalate', at: 1000 },
      flood: { key: `f${index}`, alone: 5, withinMs: 1000 },
    },
    change: null,
    destinations: ['desk'],
  });
}
