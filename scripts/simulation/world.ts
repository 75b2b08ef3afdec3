import type { Delivery, Destination, Outgoing } from '../../src/core/ports';

/** What may go wrong, as shares of all sends. */
export interface Faults {
  /** The message arrives, and the answer that says so is lost. */
  lostReply: number;
  /** The platform fails, or asks to wait. */
  broken: number;
  busy: number;
}

/**
 * Two platforms that remember what stands in their channels, beyond any crash of the bot: `slack` can look for a message
 * by its mark, `teams` cannot.
 */
export class Platforms {
  /** By `<place> <ticket>`: how many cards stand there. */
  readonly cards = new Map<string, number>();
  /** By ticket: when its first card stood somewhere. */
  readonly firstCard = new Map<number, number>();
  /** Places that are gone for good. */
  readonly gone = new Set<string>();
  posts = { slack: 0, teams: 0 };
  doubled = { slack: 0, teams: 0 };
  told = 0;
  private readonly marks = new Set<string>();

  constructor(
    private readonly random: () => number,
    private readonly faults: Faults,
    private readonly now: () => number,
  ) {}

  readonly sender = {
    send: async (): Promise<Delivery> => {
      const fault = this.fault();
      if (!fault) this.told += 1;
      return fault ?? { kind: 'sent' };
    },
  };

  readonly desk: Destination = { ping: async () => ({ kind: 'sent' }) };

  readonly chat: Destination = {
    ping: async (outgoing, key, attempt) => this.ping(outgoing, key, attempt),
    thread: async () => this.fault() ?? { kind: 'sent' },
    alarm: async () => this.fault() ?? { kind: 'sent' },
  };

  private ping({ destination, ticket }: Extract<Outgoing, { kind: 'ping' }>, key: string, attempt: number): Delivery {
    if (this.gone.has(destination)) return { kind: 'permanent', error: 'gone' };
    const fault = this.fault();
    if (fault) return fault;
    const where = `${destination} ${ticket}`;
    const platform = destination.startsWith('slack') ? 'slack' : 'teams';
    const isKnown = this.known.has(where) || (platform === 'slack' && attempt > 1 && this.marks.has(key));
    if (!isKnown) {
      const before = this.cards.get(where) ?? 0;
      this.cards.set(where, before + 1);
      this.marks.add(key);
      this.posts[platform] += 1;
      if (before > 0) this.doubled[platform] += 1;
      if (!this.firstCard.has(ticket)) this.firstCard.set(ticket, this.now());
      if (this.random() < this.faults.lostReply) return { kind: 'temporary', error: 'the answer was lost' };
    }
    this.known.add(where);
    return { kind: 'sent' };
  }

  /** What the bot itself knows to stand somewhere: in earnest the table of posts. */
  private readonly known = new Set<string>();

  private fault(): Delivery | null {
    const { broken, busy } = this.faults;
    const luck = this.random();
    if (luck < broken) return { kind: 'temporary', error: 'internal_error' };
    if (luck < broken + busy)
      return { kind: 'temporary', error: 'rate limited', retryAfter: 1000 * (1 + Math.floor(this.random() * 30)) };
    return null;
  }
}
