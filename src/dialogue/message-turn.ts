import { type Conversation, conversationSchema, newConversation } from '../core/conversation';
import {
  type Incoming,
  type IncomingMessage,
  incomingMessageSchema,
  type Person,
  type Reply,
  ticketTextLimit,
} from '../core/message';
import { stepName } from '../core/navigate';
import { type ChatLine, type Outgoing, type TurnCommit, wordSubject } from '../core/ports';
import type { SecretKind } from '../core/secrets';
import { isClosed, type Ticket, ticketNumber } from '../core/ticket';
import type { Opening } from '../core/ticket-course';
import type { TurnFacts } from '../core/turn-facts';
import { below } from './below-cards';
import { deskTurn } from './desk-turn';
import type { Outcome } from './draft';
import { withExport } from './export';
import { onKnownSteps } from './known-steps';
import { withinLimit } from './request-limit';
import { respond, type TurnInput } from './respond';
import { personOf, type TurnParts } from './turn-parts';
import { phrase } from './wording';

type Kind<K extends IncomingMessage['kind']> = Extract<IncomingMessage, { kind: K }>;
/** What can be answered: everything but a message that was taken back. */
type Answerable = Exclude<IncomingMessage, { kind: 'delete' }>;

/**
 * One message from the inbox to the commit. Returns what was recorded along with it and is to be handled next: a
 * conversation that began among others goes on in private.
 */
export async function messageTurn(parts: TurnParts, incoming: IncomingMessage): Promise<Incoming | null> {
  if (incoming.kind === 'delete') {
    const { key, of } = incoming;
    // The words vanish wherever we hold them; nothing is said about it.
    await parts.store.forget({ key, of, at: parts.clock.now() });
    return null;
  }
  if (await deskTurn(parts, incoming)) return null;
  const { conversation: stored, version } = await parts.store.loadConversation(incoming.conversation);
  const started = startingPoint(stored, incoming);
  const before = started && onKnownSteps(parts.content(), started);
  const isLateGreeting = incoming.kind === 'press' && incoming.press === 'first_contact' && stored.turn > 0;
  if (!before && incoming.kind === 'edit' && (await changedLater(parts, incoming, stored, version))) return null;
  if (!before || isLateGreeting) {
    // An older message was changed, or somebody who talks with us already opened the chat: nothing to say to that.
    await parts.store.finish(incoming.key);
    return null;
  }
  const person = await personOf(parts, incoming);
  const isOutside = incoming.shared !== undefined && (incoming.shared.outsiders || !person.member);
  if (isOutside) return commitAside(parts, incoming, stored, version, 'message-privately', null);
  if (incoming.shared && (await wentOnInPrivate(parts, incoming, stored))) {
    const next = movedTo(incoming.shared, incoming, newConversation(), person);
    return commitAside(parts, incoming, stored, version, 'continue-privately', next);
  }
  let outcome = await withinLimit(parts, incoming.conversation, await answer(parts, before, incoming, person));
  if (incoming.shared && isPersonal(outcome)) {
    const next = movedTo(incoming.shared, incoming, before, person);
    return commitAside(parts, incoming, stored, version, 'continue-privately', next);
  }
  if (outcome.exports) outcome = await withExport(parts, person, outcome);
  const { open, change } = outcome;
  const at = parts.clock.now();
  if (outcome.forget) {
    await parts.store.forgetPerson(person.id, at, forgetting(parts, incoming, version, outcome));
    return null;
  }
  const opening = open && (await parts.course.opening(open.role, open.details, at));
  const steered = change && (await parts.course.after(change.ticket, change, at));
  const conversation = { ...outcome.conversation, lastText: lastTextOf(incoming, before, outcome) };
  await parts.store.commitTurn({
    ...commitBase(parts, incoming, version),
    conversation,
    said: saidBy(incoming, stored.buttons),
    replies: (_turn, opened) =>
      [...outcome.replies, ...outlook(parts, opened, opening)].map((reply) => ({
        from: 'bot',
        reply: withTicket(reply, opened),
      })),
    replaces: replaces(incoming, stored),
    open: open && {
      ...open,
      ...(opening ? { state: opening.state, next: opening.next, tier: opening.tier } : {}),
      ...(opening?.flood ? { flood: opening.flood } : {}),
    },
    change: change && { actor: person, ...change, ...(steered ? { set: steered.set } : {}) },
    destinations: opening?.places ?? [],
    facts: factsOf(incoming, before, outcome),
    also: (ticket) => (ticket && change ? relayed(parts, incoming, person, ticket, change) : []),
  });
  return null;
}

/** Nothing but the answer is left; the turns are counted on, so that buttons of before stay dead. */
function forgetting(
  parts: TurnParts,
  incoming: Answerable,
  version: number,
  { conversation, replies }: Outcome,
): TurnCommit {
  const { turn, buttons, lastAt } = conversation;
  return {
    ...commitBase(parts, incoming, version),
    conversation: { ...newConversation(), turn, buttons, lastAt },
    said: null,
    replies: () => replies.map((reply) => ({ from: 'bot', reply })),
    replaces: true,
    open: null,
    change: null,
    destinations: [],
  };
}

