import type { IncomingMessage } from '../../core/message';
import { type Arrival, alone, type Base, filesOf, isMember, nameOf, personOf, teamOf, wordsOrHello } from './arrival';
import { mentions, readText } from './incoming-text';
import {
  deleteKey,
  editKey,
  helloKey,
  messageKey,
  privateConversation,
  type SlackAddress,
  sharedConversation,
  triggerKey,
} from './keys';
import type { HomeOpenedEvent, MentionEvent, MessageEvent, MessageShortcut, Said, SlashCommand } from './payloads';

/** The place of a message, and who wrote it. */
export interface Place {
  team: string;
  channel: string;
  user: string;
  ts: string;
  thread: string | undefined;
  isPrivate: boolean;
  outsiders: boolean;
  member: boolean;
}

/** Subtypes that still are words of a person; all others are Slack's own notes (joins, topics …) or other bots. */
export const personal: ReadonlySet<string | undefined> = new Set([
  undefined,
  'file_share',
  'thread_broadcast',
  'me_message',
]);

/** Null for what is none of our business: our own messages, other bots, joins, talk in channels that does not name us. */
export function ofMessage(body: MessageEvent, arrival: Arrival): IncomingMessage | null {
  const { event } = body;
  if (event.subtype === 'message_changed' && 'message' in event) return ofChange(body, event, arrival);
  if (event.subtype === 'message_deleted' && 'deleted_ts' in event) {
    const before = event.previous_message;
    return before ? ofDeletion(body, event, before, arrival) : null;
  }
  if ('message' in event || 'deleted_ts' in event) return null;
  const place = placeOf(body, event, event, arrival);
  return place && isMeant(place, event, arrival) ? ofWords(place, event, arrival) : null;
}

/**
 * A mention in a channel. Slack tells it again when the message was edited; `edit` is then what changed, for the case
 * that the message itself is known.
 */
export function ofMention(
  body: MentionEvent,
  arrival: Arrival,
): { message: IncomingMessage; edit: IncomingMessage | null } | null {
  const { event } = body;
  const place = placeOf(body, event, event, arrival);
  if (!place || !personal.has(event.subtype)) return null;
  const edit = event.edited ? editOf(place, event, event.edited.ts, arrival) : null;
  return { message: ofWords(place, event, arrival), edit };
}

export function ofHomeOpened({ event, ...body }: HomeOpenedEvent, arrival: Arrival): IncomingMessage {
  const team = teamOf(body, arrival);
  return {
    ...alone({ team, user: event.user, channel: event.channel }, event.user, arrival),
    key: helloKey(team, event.user),
    kind: 'press',
    press: 'first_contact',
  };
}

/** @param direct the direct channel with the bot, if it was typed there */
export function ofCommand(body: SlashCommand, direct: string | null, arrival: Arrival): IncomingMessage {
  const { user_id: user, user_name: name = user } = body;
  const team = teamOf(body, arrival);
  const base = {
    ...alone({ team, user, ...(direct ? { channel: direct } : {}) }, name, arrival),
    key: triggerKey(team, body.trigger_id),
  };
  return wordsOrHello(base, body.text, [], arrival);
}

/** “Help with this”: the message's words become the words of whoever pressed it, in private. */
export function ofShortcut(body: MessageShortcut, team: string, arrival: Arrival): IncomingMessage {
  const { user, message, trigger_id } = body;
  const base = { ...alone({ team, user: user.id }, nameOf(user), arrival), key: triggerKey(team, trigger_id) };
  return wordsOrHello(base, message.text ?? '', filesOf(message.files), arrival);
}

function ofChange(
  body: MessageEvent,
  event: Extract<MessageEvent['event'], { subtype: 'message_changed' }>,
  arrival: Arrival,
): IncomingMessage | null {
  const { message: after, previous_message: before } = event;
  // A message with answers in its thread is not removed but replaced by a note of Slack's.
  if (after.subtype === 'tombstone')
    return before ? ofDeletion(body, { ...event, deleted_ts: after.ts }, before, arrival) : null;
  const place = placeOf(body, event, after, arrival);
  // Slack also tells when it has unfolded a link or somebody answered in the thread: nothing the person did.
  if (!place || !after.edited || after.text === before?.text) return null;
  const wasMeant = isMeant(place, after, arrival) || (before !== undefined && isMeant(place, before, arrival));
  return wasMeant ? editOf(place, after, after.edited.ts, arrival) : null;
}

function ofDeletion(
  body: MessageEvent,
  event: { channel: string; channel_type?: string | undefined; deleted_ts: string },
  before: Said,
  arrival: Arrival,
): IncomingMessage | null {
  const place = placeOf(body, event, { ...before, ts: event.deleted_ts }, arrival);
  if (!place || !isMeant(place, before, arrival)) return null;
  const of = messageKey(place.team, place.channel, place.ts);
  return { ...inPlace(place, arrival), key: deleteKey(of), kind: 'delete', of };
}

function editOf(place: Place, message: Said, editedAt: string, arrival: Arrival): IncomingMessage {
  const of = messageKey(place.team, place.channel, place.ts);
  const masked = arrival.mask(readText(message.text ?? '', arrival.botUser));
  return {
    ...inPlace(place, arrival),
    key: editKey(of, editedAt, masked.text),
    kind: 'edit',
    of,
    text: masked.text,
    secrets: masked.kinds,
  };
}

function ofWords(place: Place, message: Said, arrival: Arrival): IncomingMessage {
  const base = { ...inPlace(place, arrival), key: messageKey(place.team, place.channel, place.ts) };
  return wordsOrHello(base, message.text ?? '', filesOf(message.files), arrival);
}

function inPlace(place: Place, arrival: Arrival): Omit<Base, 'key'> {
  const { team, channel, user, ts, thread, isPrivate, outsiders, member } = place;
  const person = personOf(team, user, user, member, arrival);
  const base = { platform: 'slack' as const, person, at: arrival.at };
  const own = privateConversation(team, user);
  if (isPrivate) {
    const address: SlackAddress = { team, user, channel, ...(thread ? { thread } : {}) };
    return { ...base, conversation: own, address };
  }
  const root = thread ?? ts;
  const address: SlackAddress = { team, user, channel, thread: root, outsiders };
  return {
    ...base,
    conversation: sharedConversation(team, channel, root, user),
    address,
    shared: { conversation: own, address: { team, user }, outsiders },
  };
}

export function placeOf(
  body: Pick<MessageEvent, 'team_id' | 'authorizations' | 'is_ext_shared_channel'>,
  { channel, channel_type }: { channel: string; channel_type?: string | undefined },
  message: Said,
  arrival: Arrival,
): Place | null {
  const { user, bot_id, ts, thread_ts, user_team } = message;
  if (!user || bot_id || user === arrival.botUser || user === 'USLACKBOT') return null;
  const team = teamOf(body, arrival);
  return {
    team,
    channel,
    user,
    ts,
    thread: thread_ts,
    isPrivate: channel_type ? channel_type === 'im' : channel.startsWith('D'),
    outsiders: body.is_ext_shared_channel ?? false,
    member: isMember(user_team, team),
  };
}

const isMeant = (place: Place, message: Said, { botUser }: Arrival): boolean =>
  personal.has(message.subtype) && (place.isPrivate || mentions(message.text ?? '', botUser));
