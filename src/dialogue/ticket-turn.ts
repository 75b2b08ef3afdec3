import type { PhraseName } from '../core/content';
import type { IncomingAction, Person } from '../core/message';
import { refusalOf, roleOf } from '../core/permissions';
import { ticketSubject } from '../core/ports';
import { type Ticket, ticketNumber } from '../core/ticket';
import { actOnTicket } from './ticket-action';
import { mayAct, personOf, type TurnParts } from './turn-parts';
import { phrase, type Values } from './wording';

/** An administrator's action from the inbox to the commit. What it cannot do, it says to them alone. */
export async function ticketTurn(parts: TurnParts, incoming: IncomingAction): Promise<void> {
  const { store, clock } = parts;
  const person = await personOf(parts, incoming);
  const ticket = await store.ticket(incoming.ticket);
  const [refusal, values] = await refuse(parts, incoming, ticket, person);
  if (!ticket || refusal) return refused(parts, incoming, person, refusal ?? 'unknown-card', values);
  const { conversation, version } = await store.loadConversation(ticket.conversation);
  const outcome = actOnTicket(parts.content(), conversation, ticket, { ...incoming, person });
  if (!outcome) {
    return refused(parts, incoming, person, 'action-too-late', {
      ticket: ticketNumber(ticket.id),
      state: stateOf(ticket),
    });
  }
  const at = clock.now();
  const { action, choice, card } = incoming;
  const { set, words } = await parts.course.after(ticket, { action, choice, place: card?.destination }, at);
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
    change: { ticket, actor: person, action, ...(choice === undefined ? {} : { choice }), text: outcome.text, set },
    destinations: [],
    also: () =>
      words.map(({ place: destination, say, ...word }) => ({
        kind: 'thread',
        destination,
        ticket: ticket.id,
        word: incoming.key,
        what: 'new',
        line: { from: 'bot', say },
        ...word,
      })),
  });
}

/** Who pressed comes from the platform's signature, what they may do from us, at this moment. */
async function refuse(
  parts: TurnParts,
  { action, card, platform, ticket: id }: IncomingAction,
  ticket: Ticket | null,
  person: Person,
): Promise<[name: PhraseName | null, values: Values]> {
  if (!ticket) return ['unknown-card', {}];
  if (card) {
    const posts = await parts.store.posts(ticketSubject(id, card.destination));
    if (!posts.some((post) => post.id === card.id)) return ['unknown-card', {}];
  }
  const role = roleOf(ticket, platform, person, await mayAct(parts, platform, person));
  const values = { ticket: ticketNumber(id), state: stateOf(ticket) };
  return [refusalOf(role, action, ticket.state), values];
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
