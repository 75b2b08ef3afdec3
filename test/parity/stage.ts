/**
 * What the behaviours are told in: people, rooms and what they see, without a word of Slack or Teams. Each platform has
 * a stage of its own over its fake, with the whole bot behind it. Types only, so that the page can be generated from
 * the behaviours without a bot.
 */

import type { TicketAction } from '../../src/core/ticket-actions';

export type PlatformName = 'slack' | 'teams';

/** Somebody who uses the platform. Every call that makes one makes somebody new. */
export interface Person {
  readonly name: string;
  /** As tickets know them. */
  readonly id: string;
}

/** A channel or a group chat with the bot in it. */
export interface Room {
  readonly name: string;
  readonly kind: 'channel' | 'group' | 'shared';
}

/** One exchange in a room: the message that mentioned the bot, and what was answered to it. */
export interface Thread {
  readonly room: Room;
  /** The platform's id of its first message. */
  readonly root: string;
}

/** A message that a person wrote. */
export interface Said {
  readonly by: Person;
  /** `private`: in the person's own chat with the bot. */
  readonly place: Thread | 'private';
}

/** One message of the bot as somebody sees it at that moment. */
export interface Shown {
  /** The platform's id of the message. */
  readonly id: string;
  /** Everything a person reads, markup resolved, without the labels of buttons. */
  readonly text: string;
  /** The form that notifications and screen readers use. */
  readonly plain: string;
  /** What can be pressed and reaches the bot, by action id. */
  readonly buttons: readonly { id: string; label: string }[];
  readonly links: readonly { label: string; url: string }[];
  /** It is the card of a ticket. */
  readonly isCard: boolean;
}

/** What came of something that a person did. */
export interface Exchange {
  /** Names of the answers as the content has them: `mfa-lost/which-type`, `phrases/greeting`. Empty: the bot was silent. */
  readonly names: readonly string[];
  /** The newest message of the bot in that place, as it stands now. Throws where there is none. */
  readonly answer: Shown;
  /** Messages of the bot in that place that are new or whose words changed. */
  readonly news: readonly Shown[];
  /** What the person who did it was told alone since, beside the conversation. */
  readonly alone: readonly string[];
  /** What they did, to be done again, edited or deleted. */
  readonly said: Said;
  readonly thread: Thread;
}

/** `check:…` is one button below the identity check. */
export type AdminAction = TicketAction | `check:${string}` | 'approve';

export interface SentFile {
  name: string;
  picture?: boolean;
  text?: string;
}

/** A ticket as the store has it. */
export interface TicketFacts {
  id: number;
  number: string;
  state: string;
  role: string;
  claimedBy: string | null;
  person: string;
  words: readonly string[];
  history: readonly { actor: string; action: string; text: string | null }[];
}

/** How a platform goes wrong. */
export type TroubleKind =
  /** Every call is answered 503. */
  | 'unavailable'
  /** Connections are cut before anything was done. */
  | 'cut'
  /** The next message is taken, and the connection cut before the answer. */
  | 'lost answer'
  /** 429 with a wait of one second, where a message is to go. */
  | 'throttled'
  /** 429 without saying how long. */
  | 'throttled without a time'
  /** The person can no longer be written to. */
  | 'blocked by the person'
  /** The bot's older messages are gone and cannot be changed. */
  | 'messages gone'
  /** Nobody can be looked up. */
  | 'directory'
  /** Calls are taken and never answered. */
  | 'silent'
  /** The credentials are refused. */
  | 'credentials';

export interface Trouble {
  /** How many calls it has met so far. */
  readonly met: number;
  /** It is over; what waited may go on at once. */
  lift(): Promise<void>;
}

/** A request that is not what it says. */
export type Forgery =
  | 'unsigned'
  | 'another key'
  | 'changed on the way'
  | 'too old'
  | 'from the future'
  | 'for another app'
  | 'no algorithm'
  | 'another algorithm'
  | 'unknown key'
  | 'other company'
  | 'empty object'
  | 'cut short'
  | 'no JSON'
  | 'very large'
  | 'very deep'
  | 'unknown event'
  | 'unknown button'
  | 'ticket that is not';