/** What the person adds to a request stands below its cards. */
function relayed(
  parts: TurnParts,
  incoming: Answerable,
  { name }: Person,
  ticket: Ticket,
  { action, text }: NonNullable<Outcome['change']>,
): Outgoing[] {
  if (action !== 'user_message' || text === null) return [];
  const files = incoming.kind === 'text' ? (incoming.files ?? []) : [];
  return below(parts.organization(), ticket, {
    word: incoming.kind === 'edit' ? incoming.of : incoming.key,
    what: incoming.kind === 'edit' ? 'changed' : 'new',
    line: { from: 'person', name, text, files },
  });
}

/** An older message that was passed on is changed: whoever read it reads the new words. False where it never was. */
async function changedLater(
  parts: TurnParts,
  incoming: Kind<'edit'>,
  stored: Conversation,
  version: number,
): Promise<boolean> {
  const { store } = parts;
  for (const id of [...stored.tickets].reverse()) {
    const ticket = await store.ticket(id);
    if (!ticket || isClosed(ticket.state)) continue;
    const shown = await Promise.all(ticket.places.map((place) => store.posts(wordSubject(incoming.of, place))));
    if (shown.every((posts) => posts.length === 0)) continue;
    const person = await personOf(parts, incoming);
    const change = { ticket, action: 'user_message' as const, text: incoming.text.slice(0, ticketTextLimit) };
    const { set } = await parts.course.after(ticket, change, parts.clock.now());
    await store.commitTurn({
      ...commitBase(parts, incoming, version),
      conversation: stored,
      said: saidBy(incoming, stored.buttons),
      replies: () => [],
      open: null,
      change: { actor: person, ...change, set },
      destinations: [],
      also: (changed) => relayed(parts, incoming, person, changed ?? ticket, change),
    });
    return true;
  }
  return false;
}

/** The conversation as it stands before this input; null when the input no longer applies to it. */
function startingPoint(stored: Conversation, incoming: Answerable): Conversation | null {
  if (incoming.kind === 'edit') {
    if (stored.lastText?.key !== incoming.of) return null;
    const { before } = stored.lastText;
    if (before === null) return stored;
    // As if the first wording had never been said – but turns only count up, so that its buttons are dead.
    return { ...conversationSchema.parse(before), turn: stored.turn };
  }
  if (incoming.kind !== 'moved') return stored;
  const state = conversationSchema.parse(incoming.state);
  // A mere question, with no problem on the table there: what is on the table here stays.
  if (!state.position && state.awaiting.kind === 'nothing') return stored;
  const left = stored.position ? [{ position: stored.position, slots: stored.slots, trail: stored.trail }] : [];
  return {
    ...state,
    turn: stored.turn,
    tickets: stored.tickets,
    resolved: stored.resolved,
    earlier: [...stored.earlier, ...left].slice(-12),
  };
}

async function answer(parts: TurnParts, before: Conversation, incoming: Answerable, person: Person): Promise<Outcome> {
  const { store, clock, understander } = parts;
  const content = parts.content();
  const tickets = (await Promise.all(before.tickets.map((id) => store.ticket(id)))).filter((ticket) => ticket !== null);
  const situation = {
    content,
    understander,
    organization: parts.organization(),
    now: clock.now(),
    person,
    platform: incoming.platform,
    tickets,
  };
  const outcome = respond(situation, before, inputOf(incoming));
  if (incoming.kind === 'edit') outcome.replies.unshift(phrase(content, 'message-changed'));
  return outcome;
}

function inputOf(incoming: Answerable): TurnInput {
  switch (incoming.kind) {
    case 'text':
    case 'edit': {
      const files = incoming.kind === 'text' ? (incoming.files?.length ?? 0) : 0;
      return { kind: 'text', text: incoming.text, secrets: incoming.secrets as SecretKind[], files };
    }
    case 'press':
      return { kind: 'press', press: incoming.press, turn: incoming.turn };
    case 'file':
      return { kind: 'file', name: incoming.name };
    case 'moved': {
      const input = incomingMessageSchema.parse(incoming.input);
      if (input.kind === 'delete' || input.kind === 'moved') throw new Error(`${input.kind} cannot be moved`);
      const asked = inputOf(input);
      // Its turn was one of the shared conversation.
      return asked.kind === 'press' ? { kind: 'press', press: asked.press } : asked;
    }
  }
}

/**
 * What began among others went on in private, and is not over there: words that come to the old place and are no new
 * problem ("any news?") belong to it. A conversation that was left has turns and nothing on offer, which no other has.
 */
async function wentOnInPrivate(
  { store, understander }: TurnParts,
  incoming: Answerable,
  stored: Conversation,
): Promise<boolean> {
  const wasLeft = stored.turn > 0 && stored.position === null && stored.buttons.length === 0;
  if (!incoming.shared || incoming.kind !== 'text' || !wasLeft) return false;
  const { conversation: own } = await store.loadConversation(incoming.shared.conversation);
  if (own.position === null && own.tickets.length === 0) return false;
  const { decision, intent } = understander.understand(incoming.text);
  return decision !== 'answer' || (intent.startsWith('act.') && intent !== 'act.start_over');
}

