import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { privacy } from '../../scripts/privacy';
import { newConversation } from '../../src/core/conversation';
import { type KeptFor, keptKinds } from '../../src/core/personal-data';
import type { OutboxRow, Store } from '../../src/core/ports';
import { beforeOf, keptFor } from '../../src/core/retention';
import { Retention } from '../../src/privacy/retention';
import { openPostgresStore } from '../../src/stores/postgres';
import { openSqliteStore } from '../../src/stores/sqlite';
import { emptyDatabase, noPostgres, startPostgres, type TestServer } from '../builders/postgres';
import { botLine, conversation, ticketDetails, turn, turnCommit } from '../builders/store';
import { held, inRegister } from '../security/register';

const day = 24 * 60 * 60_000;
const now = Date.parse('2026-12-01T10:00:00Z');

/** Where a store lies, and all that anybody could read there, whatever the store's own code shows. */
interface Home {
  env: NodeJS.ProcessEnv;
  open(): Promise<Store>;
  /** Everything that lies there, as text. */
  everything(): Promise<string>;
  /** The same by tables. */
  tables(): Promise<Map<string, string>>;
  empty(): Promise<void>;
}

let server: TestServer;
let database: string;
if (noPostgres) process.stderr.write(`${noPostgres}\n`);
else {
  beforeAll(async () => {
    server = await startPostgres();
    database = await server.database();
  }, 60_000);
  afterAll(() => server.stop(), 60_000);
}

function onDisk(): Home {
  const folder = mkdtempSync(join(tmpdir(), 'privacy-'));
  const data = join(folder, 'data');
  return {
    env: { DATA_DIR: data },
    tables: async () => {
      const database = new Database(join(data, 'helpdesk.sqlite'), { readonly: true });
      const names = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all() as string[];
      const all = names.map((name): [string, string] => [
        name,
        JSON.stringify(database.prepare(`SELECT * FROM "${name}"`).all()),
      ]);
      database.close();
      return new Map(all);
    },
    open: () => openSqliteStore(data),
    everything: async () =>
      readdirSync(data)
        .map((file) => readFileSync(join(data, file), 'latin1'))
        .join(''),
    empty: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function tablesOnServer(): Promise<Map<string, string>> {
  const tables = await server.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
    database,
  );
  const all = tables.map(async ({ name }): Promise<[string, string]> => {
    const rows = await server.query<{ row: string }>(`SELECT row_to_json(t)::text AS row FROM "${name}" t`, database);
    return [name, rows.map(({ row }) => row).join('\n')];
  });
  return new Map(await Promise.all(all));
}

const onServer = (): Home => ({
  env: { DATABASE_URL: database },
  open: () => openPostgresStore(database),
  tables: tablesOnServer,
  everything: async () => [...(await tablesOnServer()).values()].join('\n'),
  empty: () => emptyDatabase(server, database),
});

const ada = 'slack:T1:U_ADA';
const kim = 'slack:T1:UXADA';
/** Words that stand nowhere but in what Ada left. */
const canaries = [
  'Ada Canaryname',
  'canary-phone',
  'canary-note',
  'canary-reply',
  'canary-slot',
  'canary-thread',
  'U_ADA',
];

const said = (id: string, name: string, text: string) => ({
  kind: 'text' as const,
  platform: 'slack' as const,
  conversation: id,
  person: { id, name, member: true },
  at: now,
  text,
  secrets: [],
});

/** Ada with a solved request, a thread in a channel and words kept for review; Kim with the like. */
async function twoPeople(store: Store): Promise<void> {
  for (const [who, name, words] of [
    [ada, 'Ada Canaryname', 'canary-phone'],
    [kim, 'Kim Other', 'kims-phone'],
  ] as const) {
    const person = { id: who, name, member: true };
    const message = { platform: 'slack' as const, person, at: now, secrets: [] };
    const say = async (key: string, id: string, text: string, parts: Parameters<typeof turn>[2] = {}) => {
      const address = { team: 'T1', user: who.split(':')[2] };
      await store.record({ kind: 'text', key, conversation: id, text, address, ...message });
      const { version } = await store.loadConversation(id);
      return store.commitTurn({
        ...turnCommit(key, { conversationId: id, platform: 'slack', at: now, said: { from: 'person', text } }),
        expectedVersion: version,
        conversation: conversation({ words: [text], slots: { account_type: 'iam', email: `${words}-slot` } }),
        ...parts,
      });
    };
    const details = ticketDetails({
      person,
      words: [words],
      slots: { account_type: 'iam', email: who === ada ? 'canary-slot' : 'kims-slot' },
    });
    const { ticket } = await say(`${who}/1`, who, words, {
      open: { role: 'account-admin', details, next: { what: 'escalate', at: now } },
      destinations: ['desk', 'slack:C1'],
      facts: {
        began: null,
        walked: [],
        decision: null,
        outcome: 'not_understood',
        step: null,
        next: null,
        edited: null,
        missed: { text: words, reason: 'not_understood', step: null, candidates: [] },
      },
    });
    await store.savePost({ subject: `word:${who}/1@slack:C1`, id: 'm1', ref: { channel: 'C1' }, version: 0 });
    await say(`${who}/2`, `slack:T1:C1:99:${who.split(':')[2]}`, who === ada ? 'canary-thread' : 'kims-thread');
    const page = { text: `${who === ada ? 'canary' : 'kims'}-thread` };
    await store.savePost({
      subject: `chat:slack:T1:C1:99:${who.split(':')[2]}`,
      id: 'm2',
      ref: { channel: 'C1', page },
      version: 1,
    });
    const grace = { id: 'slack:T1:UGRACE', name: 'Grace' };
    const prefix = who === ada ? 'canary' : 'kims';
    let current = ticket!;
    for (const [action, text] of [
      ['note', `${prefix}-note`],
      ['reply', `${prefix}-reply`],
      ['resolve', null],
    ] as const) {
      const key = `${who}/${action}`;
      await store.record({
        kind: 'ticket_action',
        key,
        platform: 'slack',
        conversation: who,
        person: { ...grace, member: true },
        at: now,
        ticket: current.id,
        action,
        text: '',
        secrets: [],
      });
      const loaded = await store.loadConversation(who);
      const changed = await store.commitTurn({
        ...turnCommit(key, { conversationId: who, platform: 'slack', at: now, said: null, replies: () => [] }),
        conversation: loaded.conversation,
        expectedVersion: loaded.version,
        change: { ticket: current, actor: grace, action, text },
      });
      current = changed.ticket!;
    }
  }
}

/** Every table that holds something of a person. */
const personalTables = [
  'addresses',
  'chat',
  'conversations',
  'inbox',
  'missed_words',
  'outbox',
  'posts',
  'ticket_history',
  'tickets',
  'turn_facts',
];
/** Keys of messages stay, without what was in them. */
const keys = /"?(?:key|subject)"?: ?"[^"]*"/g;

