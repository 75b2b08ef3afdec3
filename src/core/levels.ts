/** How much waits and how much is open, for whoever watches the service. Counts of things, never a word of them. */
export interface StoreLevels {
  inbox: { waiting: number; oldestAt: number | null };
  /** By platform: all that has not left, when the first of it was due, and how much of it failed at least once. */
  outbox: { platform: string; waiting: number; oldestDueAt: number; retrying: number }[];
  /** Tickets that are neither resolved nor cancelled, by state. */
  tickets: { state: string; count: number }[];
}
