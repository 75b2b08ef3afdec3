import { z } from 'zod';
import type { Alarm, AuditOrder, RaisedAlarm } from './alarm';
import type { Conversation } from './conversation';
import type { OnCallOverride } from './duty';
import type { Role } from './escalation';
import type { StoreLevels } from './levels';
import type { Address, Incoming, Person, Platform, Reply } from './message';
import type { Forgotten, KeptFor, PersonalData } from './personal-data';
import type { Ticket, TicketDetails, TicketEvent, TicketState } from './ticket';
import type { InsightMemory, TurnFacts } from './turn-facts';
import type { Entities, Understanding } from './understanding';
import type { WeeklyReport } from './weekly-report';

/** Turns words into an intent, its confidence and the facts said along the way. Deterministic and free of I/O. */
export interface Understander {
  understand(text: string): Understanding;
  /** Facts only; cheaper than `understand`, for answers to questions. */
  entities(text: string): Entities;
  /** Lower-cased, cleaned and spelling-corrected words, for comparing a typed answer with a label. */
  correct(text: string): string;
}

export type { Alarm, AuditOrder, RaisedAlarm };

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

/** Something that must leave. */
export type Outgoing =
  /** What one turn says: shown together, as one message where the platform's limits allow. */
  | {
      kind: 'reply';
      platform: Platform;
      conversation: string;
      turn: number;
      lines: ChatLine[];
      /** It takes the place of the message whose button was pressed, where the platform can change messages. */
      replaces: boolean;
    }
  /** A word to one person alone about something they pressed or asked; part of no conversation. */
  | { kind: 'notice'; platform: Platform; conversation: string; person: Person; address: Address | null; say: Reply }
  /** A ticket's card in one place (`desk`, `slack:<channel or person>`, `teams:<conversation>`): put there, or brought up to date. */
  | { kind: 'ping'; destination: string; ticket: number; what: 'opened' | 'updated' }
  /**
   * Words below a ticket's card: what the employee wrote, a reminder. Where a place has no threads, a message that names
   * the ticket. `word` stays the same when the words are changed or taken back later.
   */
  | {
      kind: 'thread';
      destination: string;
      ticket: number;
      word: string;
      what: 'new' | 'changed' | 'gone';
      line: ThreadLine;
      /** Dropped, just before it leaves, once the ticket is in another state. */
      while?: TicketState;
    }
  /** Something is wrong with the desk itself: a word to the administrators that belongs to no ticket's card. */
  | { kind: 'alarm'; destination: string; key: string; say: Reply }
  /** The report of a week, to one place. */
  | { kind: 'report'; destination: string; report: WeeklyReport };

export type ThreadLine = { from: 'person'; name: string; text: string; files: string[] } | { from: 'bot'; say: Reply };

/** The platform that carries it; for a ping the first word of its destination. */
export const carrierOf = (outgoing: Outgoing): string =>
  'destination' in outgoing ? outgoing.destination.split(':', 1)[0]! : outgoing.platform;

/** A message of the bot on a platform, kept so that it can be changed later. */
export interface Post {
  /** What it shows: `chat:<conversation>`, `ticket:<id>@<destination>` or `word:<word>@<destination>`. */
  subject: string;
  /** The platform's id of the message, unique within its subject. */
  id: string;
  /** What else the platform needs to reach it, and to draw it again. */
  ref: Address;
  /** What is on show: the turn of a chat, the version of a ticket. */
  version: number;
}
export const chatSubject = (conversation: string): string => `chat:${conversation}`;
export const ticketSubject = (ticket: number, destination: string): string => `ticket:${ticket}@${destination}`;

/** The message that is a ticket's card, found by itself: somebody wrote below it. Its `ref` is a `CardRef`. */
export const cardSubject = (platform: string, place: string, message: string): string =>
  `card:${platform}:${place}:${message}`;

/** Of which ticket a message is the card, and of which of its places. */
export const cardRefSchema = z.strictObject({ ticket: z.number().int(), destination: z.string() });
export type CardRef = z.infer<typeof cardRefSchema>;