export interface HttpAnswer {
  status: number;
  body: string;
}

/** What can be held back in the bot, to see it crash in the middle. */
export type Moment =
  /** The message is recorded, its turn not committed. */
  | 'before the commit'
  /** The turn is committed, nothing has left. */
  | 'before sending'
  /** The platform has the message, the bot does not know it yet. */
  | 'after sending';

/** The page a person opens without asking anything. */
export interface Home {
  text: string;
  buttons: readonly { id: string; label: string }[];
}

/** One platform with people on it, and the whole bot behind it. */
export interface Stage {
  readonly platform: PlatformName;

  // Who and where ---------------------------------------------------------------------------------------------------
  employee(name?: string): Person;
  /** A guest of the company's own workspace or directory. */
  guest(name?: string): Person;
  /** The least a person can be there: a guest of one channel, or somebody who did not sign in. */
  barelyKnown(name?: string): Person;
  /** Somebody of another company, in rooms that are shared with it. */
  outsider(name?: string): Person;
  /** Somebody in the administrators' channel. */
  admin(name?: string): Person;
  /** An administrator whom the organisation file names in person, and who is not in the channel. */
  adminByName(name?: string): Person;
  /** A guest in the administrators' channel. */
  guestAmongAdmins(name?: string): Person;
  /** Somebody in the administrators' channel who is none: from here on the organisation file names others in person. */
  visitorAmongAdmins(name?: string): Person;
  /** An administrator through a group of people that the organisation file names. */
  adminByGroup(name?: string): Person;
  room(...members: Person[]): Room;
  /** A chat of several people without a channel. */
  group(...members: Person[]): Room;
  /** The administrators' channel of this behaviour. */
  adminsPlace(): Room;
  /** A channel shared with another company. */
  sharedRoom(...members: Person[]): Room;

  // What people do; each resolves when the bot has done all it does about it ------------------------------------------
  /** Opens the bot for the first time. */
  opens(person: Person): Promise<Exchange>;
  /** Adds the bot to a room, or somebody to a room with the bot. */
  addsTo(room: Room, person: Person): Promise<void>;
  says(person: Person, text: string): Promise<Exchange>;
  /** Writes in a room, or in a thread, without naming the bot. */
  chats(person: Person, where: Room | Thread, text: string): Promise<Exchange>;
  mentions(person: Person, where: Room | Thread, text: string): Promise<Exchange>;
  /** A mention that the platform tells of in two ways. */
  mentionsHeardTwice(person: Person, where: Room, text: string): Promise<Exchange>;
  sendsFile(person: Person, file: SentFile, where?: Room): Promise<Exchange>;
  edits(said: Said, text: string): Promise<Exchange>;
  deletes(said: Said): Promise<Exchange>;
  /** The platform changes the message by itself, for a preview say; nobody edited. */
  touches(said: Said): Promise<Exchange>;
  /** Presses a button, on the message given or on the newest one of their private chat. */
  presses(person: Person, action: string, on?: Shown): Promise<Exchange>;
  /** Presses on what stood there once, from a screen that is behind. */
  pressesOld(person: Person, action: string, on: Shown): Promise<Exchange>;
  /** Presses a button of the conversation that nobody ever offered, as a client gone mad would. */
  pressesMadeUp(person: Person, action: string): Promise<Exchange>;
  /** A double click: twice at the same time, on what is seen. */
  pressesTwice(person: Person, action: string, on?: Shown): Promise<Exchange>;
  /** The platform delivers the same thing once more. */
  repeated(exchange: { said: Said }): Promise<Exchange>;
  /** The platform delivers the same click once more under a new id. */
  repeatedAnew(exchange: Exchange): Promise<Exchange>;
  /** Says something and waits for the receipt alone. */
  receipt(person: Person, text: string): Promise<{ taken: boolean; said: Said }>;
  /** Acts on a ticket's card. */
  acts(person: Person, action: AdminAction, card: Shown, text?: string, choice?: string): Promise<Exchange>;
  /** Acts on a copy of the card, forwarded to another place. */
  actsOnCopy(person: Person, action: AdminAction, card: Shown): Promise<Exchange>;
  /** Types a command, where the platform has them. */
  command(person: Person, where: Room, words: string): Promise<Exchange>;
  /** Asks for help with a message somebody wrote. */
  helpWith(person: Person, said: Said): Promise<Exchange>;
  opensHome(person: Person): Promise<Home>;
  pressesHome(person: Person, action: string): Promise<Exchange>;

