import type { Address } from '../../core/message';
import type { Clock, PlatformMemory } from '../../core/ports';
import { readAddress, type TeamsAddress } from './address';
import type { BotService } from './bot-service';
import { Undelivered } from './failures';
import type { Pacing } from './pacing';

export type Reached = TeamsAddress & { conversation: string };

/** Opens the personal chats that are not open yet, and remembers them. */
export class Reach {
  constructor(
    private readonly service: BotService,
    private readonly memory: PlatformMemory,
    private readonly pacing: Pacing,
    private readonly clock: Clock,
  ) {}

  /** The place an address leads to. @param name under which it is kept once a chat had to be opened for it */
  async at(name: string, address: Address | TeamsAddress | null): Promise<Reached> {
    const known = readAddress(address);
    if (!known) throw unreachable(`nothing is known of where ${name} is`);
    if (known.gone) throw unreachable('the bot was removed there: add the app to that team, chat or person again');
    const { conversation } = known;
    if (conversation !== null) return { ...known, conversation };
    const opened = { ...known, conversation: await this.open(known) };
    await this.memory.saveAddress(name, opened, this.clock.now());
    return opened;
  }

  private async open({ serviceUrl, tenant, bot, user }: TeamsAddress): Promise<string> {
    if (!user) throw unreachable('it names neither a chat nor a person');
    return this.pacing.run(user.id, () => this.service.openChat(serviceUrl, { bot, tenant, member: user.id }));
  }
}

export const unreachable = (why: string): Undelivered => new Undelivered({ kind: 'permanent', error: `Teams: ${why}` });
