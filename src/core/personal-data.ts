import type { Platform } from './message';

/** How long each kind of data is kept after it was last touched, in milliseconds. */
export interface KeptFor {
  /** Conversations: what was said, what the bot remembers of it, and what came in and went out. */
  conversations: number;
  /** Requests, from when they were closed, with their history. */
  requests: number;
  /** Words that were not understood, and what became of them. */
  review: number;
  /** What happened in turns, without words. */
  figures: number;
}
export const keptKinds = ['conversations', 'requests', 'review', 'figures'] as const satisfies (keyof KeptFor)[];

/** Everything that is kept of one person, as `npm run privacy -- export` writes it. Times are ISO 8601. */
export interface PersonalData {
  person: { id: string; names: string[] };
  conversations: {
    id: string;
    platform: Platform | string;
    /** What the bot remembers: kind of user, account, words about the present problem. */
    remembers: { facts: Record<string, string>; words: string[] } | null;
    said: { at: string; from: 'you' | 'bot' | 'administrator'; name?: string; text: string }[];
  }[];
  requests: {
    number: string;
    opened: string;
    state: string;
    about: string;
    facts: Record<string, string>;
    words: string[];
    /** Internal notes of administrators are left out. */
    history: { at: string; by: string; did: string; text: string | null }[];
  }[];
  /** Words kept for review because they were not understood or did not lead to help. */
  review: { at: string; text: string }[];
  /** How many turns are counted in the figures, without words. */
  turns: number;
}

/** Name of the replies that carry an export in the chat. */
export const exportReply = 'phrases/export-part';

/** What a deletion did, and what it had to leave. */
export interface Forgotten {
  conversations: number;
  /** Closed requests that name nobody now. */
  requests: number[];
  /** Requests that are still open; their conversations were left as they are. */
  open: number[];
}
