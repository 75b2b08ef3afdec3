import type { IncomingAction } from '../../core/message';
import type { CardRef } from '../../core/ports';
import { wordsBelowCard } from '../../core/thread-words';
import { type Arrival, filesOf, personOf } from './arrival';
import { readText } from './incoming-text';
import { deleteKey, editKey, messageKey, type SlackAddress, sharedConversation } from './keys';
import { type Place, personal, placeOf } from './parse';
import type { MentionEvent, MessageEvent, Said } from './payloads';

type Event = MessageEvent['event'] | MentionEvent['event'];

/** What happened to a message, whichever way Slack tells it. */
function deedIn(event: Event): { what: 'new' | 'changed' | 'gone'; message: Said; before?: Said | undefined } | null {
  if ('deleted_ts' in event)
    return event.previous_message
      ? { what: 'gone', message: { ...event.previous_message, ts: event.deleted_ts } }
      : null;
  if (!('message' in event)) return { what: 'edited' in event && event.edited ? 'changed' : 'new', message: event };
  const { message, previous_message: before } = event;
  // A message with answers is not removed but replaced by a note of Slack's.
  if (message.subtype === 'tombstone') return before ? { what: 'gone', message: { ...before, ts: message.ts } } : null;
  // Slack also tells when it has unfolded a link: nothing the person did.
  return message.edited && message.text !== before?.text ? { what: 'changed', message, before } : null;
}

/** The thread that a message stands in; null for one that stands by itself. */
export function threadOf({ event }: MessageEvent | MentionEvent): { channel: string; root: string } | null {
  const deed = deedIn(event);
  const root = deed?.message.thread_ts;
  return root && root !== deed.message.ts ? { channel: event.channel, root } : null;
}

/** What somebody wrote below a ticket's card, changed there, or took back. Null for other bots, and where nothing is said. */
export function ofThread(
  body: MessageEvent | MentionEvent,
  { ticket, destination, id }: CardRef & { id: string },
  arrival: Arrival,
): IncomingAction | null {
  const deed = deedIn(body.event);
  const place = deed && placeOf(body, body.event, deed.message, arrival);
  if (!place || !personal.has(deed.message.subtype)) return null;
  const { text, kinds } = arrival.mask(readText(deed.message.text ?? '', arrival.botUser));
  const files = filesOf(deed.message.files).map((name) => arrival.mask(name).text);
  if (deed.what !== 'gone' && text === '' && files.length === 0) return null;
  const of = messageKey(place.team, place.channel, place.ts);
  return {
    ...inThread(place, id, arrival),
    ...keyed(deed.what, of, deed.message, text),
    kind: 'ticket_action',
    ticket,
    ...wordsBelowCard(deed.what === 'gone' ? '' : text),
    secrets: kinds,
    ...(files.length > 0 ? { files } : {}),
    fromThread: true,
    card: { destination, id },
  };
}

function keyed(what: 'new' | 'changed' | 'gone', of: string, { edited }: Said, text: string) {
  switch (what) {
    case 'new':
      return { key: of };
    case 'changed':
      return { key: editKey(of, edited?.ts ?? '', text), again: { what, of } };
    case 'gone':
      return { key: deleteKey(of), again: { what, of } };
  }
}

function inThread({ team, channel, user, member }: Place, thread: string, arrival: Arrival) {
  const address: SlackAddress = { team, user, channel, thread };
  return {
    platform: 'slack' as const,
    conversation: sharedConversation(team, channel, thread, user),
    person: personOf(team, user, user, member, arrival),
    at: arrival.at,
    address,
  };
}