export const wordSubject = (word: string, destination: string): string => `word:${word}@${destination}`;

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
  /** Without one, the cycle gives it one when it next looks. */
  next?: Ticket['next'];
  /** By default `open`; what the employee has sent to AWS by themselves waits for AWS from the start. */
  state?: Extract<TicketState, 'open' | 'waiting_for_aws'>;
  /** 0 where nobody is called before the hours of the first tier begin; by default 1. */
  tier?: number;
  /** What makes it one of many about the same thing. */
  flood?: FloodRule;
}

/** When tickets count as one and the same trouble of many people. */
export interface FloodRule {
  /** Tickets with the same key may be about the same thing. */
  key: string;
  /** So many within that time are called out one by one; those after them stand behind the first. */
  alone: number;
  withinMs: number;
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
  /** The replies take the place of the last ones. */
  replaces?: boolean;
  /** Recorded in the same commit, to be handled next: a conversation that goes on elsewhere. It waits to be taken. */
  next?: Incoming;
  open: NewTicket | null;
  /** A change to an existing ticket, guarded by its version. */
  change: {
    ticket: Ticket;
    actor: Pick<Person, 'id' | 'name'>;
    action: string;
    choice?: string;
    text: string | null;
    /** What else of the ticket the action changes. */
    set?: TicketChange;
  } | null;
  /** Where the card of a ticket that is opened goes; one that exists is brought up to date wherever it is. */
  destinations: string[];
  /** What else leaves because of it, under keys of this commit. */
  also?: (ticket: Ticket | null) => Outgoing[];
  /** For those who look after the bot; absent where a turn tells nothing about the content. */
  facts?: TurnFacts;
}

/** The parts of a ticket that change beside its state. */
export type TicketChange = Partial<
  Pick<
    Ticket,
    'role' | 'tier' | 'round' | 'asked' | 'next' | 'places' | 'unreached' | 'takenAt' | 'bundle' | 'outcome' | 'seenAt'
  >
>;

/** What happens to a ticket by itself: all of it in one commit. */
export interface Advance {
  /** The state it goes to; its own where that stays. */
  state: TicketState;
  /** Nobody, or somebody else, has it from now on; absent where that stays. */
  owner?: { id: string | null; name: string } | null;
  /** Always with the step after this one, unless it is closed now. */
  set: TicketChange & Pick<Ticket, 'next'>;
  /** A line of the history; null where nothing was done but to mend the next step. */
  history: { actor: string; action: string; text: string | null } | null;
  /** Places that get the card; all others where it is are brought up to date. */
  calls: string[];
  /** Words below the card. */
  words: { place: string; say: Reply; while?: TicketState }[];
  /** What the employee reads. */
  tells: Reply | null;
  alarm: Alarm | null;
}

/** A message that its writer deleted. */
export interface TakingBack {
  /** The inbox row that says so. */
  key: string;
  /** The key of the message as it first came in. */
  of: string;
  at: number;
}

/** Where conversations are on their platforms, and which messages of the bot are still to be kept up to date. */
export interface PlatformMemory {
  /** The newest address of a conversation; null when its platform was never told one. */
  address(conversation: string): Promise<Address | null>;
  saveAddress(conversation: string, address: Address, at: number): Promise<void>;
  /** Posts about a subject that are kept up to date, oldest first. */
  posts(subject: string): Promise<Post[]>;
  /** Adds a post, or what is on show in a known one. */
  savePost(post: Post): Promise<void>;
  /** It is gone, or nothing in it changes any more. */
  dropPost(subject: string, id: string): Promise<void>;
}

/** A process that handles what came in, and until when it counts as alive without another sign. */
export interface Taker {
  owner: string;
  now: number;
  leaseUntil: number;
}

