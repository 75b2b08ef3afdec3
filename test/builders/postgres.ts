import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePort } from './free-port';

/** A real PostgreSQL for tests: the one TEST_DATABASE_URL names, or one of our own from this machine's packages. */
export interface TestServer {
  /** A new, empty database, as `postgres://…`. */
  database(): Promise<string>;
  /** Runs statements as the server's owner. */
  query<T>(text: string, url?: string): Promise<T[]>;
  /** The same, on a connection that stays until it is ended: for what holds a lock. */
  connect(url: string): Promise<Client>;
  /** Present where the server is ours: others must not be stopped under whoever else uses them. */
  cluster: Cluster | null;
  stop(): Promise<void>;
}

export interface Cluster {
  /** All its files, the journal among them. */
  readonly folder: string;
  /** As a power cut would: nothing is written any more, connections break. */
  crash(): Promise<void>;
  start(): Promise<void>;
}

const given = process.env.TEST_DATABASE_URL?.trim() || null;
const binaries = newestBinaries();

/** Why there is none, in one line; null where there is one. */
export const noPostgres: string | null =
  given || binaries ? null : 'skipped: PostgreSQL (install the package postgresql, or set TEST_DATABASE_URL)';

export async function startPostgres(): Promise<TestServer> {
  if (given) return new Databases(given, null);
  const cluster = new OwnCluster(binaries!);
  await cluster.start();
  return new Databases(cluster.url, cluster);
}

/** Takes every row out of a store's database, so that the next test finds it as new. */
export async function emptyDatabase(server: TestServer, url: string): Promise<void> {
  const tables = await server.query<{ name: string }>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_name NOT LIKE 'kysely%'`,
    url,
  );
  if (tables.length > 0)
    await server.query(`TRUNCATE ${tables.map(({ name }) => name).join(', ')} RESTART IDENTITY CASCADE`, url);
}

class Databases implements TestServer {
  private readonly made: string[] = [];

  constructor(
    private readonly url: string,
    readonly cluster: OwnCluster | null,
  ) {}

  async database(): Promise<string> {
    const name = `helpdesk_test_${randomBytes(6).toString('hex')}`;
    await this.query(`CREATE DATABASE ${name}`);
    this.made.push(name);
    const url = new URL(this.url);
    url.pathname = `/${name}`;
    return url.href;
  }

  async connect(url: string): Promise<Client> {
    const client = new Client({ connectionString: url });
    // A test may end every connection there is.
    client.on('error', () => {});
    await client.connect();
    return client;
  }

  async query<T>(text: string, url = this.url): Promise<T[]> {
    const client = await this.connect(url);
    try {
      return (await client.query(text)).rows as T[];
    } finally {
      await client.end().catch(() => {});
    }
  }

  async stop(): Promise<void> {
    if (this.cluster) return this.cluster.remove();
    for (const name of this.made) await this.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }
}

/** One cluster in a folder of its own, with passwords on, reached over TCP as in earnest. */
class OwnCluster implements Cluster {
  readonly folder = mkdtempSync(join(tmpdir(), 'postgres-'));
  private readonly password = randomBytes(9).toString('hex');
  private readonly user = unprivileged();
  private port = 0;
  private running: ChildProcess | null = null;

  constructor(private readonly binaries: string) {
    chmodSync(this.folder, 0o700);
    const passwordFile = join(this.folder, 'password');
    writeFileSync(passwordFile, `${this.password}\n`);
    if (this.user) for (const path of [this.folder, passwordFile]) chownSync(path, this.user.uid, this.user.gid);
    execFileSync(
      join(binaries, 'initdb'),
      [
        ...['--pgdata', this.data, '--username', 'helpdesk', '--pwfile', passwordFile],
        ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--no-locale', '--no-sync'],
      ],
      { ...this.user, cwd: this.folder, stdio: ['ignore', 'ignore', 'pipe'] },
    );
  }

  get url(): string {
    return `postgres://helpdesk:${this.password}@127.0.0.1:${this.port}/postgres`;
  }
  private get data(): string {
    return join(this.folder, 'data');
  }

  async start(): Promise<void> {
    // Whoever takes the free port first has it, so one try may fail.
    for (let attempt = 1; ; attempt++) {
      this.port ||= await freePort();
      if (await this.launch()) return;
      if (attempt === 5) throw new Error('PostgreSQL does not start');
      this.port = 0;
    }
  }

  async crash(): Promise<void> {
    const running = this.running!;
    this.running = null;
    const gone = new Promise((resolve) => running.once('exit', resolve));
    running.stdin!.end();
    await gone;
  }

  async remove(): Promise<void> {
    if (this.running) await this.crash();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async launch(): Promise<boolean> {
    const parameters = [
      ...['-D', this.data, '-p', String(this.port), '-k', this.folder],
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200', '-c', 'fsync=on'],
    ];
    // The shell ends the server when its own input ends: when we close it, or are gone, however that came about.
    const script = 'exec 3<&0; "$0" "$@" & server=$!; (cat <&3 >/dev/null; kill -QUIT $server) & wait $server';
    const child = spawn('/bin/sh', ['-c', script, join(this.binaries, 'postgres'), ...parameters], {
      ...this.user,
      cwd: this.folder,
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    this.running = child;
    return new Promise((resolve) => {
      let said = '';
      child.once('exit', () => resolve(false));
      child.stderr!.setEncoding('utf8').on('data', (piece: string) => {
        said = `${said}${piece}`.slice(-4000);
        if (said.includes('database system is ready to accept connections')) resolve(true);
      });
    });
  }
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // Then the other.
    }
  }
  throw new Error('there is no user but root to run PostgreSQL as');
}

function newestBinaries(): string | null {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root)
    ? readdirSync(root).filter((name) => existsSync(join(root, name, 'bin/initdb')))
    : [];
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  return newest === undefined ? null : join(root, newest, 'bin');
}
