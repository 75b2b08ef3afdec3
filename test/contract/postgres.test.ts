import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import type { CodedError } from '../../src/core/errors';
import type { Incoming } from '../../src/core/message';
import type { Store } from '../../src/core/ports';
import { openPostgresStore } from '../../src/stores/postgres';
import { repository } from '../builders/bot';
import { emptyDatabase, noPostgres, startPostgres, type TestServer } from '../builders/postgres';
import { botLine, openTicket, textMessage, ticketDetails, turn, turnCommit } from '../builders/store';
import { nameOf, TurnsWorld } from '../builders/turns';
import { withMethods } from '../fakes/store-edge';

if (noPostgres) process.stderr.write(`${noPostgres}\n`);

/** What only a store for several processes must bear. What all stores promise is in the other files beside this one. */
(noPostgres ? describe.skip : describe)('several processes on one PostgreSQL', () => {
  let server: TestServer;
  let url: string;
  const stores: Store[] = [];
  const child: { process: ChildProcess | null } = { process: null };

  beforeAll(async () => {
    server = await startPostgres();
    url = await server.database();
  }, 60_000);
  afterEach(async () => {
    child.process?.kill('SIGKILL');
    child.process = null;
    await Promise.all(stores.splice(0).map((store) => store.close()));
    await emptyDatabase(server, url);
  });
  afterAll(() => server?.stop(), 60_000);

  async function open(at = url): Promise<Store> {
    const store = await openPostgresStore(at);
    stores.push(store);
    return store;
  }
  const refusal = (at: string): Promise<CodedError> =>
    openPostgresStore(at).then(
      async (store) => {
        await store.close();
        throw new Error('it was opened');
      },
      (error: CodedError) => error,
    );
  const breakConnections = () =>
    server.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = '${new URL(url).pathname.slice(1)}' AND pid <> pg_backend_pid()`);
  const said = async (store: Store, conversation = 'c1') =>
    (await store.chat(conversation, 0)).map(({ line }) => nameOf(line));

  describe('starting', () => {
    test('four at once find a new database, and each can work', async () => {
      const fresh = await server.database();
      const four = await Promise.all([1, 2, 3, 4].map(() => open(fresh)));
      const results = await Promise.all(four.map((store) => store.record(textMessage('m1'))));
      expect(results.sort()).toEqual(['known', 'known', 'known', 'waits']);
    });

    test('a user who may make no tables joins the others', async () => {
      const fresh = await server.database();
      await (await openPostgresStore(fresh)).close();
      const name = new URL(fresh).pathname.slice(1);
      await server.query(`CREATE ROLE ${name} LOGIN PASSWORD 'only-rows'`);
      await server.query('REVOKE CREATE ON SCHEMA public FROM PUBLIC', fresh);
      await server.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${name}`, fresh);
      const limited = Object.assign(new URL(fresh), { username: name, password: 'only-rows' });
      const store = await open(limited.href);
      expect((await openTicket(store)).id).toBe(1001);

      const empty = new URL(await server.database());
      await server.query('REVOKE CREATE ON SCHEMA public FROM PUBLIC', empty.href);
      const error = await refusal(Object.assign(empty, { username: name, password: 'only-rows' }).href);
      expect(error.code).toBe('STORE_REFUSED');
    });

    test('a database of a newer version that this one cannot work with is refused', async () => {
      const fresh = await server.database();
      await (await openPostgresStore(fresh)).close();
      await server.query("INSERT INTO kysely_migration VALUES ('9999-later-breaks', '2030-01-01')", fresh);
      expect((await refusal(fresh)).code).toBe('STORE_NEWER');
    });

    test('a database that cannot keep every letter is refused', async () => {
      const name = `${new URL(url).pathname.slice(1)}_latin1`;
      await server.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'`);
      const error = await refusal(Object.assign(new URL(url), { pathname: `/${name}` }).href);
      expect(error.code).toBe('STORE_UNSUITABLE');
      expect(error.message).toContain('LATIN1');
      await server.query(`DROP DATABASE ${name}`);
    });
  });

  describe('what cannot be opened is refused with a remedy, and without the password', () => {
    const changed = (change: (at: URL) => void) => {
      const at = new URL(url);
      change(at);
      return at.href;
    };
    let deaf: Server | null = null;
    afterEach(() => {
      deaf?.close();
      deaf = null;
    });

    test.each([
      ['wrong password', () => changed((at) => (at.password = 'wr0ng-password')), 'STORE_REFUSED'],
      ['unknown user', () => changed((at) => (at.username = 'nobody-known')), 'STORE_REFUSED'],
      ['unknown database', () => changed((at) => (at.pathname = '/not-there')), 'STORE_REFUSED'],
      ['a port where nobody listens', () => changed((at) => (at.port = '1')), 'STORE_UNREACHABLE'],
      ['a host that is none', () => changed((at) => (at.hostname = 'db.invalid')), 'STORE_UNREACHABLE'],
      ['no such socket', () => changed((at) => at.searchParams.set('host', '/nowhere')), 'STORE_UNREACHABLE'],
      ['TLS with a server that has none', () => `${url}?sslmode=require`, 'STORE_NOT_PRIVATE'],
      ['an authority that is no file', () => `${url}?sslmode=verify-ca&sslrootcert=/no/ca.pem`, 'STORE_NOT_PRIVATE'],
    ])('%s', async (_fault, at, code) => {
      const error = await refusal(at());
      expect(error.code).toBe(code);
      expect(`${error.message} ${error.stack}`).not.toContain(new URL(url).password);
      expect(`${error.message} ${error.stack}`).not.toContain('wr0ng');
      const { hostname, searchParams } = new URL(at());
      expect(error.message).toContain(searchParams.get('host') ?? hostname);
    });

    test('a host that takes the call and says nothing', async () => {
      deaf = createServer((socket) => socket.on('error', () => {})).listen(0, '127.0.0.1');
      await once(deaf, 'listening');
      const port = String((deaf.address() as AddressInfo).port);
      expect((await refusal(changed((at) => (at.port = port)))).code).toBe('STORE_UNREACHABLE');
    }, 30_000);
  });

  describe('work is shared out', () => {
    test('each outbox row goes to one, and each conversation keeps its order', async () => {
      const [first, second] = [await open(), await open()];
      for (let index = 0; index < 60; index++)
        await turn(first, `m${index}`, { conversationId: `c${index % 12}`, replies: () => [botLine(String(index))] });
      const taken: string[] = [];
      const work = async (store: Store, owner: string) => {
        for (;;) {
          const rows = await store.takeOutbox(owner, 5000, 9000, 3);
          for (const row of rows) {
            taken.push(row.key);
            await store.finishOutbox(row.id, owner, { kind: 'sent' });
          }
          if (rows.length === 0 && taken.length >= 60) return;
        }
      };
      await Promise.all([work(first, 'a'), work(second, 'b'), work(first, 'c')]);
      expect([...taken].sort()).toEqual(Array.from({ length: 60 }, (_, index) => `m${index}/reply`).sort());
      for (let lane = 0; lane < 12; lane++) {
        const mine = taken.map((key) => Number.parseInt(key.slice(1), 10)).filter((index) => index % 12 === lane);
        expect(mine).toEqual([...mine].sort((a, b) => a - b));
      }
    });

    test('one conversation over two processes: every message once, in the order it was received', async () => {
      const worlds = [new TurnsWorld(await open()), new TurnsWorld(await open()), new TurnsWorld(await open())];
      const texts = Array.from({ length: 24 }, (_, index) => `number ${index}`);
      for (const [index, text] of texts.entries())
        await worlds[index % 3]!.helpdesk.turns.receive(textMessage(`m${index}`, { text, at: 5000 - index }));
      const { store } = worlds[0]!;
      while ((await store.pending()).length > 0) await Promise.all(worlds.map((world) => world.settled()));
      expect((await said(store)).filter((words) => words.startsWith('number'))).toEqual(texts);
      expect((await store.loadConversation('c1')).version).toBe(24);
      expect(worlds.flatMap(({ failures }) => failures)).toEqual([]);
    });

    test('at the very same moment, too: each message once, and nobody has to apologise', async () => {
      const worlds = [new TurnsWorld(await open()), new TurnsWorld(await open()), new TurnsWorld(await open())];
      const messages = Array.from({ length: 30 }, (_, index) => textMessage(`m${index}`, { text: `number ${index}` }));
      await Promise.all(messages.map((message, index) => worlds[index % 3]!.helpdesk.turns.receive(message)));
      const { store } = worlds[0]!;
      while ((await store.pending()).length > 0) await Promise.all(worlds.map((world) => world.settled()));
      const numbers = (await said(store)).filter((words) => words.startsWith('number'));
      expect([...numbers].sort()).toEqual(messages.map(({ text }) => text).sort());
      expect(worlds.flatMap(({ failures }) => failures)).toEqual([]);
      // What one process was given keeps its order whatever the others do.
      for (const part of [0, 1, 2]) {
        const mine = numbers.map((words) => Number(words.slice(7))).filter((index) => index % 3 === part);
        expect(mine).toEqual([...mine].sort((a, b) => a - b));
      }
    });

    test('the same message at two processes at once is answered once', async () => {
      const worlds = [new TurnsWorld(await open()), new TurnsWorld(await open())];
      const results = await Promise.all(
        worlds.map(({ helpdesk }) => helpdesk.turns.receive(textMessage('m1', { text: 'hello there' }))),
      );
      expect(results.sort()).toEqual(['duplicate', 'recorded']);
      for (const world of worlds) await world.settled();
      expect((await said(worlds[0]!.store)).filter((words) => words === 'hello there')).toHaveLength(1);
      expect(worlds.flatMap(({ sent }) => sent)).toHaveLength(1);
    });

    test('two administrators at two processes: one has the ticket', async () => {
      const worlds = [new TurnsWorld(await open()), new TurnsWorld(await open())];
      for (let round = 0; round < 10; round++) {
        const ticket = await openTicket(worlds[0]!.store, `open${round}`, { conversationId: `c${round}` });
        const claim = (name: string): Incoming => ({
          ...textMessage(`${name}${round}`, { conversation: `desk-${name}` }),
          person: { id: name, name, member: true },
          kind: 'ticket_action',
          ticket: ticket.id,
          action: 'claim',
          text: '',
          secrets: [],
        });
        await Promise.all(['Grace', 'Alan'].map((name, index) => worlds[index]!.helpdesk.turns.receive(claim(name))));
        while ((await worlds[0]!.store.pending()).length > 0) for (const world of worlds) await world.settled();
        const history = await worlds[1]!.store.history(ticket.id);
        expect(history.map(({ action }) => action)).toEqual(['opened', 'claim']);
        expect((await worlds[1]!.store.ticket(ticket.id))?.claimedBy).toBe(history[1]!.actor);
      }
      expect(worlds.flatMap(({ failures }) => failures)).toEqual([]);
    });
  });

  describe('a process that is killed', () => {
    test('leaves its messages to the others, who answer them after its lease, once and in order', async () => {
      const world = new TurnsWorld(await open());
      const script = `
        const { openPostgresStore } = require('./src/stores/postgres.ts');
        const message = (key, text) => (${JSON.stringify(textMessage('k', { text: 't' }))});
        openPostgresStore(process.argv[1]).then(async (store) => {
          const taker = { owner: 'killed', now: 5000, leaseUntil: 35000 };
          for (const key of ['m1', 'm2']) {
            const incoming = { ...message(), key, text: 'words of ' + key };
            console.log(key, await store.record(incoming, taker));
          }
          setInterval(() => {}, 1000);
        });`;
      const killed = spawn(process.execPath, ['--require', 'tsx/cjs', '--eval', script, url], {
        cwd: repository,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      child.process = killed;
      let out = '';
      for await (const piece of killed.stdout.setEncoding('utf8')) {
        out += piece;
        if (out.includes('m2')) break;
      }
      expect(out.trim().split('\n')).toEqual(['m1 taken', 'm2 waits']);
      killed.kill('SIGKILL');

      await world.receive(textMessage('m3', { text: 'words of m3' }));
      expect(await said(world.store)).toEqual([]);
      world.clock.advance(30_001);
      await world.settled();
      const words = (await said(world.store)).filter((line) => line.startsWith('words'));
      expect(words).toEqual(['words of m1', 'words of m2', 'words of m3']);
      expect(world.failures).toEqual([]);
    }, 60_000);

    test('while it only was slow: what it does late changes nothing, and is no failure', async () => {
      let letGo = () => {};
      const store = await open();
      const held = new Promise<void>((resolve) => {
        letGo = resolve;
      });
      const slow = new TurnsWorld(
        withMethods(store, {
          commitTurn: async (commit) => {
            await held;
            return store.commitTurn(commit);
          },
        }),
      );
      const other = new TurnsWorld(await open());
      await slow.helpdesk.turns.receive(textMessage('m1', { text: 'hello there' }));
      other.clock.advance(30_001);
      await other.settled();
      letGo();
      await slow.settled();
      expect((await said(store)).filter((words) => words === 'hello there')).toHaveLength(1);
      expect([...slow.failures, ...other.failures]).toEqual([]);
      expect([...slow.sent, ...other.sent]).toHaveLength(1);
    });

    test('a version beside it that cannot read a message leaves it to the newer one', async () => {
      const store = await open();
      const strange = { ...textMessage('strange'), kind: 'unheard of' } as unknown as Incoming;
      await store.record(strange);
      const take = (now: number) => store.takeInbox({ owner: 'a', now, leaseUntil: now + 10 }, 10);
      expect(await take(2000)).toEqual([]);
      expect(await server.query("SELECT state FROM inbox WHERE key = 'strange'", url)).toEqual([{ state: 'new' }]);
      expect(await take(2000 + 2 * 3_600_000)).toEqual([]);
      expect(await server.query("SELECT state FROM inbox WHERE key = 'strange'", url)).toEqual([{ state: 'failed' }]);
    });
  });

  describe('a database that goes away', () => {
    test('broken connections end no process, and the next use makes new ones', async () => {
      const lost: Error[] = [];
      const store = await openPostgresStore(url, { onLost: (error) => lost.push(error) });
      stores.push(store);
      await store.record(textMessage('m1'));
      await breakConnections();
      await Promise.allSettled([1, 2, 3].map(() => store.pending()));
      expect((await store.pending()).map(({ key }) => key)).toEqual(['m1']);
      for (const error of lost) expect(error).toMatchObject({ code: 'STORE_UNREACHABLE' });
    });

    /** The connections that wait for a lock, as soon as there is one. */
    async function waiting(): Promise<number[]> {
      for (;;) {
        const rows = await server.query<{ pid: number }>(
          `SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
          url,
        );
        if (rows.length > 0) return rows.map(({ pid }) => pid);
      }
    }

    test('a turn whose connection breaks in mid-transaction is played again, and answered once', async () => {
      const world = new TurnsWorld(await open());
      const other = await server.connect(url);
      await other.query('BEGIN; LOCK TABLE chat IN ACCESS EXCLUSIVE MODE');
      await world.helpdesk.turns.receive(textMessage('m1', { text: 'hello there' }));
      for (const pid of await waiting()) await other.query(`SELECT pg_terminate_backend(${pid})`);
      await other.query('ROLLBACK');
      await other.end();
      await world.settled();
      expect((await said(world.store)).filter((words) => words === 'hello there')).toHaveLength(1);
      expect(world.failures).toEqual([]);
    }, 20_000);

    test('of turns that wait for each other in a circle, one begins again', async () => {
      const store = await open();
      const ticket = await openTicket(store);
      await store.record(textMessage('m2'));
      const grace = { id: 'grace', name: 'Grace' };
      const change = { ticket, actor: grace, action: 'claim', text: null };
      const commit = () => store.commitTurn(turnCommit('m2', { expectedVersion: 1, change }));
      const other = await server.connect(url);
      await other.query("BEGIN; SELECT 1 FROM conversations WHERE id = 'c1' FOR UPDATE");
      const refused = commit().catch((error: unknown) => error);
      await waiting();
      await other.query(`UPDATE tickets SET role = role WHERE id = ${ticket.id}`);
      await other.query('COMMIT');
      await other.end();
      expect(await refused).toMatchObject({ code: 'TURN_CONFLICT' });
      expect((await commit()).ticket).toMatchObject({ claimedBy: 'Grace' });
    }, 20_000);

    test('the server crashes: nothing is taken that is not kept, and afterwards it goes on', async () => {
      const { cluster } = server;
      if (!cluster) return process.stderr.write('skipped: a crash of the server (it is not ours)\n');
      const world = new TurnsWorld(await open());
      await world.receive(textMessage('m1', { text: 'before the crash' }));
      await cluster.crash();
      const refused = await world.helpdesk.turns.receive(textMessage('m2')).catch((error: unknown) => error);
      await cluster.start();
      expect(refused).toMatchObject({ code: 'STORE_UNREACHABLE' });
      await world.receive(textMessage('m2', { text: 'after the crash' }));
      const words = await said(world.store);
      expect(words.filter((line) => line.endsWith('the crash'))).toEqual(['before the crash', 'after the crash']);
    }, 60_000);

    test('it goes away in mid-turn: no apology, and an answer when it is back', async () => {
      const { cluster } = server;
      if (!cluster) return process.stderr.write('skipped: a crash of the server (it is not ours)\n');
      const store = await open();
      let crashes = true;
      const world = new TurnsWorld(
        withMethods(store, {
          commitTurn: async (commit) => {
            if (crashes) await cluster.crash();
            crashes = false;
            return store.commitTurn(commit);
          },
        }),
      );
      await world.helpdesk.turns.receive(textMessage('m1', { text: 'hello there' }));
      await world.helpdesk.turns.idle();
      await cluster.start();
      const ofTurns = () => world.failures.filter((failure) => typeof failure !== 'string');
      expect(ofTurns()).toMatchObject([{ code: 'STORE_UNREACHABLE' }]);
      world.clock.advance(30_001);
      await world.settled();
      const words = await said(store);
      expect(words[0]).toBe('hello there');
      expect(words).not.toContain('phrases/turn-failed');
      expect(ofTurns()).toHaveLength(1);
    }, 60_000);
  });

  describe('what PostgreSQL keeps otherwise than SQLite', () => {
    test('the one character it cannot keep is replaced', async () => {
      const store = await open();
      const ticket = await openTicket(store, 'm1', {
        open: { role: 'account-admin', details: ticketDetails({ words: ['a\0b'] }) },
      });
      expect(ticket.details.words).toEqual(['a\0b']);
      expect(await store.history(ticket.id)).toMatchObject([{ text: 'a\ufffdb' }]);
    });

    test('what stood in a row is in no error', async () => {
      const store = await open();
      await server.query('ALTER TABLE inbox ADD CONSTRAINT short CHECK (length(json) < 1000) NOT VALID', url);
      const error = await store
        .record(textMessage('m1', { text: `my secret ${'x'.repeat(1000)}` }))
        .catch((thrown) => thrown);
      await server.query('ALTER TABLE inbox DROP CONSTRAINT short', url);
      expect(error).toMatchObject({ code: '23514' });
      expect(JSON.stringify({ ...error, message: error.message, stack: error.stack })).not.toContain('my secret');
    });
  });
});
