import { createHelpdesk, type Helpdesk } from '../../src/app';
import type { Content } from '../../src/core/content';
import { newConversation } from '../../src/core/conversation';
import type { IncomingAction, Person, Platform } from '../../src/core/message';
import type { Organization } from '../../src/core/organization';
import type { Store, Understander } from '../../src/core/ports';
import { seededRandom } from '../../src/core/seeded-random';
import type { TicketDetails } from '../../src/core/ticket';
import { MovableClock } from '../../src/rehearsal/rehearsal';
import { type Faults, Platforms } from './world';

export interface SimulationOptions {
  content: Content;
  understander: Understander;
  /** Opens the store on what is already there. */
  open: () => Promise<Store>;
  tickets: number;
  seed: number;
  faults?: Faults;
  onProgress?: (opened: number) => void;
}

export interface Verdict {
  tickets: number;
  crashes: number;
  resolved: number;
  /** Accepted, and neither resolved nor ever shown to anybody who could help. */
  lost: number;
  /** Claimed twice by different people without being given back. */
  doubleClaims: number;
  posts: { slack: number; teams: number };
  doubled: { slack: number; teams: number };
  /** Milliseconds of simulated time from accepted to the first card. */
  firstCardP50: number;
  firstCardP99: number;
  /** First cards later than two minutes. */
  late: number;
}

const organization: Organization = {
  version: 1,
  destinations: { admins: { slack: 'C1', teams: '19:a@thread.tacv2' }, lead: { slack: 'U1' }, dead: { slack: 'C9' } },
  routes: {
    default: {
      tiers: [
        { to: ['admins'], claim_within: '15m' },
        { to: ['lead'], claim_within: '30m' },
      ],
    },
    'network-admin': {
      tiers: [
        { to: ['dead'], claim_within: '15m' },
        { to: ['admins'], claim_within: '15m' },
      ],
    },
  },
};

const usualFaults: Faults = { lostReply: 0.002, broken: 0.01, busy: 0.01 };
const perSecond = 20;
const crashEvery = 211;
const lateMs = 120_000;

/** A seeded day of a busy desk: people ask, administrators claim, forget and resolve, platforms fail, the bot is killed. */
export class Simulation {
  private readonly random: () => number;
  private readonly clock = new MovableClock(Date.UTC(2026, 10, 23, 9));
  private readonly platforms: Platforms;
  private readonly openedAt = new Map<number, number>();
  /** By when: what an administrator is going to do. */
  private readonly plans = new Map<number, (() => Promise<void>)[]>();
  private store!: Store;
  private bot!: Helpdesk;
  private count = 0;
  private crashes = 0;

  constructor(private readonly options: SimulationOptions) {
    this.random = seededRandom(options.seed);
    this.platforms = new Platforms(this.random, options.faults ?? usualFaults, () => this.clock.now());
    this.platforms.gone.add('slack:C9');
  }

  async run(): Promise<Verdict> {
    await this.start();
    let quiet = 0;
    for (let second = 0; quiet < 3; second++) {
      this.clock.advance(this.openedAt.size < this.options.tickets ? 1000 : 60_000);
      const room = Math.min(perSecond, this.options.tickets - this.openedAt.size);
      for (let i = 0; i < room; i++) await this.open();
      if (second % crashEvery === crashEvery - 1) await this.crash();
      await this.act();
      await this.bot.turns.idle();
      await this.bot.cycle.tick();
      await this.bot.outbox.settled();
      if (second % 100 === 0) this.options.onProgress?.(this.openedAt.size);
      const isOver = room === 0 && (await this.store.tickets({ closed: false, limit: 1 })).length === 0;
      quiet = isOver ? quiet + 1 : 0;
      if (second > this.options.tickets / perSecond + 20_000) break;
    }
    const verdict = await this.verdict();
    await this.bot.outbox.stop();
    await this.store.close();
    return verdict;
  }

  private async start(): Promise<void> {
    this.store = await this.options.open();
    const { content, understander } = this.options;
    this.bot = createHelpdesk({
      content,
      understander,
      organization,
      store: this.store,
      clock: this.clock,
      senders: new Map<Platform, Platforms['sender']>([['web', this.platforms.sender]]),
      destinations: new Map([
        ['desk', this.platforms.desk],
        ['slack', this.platforms.chat],
        ['teams', this.platforms.chat],
      ]),
      onTurnFailed: (_reference, _incoming, error) => {
        throw error;
      },
      onDeliveryFailed: () => {},
      onCycleFailed: (error) => {
        throw error;
      },
      onAuditFailed: (error) => {
        throw error;
      },
    });
  }