  /** All rows of one table, as they lie in the store. */
  stored(table: string): unknown[];

  // What can be seen ------------------------------------------------------------------------------------------------
  /** Messages of the bot in a private chat, oldest first; cards of tickets are not among them. */
  chat(person: Person): Shown[];
  /** Messages of the bot in a room or in one thread of it. */
  shown(where: Room | Thread): Shown[];
  /** Everything a room shows of anybody. */
  everything(room: Room): string;
  /** Names of the answers in somebody's private conversation, oldest first. */
  namesInPrivate(person: Person): Promise<string[]>;
  /** Everything the store keeps of what was said in private, by anybody. */
  kept(person: Person): Promise<string>;
  /** The same for what they said in rooms. */
  keptInRooms(person: Person): Promise<string>;
  /** Cards in the administrators' channel, oldest first. */
  cards(): Shown[];
  /** A card as this person sees it. */
  cardFor(person: Person, card: Shown): Shown;
  /** An administrator's own steps, opened from the card. */
  stepsOf(admin: Person, card: Shown): Promise<string>;
  /** Tickets of a person, oldest first. */
  tickets(person: Person): Promise<TicketFacts[]>;
  /** Whether people see that the bot is typing. */
  isTyping(person: Person): boolean;
  /** How often the bot spoke to the platform so far: messages, changes, words to one person. */
  spoken(): number;

  // The service and the platform --------------------------------------------------------------------------------------
  readonly bot: BotControls;
  trouble(kind: TroubleKind, where?: Person | Room): Trouble;
  forge(kind: Forgery): Promise<HttpAnswer>;
  /** Lets a message come from the network as the platform sends it; used by several at once. */
  settled(): Promise<void>;
  /** Waits for a condition, looking again whenever something happened. */
  until<T>(condition: () => T | Promise<T>, what: string): Promise<NonNullable<T>>;
}

/** The service behind a stage. */
export interface BotControls {
  stop(): Promise<void>;
  /** Ends as a crash does. */
  kill(): Promise<void>;
  /** Starts again on the same data folder. */
  start(): Promise<void>;
  /** Holds the bot at a moment until `release`. `reached` resolves when it is there. */
  hold(moment: Moment): { reached: Promise<void>; release(): void };
  /** The store fails every record and commit until lifted. */
  storeDown(): { lift(): void };
  /** Moves the bot's clock. */
  advance(milliseconds: number): void;
  /** `/readyz`, as an operator sees it. */
  readiness(): Promise<{ ready: boolean; checks: Record<string, string> }>;
  /** One counter of `/metrics`, summed over the labels given. */
  metric(name: string, labels: Record<string, string>): Promise<number>;
  /** How many inputs were recorded so far. */
  recorded(): Promise<number>;
  /** How many messages wait to leave. */
  waiting(): Promise<number>;
  /** Everything written to the log so far. */
  log(): string;
  /** Lets lines of this level and text pass; others that are errors fail the behaviour. */
  expectErrors(): void;
}

/** Both platforms in one process. */
export interface BothStages {
  slack: Stage;
  teams: Stage;
}
