import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '../../src/config';
import { noOrganization } from '../../src/core/organization';
import { createLog } from '../../src/log';
import { type Service, startService } from '../../src/service';
import { knowledge } from '../builders/bot';
import { HttpBrowser } from '../builders/http-browser';
import { noPostgres, startPostgres, type TestServer } from '../builders/postgres';
import { nameOf } from '../builders/turns';

if (noPostgres) process.stderr.write(`${noPostgres}\n`);

/** Whole services side by side, with nothing between them but the database. */
(noPostgres ? describe.skip : describe)('services on one PostgreSQL', () => {
  let server: TestServer;
  let folder: string;
  let services: Service[];
  beforeAll(async () => {
    server = await startPostgres();
    folder = mkdtempSync(join(tmpdir(), 'services-'));
    const settings = readSettings({ PORT: '0', DATA_DIR: folder, DATABASE_URL: await server.database() });
    const { content } = knowledge();
    const start = () =>
      startService({ settings, content, organization: noOrganization }, createLog('silent'), { assets: folder });
    services = await Promise.all([start(), start()]);
  }, 120_000);
  afterAll(async () => {
    await Promise.all(services?.map((service) => service.stop()) ?? []);
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  const ready = async () => Promise.all(services.map(async ({ url }) => (await fetch(`${url}readyz`)).status));
  const until = async (holds: () => Promise<boolean>) => {
    while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  /** One browser, whose requests a load balancer sends to one service or the other. */
  const browserOf = (conversation: string) => {
    const browsers = services.map(({ port }) =>
      Object.assign(new HttpBrowser(port), { cookie: `helpdesk_chat=${conversation.padEnd(22, '-')}` }),
    );
    return {
      say: (service: number, key: string, text: string) =>
        browsers[service]!.post('/api/chat/messages', { key: key.padEnd(8, '-'), name: 'Ada', text }),
      chat: (service: number) => services[service]!.store.chat(conversation.padEnd(22, '-'), 0),
    };
  };

  test('both are ready, and the embedded store is not made', async () => {
    expect(await ready()).toEqual([200, 200]);
    expect(services[0]!.store.shared).toBe(true);
  });

  test('a conversation over both is one conversation', async () => {
    const ada = browserOf('over-both');
    const texts = ['lost my mfa device', 'iam user', 'still stuck', 'yes please, ask them', 'any news?', 'thanks'];
    for (const [index, text] of texts.entries()) expect((await ada.say(index % 2, `m${index}`, text)).status).toBe(202);
    await until(async () => (await services[0]!.store.pending()).length === 0);
    const said = (await ada.chat(1)).flatMap(({ line }) => (line.from === 'person' ? [nameOf(line)] : []));
    expect(said).toEqual(texts);
    expect(await services[1]!.store.tickets({ closed: true, limit: 5 })).toHaveLength(1);
  });

  test('without the database they say so, take nothing, and go on when it is back', async () => {
    const { cluster } = server;
    if (!cluster) return process.stderr.write('skipped: a crash of the server (it is not ours)\n');
    await cluster.crash();
    expect(await ready()).toEqual([503, 503]);
    const ada = browserOf('without');
    expect((await ada.say(0, 'm0', 'lost my mfa device')).status).toBe(500);
    await cluster.start();
    await until(async () => (await ready()).every((status) => status === 200));
    expect((await ada.say(1, 'm0', 'lost my mfa device')).status).toBe(202);
    await until(async () => (await ada.chat(0)).length >= 2);
    expect((await ada.chat(0)).map(({ line }) => nameOf(line))[0]).toBe('lost my mfa device');
  }, 60_000);
});
