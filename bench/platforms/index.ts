import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, type Row } from '../rows';
import type { Outcome, PlatformName } from './generator';
import { type Generator, type RunningApp, startApp, startGenerator } from './processes';
import { withService } from './service';
import { benchPlatformStart } from './start';

const titles = { slack: 'Slack', teams: 'Teams' } as const;
const sdks = { slack: 'Bolt', teams: 'botbuilder' } as const;

const perSecond = 100;
const ackLimitMs = 1_000;
const replyLimitMs = 2_000;
const memoryLimitMb = 220;
const throughputLimit = 0.5;

/** What the real platforms take for a call; it costs the bot places, and not processor time. */
const platformTakesMs = 100;
/** Two groups of people: a large one that talks steadily, and one so large that nobody meets a limit of the platforms. */
const steadyPeople = { first: 0, people: 500 };
const fullPeople = { first: 1_000, people: 1_000 };
const waiting = 100;

/** How long everything is tried: `long` is the two minutes for each platform that the limits are meant for. */
const lengths = {
  short: { steadySeconds: 5, rounds: 2 },
  usual: { steadySeconds: 20, rounds: 3 },
  long: { steadySeconds: 120, rounds: 5 },
} as const;
export type Length = keyof typeof lengths;

/**
 * The whole bot as it is deployed, with a store on disk, both platforms in one process; people and platforms in
 * another. The short form leaves the start out.
 */
export async function benchPlatforms(length: Length): Promise<Row[]> {
  const { steadySeconds: seconds, rounds } = lengths[length];
  const generator = await startGenerator();
  const settings = { ...generator.settings.slack, ...generator.settings.teams };
  try {
    const rows = length === 'short' ? [] : await benchPlatformStart(settings);
    rows.push({ name: 'one write with a full flush on this disk, median', value: oneFlushMs(), unit: 'ms' });
    await withService(settings, async (bot) => {
      for (const platform of ['slack', 'teams'] as const)
        rows.push(...(await steadyLoad(generator, bot, platform, seconds)));
      rows.push(memoryRow(bot));
      for (const platform of ['slack', 'teams'] as const)
        rows.push(...(await throughput(generator, bot, platform, rounds)));
    });
    return rows;
  } finally {
    await generator.stop();
  }
}

async function steadyLoad(
  generator: Generator,
  bot: RunningApp,
  platform: PlatformName,
  seconds: number,
): Promise<Row[]> {
  const title = `${titles[platform]}, ${perSecond} messages/s for ${seconds} s`;
  console.error(`${title} …`);
  const cpu = bot.cpuSeconds();
  const met = await generator.carryOut({
    ...steadyPeople,
    platform,
    url: bot.url,
    answersAfterMs: platformTakesMs,
    load: 'steady',
    perSecond,
    seconds,
    shareOfPresses: 0.25,
  });
  const lost = perSecond * seconds - met.answered + met.refused;
  const calls = Object.values(met.calls).reduce((sum, count) => sum + count, 0) / met.sent;
  return [
    { name: `${title}: ack, median`, value: met.ackMs.p50, unit: 'ms' },
    atMost(`${title}: ack, p99`, met.ackMs.p99, 'ms', ackLimitMs),
    { name: `${title}: first reply, median`, value: met.replyMs.p50, unit: 'ms' },
    atMost(`${title}: first reply, p95`, met.replyMs.p95, 'ms', replyLimitMs),
    atMost(`${title}: messages without an answer`, lost, 'messages', 0),
    { name: `${title}: calls to the platform for each message`, value: calls, unit: 'calls' },
    {
      name: `${title}: processor time of the bot for each message`,
      value: ((bot.cpuSeconds() - cpu) * 1000) / met.sent,
      unit: 'ms',
    },
    generatorRow(title, met),
  ];
}

const atMost = (name: string, value: number, unit: string, limit: number): Row => ({
  name,
  value,
  unit,
  limit,
  ok: value <= limit,
});

/** A generator that is itself too busy would make the bot look slow. */
const generatorRow = (title: string, { generator }: Outcome): Row => ({
  name: `${title}: how late the load generator's own timers were, p99`,
  value: generator.lateMs,
  unit: 'ms',
});

const memoryRow = (bot: RunningApp): Row =>
  atMost('memory (RSS) with both platforms after that load', bot.memoryMb(), 'MB', memoryLimitMb);

interface Full {
  perSecond: number;
  /** Processor time for each message. On a machine that does other things as well it says more than the rate. */
  cpuMs: number;
}

/** Bare app and bot take turns, so that whatever else this machine does meets both. */
async function throughput(
  generator: Generator,
  bot: RunningApp,
  platform: PlatformName,
  rounds: number,
): Promise<Row[]> {
  console.error(`${titles[platform]}, as fast as possible …`);
  const bare = await startApp(`bench/platforms/bare-${platform}.js`, generator.settings[platform]);
  try {
    const base = { ...fullPeople, platform, answersAfterMs: 0, waiting };
    const full = async (app: RunningApp): Promise<Full> => {
      const before = app.cpuSeconds();
      const { perSecond, answered } = await generator.carryOut({ ...base, url: app.url, load: 'full', seconds: 4 });
      return { perSecond, cpuMs: ((app.cpuSeconds() - before) * 1000) / answered };
    };
    for (const { url } of [bare, bot]) await generator.carryOut({ ...base, url, load: 'once' });
    const pairs: { bare: Full; bot: Full }[] = [];
    for (let round = 0; round < rounds; round++) pairs.push({ bare: await full(bare), bot: await full(bot) });
    const medianOf = (figure: (pair: (typeof pairs)[number]) => number): number => median(pairs.map(figure));
    const ratio = medianOf((pair) => pair.bot.perSecond / pair.bare.perSecond);
    const name = `${titles[platform]}, as fast as possible`;
    const echo = `a bare ${sdks[platform]} echo, which records nothing`;
    const whole = 'the whole bot, every message recorded on disk';
    return [
      { name: `${name}: ${echo}`, value: medianOf((pair) => pair.bare.perSecond), unit: 'messages/s' },
      { name: `${name}: ${whole}`, value: medianOf((pair) => pair.bot.perSecond), unit: 'messages/s' },
      { name: `${name}: processor time a message, bare echo`, value: medianOf((pair) => pair.bare.cpuMs), unit: 'ms' },
      { name: `${name}: processor time a message, bot`, value: medianOf((pair) => pair.bot.cpuMs), unit: 'ms' },
      { name: `${name}: bot ÷ bare`, value: ratio, unit: '×', limit: throughputLimit, ok: ratio >= throughputLimit },
    ];
  } finally {
    await bare.stop();
  }
}

/** What a commit cannot be faster than. */
function oneFlushMs(): number {
  const folder = mkdtempSync(join(tmpdir(), 'helpdesk-flush-'));
  const file = openSync(join(folder, 'file'), 'w');
  try {
    const page = Buffer.alloc(4096);
    return median(
      Array.from({ length: 200 }, () => {
        const before = performance.now();
        writeSync(file, page);
        fdatasyncSync(file);
        return performance.now() - before;
      }),
    );
  } finally {
    closeSync(file);
    rmSync(folder, { recursive: true });
  }
}
