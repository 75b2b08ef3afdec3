import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '../../src/core/seeded-random';
import type { Peer, Trouble } from '../platforms/peer';
import { startSlackPeer } from '../platforms/slack-peer';
import { startTeamsPeer } from '../platforms/teams-peer';
import { utterances } from '../platforms/utterances';
import { percentile } from '../rows';
import { type Met, People } from './people';

/** What the crowd is asked to do, in a process of its own, so that it takes none of the bot's time. */
export interface SoakOrder {
  urls: string[];
  perSecond: number;
  seconds: number;
  /** Of all calls and deliveries, the share that goes wrong. */
  faults: number;
  seed: number;
  /** Instead: so many people on each platform open one ticket each and go. `first` is the number of the first of them. */
  tickets?: { people: number; first: number };
}

export interface SoakOutcome extends Omit<Met, 'replyMs' | 'doubled' | 'doubledUntold'> {
  /** By platform. */
  doubled: number[];
  doubledUntold: number[];
  unanswered: number;
  troubles: Record<Trouble, number>;
  replyMs: { p50: number; p95: number; p99: number };
  tookSeconds: number;
}

const peoplePerPlatform = 150;
/** Whoever has no answer so long after the last word gets none: longer than a lease and the retries of a killed process. */
const patienceMs = 300_000;
const kinds: Trouble[] = ['refused', 'throttled', 'dropped before', 'dropped after'];

async function main(): Promise<void> {
  const peers = [await startSlackPeer(), await startTeamsPeer()];
  process.on('message', (order: SoakOrder) => {
    soak(peers, order).then(
      (outcome) => process.send?.(outcome),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  process.send?.({ settings: Object.assign({}, ...peers.map(({ settings }) => settings)) });
}

async function soak(peers: readonly Peer[], order: SoakOrder): Promise<SoakOutcome> {
  const { urls, perSecond, seconds, faults, seed } = order;
  const random = seededRandom(seed);
  const troubles = Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<Trouble, number>;
  const words = utterances();
  const { people = peoplePerPlatform, first = 0 } = order.tickets ?? {};
  const wantTickets = order.tickets !== undefined;
  const crowds = peers.map((peer) => new People(peer, urls, people, words, random, faults, wantTickets, first));
  for (const peer of peers)
    peer.trouble = () => {
      if (random() >= faults) return null;
      const kind = kinds[Math.floor(random() * kinds.length)]!;
      troubles[kind] += 1;
      return kind;
    };
  const start = performance.now();
  for (let next = 0; next < perSecond * seconds; await pause(2))
    for (; next < perSecond * seconds && start + (next * 1000) / perSecond <= performance.now(); next++)
      if (!crowds[next % crowds.length]!.goesOn()) break;
  const tookSeconds = (performance.now() - start) / 1000;
  const latest = performance.now() + patienceMs;
  const unanswered = () => crowds.reduce((sum, crowd) => sum + crowd.unanswered, 0);
  while (unanswered() > 0 && performance.now() < latest) await pause(50);
  for (const peer of peers) peer.trouble = () => null;
  const sum = (name: 'said' | 'answered' | 'repeated' | 'twice' | 'neverTaken') =>
    crowds.reduce((all, { met }) => all + met[name], 0);
  const replyMs = crowds.flatMap(({ met }) => met.replyMs);
  for (const crowd of crowds) crowd.close();
  return {
    ...{ said: sum('said'), answered: sum('answered'), repeated: sum('repeated'), twice: sum('twice') },
    neverTaken: sum('neverTaken'),
    doubled: crowds.map(({ met }) => met.doubled),
    doubledUntold: crowds.map(({ met }) => met.doubledUntold),
    unanswered: unanswered(),
    troubles,
    replyMs: { p50: percentile(replyMs, 0.5), p95: percentile(replyMs, 0.95), p99: percentile(replyMs, 0.99) },
    tookSeconds,
  };
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