  /** All that the process knew is gone; what is in the store, and on the platforms, stays. */
  private async crash(): Promise<void> {
    this.crashes += 1;
    this.bot.turns.kill();
    await this.bot.outbox.stop();
    await this.store.close();
    await this.start();
  }

  private async open(): Promise<void> {
    this.count += 1;
    const conversation = `c${this.count}`;
    const person: Person = { id: conversation, name: `Person ${this.count}`, member: true };
    const role = this.random() < 0.05 ? 'network-admin' : 'account-admin';
    const now = this.clock.now();
    const details: TicketDetails = {
      person,
      platform: 'web',
      intent: 'mfa.lost',
      title: 'Lost or broken MFA device',
      severity: this.random() < 0.01 ? 'urgent' : 'normal',
      slots: {},
      words: [],
      tried: [],
      rules: [],
      guide: null,
      follows: null,
    };
    const { tier, places, next } = await this.bot.course.opening(role, details, now);
    const key = `open-${this.count}`;
    await this.store.record({ kind: 'press', press: 'ask_admin', key, platform: 'web', conversation, person, at: now });
    const { ticket } = await this.store.commitTurn({
      key,
      at: now,
      conversationId: conversation,
      platform: 'web',
      conversation: { ...newConversation(), turn: 1, lastAt: now },
      expectedVersion: 0,
      said: null,
      replies: () => [],
      open: { role, details, next, tier },
      change: null,
      destinations: places,
    });
    this.openedAt.set(ticket!.id, now);
    this.plan(ticket!.id);
  }

  /** Most claim within a quarter of an hour, some never do until they are called again; some forget what they claimed. */
  private plan(ticket: number): void {
    const claimAfter = this.random() < 0.9 ? this.random() * 10 : 20 + this.random() * 200;
    const solveAfter = claimAfter + (this.random() < 0.95 ? 1 + this.random() * 60 : 400 + this.random() * 100);
    const rivals = this.random() < 0.1 ? ['Grace', 'Alan'] : ['Grace'];
    this.later(claimAfter, async () => {
      await Promise.all(rivals.map((name) => this.action(ticket, name, 'claim')));
    });
    this.later(solveAfter, () => this.action(ticket, 'Grace', 'resolve'));
  }

  private later(minutes: number, work: () => Promise<void>): void {
    const at = Math.floor(this.clock.now() / 60_000 + minutes);
    const plans = this.plans.get(at) ?? [];
    plans.push(work);
    this.plans.set(at, plans);
  }

  private async act(): Promise<void> {
    const minute = Math.floor(this.clock.now() / 60_000);
    for (const [at, plans] of this.plans) {
      if (at > minute) continue;
      this.plans.delete(at);
      for (const plan of plans) await plan();
      await this.bot.turns.idle();
    }
  }

  private async action(ticket: number, name: string, action: IncomingAction['action']): Promise<void> {
    this.count += 1;
    await this.bot.turns.receive({
      kind: 'ticket_action',
      key: `act-${this.count}`,
      platform: 'web',
      conversation: `desk-${name}`,
      person: { id: name.toLowerCase(), name, member: true },
      at: this.clock.now(),
      ticket,
      action,
      text: '',
      secrets: [],
    });
  }

  private async verdict(): Promise<Verdict> {
    const { platforms, openedAt } = this;
    let resolved = 0;
    let lost = 0;
    let doubleClaims = 0;
    const waits: number[] = [];
    for (const [id, at] of openedAt) {
      const ticket = await this.store.ticket(id);
      const card = platforms.firstCard.get(id);
      if (ticket?.state === 'resolved') resolved += 1;
      if (card === undefined && ticket?.state !== 'resolved') lost += 1;
      if (card !== undefined) waits.push(card - at);
      let holder: string | null = null;
      for (const { action, actor } of await this.store.history(id)) {
        if (action === 'claim' && holder !== null) doubleClaims += 1;
        if (action === 'claim') holder = actor;
        if (action === 'returned') holder = null;
      }
    }
    waits.sort((a, b) => a - b);
    const at = (share: number) => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? Number.NaN;
    return {
      tickets: openedAt.size,
      crashes: this.crashes,
      resolved,
      lost,
      doubleClaims,
      posts: platforms.posts,
      doubled: platforms.doubled,
      firstCardP50: at(0.5),
      firstCardP99: at(0.99),
      late: waits.filter((wait) => wait > lateMs).length,
    };
  }
}
