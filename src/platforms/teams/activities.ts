import type { z } from 'zod';
import type { IncomingMessage } from '../../core/message';
import type { PlatformParts } from '../../core/platform';
import { cardRefSchema, cardSubject } from '../../core/ports';
import {
  conversationUpdateSchema,
  type Deed,
  type Envelope,
  installationSchema,
  invokeSchema,
  type Message,
  messageSchema,
} from './activity';
import type { Background } from './background';
import { isHomeCommand } from './commands';
import type { Home } from './home';
import { type Answer, done, invokeAnswer, unknownInvoke } from './invoke-answer';
import { chatOf, rootOf } from './keys';
import {
  type Arrival,
  type ArrivalParts,
  arrivalOf,
  toDelete,
  toEdit,
  toHello,
  toMessage,
  toWordBelowCard,
} from './parse';
import type { Places } from './places';
import { executedData, pressedBy } from './press-data';
import type { Effect, Presses } from './presses';
import { mentionsBot, typedText } from './typed-text';
import type { TypingSign } from './typing';

export interface ActivityParts extends ArrivalParts, Pick<PlatformParts, 'inbox' | 'memory' | 'log' | 'refused'> {
  places: Places;
  presses: Presses;
  home: Home;
  typing: TypingSign;
  background: Background;
  /** A word to one person, in the chat they have with the bot. */
  whisper(arrival: Arrival, words: string): Promise<void>;
}

/** The activity lacks what its kind must have. */
export class Malformed extends Error {
  override name = 'Malformed';
}

/** A genuine activity, and its tenant. */
export interface Received {
  envelope: Envelope;
  json: unknown;
  tenant: string;
}

/** Each kind of activity, from what Teams says to what is recorded. Nothing in here waits for an answer of the bot. */
export class Activities {
  constructor(private readonly parts: ActivityParts) {}

  /** Resolves when everything that must not be lost is recorded. */
  async handle(received: Received): Promise<Answer> {
    switch (received.envelope.type) {
      case 'message':
        return this.message(received);
      case 'messageUpdate':
        return this.edit(received);
      case 'messageDelete':
        return this.delete(received);
      case 'invoke':
        return this.invoke(received);
      case 'installationUpdate':
        return this.installation(received);
      case 'conversationUpdate':
        return this.conversationUpdate(received);
      case 'typing':
      case 'messageReaction':
      case 'event':
      case 'endOfConversation':
        return done;
      default:
        return this.ignored(received.envelope.type, 'unknown activity');
    }
  }

  private async message(received: Received): Promise<Answer> {
    const message = parsed(messageSchema, received.json);
    if (isByBot(message)) return done;
    const arrival = await this.arrival(message, received.tenant);
    if (typeof message.value === 'object' && message.value !== null && (pressedBy(message.value) || !message.text))
      return this.submitted(message.value, message.replyToId ?? null, arrival);
    if (await this.isBelowCard('new', message, arrival)) return done;
    const isAlone = arrival.address.scope === 'personal';
    if (!isAlone && !mentionsBot(message)) return this.ignored('message', 'message without a mention');
    if (isAlone && isHomeCommand(typedText(message))) {
      this.parts.background.run('showing the home card in Teams', () => this.parts.home.show(arrival));
      return done;
    }
    return this.record(toMessage(message, arrival), arrival);
  }

  /** Whoever writes below a ticket's card talks with the employee, and not with the bot. */
  private async isBelowCard(what: 'new' | 'changed' | 'gone', message: Message, arrival: Arrival): Promise<boolean> {
    const id = rootOf(message.conversation.id);
    if (id === null || id === message.id) return false;
    const [card] = await this.parts.memory.posts(cardSubject('teams', chatOf(message.conversation.id), id));
    const ref = cardRefSchema.safeParse(card?.ref).data;
    if (!ref) return false;
    const incoming = toWordBelowCard(what, message, { ...ref, id }, arrival);
    if (incoming) await this.parts.inbox.receive(incoming);
    return true;
  }

  private async edit({ json, tenant, envelope }: Received): Promise<Answer> {
    const message = parsed(messageSchema, json);
    if (isByBot(message)) return done;
    const event = envelope.channelData?.eventType ?? 'editMessage';
    if (event !== 'editMessage') return this.ignored('messageUpdate', 'unknown change of a message');
    const arrival = await this.arrival(message, tenant);
    if (await this.isBelowCard('changed', message, arrival)) return done;
    await this.parts.inbox.receive(toEdit(message, arrival));
    return done;
  }

