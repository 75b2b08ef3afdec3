import type { Reply as CoreReply, Person } from '../../core/message';
import type { Delivery, Outgoing, PlatformMemory, PlatformSender } from '../../core/ports';
import { readAddress, type TeamsAddress } from './address';
import type { BotService } from './bot-service';
import { failureOf } from './failures';
import { privateConversation } from './keys';
import type { LivePosts } from './live-posts';
import type { Pacing } from './pacing';
import type { Places } from './places';
import { type Reach, unreachable } from './reach';
import { turnMessages } from './render';
import type { TypingSign } from './typing';

type Reply = Extract<Outgoing, { kind: 'reply' }>;
type Notice = Extract<Outgoing, { kind: 'notice' }>;

export interface SendParts {
  service: BotService;
  memory: PlatformMemory;
  places: Places;
  reach: Reach;
  live: LivePosts;
  pacing: Pacing;
  typing: TypingSign;
}

/** The way out to the people who talk with the bot. */
export class TeamsSender implements PlatformSender {
  constructor(private readonly parts: SendParts) {}

  async send(outgoing: Reply | Notice, key: string): Promise<Delivery> {
    try {
      if (outgoing.kind === 'notice') await this.notice(outgoing);
      else await this.reply(outgoing, key);
      return { kind: 'sent' };
    } catch (error) {
      return failureOf(error);
    }
  }

  private async reply({ conversation, turn, lines, replaces }: Reply, key: string): Promise<void> {
    const { memory, reach, live, typing } = this.parts;
    typing.answered(
      conversation,
      lines.some(({ from }) => from === 'admin'),
    );
    const address = await reach.at(conversation, await memory.address(conversation));
    await live.show({ conversation, turn, lines, key, replaces }, address);
  }

  /** In the person's own chat, wherever they are: Teams knows no message for one person among others. */
  private async notice({ person, address, say }: Notice): Promise<void> {
    const from = readAddress(address);
    if (!from) throw unreachable(`nothing is known of where ${person.name} is`);
    await this.tell(person, from, { ...say, buttons: [] });
  }

  /** The same for words of the platform's own. @throws whatever kept them from being sent */
  async whisper(person: Person, from: TeamsAddress, text: string): Promise<void> {
    await this.tell(person, from, { name: 'phrases/word', say: [[{ text }]], buttons: [], links: [] });
  }

  private async tell(person: Person, from: TeamsAddress, reply: CoreReply): Promise<void> {
    const { service, places, reach, pacing } = this.parts;
    const own = await places.aloneWith(person, from);
    const { serviceUrl, conversation } = await reach.at(privateConversation(from.tenant, person.id), own);
    const [message] = turnMessages([{ from: 'bot', reply }], { turn: null });
    await pacing.run(conversation, () => service.send({ serviceUrl, conversation }, message!));
  }
}
