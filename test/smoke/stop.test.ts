import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { HttpBrowser } from '../builders/http-browser';
import { noPostgres, startPostgres, type TestServer } from '../builders/postgres';
import { type ServiceProcess, startProcess } from '../builders/service-process';

/** A supervisor that stops a process waits ten seconds and then kills it. */
const supervisorMs = 10_000;

let folder: string;
let running: ServiceProcess | null;
let slack: Server | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stop-'));
  running = null;
});
afterEach(async () => {
  if (running?.child.exitCode === null) await running.end('SIGKILL');
  slack?.closeAllConnections();
  slack?.close();
  slack = null;
  rmSync(folder, { recursive: true, force: true });
});

const rows = <T>(sql: string): T[] => {
  const database = new Database(join(folder, 'helpdesk.sqlite'), { readonly: true });
  try {
    return database.prepare(sql).all() as T[];
  } finally {
    database.close();
  }
};
const untilReady = async ({ url }: ServiceProcess): Promise<void> => {
  while (!(await fetch(`${url}readyz`)).ok);
};

/** People who write without waiting for one another; which of their messages were accepted. */
async function crowd(port: number, people: number, each: number, onFirst: () => void): Promise<string[]> {
  const accepted: string[] = [];
  const talk = async (person: number): Promise<void> => {
    const browser = new HttpBrowser(port);
    for (let index = 0; index < each; index++) {
      const key = `person-${person}-${index}`;
      const body = { key, name: 'Ada', text: 'lost my phone, iam user' };
      const answer = await browser.post('/api/chat/messages', body).catch(() => null);
      if (answer?.status !== 202) return;
      accepted.push(key);
      if (accepted.length === people) onFirst();
    }
  };
  await Promise.all(Array.from({ length: people }, (_, person) => talk(person)));
  return accepted;
}

test('stopped under load, every message that was accepted is answered, and none twice', async () => {
  const service = await startProcess({ DATA_DIR: folder });
  running = service;
  let ended: ReturnType<ServiceProcess['end']> | undefined;
  const accepted = await crowd(service.port, 20, 50, () => {
    ended = service.end('SIGTERM');
  });
  const { code, milliseconds } = await ended!;
  expect(code).toBe(0);
  expect(milliseconds).toBeLessThan(supervisorMs);
  expect(accepted.length).toBeGreaterThanOrEqual(20);
  expect(accepted.length).toBeLessThan(1000);
  expect(service.log()).toContain('"msg":"stopping"');
  // Nothing was left in mid-turn, and the log is part of the file.
  expect(rows("SELECT key FROM inbox WHERE state <> 'done'")).toEqual([]);

  running = await startProcess({ DATA_DIR: folder });
  await untilReady(running);
  await running.end('SIGTERM');
  const answered = rows<{ key: string }>("SELECT key FROM outbox WHERE key LIKE '%/reply'").map(({ key }) => key);
  const inbox = rows<{ key: string }>('SELECT key FROM inbox').map(({ key }) => key);
  expect(answered.sort()).toEqual(inbox.map((key) => `${key}/reply`).sort());
  for (const key of accepted) expect(inbox.some((one) => one.endsWith(`:${key}`))).toBe(true);
}, 120_000);

test('a second signal changes nothing', async () => {
  running = await startProcess({ DATA_DIR: folder });
  running.child.kill('SIGINT');
  expect(await running.end('SIGTERM')).toMatchObject({ code: 0, signal: null });
}, 60_000);

/** Slack, as far as a start needs it; a message that is posted is taken and never answered. */
async function hangingSlack(): Promise<{ server: Server; apiUrl: string; posted: Promise<void> }> {
  const hanging: ServerResponse[] = [];
  let tell: () => void = () => {};
  const posted = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const server = createServer((request, response) => {
    request.resume();
    const method = request.url!.split('/').at(-1)!;
    if (method === 'chat.postMessage') {
      hanging.push(response);
      return tell();
    }
    const answers: Record<string, object> = {
      'auth.test': { team_id: 'T1', user_id: 'U1', bot_id: 'B1', user: 'helpdesk', team: 'Example' },
      'bots.info': { bot: { id: 'B1', app_id: 'A1' } },
      'conversations.open': { channel: { id: 'D1' } },
    };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ok: true, ...answers[method] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`, posted };
}

if (noPostgres) process.stderr.write(`${noPostgres}\n`);
(noPostgres ? describe.skip : describe)('with other processes on the same database', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);
  afterAll(() => server.stop(), 60_000);

  test('a delivery that hangs holds nobody up, and is handed back at once', async () => {
    const url = await server.database();
    const { server: hanging, apiUrl, posted } = await hangingSlack();
    slack = hanging;
    running = await startProcess({
      DATA_DIR: folder,
      DATABASE_URL: url,
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_SIGNING_SECRET: 'secret',
      SLACK_API_URL: apiUrl,
    });
    const line = {
      from: 'bot',
      reply: { name: 'phrases/greeting', say: [[{ text: 'Hello.' }]], buttons: [], links: [] },
    };
    const reply = {
      kind: 'reply',
      platform: 'slack',
      conversation: 'slack:T1:U2',
      turn: 1,
      lines: [line],
      replaces: false,
    };
    const address = JSON.stringify({ channel: 'D1' });
    await server.query(
      `INSERT INTO addresses (conversation, json, updated_at) VALUES ('slack:T1:U2', '${address}', 1);
         INSERT INTO outbox (key, lane, platform, json, state, attempts, due_at)
         VALUES ('m1/reply', 'chat:slack:T1:U2', 'slack', '${JSON.stringify(reply)}', 'ready', 0, 1)`,
      url,
    );
    await posted;
    const { code, milliseconds } = await running.end('SIGTERM');
    expect(code).toBe(0);
    expect(milliseconds).toBeLessThan(supervisorMs);
    expect(await server.query('SELECT state, attempts, lease_owner, lease_until FROM outbox', url)).toEqual([
      { state: 'sending', attempts: 1, lease_owner: null, lease_until: null },
    ]);
  }, 120_000);
});
