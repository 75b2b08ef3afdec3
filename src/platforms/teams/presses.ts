import type { Card } from '../../cards/elements';
import type { PlatformParts } from '../../core/platform';
import { ticketSubject } from '../../core/ports';
import type { Home } from './home';
import { chatOf, destinationOf } from './keys';
import type { LivePosts } from './live-posts';
import type { OpenTicket } from './open-ticket';
import { type Arrival, toAction, toPress } from './parse';
import { type Pressed, pressedBy } from './press-data';
import { watchedTicketCard, withPeople } from './render';
import type { Roster } from './roster';

const writeFirst = 'Write something first, then send it.';

export interface PressParts extends Pick<PlatformParts, 'inbox' | 'memory' | 'reader' | 'words' | 'refused'> {
  live: LivePosts;
  home: Home;
  tickets: OpenTicket;
  roster: Roster;
}

export interface Press {
  data: unknown;
  /** The message that carries the button. */
  card: string | null;
  arrival: Arrival;
}

/** What the presser is shown at once. */
export type Effect = { kind: 'recorded' } | { kind: 'word'; words: string } | { kind: 'card'; card: Card };

/** What becomes of pressed buttons. Everything that changes something is recorded first, and answered then. */
export class Presses {
  constructor(private readonly parts: PressParts) {}

  async handle(press: Press): Promise<Effect> {
    const pressed = pressedBy(press.data);
    switch (pressed?.kind) {
      case 'chat':
        return this.chat(pressed, press);
      case 'ticket':
        return this.ticket(pressed, press);
      case 'home':
        return this.home(press);
      case 'open':
        return this.open(pressed.ticket, press);
      case 'refresh':
        return this.refresh(pressed.ticket, press);
      case undefined:
        return this.unknown('unknown button');
    }
  }

  private async chat(pressed: Extract<Pressed, { kind: 'chat' }>, { card, arrival }: Press): Promise<Effect> {
    const { inbox, live, words, refused } = this.parts;
    if (pressed.conversation !== arrival.base.conversation) {
      refused('teams', 'button of somebody else');
      return word(words.notYourButton);
    }
    if (card === null) return this.unknown('press without a card');
    await live.pressed(pressed.conversation, card);
    await inbox.receive(toPress(pressed, card, arrival));
    return { kind: 'recorded' };
  }

  private async ticket(pressed: Extract<Pressed, { kind: 'ticket' }>, { card, arrival }: Press): Promise<Effect> {
    const destination = card && (await this.destinationOf(pressed.ticket, card, arrival));
    if (!card || !destination) return this.unknown('ticket card that is a copy');
    if (!pressed.text && (pressed.action === 'reply' || pressed.action === 'note')) return word(writeFirst);
    await this.parts.inbox.receive(toAction(pressed, { destination, id: card }, arrival));
    return { kind: 'recorded' };
  }

  private async home({ arrival }: Press): Promise<Effect> {
    if (arrival.address.scope !== 'personal') return this.unknown('home outside of a personal chat');
    return { kind: 'card', card: await this.parts.home.card(arrival) };
  }

  /** In the chat of the administrator who asks, and nowhere else; that they are one is looked up anew. */
  private async open(ticket: number, { arrival }: Press): Promise<Effect> {
    if (arrival.address.scope !== 'personal') return this.unknown('home outside of a personal chat');
    if (!(await this.parts.home.isAdmin(arrival))) return this.unknown('queue of others');
    this.parts.tickets.show(arrival, ticket);
    return { kind: 'recorded' };
  }

  /** Only for a card that stands where it was posted: whoever may see it there may see how it stands now. */
  private async refresh(ticket: number, { card, arrival }: Press): Promise<Effect> {
    const destination = card && (await this.destinationOf(ticket, card, arrival));
    const view = destination ? await this.parts.reader.ticketView(ticket, destination) : null;
    if (!card || !destination || !view) return this.unknown('refresh of an unknown card');
    const look = { kind: 'ticket' as const, ticket, action: 'seen' as const, version: view.version, text: '' };
    if (!view.seen) await this.parts.inbox.receive(toAction(look, { destination, id: card }, arrival));
    const people = await this.parts.roster.peopleAt(arrival.address);
    return {
      kind: 'card',
      card: watchedTicketCard(
        withPeople(view, people),
        people.map(({ id }) => id),
      ),
    };
  }

  /** The name of the place the ticket's card was posted to, if this message is that card. */
  private async destinationOf(ticket: number, card: string, { address, base }: Arrival): Promise<string | null> {
    const { conversation, scope, user } = address;
    const names = scope === 'personal' ? [base.person.id, user?.id ?? ''] : [chatOf(conversation ?? '')];
    for (const destination of names.map(destinationOf)) {
      const posts = await this.parts.memory.posts(ticketSubject(ticket, destination));
      if (posts.some(({ id }) => id === card)) return destination;
    }
    return null;
  }

  private unknown(reason: string): Effect {
    this.parts.refused('teams', reason);
    return word(this.parts.words.unknownCard);
  }
}

const word = (words: string): Effect => ({ kind: 'word', words });
