import type { Reply } from './message';

/** How an audit judges, and whom it tells. */
export interface AuditOrder {
  now: number;
  /** A step that was due before this was missed. */
  overdueBefore: number;
  /** What was to leave before this should have. */
  stuckBefore: number;
  /** Where a new alarm is told. */
  places: readonly string[];
  say(alarm: Alarm): Reply;
}

export interface RaisedAlarm extends Alarm {
  raisedAt: number;
}

/** What the auditor, or the engine itself, found wrong. */
export interface Alarm {
  /** The same trouble has the same key: it is told once. */
  key: string;
  text: string;
}
