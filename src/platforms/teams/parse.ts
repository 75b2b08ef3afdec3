import type { Incoming, IncomingAction, IncomingMessage, Person } from '../../core/message';
import type { PlatformParts } from '../../core/platform';
import type { CardRef } from '../../core/ports';
import { wordsBelowCard } from '../../core/thread-words';
import { type Deed, fileNamesOf, type Message } from './activity';
import { addressOf, alone, type TeamsAddress, userKey } from './address';
import {
  actionKey,
  chatOf,
  deleteKey,
  editKey,
  helloKey,
  messageKey,
  pressKey,
  privateConversation,
  rootOf,
  sharedConversation,
} from './keys';
import type { Pressed } from './press-data';
import { typedText } from './typed-text';

const MAX_NAME = 60;
const MAX_FILE_NAME = 255;
const MAX_FILES = 20;
const MAX_TICKET_TEXT = 4_000;

/** Who did something, where, and which conversation of ours that is. */
export interface Arrival {
  deed: Deed;
  tenant: string;
  address: TeamsAddress;
  /** What every Incoming from there has in common. */
  base: Pick<Incoming, 'platform' | 'conversation' | 'person' | 'at' | 'address' | 'shared'>;
  /** The same person's conversation alone with the bot. */
  own: string;
  mask: PlatformParts['mask'];
}

export interface ArrivalParts extends Pick<PlatformParts, 'mask' | 'clock'> {
  /** A local emulator's people are in no directory. */
  anonymous: boolean;
}

export function arrivalOf(deed: Deed, tenant: string, { mask, clock, anonymous }: ArrivalParts): Arrival {
  const address = addressOf(deed, tenant);
  const user = userKey(deed.from);
  const own = privateConversation(tenant, user);
  const person: Person = {
    id: user,
    name:
      mask(deed.from.name ?? '')
        .text.replace(/\s+/g, ' ')
        .trim()
        .slice(0, MAX_NAME) || 'Somebody',
    // Somebody without a directory entry joined from outside; the rest the directory tells when it is asked.
    member: (Boolean(deed.from.aadObjectId) || anonymous) && !isFromElsewhere(deed, tenant),
  };
  const isShared = address.scope !== 'personal';
  const chat = chatOf(deed.conversation.id);
  return {
    deed,
    tenant,
    address,
    own,
    mask,
    base: {
      platform: 'teams',
      conversation: isShared ? sharedConversation(tenant, chat, rootOf(deed.conversation.id), user) : own,
      person,
      at: clock.now(),
      address,
      ...(isShared
        ? { shared: { conversation: own, address: alone(address), outsiders: hasOutsiders(deed, tenant) } }
        : {}),
    },
  };
}

const isFromElsewhere = ({ from }: Deed, tenant: string): boolean => Boolean(from.tenantId) && from.tenantId !== tenant;
const hasOutsiders = (deed: Deed, tenant: string): boolean =>
  deed.channelData?.channel?.type === 'shared' || isFromElsewhere(deed, tenant);

export function toMessage(message: Message, { base, mask }: Arrival): IncomingMessage {
  const { text, kinds } = mask(typedText(message));
  const key = messageKey(message.conversation.id, message.id);
  const files = fileNamesOf(message.attachments)
    .slice(0, MAX_FILES)
    .map((name) => mask(name).text.slice(0, MAX_FILE_NAME));
  // Nothing but the bot's name is a greeting.
  if (!text && files.length === 0 && base.shared) return { ...base, key, kind: 'press', press: 'hello' };
  if (!text && files.length > 0) return { ...base, key, kind: 'file', name: files.join(', ').slice(0, MAX_FILE_NAME) };
  return { ...base, key, kind: 'text', text, secrets: kinds, ...(files.length > 0 ? { files } : {}) };
}

/** What somebody wrote below a ticket's card, changed there, or took back. Null where nothing is said. */
export function toWordBelowCard(
  what: 'new' | 'changed' | 'gone',
  message: Message,
  { ticket, destination, id }: CardRef & { id: string },
  { base, mask }: Arrival,
): IncomingAction | null {
  const { text, kinds } = mask(what === 'gone' ? '' : typedText(message).slice(0, MAX_TICKET_TEXT));
  const files = fileNamesOf(message.attachments)
    .slice(0, MAX_FILES)
    .map((name) => mask(name).text.slice(0, MAX_FILE_NAME));
  if (what !== 'gone' && !text && files.length === 0) return null;
  const of = messageKey(message.conversation.id, message.id);
  const keys = {
    new: { key: of },
    changed: { key: editKey(of, message.timestamp ?? '', text), again: { what: 'changed' as const, of } },
    gone: { key: deleteKey(of), again: { what: 'gone' as const, of } },
  }[what];
  return {
    ...base,
    ...keys,
    kind: 'ticket_action',
    ticket,
    ...wordsBelowCard(text),
    secrets: kinds,
    ...(files.length > 0 ? { files } : {}),
    fromThread: true,
    card: { destination, id },
  };
}

export function toEdit(message: Message, { base, mask }: Arrival): IncomingMessage {
  const { text, kinds } = mask(typedText(message));
  const of = messageKey(message.conversation.id, message.id);
  return { ...base, key: editKey(of, message.timestamp ?? '', text), kind: 'edit', of, text, secrets: kinds };
}

export function toDelete(deed: Deed, { base }: Arrival): IncomingMessage {
  const of = messageKey(deed.conversation.id, deed.id);
  return { ...base, key: deleteKey(of), kind: 'delete', of };
}

/** The first greeting; its key is the person's, so that it is said once for ever. */
export function toHello({ base, tenant, deed }: Arrival): IncomingMessage {
  return { ...base, key: helloKey(tenant, userKey(deed.from)), kind: 'press', press: 'first_contact' };
}

/** @param card the message that carries the button */
export function toPress(
  { press, turn, conversation }: Extract<Pressed, { kind: 'chat' }>,
  card: string,
  { base, deed }: Arrival,
): IncomingMessage {
  // A button without a turn may be pressed again another day; then only the press itself tells one from the next.
  const key = turn === null ? messageKey(deed.conversation.id, deed.id) : pressKey(card, conversation, turn, press);
  return { ...base, key, kind: 'press', press, ...(turn === null ? {} : { turn }) };
}

/** @param card where the card of the ticket stands */
export function toAction(
  { ticket, action, version, text: typed, choice }: Extract<Pressed, { kind: 'ticket' }>,
  card: { destination: string; id: string },
  { base, deed, mask }: Arrival,
): IncomingAction {
  const { text, kinds } = mask(typed.slice(0, MAX_TICKET_TEXT));
  const key =
    version === null
      ? messageKey(deed.conversation.id, deed.id)
      : actionKey(card.id, base.person.id, ticket, version, choice ? `${action}=${choice}` : action, text);
  return {
    ...base,
    key,
    kind: 'ticket_action',
    ticket,
    action,
    ...(choice ? { choice } : {}),
    text,
    secrets: kinds,
    card,
  };
}
