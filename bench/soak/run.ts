import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { noPostgres, startPostgres, type TestServer } from '../../test/builders/postgres';
import { formatRow, median, type Row } from '../rows';
import type { SoakOutcome } from './crowd';
import { BotProcess, startCrowd } from './processes';

const number = (name: string, otherwise: number): number => Number(process.env[name]?.trim() || otherwise);

/**
 * `npm run soak`: two processes on one PostgreSQL, 20 messages a second from Slack and Teams, one call in a hundred goes
 * wrong, and one of the processes is killed every two minutes. Two hours; SOAK_MINUTES, SOAK_PER_SECOND, SOAK_FAULTS,
 * SOAK_KILL_SECONDS and SOAK_SEED say otherwise. Exit 1 when anything was lost, or said twice in Slack.
 */
async function main(): Promise<void> {
  if (noPostgres) throw new Error(noPostgres);
  const minutes = number('SOAK_MINUTES', 120);
  const perSecond = number('SOAK_PER_SECOND', 20);
  const faults = number('SOAK_FAULTS', 0.01);
  const killEvery = number('SOAK_KILL_SECONDS', 120);
  const seed = number('SOAK_SEED', 1);
  console.log(`${minutes} minutes, ${perSecond} messages/s, ${faults * 100} % faults, seed ${seed}`);
  const folder = mkdtempSync(join(tmpdir(), 'soak-'));
  const server = await startPostgres();
  const crowd = await startCrowd();
  const bots: BotProcess[] = [];
  try {
    const url = await server.database();
    const organization = join(folder, 'organization.yaml');
    writeFileSync(organization, pinged);
    for (const name of ['steady', 'killed'])
      bots.push(
        await BotProcess.start({
          ...crowd.settings,
          DATABASE_URL: url,
          DATA_DIR: join(folder, name),
          ORGANIZATION_FILE: organization,
        }),
      );
    const [steady, killed] = bots as [BotProcess, BotProcess];
    const watch = watching(steady, killed, killEvery);
    const seconds = minutes * 60;
    const met = await crowd.soak({ urls: bots.map((bot) => bot.url), perSecond, seconds, faults, seed });
    await watch.stop();
    await settled(server, url);
    const rows = [...(await results(server, url, met)), ...watch.rows(minutes)];
    for (const row of rows) console.log(formatRow(row));
    for (const bot of bots) for (const line of bot.errors) console.log(`logged: ${line.slice(0, 200)}`);
    if (rows.some(({ ok }) => ok === false)) process.exitCode = 1;
  } finally {
    for (const bot of bots) await bot.end('SIGTERM').catch(() => {});
    crowd.stop();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Tickets ping a channel, so that cards are among what has to arrive. */
const pinged = `version: 1
name: Example Corp
destinations:
  admins: { slack: C0BENCH0001 }
routes:
  default: { tiers: [{ to: [admins], claim_within: 15m }] }
admins:
  slack: [C0BENCH0001]
`;

/** Notes the memory of the one, and kills the other again and again, as the machine under it might. */
function watching(steady: BotProcess, killed: BotProcess, killEvery: number) {
  const memory: number[] = [];
  let kills = 0;
  const stopped = new AbortController();
  const watch = (async () => {
    for (let second = 1; !stopped.signal.aborted; second++) {
      await pause(1000, null, { signal: stopped.signal }).catch(() => {});
      memory.push(steady.memoryMb());
      if (killEvery > 0 && second % killEvery === 0) {
        await killed.end('SIGKILL');
        await killed.begin();
        kills += 1;
      }
    }
  })();
  return {
    stop: async () => {
      stopped.abort();
      await watch;
    },
    rows: (minutes: number): Row[] => {
      const part = (from: number, to: number) =>
        median(memory.slice(Math.floor(memory.length * from), Math.max(1, Math.ceil(memory.length * to))));
      const [early, late] = [part(0.2, 0.3), part(0.9, 1)];
      const growth = {
        name: 'memory growth from the first third to the end',
        value: ((late - early) / early) * 100,
        unit: '%',
      };
      return [
        { name: 'times a process was killed', value: kills, unit: 'kills' },
        { name: 'memory (RSS) of the process that was not, at the end', value: late, unit: 'MB' },
        // A heap takes a while to find its size; in a few minutes growth says nothing.
        minutes < 60 ? growth : { ...growth, limit: 5, ok: growth.value < 5 },
      ];
    },
  };
}

/** Until nothing waits in the store any more, or nothing will. */
async function settled(server: TestServer, url: string): Promise<void> {
  for (let look = 0; look < 600; look++) {
    const [row] = await server.query<{ waits: string }>(
      `SELECT (SELECT count(*) FROM inbox WHERE state = 'new') +
         (SELECT count(*) FROM outbox WHERE state IN ('ready', 'sending')) AS waits`,
      url,
    );
    if (Number(row!.waits) === 0) return;
    await pause(100);
  }
}

async function results(server: TestServer, url: string, met: SoakOutcome): Promise<Row[]> {
  const count = async (what: string): Promise<number> =>
    Number((await server.query<{ count: string }>(`SELECT count(*) AS count FROM ${what}`, url))[0]!.count);
  const none = (name: string, value: number): Row => ({ name, value, unit: '', limit: 0, ok: value === 0 });
  const figure = (name: string, value: number, unit = ''): Row => ({ name, value, unit });
  return [
    figure('messages said', met.said),
    figure('seconds that took', met.tookSeconds, 's'),
    figure('answered', met.answered),
    figure('first reply, median', met.replyMs.p50, 'ms'),
    figure('first reply, 99 %', met.replyMs.p99, 'ms'),
    ...Object.entries(met.troubles).map(([kind, times]) => figure(`calls to a platform: ${kind}`, times)),
    figure('deliveries to the bot that were sent again', met.repeated),
    figure('deliveries to the bot made twice', met.twice),
    figure('tickets opened', await count('tickets')),
    none('lost: people without an answer', met.unanswered),
    none('lost: messages never taken', met.neverTaken),
    none('lost: recorded and not handled', await count("inbox WHERE state = 'new'")),
    none('lost: turns given up', await count("inbox WHERE state = 'failed'")),
    none('lost: not delivered', await count("outbox WHERE state <> 'sent'")),
    // Slack keeps the bot's own mark on each message, so that a second try finds the first. Teams has no such place.
    none('said twice in Slack', met.doubled[0]! + met.doubledUntold[0]!),
    figure('said twice in Teams, after a call of which the bot heard nothing', met.doubledUntold[1]!),
    figure('said twice in Teams, after a kill or a failed write in between', met.doubled[1]!),
  ];
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
