import { LRUCache } from 'lru-cache';
import type { Card } from '../../cards/elements';
import { homeCard } from '../../cards/home-card';
import type { HomeView } from '../../core/home-view';
import type { PlatformParts } from '../../core/platform';
import type { Directory } from '../../core/ports';
import type { BotService } from './bot-service';
import type { Pacing } from './pacing';
import type { Arrival } from './parse';
import { cardMessage } from './render';

const KEPT_REQUESTS = 1_000;

export interface HomeParts extends Pick<PlatformParts, 'reader' | 'words'> {
  service: BotService;
  directory: Directory;
  pacing: Pacing;
}

/**
 * What the bot has for a person: the start menu, their requests, and for administrators who waits. A look, and no turn
 * of the conversation; so it comes straight from the reader and is not kept up to date.
 */
export class Home {
  private readonly shown = new LRUCache<string, true>({ max: KEPT_REQUESTS });

  constructor(private readonly parts: HomeParts) {}

  /** Posts it. Once for each request, however often Teams repeats that. */
  async show(arrival: Arrival): Promise<void> {
    const { serviceUrl, conversation } = arrival.address;
    const request = `${conversation}:${arrival.deed.id}`;
    if (conversation === null || this.shown.has(request)) return;
    this.shown.set(request, true);
    const view = await this.view(arrival);
    const message = cardMessage(this.draw(view, arrival), this.text(view));
    await this.parts.pacing.run(conversation, () => this.parts.service.send({ serviceUrl, conversation }, message));
  }

  async card(arrival: Arrival): Promise<Card> {
    return this.draw(await this.view(arrival), arrival);
  }

  async isAdmin({ base: { person, address } }: Arrival): Promise<boolean> {
    const { directory } = this.parts;
    return directory.isAdmin(await directory.look(person, address ?? null));
  }

  private async view({ base: { person, address }, own }: Arrival): Promise<HomeView> {
    const { directory, reader } = this.parts;
    const known = await directory.look(person, address ?? null);
    return reader.home(known, own, await directory.isAdmin(known));
  }

  private draw(view: HomeView, { own }: Arrival): Card {
    return homeCard(view, this.parts.words.home, own);
  }

  private text({ start, mine, queue }: HomeView): string {
    const { home } = this.parts.words;
    const list = (title: string, nothing: string, tickets: HomeView['mine']) =>
      [
        title,
        ...(tickets.length ? tickets.map((one) => `${one.number} ${one.title}: ${one.stateText}`) : [nothing]),
      ].join('\n');
    return [
      start.say.map((line) => line.map(({ text }) => text).join('')).join('\n'),
      start.buttons.map(({ label }) => `[${label}]`).join(' '),
      list(home.mine, home.none, mine),
      ...(queue ? [list(home.queue, home.empty, queue)] : []),
    ].join('\n\n');
  }
}
