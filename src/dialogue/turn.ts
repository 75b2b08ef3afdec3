import { randomBytes } from 'node:crypto';
import { CodedError } from '../core/errors';
import type { Incoming } from '../core/message';
import type { Inbox } from '../core/ports';
import { messageTurn } from './message-turn';
import { ticketTurn } from './ticket-turn';
import type { TurnParts } from './turn-parts';
import { phrase } from './wording';

export interface TurnsOptions extends TurnParts {
  /** Something was committed that must leave. */
  onCommitted: () => void;
  onFailed: (reference: string, incoming: Incoming, error: unknown) => void;
}

const tries = 3;

/**
 * From the inbox row to the commit: one turn at a time for each conversation, each turn all or nothing. A message is
 * recorded before `receive` resolves, so a crash after that loses nothing: `resume` finds it again.
 */
export class Turns implements Inbox {
  private readonly queues = new Map<string, Promise<void>>();

  constructor(private readonly options: TurnsOptions) {}

  async receive(incoming: Incoming): Promise<'recorded' | 'duplicate'> {
    if (!(await this.options.store.record(incoming))) return 'duplicate';
    await this.enqueue(incoming);
    return 'recorded';
  }

  /** Takes up what a crash left behind. Returns how many. */
  async resume(): Promise<number> {
    const pending = await this.options.store.pending();
    for (const incoming of pending) await this.enqueue(incoming);
    return pending.length;
  }

  /** Resolves when everything received so far is handled. */
  async idle(): Promise<void> {
    while (this.queues.size > 0) await Promise.all(this.queues.values());
  }

  private async enqueue(incoming: Incoming): Promise<void> {
    // An administrator's action belongs to the employee's conversation: both sides wait in one queue.
    // It is recorded already, so a store that fails at this moment must not keep it from its turn.
    const ticket =
      incoming.kind === 'ticket_action' ? await this.options.store.ticket(incoming.ticket).catch(() => null) : null;
    const queue = ticket?.conversation ?? incoming.conversation;
    const tail = (this.queues.get(queue) ?? Promise.resolve()).then(() => this.handle(incoming));
    this.queues.set(queue, tail);
    void tail.finally(() => {
      if (this.queues.get(queue) === tail) this.queues.delete(queue);
    });
  }

  /** Never rejects: whatever goes wrong in a turn is told to the person and to the log. */
  private async handle(incoming: Incoming): Promise<void> {
    try {
      for (let attempt = 1; ; attempt++) {
        try {
          if (incoming.kind === 'ticket_action') await ticketTurn(this.options, incoming);
          else {
            const next = await messageTurn(this.options, incoming);
            if (next) await this.enqueue(next);
          }
          break;
        } catch (error) {
          if (!(error instanceof CodedError && error.code === 'TURN_CONFLICT') || attempt === tries) throw error;
        }
      }
    } catch (error) {
      await this.failed(incoming, error);
    }
    this.options.onCommitted();
  }

  private async failed(incoming: Incoming, error: unknown): Promise<void> {
    const reference = randomBytes(4).toString('hex');
    this.options.onFailed(reference, incoming, error);
    const { key, conversation, platform, person, address = null } = incoming;
    const say = phrase(this.options.content(), 'turn-failed', { reference });
    const toAdmin = { kind: 'notice' as const, platform, conversation, person, address, say };
    const at = this.options.clock.now();
    try {
      if (incoming.kind === 'ticket_action') await this.options.store.finish(key, { at, outgoing: toAdmin });
      else await this.options.store.failTurn(key, conversation, platform, at, { from: 'bot', reply: say });
    } catch (storeError) {
      // The store itself is gone: the row stays `new`, and the next start takes it up again.
      this.options.onFailed(reference, incoming, storeError);
    }
  }
}
