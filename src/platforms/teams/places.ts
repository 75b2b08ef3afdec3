import { LRUCache } from 'lru-cache';
import type { Person } from '../../core/message';
import type { PlatformMemory } from '../../core/ports';
import { alone, readAddress, type TeamsAddress, wholePlace } from './address';
import { anyPlace, placeOf, privateConversation } from './keys';

/** Known addresses that need no look at the store. */
const KEPT = 5_000;

/**
 * Where the bot can speak unasked: places and people it has heard from. Each activity tells the newest address, and
 * only one that differs from what is kept costs a write.
 */
export class Places {
  private readonly known = new LRUCache<string, string>({ max: KEPT });

  constructor(private readonly memory: PlatformMemory) {}

  /** Learns from an activity where its place, its person and the service are. */
  async learn(address: TeamsAddress, person: string, at: number): Promise<void> {
    if (address.scope === 'personal') await this.save(placeOf(person), address, at);
    else {
      const place = wholePlace(address);
      if (place.conversation) await this.save(placeOf(place.conversation), place, at);
      await this.learnPerson(alone(address), person, at);
    }
    await this.save(anyPlace, { ...wholePlace(address), conversation: null, team: null }, at);
  }

  /** The bot was taken out of there: nothing is sent until it is back. */
  async forget(address: TeamsAddress, person: string | null, at: number): Promise<void> {
    const id = person ?? wholePlace(address).conversation;
    if (id) await this.save(placeOf(id), { ...(person ? address : wholePlace(address)), gone: true }, at);
  }

  /** Where the place or person is that was heard from, or null. */
  async find(id: string): Promise<TeamsAddress | null> {
    return readAddress(await this.memory.address(placeOf(id)));
  }

  /** The service and the bot's own id there, from whatever was heard last. */
  async service(): Promise<TeamsAddress | null> {
    return readAddress(await this.memory.address(anyPlace));
  }

  /** How the person is reached alone: by the chat they have with the bot, else by one to be opened. */
  async aloneWith(person: Person, from: TeamsAddress): Promise<TeamsAddress> {
    const own = readAddress(await this.memory.address(privateConversation(from.tenant, person.id)));
    return own?.conversation ? own : ((await this.find(person.id)) ?? alone(from));
  }

  /** Among others only the person's own chat is not told; what is known of it stays. */
  private async learnPerson(address: TeamsAddress, person: string, at: number): Promise<void> {
    if (this.known.has(placeOf(person))) return;
    const kept = await this.find(person);
    if (kept) this.known.set(placeOf(person), JSON.stringify(kept));
    else await this.save(placeOf(person), address, at);
  }

  private async save(name: string, address: TeamsAddress, at: number): Promise<void> {
    const text = JSON.stringify(address);
    if (this.known.get(name) === text) return;
    await this.memory.saveAddress(name, address, at);
    this.known.set(name, text);
  }
}
