import { type ChildProcess, spawn } from 'node:child_process';
import { createReadStream, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { repository } from '../../builders/bot';
import { HttpBrowser } from '../../builders/http-browser';
import { noPostgres, startPostgres, type TestServer } from '../../builders/postgres';
import { FakeSlack } from '../../fakes/slack/slack';
import { FakeTeams } from '../../fakes/teams/teams';
import { held, inRegister } from '../register';

/** A secret of each kind for each place, so that one that is found says where it came in. */
let count = 0;
const canaries: string[] = [];
function canary(kind: 'key' | 'password' | 'token' | 'seed'): string {
  const n = String(++count)
    .padStart(2, '0')
    .replace(/[01]/g, (digit) => (digit === '0' ? '6' : '7'));
  const made = {
    key: `AKIACANARY${n}QWERTYZX`.slice(0, 20),
    password: `Canary${n}!Xq7zz`,
    token: `ghp_canary${n}abcdefghijklmnopqrstuvwx`,
    seed: `CANARYSEED${n}KPXPJBSWY3DP`,
  }[kind];
  canaries.push(made);
  return made;
}

class Running {
  output = '';
  private constructor(
    readonly child: ChildProcess,
    readonly port: number,
  ) {}

  static async start(env: Record<string, string>): Promise<Running> {
    const file = join(__dirname, 'start-with-snapshot.ts');
    const child = spawn(process.execPath, ['--require', 'tsx/cjs', file], {
      cwd: repository,
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const seen = { text: '' };
    const port = await new Promise<number>((resolve, reject) => {
      const look = (part: Buffer) => {
        seen.text += part.toString();
        const found = /http:\/\/127\.0\.0\.1:(\d+)\//.exec(seen.text);
        if (found) resolve(Number(found[1]));
      };
      child.stdout.on('data', look);
      child.stderr.on('data', look);
      child.on('exit', (code) => reject(new Error(`ended with ${code}: ${seen.text.slice(-2_000)}`)));
    });
    const running = new Running(child, port);
    running.output = seen.text;
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part: Buffer) => {
        running.output += part.toString();
      });
    return running;
  }

  async until(text: string): Promise<void> {
    while (!this.output.includes(text)) await new Promise((resolve) => this.child.stderr!.once('data', resolve));
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await gone;
  }
}

/** Which canaries stand in a file, however large. */
async function foundIn(path: string, wanted: readonly string[] = canaries): Promise<string[]> {
  const found = new Set<string>();
  let tail = '';
  for await (const part of createReadStream(path, { encoding: 'latin1', highWaterMark: 1 << 20 })) {
    const text = tail + part;
    for (const one of wanted) if (text.includes(one)) found.add(one);
    tail = text.slice(-200);
  }
  return [...found];
}

/** Every file below a folder; none where there is no folder to look into. */
const filesOf = (folder: string | undefined): string[] =>
  folder === undefined
    ? []
    : readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name));

/** Long values lie packed in the files, so the rows are looked through as well. */
async function rowsOf(server: TestServer, database: string): Promise<string[]> {
  const tables = await server.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
    database,
  );
  const rows = tables.map(({ name }) =>
    server.query<{ row: string }>(`SELECT row_to_json(t)::text AS row FROM "${name}" t`, database),
  );
  return (await Promise.all(rows)).flat().map(({ row }) => row);
}

if (noPostgres) process.stderr.write(`${noPostgres}\n`);

