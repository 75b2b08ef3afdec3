import { monitorEventLoopDelay } from 'node:perf_hooks';
import { seededRandom } from '../../src/core/seeded-random';
import { percentile } from '../rows';
import { Crowd } from './crowd';
import { everybody, fully, steadily } from './load';
import type { Peer } from './peer';
import { startSlackPeer } from './slack-peer';
import { startTeamsPeer } from './teams-peer';
import { utterances } from './utterances';

export type PlatformName = 'slack' | 'teams';

/** What the generator is asked to do: a load on the app at `url`, made by `people` people from number `first` on. */
export type Order = { platform: PlatformName; url: string; first: number; people: number; answersAfterMs: number } & (
  | { load: 'steady'; perSecond: number; seconds: number; shareOfPresses: number }
  | { load: 'full'; waiting: number; seconds: number }
  | { load: 'once'; waiting: number }
);

/** The first thing the generator says. */
export interface Ready {
  settings: Record<PlatformName, Record<string, string>>;
}

export interface Outcome {
  sent: number;
  answered: number;
  refused: number;
  ackMs: { p50: number; p99: number };
  replyMs: { p50: number; p95: number; p99: number };
  /** Answered in a second, while the load was on. */
  perSecond: number;
  calls: Record<string, number>;
  /** How busy this process was: its share of one core, and how late its own timers were at worst (p99). */
  generator: { busy: number; lateMs: number };
}

const words = utterances();

async function main(): Promise<void> {
  const peers = { slack: await startSlackPeer(), teams: await startTeamsPeer() };
  process.on('message', (order: Order) => {
    carryOut(peers[order.platform], order).then(
      (outcome) => process.send?.(outcome),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  const settings = { slack: peers.slack.settings, teams: peers.teams.settings };
  process.send?.({ settings } satisfies Ready);
}

async function carryOut(peer: Peer, order: Order): Promise<Outcome> {
  const { first, people, url, answersAfterMs } = order;
  const crowd = new Crowd(
    peer,
    new URL(peer.path, url).href,
    Array.from({ length: people }, (_, index) => first + index),
    words,
    seededRandom(first + people),
  );
  crowd.prepare(preparedPerPerson(order));
  peer.calls.clear();
  peer.answersAfterMs = answersAfterMs;
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const cpu = process.cpuUsage();
  const start = performance.now();
  delay.enable();
  const perSecond = await load(crowd, order);
  delay.disable();
  const { user, system } = process.cpuUsage(cpu);
  const took = performance.now() - start;
  crowd.close();
  const { sent, answered, refused, ackMs, replyMs } = crowd.met;
  return {
    sent,
    answered,
    refused,
    ackMs: { p50: percentile(ackMs, 0.5), p99: percentile(ackMs, 0.99) },
    replyMs: { p50: percentile(replyMs, 0.5), p95: percentile(replyMs, 0.95), p99: percentile(replyMs, 0.99) },
    perSecond,
    calls: Object.fromEntries(peer.calls),
    generator: { busy: (user + system) / 1000 / took, lateMs: delay.percentile(99) / 1e6 },
  };
}

function preparedPerPerson(order: Order): number {
  switch (order.load) {
    case 'steady':
      return Math.ceil((order.perSecond * order.seconds) / order.people) + 1;
    case 'full':
      return Math.ceil((800 * order.seconds) / order.people);
    case 'once':
      return 1;
  }
}

async function load(crowd: Crowd, order: Order): Promise<number> {
  switch (order.load) {
    case 'steady':
      await steadily(crowd, order);
      return order.perSecond;
    case 'full': {
      const { answered, seconds } = await fully(crowd, order);
      return answered / seconds;
    }
    case 'once':
      await everybody(crowd, order);
      return 0;
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
