import { replyCard } from '../../cards/reply-card';
import { ticketCard } from '../../cards/ticket-card';
import { replyText } from '../../core/message';
import type { ChatEntry } from '../../core/ports';
import { isClosed, type TicketEvent } from '../../core/ticket';
import type { TicketView } from '../../core/ticket-view';
import type { WireEntry, WireTicket } from '../../desk/wire';

export function renderEntry({ id, at, turn, line }: ChatEntry): WireEntry {
  const common = { id, at, turn, from: line.from };
  switch (line.from) {
    case 'bot':
      return { ...common, name: null, text: replyText(line.reply), card: replyCard(line.reply, turn) };
    case 'admin':
      return { ...common, name: line.name, text: line.text, card: null };
    case 'person':
      return { ...common, name: null, text: line.text, card: null };
  }
}

export function renderTicket(view: TicketView): WireTicket {
  return {
    id: view.id,
    number: view.number,
    version: view.version,
    state: view.state,
    stateText: view.stateText,
    closed: isClosed(view.state),
    urgent: view.urgent,
    title: view.title,
    roleText: view.roleText,
    person: view.person.name,
    told: told(view),
    createdAt: view.createdAt,
    updatedAt: view.updatedAt,
    commands: view.guide?.cli ?? [],
    card: ticketCard(view),
    history: view.history.map(({ at, actor, action, text }) => ({ at, actor, what: whatHappened(action), text })),
  };
}

function told({ state, person, claimedBy }: TicketView): string {
  const helper = claimedBy ?? 'Somebody';
  switch (state) {
    case 'open':
      return `${person.name} knows that the request is here and that nobody has taken it yet.`;
    case 'claimed':
      return `${person.name} knows that ${helper} is on it.`;
    case 'waiting_for_user':
      return `${person.name} has the reply and it is their turn to answer.`;
    case 'waiting_for_aws':
      return `${person.name} knows that the answer of AWS is awaited.`;
    case 'resolved':
      return `${person.name} knows that this is resolved.`;
    case 'cancelled':
      return `${person.name} has taken the request back.`;
  }
}

const happened: Record<string, string> = {
  opened: 'opened the ticket',
  claim: 'claimed it',
  reply: 'replied',
  note: 'left a note',
  resolve: 'resolved it',
  not_mine: 'gave it back',
  user_message: 'wrote',
  cancelled: 'took the request back',
};
const whatHappened = (action: TicketEvent['action']): string => happened[action] ?? action.replaceAll('_', ' ');
