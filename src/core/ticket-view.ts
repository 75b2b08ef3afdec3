import type { Role } from './escalation';
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
  note: ' (internal note)',
  resolve: ' (resolved)',
};
