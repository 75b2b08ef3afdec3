import type { HomeView } from './home-view';
import type { Person } from './message';
import type { Clock, Destination, Directory, Inbox, PlatformMemory, PlatformSender } from './ports';
import type { TicketView } from './ticket-view';

/** Words a platform says by itself, from `intents/phrases`: about presses that cannot reach a conversation. */
export interface PlatformWords {
  /** Somebody pressed a button that was shown to somebody else. */
  notYourButton: string;
  /** The card is a copy, or one the bot does not know. */
  unknownCard: string;
  /** Stands in place of a message whose buttons are dead. */
  closed: string;
  /** Said in a channel when the answer went to the person alone. */
  answeredPrivately: string;
  /** Headings of the home view. */
  home: { mine: string; none: string; queue: string; empty: string };
}

export interface PlatformLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Counts what a platform refused or ignored; metrics stand behind it. */
export type CountRefused = (platform: string, reason: string) => void;

/** What a chat platform is given to work with. */
export interface PlatformParts {
  inbox: Inbox;
  memory: PlatformMemory;
  reader: {
    /** @param place where it is to be shown; a confidential one has no detail where others read along */
    ticketView(id: number, place: string): Promise<TicketView | null>;
    /** @param conversation the person's private conversation with the bot */
    home(person: Person, conversation: string, isAdmin: boolean): Promise<HomeView>;
  };
  words: PlatformWords;
  clock: Clock;
  /** Takes secrets out of a text before anything keeps it. */
  mask: (text: string) => { text: string; kinds: string[] };
  /** Ids of people and places that may act on tickets (`admins` of the organisation file); null where none are named. */
  admins: readonly string[] | null;
  log: PlatformLog;
  refused: CountRefused;
}

/** A chat platform as the rest of the bot sees it. The HTTP router it may bring along is its own affair. */
export interface ChatPlatform {
  sender: PlatformSender;
  /** Carries `ping`s whose destination begins with this platform's name and a colon. */
  destination: Destination;
  directory: Directory;
  /**
   * Proves the credentials. Throws a CodedError when the platform refuses them; when it cannot be reached, resolves
   * and goes on trying, so that one platform's outage never keeps the other from starting.
   */
  start(): Promise<void>;
  /** Throws while the platform cannot be worked with. */
  health(): Promise<void>;
  /** Takes nothing in any more. */
  stop(): Promise<void>;
}
