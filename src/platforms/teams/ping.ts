import { turnCard } from '../../cards/reply-card';
import { reportCard, reportSummary } from '../../cards/report-card';
import { replyText } from '../../core/message';
import type { PlatformParts } from '../../core/platform';
import {
  type CardRef,
  cardSubject,
  type Delivery,
  type Destination,
  type Outgoing,
  type Post,
  ticketSubject,
  wordSubject,
} from '../../core/ports';
import { isClosed, ticketNumber } from '../../core/ticket';
import type { TicketView } from '../../core/ticket-view';
import type { TeamsAddress } from './address';
import type { BotService, OutgoingMessage } from './bot-service';
import { failureOf, isGone, isTooBig } from './failures';
import { chatOf, placeOf, rootOf } from './keys';
import type { Pacing } from './pacing';
import type { Places } from './places';
import { type Reach, type Reached, unreachable } from './reach';
import { cardMessage, smallerCard, ticketMessage, withPeople, wordMessage } from './render';
import type { Roster } from './roster';

export interface PingParts extends Pick<PlatformParts, 'memory' | 'reader'> {
  service: BotService;
  places: Places;
  reach: Reach;
  pacing: Pacing;
  roster: Roster;
}

/** The way out to the people who can help: a ticket's card in a channel, a chat, or with one person. */
export class TeamsDestination implements Destination {
  constructor(private readonly parts: PingParts) {}

  async ping({ destination, ticket }: Extract<Outgoing, { kind: 'ping' }>): Promise<Delivery> {
    try {
      // Looked up now and not when it was decided: what arrives is how things stand.
      const view = await this.parts.reader.ticketView(ticket, destination);
      if (view) await this.bringUpToDate(view, destination);
      return { kind: 'sent' };
    } catch (error) {
      return failureOf(error);
    }
  }

  async report({ destination, report }: Extract<Outgoing, { kind: 'report' }>): Promise<Delivery> {
    return this.post(destination, cardMessage(reportCard(report), reportSummary(report)));
  }

  async alarm({ destination, say }: Extract<Outgoing, { kind: 'alarm' }>): Promise<Delivery> {
    return this.post(
      destination,
      cardMessage(turnCard([{ from: 'bot', reply: say }], { turn: null, live: false }), replyText(say)),
    );
  }

  private async post(destination: string, message: OutgoingMessage): Promise<Delivery> {
    try {
      const place = await this.place(destination.slice(destination.indexOf(':') + 1));
      await this.put(message, place);
      return { kind: 'sent' };
    } catch (error) {
      return failureOf(error);
    }
  }

  /** In a channel as an answer to the card; where there are no threads, as a message that names the ticket. */
  async thread({ destination, ticket, word, what, line }: Extract<Outgoing, { kind: 'thread' }>): Promise<Delivery> {
    const { memory, pacing, service } = this.parts;
    try {
      const [card] = await memory.posts(ticketSubject(ticket, destination));
      if (!card) return { kind: 'sent' };
      const place = await this.place(destination.slice(destination.indexOf(':') + 1));
      const conversation = typeof card.ref.at === 'string' ? card.ref.at : place.conversation;
      const spot = { serviceUrl: place.serviceUrl, conversation };
      const subject = wordSubject(word, destination);
      const [said] = await memory.posts(subject);
      const message = wordMessage(line, what, rootOf(conversation) === null ? ticketNumber(ticket) : null);
      if (said) await pacing.run(conversation, () => service.update(spot, said.id, message));
      else if (what !== 'gone') {
        const id = await pacing.run(conversation, () => service.send(spot, message));
        await memory.savePost({ subject, id, ref: { at: conversation }, version: 0 });
      }
      return { kind: 'sent' };
    } catch (error) {
      return isGone(error) ? { kind: 'sent' } : failureOf(error);
    }
  }

  private async bringUpToDate(view: TicketView, destination: string): Promise<void> {
    const id = destination.slice(destination.indexOf(':') + 1);
    const subject = ticketSubject(view.id, destination);
    const [post] = await this.parts.memory.posts(subject);
    if (post && (post.version === view.version || (await this.change(post, view, id)))) return;
    if (isClosed(view.state)) return;
    const place = await this.place(id);
    const { conversation, message } = await this.draw(view, place, (card) => this.put(card, place));
    // First, so that whatever is written below a card that is known finds its ticket.
    const ref: CardRef = { ticket: view.id, destination };
    const card = cardSubject('teams', chatOf(conversation), message);
    await this.parts.memory.savePost({ subject: card, id: message, ref, version: 0 });
    await this.parts.memory.savePost({ subject, id: message, ref: { at: conversation }, version: view.version });
  }

  /** False when the card is gone. */
  private async change(post: Post, view: TicketView, id: string): Promise<boolean> {
    const { memory, pacing, service } = this.parts;
    const place = await this.place(id);
    const conversation = typeof post.ref.at === 'string' ? post.ref.at : place.conversation;
    const spot = { serviceUrl: place.serviceUrl, conversation };
    try {
      await this.draw(view, place, (card) => pacing.run(conversation, () => service.update(spot, post.id, card)));
    } catch (error) {
      if (!isGone(error)) throw error;
      await memory.dropPost(post.subject, post.id);
      return false;
    }
    await memory.savePost({ ...post, version: view.version });
    return true;
  }

  /** In a channel each ticket is a thread of its own, where administrators can talk about it. */
  private async put(card: OutgoingMessage, place: Reached): Promise<{ conversation: string; message: string }> {
    const { service, pacing } = this.parts;
    const { serviceUrl, conversation, scope, bot, tenant } = place;
    const loud: OutgoingMessage = { ...card, channelData: { notification: { alert: true } } };
    return pacing.run(conversation, async () =>
      scope === 'channel'
        ? service.openThread(serviceUrl, { bot, tenant, channel: conversation }, loud)
        : { conversation, message: await service.send({ serviceUrl, conversation }, loud) },
    );
  }

  private async draw<T>(view: TicketView, place: Reached, show: (card: OutgoingMessage) => Promise<T>): Promise<T> {
    const people = await this.parts.roster.peopleAt(place);
    const shown = withPeople(view, people);
    try {
      return await show(ticketMessage(shown, { watchers: people.map(({ id }) => id) }));
    } catch (error) {
      if (!isTooBig(error)) throw error;
      return show(ticketMessage(shown, { watchers: [], limit: smallerCard }));
    }
  }

  private async place(id: string): Promise<Reached> {
    const known = (await this.parts.places.find(id)) ?? (await this.guess(id));
    if (!known)
      throw unreachable(
        `the bot is not in ${id}, or has never heard from there: add the app to that team, chat or person, and check the id`,
      );
    return this.parts.reach.at(placeOf(id), known);
  }

  /** A channel or person that never spoke is asked for at the service that carries everybody else. */
  private async guess(id: string): Promise<TeamsAddress | null> {
    const service = await this.parts.places.service();
    if (!service) return null;
    if (id.startsWith('29:'))
      return { ...service, scope: 'personal', conversation: null, user: { id, aadObjectId: null } };
    if (!id.startsWith('19:')) return null;
    return { ...service, scope: id.includes('@thread.tacv2') ? 'channel' : 'groupChat', conversation: id, user: null };
  }
}