/** What the bot needs to remember things. One contract, kept by every store (test/contract/store.test.ts). */
export interface Store extends PlatformMemory, InsightMemory {
  /** Several processes may work on it at once. */
  readonly shared: boolean;
  /**
   * Records what came in. `known`: its key was recorded before, so it is, or will be, handled. `taken`: it is the taker's
   * to handle now. `waits`: something older of the same conversation is still to be handled first, or there is no taker;
   * `takeInbox` hands it out when it is its turn.
   */
  record(incoming: Incoming, taker?: Taker): Promise<'known' | 'waits' | 'taken'>;
  /**
   * Takes what waits for its turn: of each conversation only the oldest, and only while nobody else handles one of it.
   * What somebody took and did not finish is handed out again when the lease is over.
   * @param evenLeased also what others took: for the start of a process that knows to be alone
   */
  takeInbox(taker: Taker, limit: number, evenLeased?: boolean): Promise<Incoming[]>;
  /** Recorded but not yet handled, oldest first. */
  pending(): Promise<Incoming[]>;
  loadConversation(id: string): Promise<{ conversation: Conversation; version: number }>;
  commitTurn(turn: TurnCommit): Promise<{ ticket: Ticket | null }>;
  /** Gives an inbox row up after a turn threw: saves nothing of it but this mark and the apology. */
  failTurn(key: string, conversationId: string, platform: Platform, at: number, apology: ChatLine): Promise<void>;
  /** Marks an inbox row done that changed nothing, perhaps with a word to whoever asked. */
  finish(key: string, word?: { at: number; outgoing: Extract<Outgoing, { kind: 'notice' }> }): Promise<void>;
  /** What came in under a key, as long as it is kept. */
  incoming(key: string): Promise<Incoming | null>;
  /**
   * Nothing came of it, and whoever asked is told so. The row is given up: the same press, under the same key, counts
   * anew, for what was refused now may be right in a minute.
   */
  refuse(key: string, word: { at: number; outgoing: Extract<Outgoing, { kind: 'notice' }> }): Promise<void>;
  /**
   * The person took a message back: its words, in every wording they gave it, vanish from the inbox, the chat log, what
   * is remembered of the conversation and its open tickets, whose cards are brought up to date. One commit, which also
   * marks the inbox row done that asked for it.
   */
  forget(taking: TakingBack): Promise<void>;
  /** Everything that is kept of a person; `person` is the id that their platform signed. */
  personalData(person: string): Promise<PersonalData>;
  /** Whoever wrote, or asked for somebody, under a name or a part of one, or named this very address. */
  personsNamed(name: string): Promise<Person[]>;
  /**
   * Deletes a person's data wherever it is, but for what belongs to open requests; closed requests stay without name and
   * words. With `turn`, the person asked for it themselves, and its replies are all that is in their conversation then.
   */
  forgetPerson(person: string, at: number, turn?: TurnCommit): Promise<Forgotten>;
  /** Deletes what was last touched before these moments; several may do so at once. @returns how much of each kind */
  sweep(before: KeptFor): Promise<Record<keyof KeptFor, number>>;
  /**
   * Does what is due: takes open tickets whose next step has come, or that have none, asks `decide` about each and
   * commits all that follows together. Others may do the same at once: each ticket is somebody's alone for the time.
   * @param decide told the ticket, and the one it stands behind; null leaves it as it is
   * @returns how many were taken
   */
  advanceTickets(
    now: number,
    limit: number,
    decide: (ticket: Ticket, leader: Ticket | null) => Advance | null,
  ): Promise<number>;
  /** Calls that have not got through since `before`, of whatever reason but that their platform asked to wait, are given up as such. */
  giveUpCalls(before: number): Promise<number>;
  /**
   * Looks whether every open ticket has a next step in time and every card has left or failed; raises alarms, tells of
   * each once, and clears those that are over.
   * @returns what is wrong now
   */
  audit(order: AuditOrder): Promise<RaisedAlarm[]>;
  /** What is wrong and not over yet, oldest first. */
  alarms(): Promise<RaisedAlarm[]>;
  /** How many open tickets stand behind one. */
  followers(ticket: number): Promise<number>;
  ticket(id: number): Promise<Ticket | null>;
  /** Puts the report of a week for one place into the outbox, once for ever; true when this call did so. */
  queueReport(outgoing: Extract<Outgoing, { kind: 'report' }>, at: number): Promise<boolean>;
  /** Newest first; `conversation` narrows them to one person's private chat. */
  tickets(filter: { closed: boolean; limit: number; conversation?: string }): Promise<Ticket[]>;
  history(ticket: number): Promise<TicketEvent[]>;
  chat(conversation: string, after: number): Promise<ChatEntry[]>;
  /**
   * Takes due outbox rows for `owner` until `leaseUntil`: of each conversation and each card only the oldest that has
   * not left, so that nothing overtakes. Platforms in `except` are passed over.
   */
  takeOutbox(
    owner: string,
    now: number,
    leaseUntil: number,
    limit: number,
    except?: readonly string[],
  ): Promise<OutboxRow[]>;
  /** Ends a row this owner holds; false when the lease was lost. */
  finishOutbox(
    id: number,
    owner: string,
    result:
      | { kind: 'sent' }
      | { kind: 'retry'; dueAt: number; error: string; counts?: boolean }
      | { kind: 'failed'; error: string },
  ): Promise<boolean>;
  /** Somebody is on call instead of whom the plan names. */
  addOverride(override: Omit<OnCallOverride, 'id'>): Promise<OnCallOverride>;
  /** Those that hold at some time between the two, oldest first. */
  overrides(from: number, until: number): Promise<OnCallOverride[]>;
  /** False when there is none of that number. */
  removeOverride(id: number): Promise<boolean>;
  /** Gives up the leases of an owner that stops before it could finish, so that nobody waits for them to run out. */
  handBack(owner: string): Promise<void>;
  /** What waits and what is open now. */
  levels(): Promise<StoreLevels>;
  close(): Promise<void>;
}

