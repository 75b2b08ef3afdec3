import type { Conversation } from './conversation';
import type { Role } from './escalation';
import type { Incoming, Platform, Reply } from './message';
import type { Ticket, TicketDetails, TicketEvent } from './ticket';
import type { Entities, Understanding } from './understanding';

/** Turns words into an intent, its confidence and the facts said along the way. Deterministic and free of I/O. */
export interface Understander {
  understand(text: string): Understanding;
  /** Facts only; cheaper than `understand`, for answers to questions. */
  entities(text: string): Entities;
  /** Lower-cased, cleaned and spelling-corrected words, for comparing a typed answer with a label. */
  correct(text: string): string;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

/** What a message in a chat log is; `admin` lines are an administrator's words to the employee. */
export type ChatLine =
  | { from: 'person'; text: string }
  | { from: 'bot'; reply: Reply }
  | { from: 'admin'; name: string; text: string };

export interface ChatEntry {
  id: number;
  conversation: string;
  at: number;
  /** The turn that said it; a button of an entry older than the newest turn is stale. */
  turn: number;
  line: ChatLine;
}

/** Something that must leave: shown to the person, or a ping to people who can help. */
export type Outgoing =
  | { kind: 'reply'; platform: Platform; conversation: string; turn: number; line: ChatLine }
  | { kind: 'ping'; destination: string; ticket: number; what: 'opened' | 'updated' };

export interface OutboxRow {
  id: number;
  key: string;
  outgoing: Outgoing;
  state: 'ready' | 'sending' | 'sent' | 'failed';
  attempts: number;
  dueAt: number;
}

export interface NewTicket {
  role: Role;
  details: TicketDetails;
}

/** All that one turn changes, written in one commit or not at all. */
export interface TurnCommit {
  /** Inbox key that is done with this. */
  key: string;
  at: number;
  conversationId: string;
  platform: Platform;
  conversation: Conversation;
  /** Version read at the start; the commit is refused if another turn was faster. */
  expectedVersion: number;
  /** What the person said, for the chat log; null for a press that needs no line. */
  said: ChatLine | null;
  replies: (turn: number, ticket: Ticket | null) => ChatLine[];
  open: NewTicket | null;
  /** A change to an existing ticket, guarded by its version. */
  change: { ticket: Ticket; actor: string; action: string; text: string | null } | null;
  destinations: string[];
}

/** What the bot needs to remember things. One contract, kept by every store (test/contract/store.test.ts). */
export interface Store {
  /** Records what came in. False when the key is known already: it is, or will be, handled. */
  record(incoming: Incoming): Promise<boolean>;
  /** Recorded but not yet handled, oldest first: what a crash left behind. */
  pending(): Promise<Incoming[]>;
  loadConversation(id: string): Promise<{ conversation: Conversation; version: number }>;
  commitTurn(turn: TurnCommit): Promise<{ ticket: Ticket | null }>;
  /** Gives an inbox row up after a turn threw: saves nothing of it but this mark and the apology. */
  failTurn(key: string, conversationId: string, platform: Platform, at: number, apology: ChatLine): Promise<void>;
  /** Marks an inbox row done that changed nothing: a late or repeated action. */
  finish(key: string): Promise<void>;
  ticket(id: number): Promise<Ticket | null>;
  tickets(filter: { closed: boolean; limit: number }): Promise<Ticket[]>;
  history(ticket: number): Promise<TicketEvent[]>;
  chat(conversation: string, after: number): Promise<ChatEntry[]>;
  /** Takes due outbox rows for `owner` until `leaseUntil`. */
  takeOutbox(owner: string, now: number, leaseUntil: number, limit: number): Promise<OutboxRow[]>;
  /** Ends a row this owner holds; false when the lease was lost. */
  finishOutbox(
    id: number,
    owner: string,
    result: { kind: 'sent' } | { kind: 'retry'; dueAt: number; error: string } | { kind: 'failed'; error: string },
  ): Promise<boolean>;
  close(): Promise<void>;
}

/** The way in for every platform. */
export interface Inbox {
  /** Resolves once the message is recorded for good (the platform may be acked then); work goes on by itself. */
  receive(incoming: Incoming): Promise<'recorded' | 'duplicate'>;
}

/** Whether a failed delivery may be tried again; an edge that cannot tell says `temporary`. */
export type Delivery = { kind: 'sent' } | { kind: 'temporary'; error: string } | { kind: 'permanent'; error: string };

/** The way out to a person on one platform. */
export interface PlatformSender {
  send(outgoing: Extract<Outgoing, { kind: 'reply' }>): Promise<Delivery>;
}

/** The way out to people who can help. */
export interface Destination {
  ping(outgoing: Extract<Outgoing, { kind: 'ping' }>): Promise<Delivery>;
}
