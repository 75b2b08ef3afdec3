import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, Migrator, SqliteDialect } from 'kysely';
import { newConversation } from '../../src/core/conversation';
import type { Store } from '../../src/core/ports';
import { first } from '../../src/stores/migrations/0001-first';
import { openSqliteStore } from '../../src/stores/sqlite';
import { botLine, textMessage, ticketDetails, turn } from '../builders/store';
import { farAhead, sendAll } from './store-kinds';

/** A store file that the first release wrote, with work left in it, is opened by this one. */
let folder: string;
let store: Store | null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
  store = null;
});
afterEach(async () => {
  await store?.close();
  rmSync(folder, { recursive: true, force: true });
});

type Row = Record<string, string | number | null>;

async function writeFirst(rows: Record<string, Row[]>): Promise<void> {
  const database = new Database(join(folder, 'helpdesk.sqlite'));
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) });
  const provider = { getMigrations: async () => ({ '0001-first': first }) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error) throw error;
  for (const [table, all] of Object.entries(rows)) {
    for (const row of all) {
      const names = Object.keys(row);
      database
        .prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
        .run(...Object.values(row));
    }
  }
  await db.destroy();
}

const outboxRow = (key: string, outgoing: object, parts: Row = {}): Row => ({
  key,
  json: JSON.stringify(outgoing),
  state: 'ready',
  attempts: 0,
  due_at: 2000,
  lease_owner: null,
  lease_until: null,
  error: null,
  ...parts,
});
const saidBefore = (text: string, conversation = 'c1') => ({
  kind: 'reply',
  platform: 'web',
  conversation,
  turn: 3,
  line: botLine(text),
});
const ping = { kind: 'ping', destination: 'desk', ticket: 1001, what: 'opened' };

test('what still had to leave leaves, in its order, in today’s form', async () => {
  await writeFirst({
    outbox: [
      outboxRow('m0/reply/0', saidBefore('sent long ago'), { state: 'sent' }),
      outboxRow('m1/reply/0', saidBefore('one'), { state: 'sending', attempts: 1, lease_owner: 'x', lease_until: 9 }),
      outboxRow('m1/reply/1', saidBefore('two')),
      outboxRow('m2/reply/0', saidBefore('other', 'c2')),
      outboxRow('m1/ping/desk', ping),
      outboxRow('m3/ping/desk', { ...ping, what: 'updated' }),
    ],
  });
  store = await openSqliteStore(folder);
  const reply = (text: string, conversation = 'c1') => ({
    kind: 'reply',
    platform: 'web',
    conversation,
    turn: 3,
    lines: [botLine(text)],
    replaces: false,
  });
  const [head, ...others] = await store.takeOutbox('a', farAhead, farAhead + 1, 10);
  expect(head).toMatchObject({ key: 'm1/reply/0', attempts: 2, outgoing: reply('one') });
  expect(others.map(({ outgoing }) => outgoing)).toEqual([reply('other', 'c2'), ping]);
  await store.finishOutbox(head!.id, 'a', { kind: 'sent' });
  expect(await store.takeOutbox('b', farAhead, farAhead + 1, 10, ['desk'])).toMatchObject([
    { key: 'm1/reply/1', outgoing: reply('two') },
  ]);
});

test('a turn of today comes after what was left to say', async () => {
  await writeFirst({ outbox: [outboxRow('m1/reply/0', saidBefore('before'))] });
  store = await openSqliteStore(folder);
  await turn(store, 'm2', { replies: () => [botLine('after')] });
  expect((await sendAll(store)).map(({ key }) => key)).toEqual(['m1/reply/0', 'm2/reply']);
});

test('conversations, tickets and what waits for its turn are read as they were', async () => {
  const { lastText: _lastText, resolved: _resolved, ...conversation } = newConversation();
  const { follows: _follows, ...details } = ticketDetails();
  await writeFirst({
    conversations: [
      { id: 'c1', platform: 'web', version: 4, json: JSON.stringify({ ...conversation, turn: 4 }), updated_at: 5 },
    ],
    tickets: [
      {
        conversation: 'c1',
        state: 'claimed',
        version: 2,
        role: 'account-admin',
        claimed_by: 'Grace',
        json: JSON.stringify(details),
        created_at: 5,
        updated_at: 6,
      },
    ],
    chat: [{ conversation: 'c1', at: 5, turn: 1, json: JSON.stringify(botLine('Hello.')) }],
    inbox: [{ key: 'm9', conversation: 'c1', at: 1000, json: JSON.stringify(textMessage('m9')), state: 'new' }],
  });
  store = await openSqliteStore(folder);
  expect(await store.loadConversation('c1')).toEqual({ conversation: { ...newConversation(), turn: 4 }, version: 4 });
  expect(await store.ticket(1001)).toMatchObject({ claimedBy: 'Grace', claimedById: null, details: ticketDetails() });
  expect((await store.chat('c1', 0)).map(({ line }) => line)).toEqual([botLine('Hello.')]);
  expect(await store.pending()).toEqual([textMessage('m9')]);
  await turn(store, 'm9');
  expect((await store.loadConversation('c1')).version).toBe(5);
});
