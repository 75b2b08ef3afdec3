import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { CodedError, type ErrorCode } from '../core/errors';
import type { Incoming } from '../core/message';
import type { Inbox, Taker } from '../core/ports';
import { within } from '../core/within';
import { messageTurn } from './message-turn';
import { ticketTurn } from './ticket-turn';
import type { TurnParts } from './turn-parts';
import { phrase } from './wording';

export interface TurnsOptions extends TurnParts {
  /** Something was committed that must leave. */
  onCommitted: () => void;
  onFailed: (reference: string, incoming: Incoming, error: unknown) => void;
  /** A turn is over, well or not, after so many milliseconds. */
  onHandled?: (incoming: Incoming, milliseconds: number) => void;
  /** The inbox cannot be read. Said once, until it can be read again. */
  onInboxLost?: (error: unknown) => void;
}

/** As many processes may meet in one conversation at the same moment without an apology. */
const tries = 5;
/** Longer than any turn takes; so late, at most, another process takes over what a killed one had begun. */
const leaseMs = 30_000;
const pollMs = 300;
/** Turns under way of what was found waiting; what comes in by itself is begun at once. */
const maxUnderWay = 64;

/**
 * From the inbox row to the commit: one turn at a time for each conversation, each turn all or nothing. A message is
 * recorded before `receive` resolves, so a crash after that loses nothing. Order is kept by the store, not here: it
 * hands out only the oldest message of a conversation, to one process, for the time of a lease. So it holds among any
 * number of processes, and what one of them left behind is found by the next that looks.
 */
export class Turns implements Inbox {
  private readonly owner = randomUUID();
  /** By conversation: what comes in here at once is recorded in the order it came. */
  private readonly arriving = new Map<string, Promise<unknown>>();
  /** By key. */
  private readonly underWay = new Map<string, Promise<void>>();
  private timer: NodeJS.Timeout | null = null;
  private looking: Promise<void> | null = null;
  private again = false;
  private isLost = false;
  private stopped = false;

  constructor(private readonly options: TurnsOptions) {}

  async receive(incoming: Incoming): Promise<'recorded' | 'duplicate'> {
    const result = await this.inOrder(incoming.conversation, () => this.options.store.record(incoming, this.taker()));
    if (result === 'known') return 'duplicate';
    if (result === 'taken') this.begin(incoming);
    else this.wake();
    return 'recorded';
  }

  /** Takes up what a crash left behind. Returns how much of it is begun at once. */
  async resume(): Promise<number> {
    const { store } = this.options;
    const rows = await store.takeInbox(this.taker(), maxUnderWay, !store.shared);
    for (const incoming of rows) this.begin(incoming);
    return rows.length;
  }

  /** From here on looks by itself for what another process left behind, or recorded and must leave to its turn. */
  start(): void {
    this.timer = setInterval(() => this.wake(), pollMs);
  }

  /** Resolves when everything that may be handled here is handled. */
  async idle(): Promise<void> {
    this.wake();
    while (this.looking || this.underWay.size > 0) await Promise.all([this.looking, ...this.underWay.values()]);
  }

  /**
   * Finishes what is under way; where nobody else could, also what waits behind it. What is not over within the limit is
   * handed back.
   */
  async stop(limitMs = 10_000): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    const { store } = this.options;
    this.stopped = store.shared;
    const isOver = await within(limitMs, this.idle());
    this.stopped = true;
    if (!isOver) await store.handBack(this.owner);
  }

  /** Nothing new is begun any more, and nothing is waited for. */
  kill(): void {
    if (this.timer) clearInterval(this.timer);
    this.stopped = true;
  }

  private taker(): Taker {
    const now = this.options.clock.now();
    return { owner: this.owner, now, leaseUntil: now + leaseMs };
  }

  private async inOrder<T>(conversation: string, work: () => Promise<T>): Promise<T> {
    const before = this.arriving.get(conversation) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.arriving.set(conversation, mine);
    try {
      return await mine;
    } finally {
      if (this.arriving.get(conversation) === mine) this.arriving.delete(conversation);
    }
  }

  /** Something may wait for its turn. */
  private wake(): void {
    if (this.stopped) return;
    if (this.looking) {
      this.again = true;
      return;
    }
    this.looking = this.look().finally(() => {
      this.looking = null;
      if (this.again) {
        this.again = false;
        this.wake();
      }
    });
  }

  private async look(): Promise<void> {
    const room = maxUnderWay - this.underWay.size;
    if (room <= 0) return;
    try {
      for (const incoming of await this.options.store.takeInbox(this.taker(), room)) this.begin(incoming);
      this.isLost = false;
    } catch (error) {
      if (!this.isLost) this.options.onInboxLost?.(error);
      this.isLost = true;
    }
  }

  private begin(incoming: Incoming): void {
    // Its lease ran out while it is still under way here: taking it has only renewed the lease.
    if (this.underWay.has(incoming.key)) return;
    const done = this.handle(incoming).finally(() => {
      this.underWay.delete(incoming.key);
      // The next of its conversation, or where it goes on.
      this.wake();
    });
    this.underWay.set(incoming.key, done);
  }

  /** Never rejects: whatever goes wrong in a turn is told to the person and to the log. */
  private async handle(incoming: Incoming): Promise<void> {
    const start = performance.now();
    try {
      await this.play(incoming);
    } catch (error) {
      await this.failed(incoming, error);
    }
    this.options.onHandled?.(incoming, performance.now() - start);
    this.options.onCommitted();
  }

  private async play(incoming: Incoming): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        if (incoming.kind === 'ticket_action') await ticketTurn(this.options, incoming);
        else await messageTurn(this.options, incoming);
        return;
      } catch (error) {
        // Another process took it over meanwhile; or the first try was committed, and only the word of it was lost.
        if (is(error, 'TURN_HANDLED')) return;
        if (!is(error, 'TURN_CONFLICT', 'STORE_UNREACHABLE') || attempt === tries) throw error;
        // Not all in the same moment again.
        await pause(attempt * (is(error, 'TURN_CONFLICT') ? 20 : 200) * Math.random());
      }
    }
  }

  private async failed(incoming: Incoming, error: unknown): Promise<void> {
    const reference = randomBytes(4).toString('hex');
    this.options.onFailed(reference, incoming, error);
    // The row stays new: it is taken up again when the store can be reached and the lease is over.
    if (is(error, 'STORE_UNREACHABLE')) return;
    const { key, conversation, platform, person, address = null } = incoming;
    const say = phrase(this.options.content(), 'turn-failed', { reference });
    const toAdmin = { kind: 'notice' as const, platform, conversation, person, address, say };
    const at = this.options.clock.now();
    try {
      if (incoming.kind === 'ticket_action') await this.options.store.refuse(key, { at, outgoing: toAdmin });
      else await this.options.store.failTurn(key, conversation, platform, at, { from: 'bot', reply: say });
    } catch (storeError) {
      // The store itself is gone: the row stays new here too.
      this.options.onFailed(reference, incoming, storeError);
    }
  }
}

const is = (error: unknown, ...codes: ErrorCode[]): boolean =>
  error instanceof CodedError && codes.includes(error.code);
