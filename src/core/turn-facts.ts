import type { Decision, RankedIntent } from './understanding';

/** How a turn ended, where it ended something. `solved` is written only when the person said so. */
export const turnOutcomes = ['solved', 'not_solved', 'handed_over', 'taken_back', 'not_understood'] as const;
export type TurnOutcome = (typeof turnOutcomes)[number];

/** Stands at the head of a walk that began a problem; what follows are step names. */
export const walkBegins = '>';

/** What one turn tells about the content, without a word of what was said. */
export interface TurnFacts {
  /** The step it answered, and the one on show after it; null where there was none. */
  step: string | null;
  next: string | null;
  /** The scenario it began, by name. */
  began: string | null;
  /** Steps passed in order, those passed over because their answers were known too; several walks where a problem began anew. */
  walked: string[][];
  /** What the classifier decided; null where it was not asked. */
  decision: Decision | null;
  outcome: TurnOutcome | null;
  /** The person's words, without secrets and without what points to somebody, where they are worth a look. */
  missed: MissedInTurn | null;
  /** The key of the message whose wording this one took the place of. */
  edited: string | null;
}

/** What a turn notes while it is made. */
export type TurnNotes = Omit<TurnFacts, 'step' | 'next' | 'edited'>;

/** Why words are kept for review. */
export const missedReasons = ['not_understood', 'not_solved'] as const;
export type MissedReason = (typeof missedReasons)[number];

export interface MissedInTurn {
  text: string;
  reason: MissedReason;
  /** The step on the table; for `not_solved` the one that did not help. */
  step: string | null;
  candidates: RankedIntent[];
}

/** Words kept for review. */
export interface MissedWords extends MissedInTurn {
  id: number;
  at: number;
  platform: string;
  state: 'new' | 'given' | 'dismissed';
  /** Given to: an intent that exists, or the name of one that is wanted. */
  intent: string | null;
}

/** Turns that are alike, counted. */
export interface TurnCount {
  platform: string;
  step: string | null;
  next: string | null;
  began: string | null;
  walked: string[][];
  decision: Decision | null;
  outcome: TurnOutcome | null;
  /** Nothing came after it: `left` for a day or longer, `open` for less. */
  ended: 'no' | 'left' | 'open';
  turns: number;
}

/** When a ticket of a period was opened, taken and solved. */
export interface TicketTimes {
  id: number;
  platform: string;
  intent: string;
  openedAt: number;
  claimedAt: number | null;
  solvedAt: number | null;
  cancelledAt: number | null;
}

/** So long after the last word of a person somebody counts as gone. */
export const leftAfterMs = 24 * 60 * 60 * 1000;

/** What the store remembers for those who look after the bot. Counted by the database, so that reading stays cheap. */
export interface InsightMemory {
  /** Turns with `from` <= at < `to`, like ones counted together. */
  turnCounts(from: number, to: number, now: number): Promise<TurnCount[]>;
  /** Tickets opened with `from` <= at < `to`. */
  ticketTimes(from: number, to: number): Promise<TicketTimes[]>;
  /** Newest first. */
  missedWords(filter: { state: MissedWords['state']; limit: number }): Promise<MissedWords[]>;
  /** Says what became of words; those that somebody else has judged meanwhile stay as they are. Returns how many were judged. */
  judgeWords(ids: readonly number[], verdict: { intent: string | null; by: string; at: number }): Promise<number>;
}
