import { setTimeout } from 'node:timers/promises';
import type { PhraseName } from '../core/content';
import type { IncomingAction, Person } from '../core/message';
import { refusalOf, roleOf } from '../core/permissions';
import { type TicketChange, ticketSubject } from '../core/ports';
import { type Ticket, ticketNumber } from '../core/ticket';
import { below, type Words } from './below-cards';
import { changedWords } from './changed-words';
import { actOnTicket } from './ticket-action';
import { chosen } from './ticket-choice';
import { mayAct, personOf, type TurnParts } from './turn-parts';
import { phrase, type Values } from './wording';

/** An administrator's action from the inbox to the commit. What it cannot do, it says to them alone. */
export async function ticketTurn(parts: TurnParts, incoming: IncomingAction): Promise<void> {
  const { store } = parts;
  const person = await personOf(parts, incoming);
  const ticket = await store.ticket(incoming.ticket);
  const [refusal, values] = await refuse(parts, incoming, ticket, person);
  // Who only looked need not hear that it does not count.
  if (incoming.action === 'seen' && (!ticket || refusal || ticket.seenAt !== null)) return store.finish(incoming.key);
  if (!ticket || refusal) return refused(parts, incoming, person, refusal ?? 'unknown-card', values);
  if (incoming.again) return changedWords(parts, { ...incoming, again: incoming.again, person }, ticket);
  const picked = await chosen(parts, ticket, incoming, person);
  if ('refusal' in picked) return refused(parts, incoming, person, picked.refusal, picked.values);
  const { conversation, version } = await store.loadConversation(ticket.conversation);
  const outcome = actOnTicket(parts.content(), conversation, ticket, { ...incoming, person }, picked);
  if (!outcome) {
    return refused(parts, incoming, person, 'action-too-late', {
      ticket: ticketNumber(ticket.id),
      state: stateOf(ticket),
    });
  }
  const at = parts.clock.now();
  const { action, card } = incoming;
  const { choice, places = [] } = picked;
  const { set, words } = await parts.course.after(ticket, { action, choice, place: card?.destination }, at);
  const isElsewhere = places.length > 0 ? { places: [...new Set([...(set.places ?? ticket.places), ...places])] } : {};
  const said = wordsOf(incoming, person, outcome.text);
  await store.commitTurn({
    key: incoming.key,
    at,
    conversationId: ticket.conversation,
    platform: ticket.details.platform,
    conversation: outcome.conversation,
    expectedVersion: version,
    said: null,
    replies: () => outcome.lines,
    open: null,
    change: {
      ticket,
      actor: person,
      action,
      ...(choice === undefined ? {} : { choice }),
      text: outcome.text,
      set: { ...seenAt(ticket, at), ...set, ...picked.set, ...isElsewhere },
    },
    destinations: [],
    also: (changed) => [
      ...(said && changed ? below(parts.organization(), changed, said) : []),
      ...words.map(({ place: destination, say, ...word }) => ({
        kind: 'thread' as const,
        destination,
        ticket: ticket.id,
        word: incoming.key,
        what: 'new' as const,
        line: { from: 'bot' as const, say },
        ...word,
      })),
    ],
  });
}

const seenAt = ({ seenAt: before }: Ticket, at: number): TicketChange => (before === null ? { seenAt: at } : {});

/** What an administrator wrote stands below all cards, so that the talk can be read wherever one is. */
function wordsOf(
  { action, key, card, fromThread }: IncomingAction,
  { name }: Person,
  text: string | null,
): Words | null {
  if ((action !== 'reply' && action !== 'note') || text === null) return null;
  const who = action === 'reply' ? `${name} (administrator)` : `${name} (internal note)`;
  return {
    word: key,
    what: 'new',
    line: { from: 'person', name: who, text, files: [] },
    ...(fromThread && card ? { except: card.destination } : {}),
  };
}

/** Who pressed comes from the platform's signature, what they may do from us, at this moment. */
async function refuse(
  parts: TurnParts,
  { action, card, platform, ticket: id }: IncomingAction,
  ticket: Ticket | null,
  person: Person,
): Promise<[name: PhraseName | null, values: Values]> {
  if (!ticket) return ['unknown-card', {}];
  if (card && !(await isOurs(parts, id, card))) return ['unknown-card', {}];
  const role = roleOf(ticket, platform, person, await mayAct(parts, platform, person));
  const values = { ticket: ticketNumber(id), state: stateOf(ticket) };
  return [refusalOf(role, action, ticket.state), values];
}

/** What was pressed the moment it appeared may not be on record yet; what never was is a copy. */
async function isOurs(
  { store }: TurnParts,
  ticket: number,
  card: NonNullable<IncomingAction['card']>,
): Promise<boolean> {
  for (const pause of [0, 200, 600]) {
    if (pause > 0) await setTimeout(pause);
    const posts = await store.posts(ticketSubject(ticket, card.destination));
    if (posts.some(({ id }) => id === card.id)) return true;
  }
  return false;
}

const refused = (
  parts: TurnParts,
  { key, platform, conversation, address }: IncomingAction,
  person: Person,
  name: PhraseName,
  values: Values,
): Promise<void> =>
  parts.store.refuse(key, {
    at: parts.clock.now(),
    outgoing: {
      kind: 'notice',
      platform,
      conversation,
      person,
      address: address ?? null,
      say: phrase(parts.content(), name, values),
    },
  });

function stateOf({ state, claimedBy }: Ticket): string {
  const words = state.replaceAll('_', ' ');
  return claimedBy === null ? words : `${words}, with ${claimedBy}`;
}
