import type { OnCallOverride } from './duty';

/** Who is on call, as administrators ask for it and change it in chat. */
export interface DutyDesk {
  /** Of every schedule who answers at this moment, and until when that is so. */
  now(): Promise<{ schedule: string; names: string[]; until: number }[]>;
  /** Puts somebody in for somebody else. @returns why it cannot be, in words; null when it is done */
  override(override: Pick<OnCallOverride, 'schedule' | 'person' | 'from' | 'until' | 'by'>): Promise<string | null>;
}

/** Who answers in the days to come, to be drawn as a calendar. */
export interface DutyPlans {
  plans: {
    schedule: string;
    /** In order and without a break; nobody answers where `names` is empty. `by` put somebody in for somebody else. */
    shifts: { from: number; until: number; names: string[]; by: string | null }[];
  }[];
  /** In words, each time in which a route reaches nobody. */
  gaps: string[];
}
