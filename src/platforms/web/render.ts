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
    seen: view.seen,
    claimedBy: view.claimedBy,
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

/** What the employee has been told: the news that `ticket-action.ts` sent them, and not what the admins know. */
function told({ state, person: { name }, claimedBy, history }: TicketView): string {
  const last = history.findLast(({ before, after, action }) => before !== after || action === 'reply');
  const helper = claimedBy ?? 'somebody';
  switch (state) {
    case 'open':
      return last?.action === 'not_mine'
        ? `${name} knows that this waits for somebody else now.`
        : `${name} knows that the request is here, and waits for somebody to take it.`;
    case 'claimed':
      return last?.action === 'user_message'
        ? `${name} has written back and waits for ${helper}.`
        : `${name} knows that ${helper} is on it.`;
    case 'waiting_for_user':
      return `${name} has the reply, and it is their turn to answer.`;
    case 'waiting_for_aws':
      return `${name} waits until AWS has answered.`;
    case 'resolved':
      return `${name} knows that ${last?.actor ?? helper} marked this as solved, and can say so if still stuck.`;
    case 'cancelled':
      return `${name} took the request back, and nobody is waited for any more.`;
  }
}

const happened: Record<string, string> = {
  opened: 'opened the ticket',
  claim: 'claimed it',
  reply: 'replied',
  note: 'left a note',
  resolve: 'resolved it',
  not_mine: 'gave it back',
  reassign: 'handed it on',
  snooze: 'laid it aside',
  seen: 'looked into it',
  check: 'did a check of identity',
  approve: 'approved as second person',
  reply_changed: 'changed a reply',
  reply_gone: 'took a reply back',
  note_changed: 'changed a note',
  note_gone: 'took a note back',
  user_message: 'wrote',
  cancelled: 'took the request back',
};
const whatHappened = (action: TicketEvent['action']): string => happened[action] ?? action.replaceAll('_', ' ');