async function holdingAny(place: Home, words: readonly string[]): Promise<string[]> {
  const tables = await place.tables();
  return [...tables]
    .filter(([, text]) => words.some((word) => text.replace(keys, '').includes(word)))
    .map(([name]) => name)
    .sort();
}

/** Everything that is to leave, in order. */
async function sendAll(store: Store): Promise<OutboxRow[]> {
  const rows = await store.takeOutbox('sends', now + day, now + 2 * day, 100);
  for (const row of rows) await store.finishOutbox(row.id, 'sends', { kind: 'sent' });
  return rows.length === 0 ? [] : [...rows, ...(await sendAll(store))];
}

describe.each([['sqlite', onDisk] as const, ...(noPostgres ? [] : [['postgresql', onServer] as const])])(
  '%s',
  (_kind, home) => {
    let place: Home;
    let store: Store;
    beforeEach(async () => {
      place = home();
      store = await place.open();
    });
    afterEach(async () => {
      await store.close();
      await place.empty();
    });
    /** What lies there once everything is written down and nothing is kept open. */
    const left = async (): Promise<string> => {
      await store.close();
      const text = await place.everything();
      store = await place.open();
      return text;
    };

    test(inRegister('privacy.deleted'), async () => {
      await twoPeople(store);
      const before = await left();
      expect(canaries.length - 1).toBeGreaterThanOrEqual(held('privacy.deleted').canaries);
      for (const canary of canaries) expect([canary, before.includes(canary)]).toEqual([canary, true]);
      const holding = await holdingAny(place, canaries);
      expect(holding).toEqual(expect.arrayContaining(personalTables));

      const { version } = await store.loadConversation(ada);
      await store.record({
        kind: 'press',
        key: 'forget',
        platform: 'slack',
        conversation: ada,
        person: { id: ada, name: 'Ada Canaryname', member: true },
        at: now,
        press: 'choose:yes',
      });
      const done = await store.forgetPerson(ada, now, {
        ...turnCommit('forget', { conversationId: ada, platform: 'slack', at: now, said: null }),
        conversation: { ...newConversation(), turn: 7 },
        expectedVersion: version,
        replies: () => [botLine('Deleted.')],
      });
      expect(done).toEqual({ conversations: 2, requests: [1001], open: [] });

      // What is left is the answer, and where it goes; that ends with the chat.
      expect((await store.chat(ada, 0)).map(({ line }) => line)).toEqual([botLine('Deleted.')]);
      expect(await store.address(ada)).toEqual({ team: 'T1', user: 'U_ADA' });
      const after = await left();
      for (const canary of canaries.filter((word) => word !== 'U_ADA'))
        expect([canary, after.includes(canary)]).toEqual([canary, false]);
      expect(
        await holdingAny(
          place,
          canaries.filter((word) => word !== 'U_ADA'),
        ),
      ).toEqual([]);
      for (const word of ['Kim Other', 'kims-phone', 'kims-note', 'kims-reply', 'kims-slot', 'kims-thread'])
        expect([word, after.includes(word)]).toEqual([word, true]);

      // The record of what administrators did stays, and its card and the words below it follow.
      const history = await store.history(1001);
      expect(history.map(({ action, actor, text }) => [action, actor, text])).toEqual([
        ['opened', 'Somebody (data deleted)', null],
        ['note', 'Grace', null],
        ['reply', 'Grace', null],
        ['resolve', 'Grace', null],
      ]);
      const leaving = await sendAll(store);
      const words = leaving.flatMap(({ outgoing }) => (outgoing.kind === 'thread' ? [outgoing] : []));
      expect(words).toMatchObject([{ destination: 'slack:C1', ticket: 1001, word: `${ada}/1`, what: 'gone' }]);
    });

    test('the same key again is still known after that', async () => {
      await twoPeople(store);
      await store.forgetPerson(ada, now);
      const again = {
        kind: 'text' as const,
        key: `${ada}/1`,
        platform: 'slack' as const,
        conversation: ada,
        text: 'canary-phone',
        secrets: [],
      };
      expect(await store.record({ ...again, person: { id: ada, name: 'Ada Canaryname', member: true }, at: now })).toBe(
        'known',
      );
      expect(await left()).not.toContain('canary-phone');
    });

    test('what is on its way below a card at that moment is taken back after it', async () => {
      await twoPeople(store);
      await sendAll(store);
      const loaded = await store.loadConversation(kim);
      const line = { from: 'person' as const, name: 'Kim Other', text: 'kims-late-words', files: [] };
      await store.record({ ...said(kim, 'Kim Other', 'kims-late-words'), key: 'late' });
      await store.commitTurn({
        ...turnCommit('late', {
          conversationId: kim,
          platform: 'slack',
          at: now,
          replies: () => [botLine('kims-answer')],
        }),
        conversation: loaded.conversation,
        expectedVersion: loaded.version,
        also: () => [
          { kind: 'thread', destination: 'slack:C1', ticket: 1002, word: 'late', what: 'new', line },
          { kind: 'thread', destination: 'slack:C1', ticket: 1002, word: 'later', what: 'new', line },
        ],
      });
      // Under way: nobody knows yet whether the first of them, and the answer, have arrived.
      const under = await store.takeOutbox('sends', now, now + day, 100);
      expect(under.map(({ outgoing }) => outgoing.kind).sort()).toEqual(['reply', 'thread']);
      await store.forgetPerson(kim, now);
      expect(await left()).not.toContain('kims-late-words');
      for (const { id } of under) expect(await store.finishOutbox(id, 'sends', { kind: 'sent' })).toBe(true);
      const words = (await sendAll(store)).flatMap(({ outgoing }) => (outgoing.kind === 'thread' ? [outgoing] : []));
      expect(words.map(({ word, what }) => [word, what])).toEqual(
        expect.arrayContaining([
          ['late', 'gone'],
          [`${kim}/1`, 'gone'],
        ]),
      );
      expect(words.every(({ what, word }) => what === 'gone' && word !== 'later')).toBe(true);
    });

    test('an open request is left whole, with the conversation it belongs to', async () => {
      const details = ticketDetails({
        person: { id: ada, name: 'Ada Canaryname', member: true },
        words: ['canary-open'],
      });
      await turn(store, 'open', { conversationId: ada, open: { role: 'account-admin', details } });
      expect(await store.forgetPerson(ada, now)).toEqual({ conversations: 0, requests: [], open: [1001] });
      expect((await store.ticket(1001))!.details).toEqual(details);
      expect(await store.chat(ada, 0)).not.toEqual([]);
    });

    test(inRegister('privacy.export'), async () => {
      await twoPeople(store);
      const data = JSON.stringify(await store.personalData(ada));
      for (const word of ['Ada Canaryname', 'canary-phone', 'canary-thread', 'canary-reply', 'canary-slot'])
        expect(data).toContain(word);
      expect(data.match(/kims-|Kim|canary-note/g) ?? []).toHaveLength(held('privacy.export').others);
      expect(await store.personalData('slack:T1:UNOBODY')).toMatchObject({ conversations: [], requests: [], turns: 0 });
    });

    test(inRegister('privacy.kept'), async () => {
      const kept = keptFor({ retention: { conversations: '1d', requests: '2d', review: '3d', figures: '4d' } });
      const sweptAt = (at: number) => store.sweep(beforeOf(kept, at));
      await twoPeople(store);
      const open = ticketDetails({ person: { id: 'late', name: 'Late', member: true }, words: ['late-words'] });
      await turn(store, 'late', { conversationId: 'late', at: now, open: { role: 'account-admin', details: open } });
      expect(keptKinds.length).toBe(held('privacy.kept').kinds);
      const nothing = { conversations: 0, requests: 0, review: 0, figures: 0 };
      await sendAll(store);

      expect(await sweptAt(now + kept.conversations)).toEqual(nothing);
      expect(await sweptAt(now + kept.conversations + 1)).toEqual({ ...nothing, conversations: 4 });
      expect(await store.chat(ada, 0)).toEqual([]);
      expect(await sweptAt(now + kept.requests)).toEqual(nothing);
      expect(await sweptAt(now + kept.requests + 1)).toEqual({ ...nothing, requests: 2 });
      expect(await sweptAt(now + kept.review)).toEqual(nothing);
      expect(await sweptAt(now + kept.review + 1)).toEqual({ ...nothing, review: 2 });
      expect(await sweptAt(now + kept.figures)).toEqual(nothing);
      expect(await sweptAt(now + kept.figures + 1)).toEqual({ ...nothing, figures: 2 });

      expect(await sweptAt(now + 5_000 * day)).toEqual(nothing);
      const rest = await left();
      expect(rest).toContain('late-words');
      expect(rest).not.toMatch(/canary-|kims-|Canaryname|Kim Other/);
    });

    test('what must stay keeps nothing behind it from going', async () => {
      const openAt = async (id: string) => {
        const details = ticketDetails({ person: { id, name: id, member: true }, words: ['stays'] });
        await turn(store, `${id}/1`, { conversationId: id, at: now, open: { role: 'account-admin', details } });
      };
      await openAt('waits');
      for (let index = 0; index < 600; index += 1)
        await store.record({ ...said('waits', 'Waits', 'once more'), key: `many/${index}` });
      await turn(store, 'after', { conversationId: 'after', at: now });
      for (const { key } of await store.pending()) await store.finish(key);
      await store.sweep(beforeOf(keptFor({}), now + 31 * day));
      expect(await store.incoming('after')).toBeNull();
      expect(await store.incoming('many/0')).not.toBeNull();
      expect(await store.chat('waits', 0)).not.toEqual([]);
    });

    test('a talk that goes on while the old ones are deleted is not lost', async () => {
      const kept = keptFor({});
      await turn(store, 'old/1', { conversationId: 'old', at: now });
      await store.record({ ...said('old', 'Ada', 'back again'), key: 'old/2', at: now + 31 * day });
      const { version, conversation: loaded } = await store.loadConversation('old');
      const details = ticketDetails({ person: { id: 'old', name: 'Ada', member: true }, words: ['back again'] });
      const second = await place.open();
      const [turned] = await Promise.allSettled([
        store.commitTurn({
          ...turnCommit('old/2', { conversationId: 'old', at: now + 31 * day }),
          conversation: loaded,
          expectedVersion: version,
          open: { role: 'account-admin', details },
        }),
        second.sweep(beforeOf(kept, now + 31 * day)),
      ]);
      await second.close();
      // Either it was first, and all of it is there; or it is told so, plays again and finds a new conversation.
      const [ticket] = await store.tickets({ closed: false, limit: 1 });
      if (turned.status === 'fulfilled') {
        expect(ticket).toMatchObject({ conversation: 'old' });
        expect((await store.loadConversation('old')).version).toBe(version + 1);
      } else {
        expect(turned.reason).toMatchObject({ code: 'TURN_CONFLICT' });
        expect(ticket).toBeUndefined();
      }
    });

    test('what is counted, and words kept for review, are nobody’s once the talk is over its time', async () => {
      await twoPeople(store);
      await sendAll(store);
      await store.sweep(beforeOf(keptFor({}), now + 31 * day));
      const tables = await place.tables();
      for (const table of ['turn_facts', 'missed_words'])
        expect(tables.get(table)).not.toMatch(/"conversation": ?"slack/);
      expect(await store.missedWords({ state: 'new', limit: 10 })).toHaveLength(2);
    });

    test('two that delete at once delete everything once', async () => {
      await twoPeople(store);
      const before: KeptFor = beforeOf(keptFor({}), now + 1000 * day);
      const second = await place.open();
      const both = await Promise.all([store.sweep(before), second.sweep(before)]);
      await second.close();
      expect(both[0].requests + both[1].requests).toBe(2);
      expect(await store.tickets({ closed: true, limit: 10 })).toEqual([]);
    });

    test('the command finds, exports, asks before it deletes, and deletes', async () => {
      await twoPeople(store);
      const run = async (...args: string[]) => {
        const lines: string[] = [];
        await privacy(args, place.env, (line) => lines.push(line), now);
        return lines.join('\n');
      };
      expect(await run('find', 'canaryname')).toBe(`${ada}  Ada Canaryname`);
      expect(await run('find', 'CANARY-slot')).toBe(`${ada}  Ada Canaryname`);
      expect(JSON.parse(await run('export', ada))).toMatchObject({ person: { id: ada, names: ['Ada Canaryname'] } });
      expect(await run('delete', ada)).toContain('Add --yes to do it');
      expect((await store.ticket(1001))!.details.person.name).toBe('Ada Canaryname');
      expect(await run('delete', ada, '--yes')).toContain('1 closed requests name nobody now');
      await expect(run('export', ada)).rejects.toMatchObject({ code: 'PERSON_UNKNOWN' });
      expect(await run('find', 'canaryname')).toContain('Nobody wrote under that name');
      expect(await run('retention')).toBe('conversations: 30d\nrequests: 365d\nreview: 90d\nfigures: 730d');
      expect(await run('retention', '--now')).toContain('Deleted: 0 conversations');
      await expect(run('burn')).rejects.toMatchObject({ code: 'COMMAND_FAULTY' });
    });

    test('the service’s own sweep goes by the organisation file, and a fault is told and not thrown', async () => {
      await twoPeople(store);
      const swept: unknown[] = [];
      const failed: unknown[] = [];
      const parts = {
        clock: { now: () => now + 2 * day },
        organization: { retention: { conversations: '1d' } },
        onSwept: (deleted: unknown) => swept.push(deleted),
        onFailed: (error: unknown) => failed.push(error),
      };
      await new Retention({ ...parts, store }).sweep();
      await new Retention({ ...parts, store: { sweep: () => Promise.reject(new Error('no disk')) } }).sweep();
      expect(swept).toMatchObject([{ requests: 0, review: 0 }]);
      expect((await store.loadConversation(ada)).version).toBe(0);
      expect(failed).toEqual([new Error('no disk')]);
    });
  },
);
