import { byteLength, type Card } from '../../cards/elements';
import { inert, shorten } from '../../cards/inert-text';
import { CARD_LIMIT_BYTES, MESSAGE_LIMIT_BYTES } from '../../cards/limits';
import { type TurnCard, turnCard } from '../../cards/reply-card';
import { ticketCard } from '../../cards/ticket-card';
import { type Line, type Reply, replyText } from '../../core/message';
import type { ChatLine, ThreadLine } from '../../core/ports';
import { isClosed } from '../../core/ticket';
import { writeReassignment } from '../../core/ticket-actions';
import type { TicketView } from '../../core/ticket-view';
import type { Member, OutgoingMessage } from './bot-service';

/** As long as most answers; what a very long one says is on the card. */
const MAX_SUMMARY = 2_000;
const MIN_SUMMARY = 200;
/** Room for what else an activity carries. */
const ENVELOPE_BYTES = 512;
/** Teams takes no more people in a card's `refresh`. */
const MAX_REFRESHED = 60;
/** When Teams finds a message too big that should not be: half of it. */
export const smallerCard = CARD_LIMIT_BYTES / 2;

/**
 * A card and what it says as text, for notifications and clients without cards. Text beside a card would be split off.
 * @param cardBytes its length where it has been measured already
 */
export function cardMessage(card: Card, text: string, cardBytes = byteLength(card)): OutgoingMessage {
  const message = (summary: string, content: object): OutgoingMessage => ({
    type: 'message',
    summary: summary || card.fallbackText,
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
  });
  const words = inert(text).trim();
  const summary = shorten(words, MAX_SUMMARY);
  const isSmall = byteLength(message(summary, {})) + cardBytes + ENVELOPE_BYTES <= MESSAGE_LIMIT_BYTES;
  return message(isSmall ? summary : shorten(words, MIN_SUMMARY), card);
}

/** Whether anything of it can be pressed. */
export const hasButtons = (lines: readonly ChatLine[]): boolean =>
  (lines.findLast((line) => line.from === 'bot')?.reply.buttons.length ?? 0) > 0;

/** What one turn says: one message; several only where one would have to leave words out. */
export function turnMessages(lines: readonly ChatLine[], card: TurnCard): [...OutgoingMessage[], OutgoingMessage] {
  const { live = true, limit = CARD_LIMIT_BYTES } = card;
  const complete = turnCard(lines, { ...card, live, limit: Number.POSITIVE_INFINITY });
  const bytes = byteLength(complete);
  if (bytes <= limit) return [cardMessage(complete, linesText(lines, live), bytes)];
  const part = (some: readonly ChatLine[], isLive: boolean): OutgoingMessage =>
    cardMessage(turnCard(some, { ...card, live: isLive }), linesText(some, isLive));
  return [...lines.slice(0, -1).map((line) => part([line], false)), part(lines.slice(-1), live)];
}

function linesText(lines: readonly ChatLine[], live: boolean): string {
  const buttons = lines.findLast((line) => line.from === 'bot')?.reply.buttons ?? [];
  return [
    ...lines.map(lineText),
    ...(live && buttons.length > 0 ? [buttons.map(({ label }) => `[${label}]`).join(' ')] : []),
  ].join('\n\n');
}

function lineText(line: ChatLine): string {
  switch (line.from) {
    case 'bot':
      return [replyText(line.reply), ...line.reply.links.map(({ label, url }) => `${label}: ${url}`)].join('\n\n');
    case 'admin':
      return `${line.name} (administrator): ${line.text}`;
    case 'person':
      return line.text;
  }
}

/** Words below a ticket's card. @param number names the ticket where nothing else does */
export function wordMessage(
  line: ThreadLine,
  what: 'new' | 'changed' | 'gone',
  number: string | null,
): OutgoingMessage {
  const about: Line = number === null ? [] : [{ text: `${number} · `, bold: true }];
  const reply = (say: Line[]): Reply => ({ name: 'phrases/word', say, buttons: [], links: [] });
  if (line.from === 'bot') {
    const [first = [], ...rest] = line.say.say;
    return turnMessages([{ from: 'bot', reply: reply([[...about, ...first], ...rest]) }], { turn: null })[0]!;
  }
  const name: Line = [...about, { text: `${line.name}: `, bold: true }];
  const files = line.files.length ? [`(files that stay where they were sent: ${line.files.join(', ')})`] : [];
  const text = what === 'gone' ? '(taken back)' : [line.text, ...files].filter(Boolean).join('\n');
  const say = [...name, { text }, ...(what === 'changed' ? [{ text: ' (changed)' }] : [])];
  return turnMessages([{ from: 'bot', reply: reply([say]) }], { turn: null })[0]!;
}

export interface TicketMessage {
  /** Ids of the people whose clients ask for the card anew by themselves. */
  watchers: readonly string[];
  limit?: number;
}

export function ticketMessage(
  view: TicketView,
  { watchers, limit = CARD_LIMIT_BYTES }: TicketMessage,
): OutgoingMessage {
  return cardMessage(watchedTicketCard(view, watchers, limit), ticketText(view));
}

/** Nobody picks from a longer list. */
const MAX_PEOPLE = 20;

/** The ticket with the people of a place among those it can be given to. */
export function withPeople(view: TicketView, members: readonly Member[]): TicketView {
  const people = members
    .flatMap(({ id, name }) => (name ? [{ id, name }] : []))
    .slice(0, MAX_PEOPLE)
    .map(({ id, name }) => ({ value: writeReassignment({ to: 'person', name: id }), label: name }));
  const actions = view.actions.map((action) =>
    action.id === 'reassign' ? { ...action, choices: [...people, ...(action.choices ?? [])] } : action,
  );
  const talk = `Answer this post and mention me: your words go to ${view.person.name}. Begin with “note:” to keep them among you.`;
  return { ...view, actions, ...(members.length > 0 && actions.length > 0 ? { talk } : {}) };
}

/** A ticket's card that stays true on the screens of those who watch it; only where they are few enough for Teams. */
export function watchedTicketCard(view: TicketView, watchers: readonly string[], limit = CARD_LIMIT_BYTES): Card {
  if (watchers.length === 0 || watchers.length > MAX_REFRESHED || isClosed(view.state)) return ticketCard(view, limit);
  const refresh: NonNullable<Card['refresh']> = {
    action: { type: 'Action.Execute', verb: 'refresh', data: { refresh: view.id } },
    userIds: [...watchers],
  };
  const card = { ...ticketCard(view, limit - byteLength(refresh)), refresh };
  return byteLength(card) <= limit ? card : ticketCard(view, limit);
}

const ticketText = ({ number, urgent, title, stateText, person, roleText, words }: TicketView): string =>
  [
    `${number}${urgent ? ' (urgent)' : ''}: ${title}. ${stateText}.`,
    `${person.name} asks for ${roleText}.`,
    ...words.slice(-1).map((said) => `“${shorten(said, 500)}”`),
  ].join(' ');
