import type { Clock, Outgoing, PlatformMemory } from '../core/ports';
import type { TicketView } from '../core/ticket-view';

/** What every destination is given to work with. */
export interface DestinationParts {
  memory: Pick<PlatformMemory, 'posts' | 'savePost'>;
  /**
   * A ticket as it stands now, and the same in plain text; null when it is gone.
   * @param place where it is shown: a confidential ticket has no detail in an open place
   */
  ticket(id: number, place?: string): Promise<TicketInWords | null>;
  clock: Clock;
  /** Takes secrets out of a text. What was recorded has been through it; what leaves the company goes through it again. */
  mask(text: string): { text: string };
}

export interface TicketInWords {
  view: TicketView;
  text: string;
}

export type Ping = Extract<Outgoing, { kind: 'ping' }>;
export type ThreadWords = Extract<Outgoing, { kind: 'thread' }>;

/** What comes after the carrier: `email:<address>`. */
export const idOf = (destination: string): string => destination.slice(destination.indexOf(':') + 1);

// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text in which nothing steers a mail program or a terminal, and no secret stands. */
export const readable = (text: string, mask: DestinationParts['mask']): string =>
  mask(text.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(control, '')).text;

/** The same on a line of its own. */
export const oneLine = (text: string, mask: DestinationParts['mask']): string =>
  readable(text.replace(/\s+/g, ' '), mask).trim();
