import { LRUCache } from 'lru-cache';
import type { PlatformParts } from '../../core/platform';
import { type Destination, ticketSubject } from '../../core/ports';
import { paragraphs, rich, words } from './blocks';
import { isGone } from './failures';
import type { Messages } from './messages';
import { pageOf } from './pages';

export interface OpenTicketParts extends Pick<PlatformParts, 'memory' | 'words'> {
  messages: Messages;
  destination: Destination;
}

const KEPT_TRIGGERS = 1_000;

/**
 * Puts the card of a ticket that waits into the direct messages of an administrator, where it can be worked with like
 * any other card. Asked for again it stands at the bottom again, and the older one is closed: of each there is one.
 */
export class OpenTicket {
  private readonly done = new LRUCache<string, true>({ max: KEPT_TRIGGERS });

  constructor(private readonly parts: OpenTicketParts) {}

  /** @param trigger of the press; one that Slack tells again counts once */
  async show(user: string, ticket: number, trigger: string): Promise<void> {
    if (this.done.has(trigger)) return;
    this.done.set(trigger, true);
    const destination = `slack:${user}`;
    await this.closeOlder(ticket, destination, trigger);
    const outgoing = { kind: 'ping', destination, ticket, what: 'opened' } as const;
    const delivery = await this.parts.destination.ping(outgoing, `open:${trigger}`, 1);
    if (delivery.kind !== 'sent') throw new Error(delivery.error);
  }

  private async closeOlder(ticket: number, destination: string, trigger: string): Promise<void> {
    const { memory, messages, words: texts } = this.parts;
    const page = pageOf(rich(paragraphs([words(texts.closed, { italic: true })])));
    for (const post of await memory.posts(ticketSubject(ticket, destination))) {
      try {
        await messages.update(String(post.ref.channel), post.id, page, `open:${trigger}`);
      } catch (error) {
        if (!isGone(error)) throw error;
      }
      await memory.dropPost(post.subject, post.id);
    }
  }
}