  private async delete({ json, tenant, envelope }: Received): Promise<Answer> {
    const deed = parsed(messageSchema, json);
    if (isByBot(deed)) return done;
    const event = envelope.channelData?.eventType ?? 'softDeleteMessage';
    if (event !== 'softDeleteMessage') return this.ignored('messageDelete', 'unknown change of a message');
    const arrival = await this.arrival(deed, tenant);
    if (await this.isBelowCard('gone', deed, arrival)) return done;
    await this.parts.inbox.receive(toDelete(deed, arrival));
    return done;
  }

  private async invoke({ json, tenant }: Received): Promise<Answer> {
    const invoke = parsed(invokeSchema, json);
    if (invoke.name !== 'adaptiveCard/action') {
      this.ignored('invoke', 'unknown invoke');
      return unknownInvoke;
    }
    const arrival = await this.arrival(invoke, tenant);
    const press = { data: executedData(invoke.value), card: invoke.replyToId ?? null, arrival };
    return invokeAnswer(await this.parts.presses.handle(press));
  }

  /** A press from a client that knows no `Action.Execute`. A message has no answer, so words go to the private chat. */
  private async submitted(data: unknown, card: string | null, arrival: Arrival): Promise<Answer> {
    const effect: Effect = await this.parts.presses.handle({ data, card, arrival });
    if (effect.kind === 'recorded') this.parts.typing.expect(arrival.base.conversation, arrival.address);
    if (effect.kind === 'word')
      this.parts.background.run('telling about a press in Teams', () => this.parts.whisper(arrival, effect.words));
    if (effect.kind === 'card')
      this.parts.background.run('showing the home card in Teams', () => this.parts.home.show(arrival));
    return done;
  }

  private async installation({ json, tenant }: Received): Promise<Answer> {
    const update = parsed(installationSchema, json);
    if (update.action?.startsWith('remove')) return this.removed(update, tenant);
    return this.added(update, tenant);
  }

  private async conversationUpdate({ json, tenant, envelope }: Received): Promise<Answer> {
    const update = parsed(conversationUpdateSchema, json);
    const isBot = ({ id }: { id: string }) => id === update.recipient.id;
    const lost = ['channelDeleted', 'teamDeleted'].includes(envelope.channelData?.eventType ?? '');
    const channel = envelope.channelData?.channel?.id;
    if (lost && channel)
      return this.removed({ ...update, conversation: { ...update.conversation, id: channel } }, tenant);
    if (lost || update.membersRemoved.some(isBot)) return this.removed(update, tenant);
    if (update.membersAdded.some(isBot)) return this.added(update, tenant);
    if (!isByBot(update)) await this.arrival(update, tenant);
    return done;
  }

  /** Channels and chats stay quiet; a person who has the bot for the first time is greeted. */
  private async added(deed: Deed, tenant: string): Promise<Answer> {
    const arrival = await this.arrival(deed, tenant);
    if (arrival.address.scope === 'personal' && !isByBot(deed)) await this.parts.inbox.receive(toHello(arrival));
    return done;
  }

  private async removed(deed: Deed, tenant: string): Promise<Answer> {
    const { address, base } = arrivalOf(deed, tenant, this.parts);
    await this.parts.places.forget(address, address.scope === 'personal' ? base.person.id : null, base.at);
    return done;
  }

  private async arrival(deed: Deed, tenant: string): Promise<Arrival> {
    const arrival = arrivalOf(deed, tenant, this.parts);
    if (!isByBot(deed)) await this.parts.places.learn(arrival.address, arrival.base.person.id, arrival.base.at);
    return arrival;
  }

  private async record(incoming: IncomingMessage, { base, address }: Arrival): Promise<Answer> {
    const status = await this.parts.inbox.receive(incoming);
    if (status === 'recorded') this.parts.typing.expect(base.conversation, address);
    return done;
  }

  private ignored(type: string, reason: string): Answer {
    this.parts.log.info({ type: type.slice(0, 100), reason }, 'an activity of Teams is ignored');
    this.parts.refused('teams', reason);
    return done;
  }
}

function parsed<T>(schema: z.ZodType<T>, json: unknown): T {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const where = result.error.issues.map(({ path }) => path.join('.') || 'activity');
  throw new Malformed(`unusable: ${[...new Set(where)].slice(0, 5).join(', ')}`);
}

/** Our own words come back as activities in some places, and other bots must not be talked with. */
const isByBot = ({ from, recipient }: Deed): boolean =>
  from.id === recipient.id || from.role === 'bot' || from.id.startsWith('28:');
