import { LRUCache } from 'lru-cache';
import { block, card, run } from '../../cards/elements';
import type { PlatformParts } from '../../core/platform';
import { type Destination, ticketSubject } from '../../core/ports';
import type { Background } from './background';
import type { BotService } from './bot-service';
import { isGone } from './failures';
import { destinationOf } from './keys';
import type { Pacing } from './pacing';
import type { Arrival } from './parse';
import { cardMessage } from './render';

export interface OpenTicketParts extends Pick<PlatformParts, 'memory' | 'words'> {
  service: BotService;
  pacing: Pacing;
  destination: Destination;
  background: Background;
}

const KEPT_PRESSES = 1_000;

/**
 * Puts the card of a ticket that waits into the chat of an administrator, where it can be worked with like any other
 * card. Asked for again it stands at the bottom again, and the older one is closed: of each there is one.
 */
export class OpenTicket {
  private readonly done = new LRUCache<string, true>({ max: KEPT_PRESSES });

  constructor(private readonly parts: OpenTicketParts) {}

  /** Once for each press, however often Teams repeats it. It changes nothing, so it may be pressed again where it failed. */
  show(arrival: Arrival, ticket: number): void {
    const press = `${arrival.address.conversation}:${arrival.deed.id}`;
    if (this.done.has(press)) return;
    this.done.set(press, true);
    this.parts.background.run('showing a ticket in Teams', () => this.put(arrival, ticket));
  }

  private async put(arrival: Arrival, ticket: number): Promise<void> {
    const destination = destinationOf(arrival.base.person.id);
    await this.closeOlder(arrival, ticket, destination);
    const outgoing = { kind: 'ping', destination, ticket, what: 'opened' } as const;
    const delivery = await this.parts.destination.ping(outgoing, `open:${arrival.deed.id}`, 1);
    if (delivery.kind !== 'sent') throw new Error(delivery.error);
  }

  private async closeOlder({ address }: Arrival, ticket: number, destination: string): Promise<void> {
    const { memory, words, service, pacing } = this.parts;
    const { serviceUrl, conversation } = address;
    const closed = cardMessage(
      card(words.closed, [block([run(words.closed, 300, { isSubtle: true })])], []),
      words.closed,
    );
    for (const post of await memory.posts(ticketSubject(ticket, destination))) {
      const at = typeof post.ref.at === 'string' ? post.ref.at : conversation;
      try {
        if (at) await pacing.run(at, () => service.update({ serviceUrl, conversation: at }, post.id, closed));
      } catch (error) {
        if (!isGone(error)) throw error;
      }
      await memory.dropPost(post.subject, post.id);
    }
  }
}