/** The way in for every platform. */
export interface Inbox {
  /** Resolves once the message is recorded for good (the platform may be acked then); work goes on by itself. */
  receive(incoming: Incoming): Promise<'recorded' | 'duplicate'>;
}

/** Whether a failed delivery may be tried again; an edge that cannot tell says `temporary`. */
export type Delivery =
  | { kind: 'sent' }
  /** `retryAfter`: milliseconds the platform asks us to wait. Such a wait is no failed try. */
  | { kind: 'temporary'; error: string; retryAfter?: number }
  | { kind: 'permanent'; error: string };

/** The way out to a person on one platform. */
export interface PlatformSender {
  /** @param attempt 1 for the first try; later ones may find that an earlier try got through after all */
  send(outgoing: Extract<Outgoing, { kind: 'reply' | 'notice' }>, key: string, attempt: number): Promise<Delivery>;
}

/** What a platform knows of people beyond what a message carried. Asked before a turn, so each answer has a short limit. */
export interface Directory {
  /** Name, and whether the person belongs to the company. Where the platform cannot be asked, the person as given. */
  look(person: Person, address: Address | null): Promise<Person>;
  /** Whether the person may act on tickets. */
  isAdmin(person: Person): Promise<boolean>;
  /** The administrator with this id, as the platform names people in its own pickers; null where it is none. */
  administrator?(id: string): Promise<Person | null>;
}

/** The way out to people who can help. */
export interface Destination {
  /** Says words below a ticket's card, changes them or takes them back. */
  thread?(outgoing: Extract<Outgoing, { kind: 'thread' }>, key: string, attempt: number): Promise<Delivery>;
  /** Says that something is wrong with the desk itself, as a message of its own. */
  alarm?(outgoing: Extract<Outgoing, { kind: 'alarm' }>, key: string, attempt: number): Promise<Delivery>;
  ping(outgoing: Extract<Outgoing, { kind: 'ping' }>, key: string, attempt: number): Promise<Delivery>;
  /** Posts the weekly report. */
  report?(outgoing: Extract<Outgoing, { kind: 'report' }>, key: string, attempt: number): Promise<Delivery>;
}
