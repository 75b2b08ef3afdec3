import type { Role } from './escalation';
import type { CheckId } from './identity-check';
import type { Line, ShownLink } from './message';
import type { TicketEvent, TicketState } from './ticket';
import type { TicketAction } from './ticket-actions';

/** What an administrator reads about a ticket: the ping, free of any platform. Words of the employee are plain text in it. */
export interface TicketView {
  id: number;
  /** The number people say: `D-1042`. */
  number: string;
  version: number;
  state: TicketState;
  /** Plain words for the state: "open", "taken by Grace" … */
  stateText: string;
  claimedBy: string | null;
  /** An administrator has looked into it. */
  seen: boolean;
  urgent: boolean;
  /** Title of the scenario. */
  title: string;
  role: Role;
  /** "an administrator of the AWS account" … */
  roleText: string;
  person: { name: string; id: string; platform: string };
  /** What the bot did not check about the person; always shown. */
  notVerified: string;
  /** Label and value: account type, account, device, error text … only what is known. */
  facts: { label: string; value: string }[];
  /** The employee's own words, masked, oldest first. */
  words: string[];
  /** Steps already tried, in words. */
  tried: string[];
  /** Why it came here. */
  rule: { id: string; user: string; reason: string; source: string } | null;
  /** The check of identity that comes before anything is changed. */
  verify: string;
  /** The single checks: who has done which, never what came of it. */
  checks: { id: CheckId; label: string; by: string | null }[];
  /** Null where one person is enough. `by` are administrators who approved. */
  approval: { label: string; by: string[] } | null;
  /** What makes this request look unlike others, in words; a reason to look twice. */
  risks: string[];
  /** How to talk with the employee without a form, where the card stands; set by whoever shows it. */
  talk?: string;
  /** How long it waits, and who is next if nobody acts. */
  waits: string[];
  /** A suspected compromise: only places that are meant for it show more than its number. */
  restricted: boolean;
  /** Whether it may be shown where this view goes; see `withoutDetail`. */
  detail: boolean;
  /** The administrator's own steps. */
  guide: {
    title: string;
    console: Line[];
    cli: string[];
    permissions: string[];
    mind: Line[];
    links: ShownLink[];
  } | null;
  /** Action ids that are possible now. */
  actions: {
    id: TicketAction;
    label: string;
    /** What may be picked along with it, most usual first; absent where there is nothing to pick. */
    choices?: { value: string; label: string }[];
  }[];
  createdAt: number;
  updatedAt: number;
  history: TicketEvent[];
}

/** What was written since the ticket was opened, oldest first, each with whose words they are. Notes are for administrators. */
export const writtenSince = ({ history }: Pick<TicketView, 'history'>): string[] =>
  history.flatMap(({ actor, action, text }) => {
    const told = toldAs[action];
    return told !== undefined && text ? [`${actor}${told}: ${text}`] : [];
  });

const toldAs: Record<string, string> = {
  user_message: '',
  reply: ' (reply)',
  reply_changed: ' (reply, changed)',
  note: ' (internal note)',
  note_changed: ' (internal note, changed)',
  reassign: ' (reassigned)',
  resolve: ' (resolved)',
};

/** Without the name of whoever asked. */
function publicState({ state, stateText, claimedBy }: TicketView): string {
  if (state === 'waiting_for_user') return `Waiting for an answer (taken by ${claimedBy ?? 'somebody'})`;
  return state === 'cancelled' ? 'Taken back' : stateText;
}

/** The same ticket for a place where others read along: nothing in it that such a ticket is about. */
export const withoutDetail = (view: TicketView): TicketView => ({
  ...view,
  detail: false,
  title: 'Urgent, and confidential',
  stateText: publicState(view),
  waits: view.waits.slice(0, 1),
  person: { name: 'Somebody', id: '', platform: '' },
  notVerified: '',
  facts: [],
  words: [],
  tried: [],
  rule: null,
  verify: '',
  checks: [],
  approval: null,
  risks: [],
  guide: null,
  history: [],
});