/** What only the person should read: requests to people, and what the bot knows of them. */
const isPersonal = ({ open, change, replies }: Outcome): boolean =>
  open !== null || change !== null || replies.some(({ name }) => personalReplies.has(name));
const personalReplies = new Set(['phrases/about-me', 'phrases/forget-ask', 'phrases/forget-open', 'phrases/export']);

function movedTo(
  { conversation, address }: NonNullable<IncomingMessage['shared']>,
  incoming: Answerable,
  before: Conversation,
  person: Person,
): Kind<'moved'> {
  const { key, platform, at } = incoming;
  return {
    kind: 'moved',
    key: `${key}/moved`,
    platform,
    conversation,
    person,
    at,
    address,
    from: incoming.conversation,
    input: { ...incoming, shared: undefined },
    state: { ...before, lastText: null },
  };
}

/** Says one thing among others, without a word about the matter itself. */
async function commitAside(
  parts: TurnParts,
  incoming: Answerable,
  stored: Conversation,
  version: number,
  say: 'message-privately' | 'continue-privately',
  next: Incoming | null,
): Promise<Incoming | null> {
  await parts.store.commitTurn({
    ...commitBase(parts, incoming, version),
    conversation: { ...newConversation(), turn: stored.turn + 1, lastAt: parts.clock.now() },
    said: null,
    replies: () => [{ from: 'bot', reply: phrase(parts.content(), say) }],
    replaces: replaces(incoming, stored),
    open: null,
    change: null,
    destinations: [],
    ...(next ? { next } : {}),
  });
  return next;
}

const commitBase = (
  parts: TurnParts,
  { key, conversation, platform }: Answerable,
  version: number,
): Pick<TurnCommit, 'key' | 'at' | 'conversationId' | 'platform' | 'expectedVersion'> => ({
  key,
  at: parts.clock.now(),
  conversationId: conversation,
  platform,
  expectedVersion: version,
});

/**
 * A question that was answered by a press gives its place to what follows, so that a chat is no pile of questions. What
 * told people what to do stays where they can read it again. An edit changes the answer to the earlier wording.
 */
function replaces(incoming: Answerable, stored: Conversation): boolean {
  if (incoming.kind === 'edit') return true;
  if (incoming.kind !== 'press') return false;
  const isStale = incoming.turn !== undefined && incoming.turn !== stored.turn;
  return isStale || !['outcome', 'nothing'].includes(stored.awaiting.kind);
}

function lastTextOf(incoming: Answerable, before: Conversation, outcome: Outcome): Conversation['lastText'] {
  if (incoming.kind !== 'text' && incoming.kind !== 'edit') return null;
  const key = incoming.kind === 'edit' ? incoming.of : incoming.key;
  return { key, before: outcome.open || outcome.change ? null : { ...before, lastText: null } };
}

/** What the turn tells about the content; never what was said, but for words that came to nothing. */
function factsOf(incoming: Answerable, before: Conversation, { conversation, notes }: Outcome): TurnFacts {
  return {
    ...notes,
    step: before.position && stepName(before.position),
    next: conversation.position && stepName(conversation.position),
    edited: incoming.kind === 'edit' ? incoming.of : null,
  };
}

/** How the person's part stands in the chat log: a press as the label that was pressed. */
function saidBy(incoming: Answerable, buttons: readonly { id: string; label: string }[]): ChatLine | null {
  switch (incoming.kind) {
    case 'text':
    case 'edit':
      return { from: 'person', text: incoming.text };
    case 'file':
      return { from: 'person', text: `(file: ${incoming.name})` };
    case 'press': {
      const label = buttons.find((button) => button.id === incoming.press)?.label;
      return label === undefined ? null : { from: 'person', text: label };
    }
    case 'moved':
      return null;
  }
}

/** What is to be expected of a new request beyond the usual, told at once. */
function outlook(parts: TurnParts, ticket: Ticket | null, opening: Opening | null): Reply[] {
  if (!ticket || !opening) return [];
  if (ticket.bundle !== null)
    return [phrase(parts.content(), 'ticket-one-of-many', { ticket: ticketNumber(ticket.id) })];
  if (opening.startsAt <= parts.clock.now()) return [];
  const when = timeOfDay(opening.startsAt, parts.organization().timezone);
  return [phrase(parts.content(), 'ticket-starts-later', { when })];
}

/** `Monday, 09:00`; where the company named no time zone, the zone stands with it. */
const timeOfDay = (at: number, timeZone: string | undefined): string =>
  new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: timeZone ?? 'UTC',
    ...(timeZone === undefined ? { timeZoneName: 'short' as const } : {}),
  }).format(at);

/** The number exists only once the ticket is written, so it is put in by the commit. */
function withTicket(reply: Reply, ticket: Ticket | null): Reply {
  if (!ticket || !reply.name.startsWith('phrases/handed-over')) return reply;
  const number = ticketNumber(ticket.id);
  return {
    ...reply,
    say: reply.say.map((words) => words.map((span) => (span.text === '{ticket}' ? { ...span, text: number } : span))),
  };
}
