import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noPostgres, startPostgres, type TestServer } from '../test/builders/postgres';
import type { Row } from './rows';
import { BotProcess, type Crowd, cpuSecondsOf, startCrowd } from './soak/processes';

/** Where the bot lives for one line of the table. */
interface Place {
  name: string;
  processes: number;
  /** Null: the embedded store. */
  server: TestServer | null;
}

const messages = 1_000;
const tickets = 1_000;
const perSecond = 50;

/** What 1,000 messages and 1,000 tickets cost: processor time of bot and database, room on disk, and memory. */
export async function benchCost(): Promise<Row[]> {
  const server = noPostgres ? null : await startPostgres();
  if (noPostgres) console.error(noPostgres);
  const crowd = await startCrowd();
  try {
    const rows = await costAt(crowd, { name: 'embedded, 1 process', processes: 1, server: null });
    for (const processes of server ? [1, 2] : [])
      rows.push(
        ...(await costAt(crowd, {
          name: `PostgreSQL, ${processes} process${processes > 1 ? 'es' : ''}`,
          processes,
          server,
        })),
      );
    return rows;
  } finally {
    crowd.stop();
    await server?.stop();
  }
}

async function costAt(crowd: Crowd, { name, processes, server }: Place): Promise<Row[]> {
  console.error(`${name} …`);
  const folder = mkdtempSync(join(tmpdir(), 'cost-'));
  const url = (await server?.database()) ?? null;
  const bots: BotProcess[] = [];
  const start = async () => {
    for (let index = 0; index < processes; index++)
      bots.push(
        await BotProcess.start({
          ...crowd.settings,
          DATA_DIR: join(folder, String(index)),
          ...(url ? { DATABASE_URL: url } : {}),
        }),
      );
  };
  try {
    await start();
    const urls = bots.map((bot) => bot.url);
    const run = async (count: number, ofTickets?: { people: number; first: number }) => {
      const before = { bot: cpuOf(bots), database: await databaseCpu(server), disk: await diskMb(folder, server, url) };
      const rest = ofTickets ? { tickets: ofTickets } : {};
      const met = await crowd.soak({ urls, perSecond, seconds: count / perSecond, faults: 0, seed: 1, ...rest });
      if (met.unanswered > 0) throw new Error(`${met.unanswered} people were not answered`);
      return {
        said: met.said,
        bot: cpuOf(bots) - before.bot,
        database: (await databaseCpu(server)) - before.database,
        disk: (await diskMb(folder, server, url)) - before.disk,
      };
    };
    // Code that has run for a while is faster, and people who are known cost less.
    await run(1_000);
    const talk = await run(messages);
    const opened = await run(2 * tickets, { people: tickets / 2, first: 10_000 });
    const per1000 = (value: number, of: number) => (value * 1_000) / of;
    const rows: Row[] = [
      { name: `${name}: processor time of the bot for 1,000 messages`, value: per1000(talk.bot, talk.said), unit: 's' },
      { name: `${name}: processor time of the bot for 1,000 tickets`, value: per1000(opened.bot, tickets), unit: 's' },
      { name: `${name}: disk for 1,000 messages`, value: per1000(talk.disk, talk.said), unit: 'MB' },
      { name: `${name}: disk for 1,000 tickets`, value: per1000(opened.disk, tickets), unit: 'MB' },
      { name: `${name}: memory of one process after that`, value: bots[0]!.memoryMb(), unit: 'MB' },
    ];
    if (server?.cluster)
      rows.push(
        {
          name: `${name}: processor time of the database for 1,000 messages`,
          value: per1000(talk.database, talk.said),
          unit: 's',
        },
        {
          name: `${name}: processor time of the database for 1,000 tickets`,
          value: per1000(opened.database, tickets),
          unit: 's',
        },
      );
    return rows;
  } finally {
    for (const bot of bots) await bot.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}

const cpuOf = (bots: readonly BotProcess[]): number => bots.reduce((sum, bot) => sum + bot.cpuSeconds(), 0);

/** The server with all its children, those that are gone included. */
async function databaseCpu(server: TestServer | null): Promise<number> {
  if (!server?.cluster) return 0;
  const [row] = await server.query<{ file: string }>("SELECT pg_read_file('postmaster.pid') AS file");
  const main = Number(row!.file.split('\n')[0]);
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => parentOf(pid) === main);
  // The server comes last: what a child took that ends meanwhile is counted there.
  const living = children.reduce((sum, pid) => sum + cpuIfAlive(Number(pid)), 0);
  return living + cpuSecondsOf(main, true);
}

function parentOf(pid: string): number | null {
  try {
    return Number(
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ')[1],
    );
  } catch {
    // It ended in this moment.
    return null;
  }
}

async function diskMb(folder: string, server: TestServer | null, url: string | null): Promise<number> {
  if (server && url) {
    const [row] = await server.query<{ bytes: string }>('SELECT pg_database_size(current_database()) AS bytes', url);
    return Number(row!.bytes) / 1e6;
  }
  // The log beside it is emptied again and again; what stays is in the file.
  return statSync(join(folder, '0', 'helpdesk.sqlite')).size / 1e6;
}

function cpuIfAlive(pid: number): number {
  try {
    return cpuSecondsOf(pid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ESRCH')
      return 0;
    throw error;
  }
}