describe.each(['embedded', ...(noPostgres ? [] : ['postgresql'])])(
  'secrets in a running service on the %s store',
  (kind) => {
    let server: TestServer | null = null;
    let database: string | null = null;
    let slack: FakeSlack;
    let teams: FakeTeams;
    let running: Running;
    let folder: string;

    beforeAll(async () => {
      canaries.length = 0;
      count = 0;
      server = kind === 'postgresql' ? await startPostgres() : null;
      database = (await server?.database()) ?? null;
      folder = mkdtempSync(join(tmpdir(), 'canary-'));
      const manifest: unknown = parse(readFileSync(join(repository, 'manifests/slack.yaml'), 'utf8'));
      [slack, teams] = await Promise.all([FakeSlack.start({ manifest }), FakeTeams.start()]);
      const organization = join(folder, 'organization.yaml');
      writeFileSync(
        organization,
        'version: 1\ndestinations: { admins: { slack: C0HELPDESK1 } }\nroutes: { default: { tiers: [{ to: [admins], claim_within: 15m }] } }\nadmins: { slack: [C0HELPDESK1] }\n',
      );
      running = await Running.start({
        ...{ DATA_DIR: join(folder, 'data'), PORT: '0', LOG_LEVEL: 'trace', MESSAGES_PER_PERSON: '0' },
        SNAPSHOT: join(folder, 'snapshot.heapsnapshot'),
        ORGANIZATION_FILE: organization,
        ...{ SLACK_API_URL: slack.apiUrl, SLACK_BOT_TOKEN: slack.botToken, SLACK_SIGNING_SECRET: slack.signingSecret },
        ...teams.settings(),
        ...(database ? { DATABASE_URL: database } : {}),
      });
      slack.requestUrl = `http://127.0.0.1:${running.port}/slack/events`;
      teams.deliversTo(`http://127.0.0.1:${running.port}/api/messages`);
    }, 180_000);
    afterAll(async () => {
      await running?.stop();
      await Promise.all([slack?.stop(), teams?.stop(), server?.stop()]);
      rmSync(folder, { recursive: true, force: true });
    }, 60_000);

    test(inRegister('secrets.canaries'), async () => {
      const bar = held('secrets.canaries');
      const browser = new HttpBrowser(running.port);
      let key = 0;
      const web = (body: Record<string, unknown>, path = '/api/chat/messages') =>
        browser.post(path, { key: `canary-${String(++key).padStart(4, '0')}`, name: 'Ada', ...body });

      // The web desk: words, name, file name, button, key, a body that cannot be read.
      await browser.get('/api/chat');
      await web({ text: `lost my mfa device, iam user, password is ${canary('password')}` });
      await web({ text: `my key is ${canary('key')}`, name: `Ada ${canary('key')}` });
      await web({ press: `choose:${canary('token')}` });
      await web({ file: `${canary('key')}.csv` }, '/api/chat/files');
      await web({ key: canary('key'), text: 'hello' });
      await browser.post('/api/chat/messages', `{"text":"${canary('token')}"`);
      await web({ text: 7, surprise: canary('token') });
      await browser.get(`/nowhere?token=${canary('token')}`);

      // Slack: words, name, an edit, words for an administrator's card, an administrator's reply.
      const ada = slack.addUser({ real_name: `Ada ${canary('token')}` });
      const chat = slack.dm(ada);
      await slack.says(ada, chat, `lost my mfa device, iam user. seed is ${canary('seed')}`);
      await slack.idle();
      const message = await slack.says(ada, chat, `and the password is ${canary('password')}`);
      await slack.edits(message.message, `the password was ${canary('password')}`);
      await slack.idle();
      await slack.says(ada, chat, 'ask my admin');
      await slack.idle();
      await slack.says(ada, chat, `tell them my key ${canary('key')}`);
      await slack.idle();

      // Teams: words, name, file names, a button's value.
      const bob = teams.person(`Bob ${canary('key')}`);
      const personal = teams.personalChat(bob);
      await teams.installs(bob, personal);
      await teams.says(bob, personal, `lost my mfa device, iam user, password is ${canary('password')}`);
      await teams.sharesFile(bob, personal, { name: `${canary('key')}.txt`, text: `see ${canary('token')}` });
      await teams.invokes(bob, personal, 'adaptiveCard/action', {
        action: { type: 'Action.Execute', verb: 'x', data: { press: canary('token'), c: 'teams:x', turn: 1 } },
      });
      await teams.says(bob, personal, 'ask my admin');

      // What came last stands in buffers that the next messages use again.
      for (let n = 0; n < 20; n++) {
        await web({ text: `hello again ${n}` });
        await slack.says(ada, chat, `hello again ${n}`);
        await teams.says(bob, personal, `hello again ${n}`);
      }
      await slack.idle();
      const metrics = (await browser.get('/metrics')).body;
      running.child.kill('SIGUSR2');
      await running.until('snapshot written');
      await running.stop();

      expect(canaries.length).toBeGreaterThanOrEqual(bar.canaries);
      const places: Record<string, string[]> = {};
      const within = (text: string) => canaries.filter((one) => text.includes(one));
      if (server) places.rows = within((await rowsOf(server, database!)).join('\n'));
      await server?.query('CHECKPOINT');
      const files = filesOf(server ? server.cluster?.folder : join(folder, 'data'));
      for (const file of files) places[file] = await foundIn(file);
      // Both look where words lie: what is no secret is found there.
      if (!server || server.cluster) {
        const harmless = await Promise.all(files.map((file) => foundIn(file, ['hello again 19'])));
        expect(harmless.flat()).not.toEqual([]);
      }
      places.memory = await foundIn(join(folder, 'snapshot.heapsnapshot'));
      places.output = within(running.output);
      places.metrics = within(metrics);
      const told = slack.calls.filter(({ method }) => method !== 'users.info').map((call) => JSON.stringify(call));
      places['what Slack was told'] = within(told.join('\n'));
      places['what Teams was told'] = within(JSON.stringify(teams.calls.map(({ body }: { body?: unknown }) => body)));
      expect(Object.keys(places)).toEqual(expect.arrayContaining(['memory', 'output']));
      expect(Object.entries(places).filter(([, found]) => found.length > 0)).toEqual([]);
      // The looks are no use where nothing arrived.
      for (const text of ['Ada [removed: token]', 'an AWS access key', 'the key or QR link of an MFA device'])
        expect(told.join('\n')).toContain(text);
      // A secret that must be in memory is found there by the same look.
      expect(await foundIn(join(folder, 'snapshot.heapsnapshot'), [slack.botToken])).toEqual([slack.botToken]);
      expect(within(`x ${canaries[0]} y`)).toEqual([canaries[0]]);
    }, 280_000);
  },
);
