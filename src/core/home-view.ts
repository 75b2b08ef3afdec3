import type { Reply } from './message';
import type { TicketState } from './ticket';

export interface HomeTicket {
  id: number;
  number: string;
  title: string;
  state: TicketState;
  stateText: string;
  urgent: boolean;
  /** Who asked, by name. */
  person: string;
  updatedAt: number;
}

/** What a person finds when they open the bot without asking anything: free of any platform. */
export interface HomeView {
  /** The greeting with the menu of topics as buttons. */
  start: Reply;
  /** Requests of this person, newest first. */
  mine: HomeTicket[];
  /** Tickets that wait for somebody, oldest first; null for people who are no administrators. */
  queue: HomeTicket[] | null;
}
