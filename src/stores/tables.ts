import type { Generated } from 'kysely';

/** Rows as they lie in the database; `json` columns are text. Times are milliseconds since 1970. */
export interface Tables {
  inbox: {
    /** Grows in the order of recording. */
    seq: Generated<number>;
    key: string;
    conversation: string;
    /** Rows of one lane are handled one after the other: the conversation that a row may change. */
    lane: string;
    at: number;
    json: string;
    state: 'new' | 'done' | 'failed';
    /** Of a changed message the key of its first wording; of one that went on in private the conversation it left. */
    came_from: string | null;
    lease_owner: string | null;
    lease_until: number | null;
  };
  conversations: { id: string; platform: string; version: number; json: string; updated_at: number };
  /** `key` is the inbox key of what a person said. */
  chat: { id: Generated<number>; conversation: string; at: number; turn: number; json: string; key: string | null };
  addresses: { conversation: string; json: string; updated_at: number };
  posts: { subject: string; id: string; json: string; version: number; seq: Generated<number> };
  tickets: {
    id: Generated<number>;
    conversation: string;
    state: string;
    version: number;
    role: string;
    claimed_by: string | null;
    claimed_by_id: string | null;
    tier: Generated<number>;
    round: Generated<number>;
    next_what: string | null;
    next_at: number | null;
    /** A JSON list. */
    places: Generated<string>;
    bundle: number | null;
    outcome: string | null;
    seen_at: number | null;
    asked: Generated<number>;
    /** A JSON list. */
    unreached: Generated<string>;
    taken_at: string | null;
    /** When it is to be looked at, whenever its next step is due: 0 is at once. */
    look_at: number | null;
    /** What makes it one of many about the same thing. */
    flood_key: string | null;
    json: string;
    created_at: number;
    updated_at: number;
  };
  ticket_history: {
    id: Generated<number>;
    ticket: number;
    at: number;
    actor: string;
    action: string;
    before: string | null;
    after: string;
    text: string | null;
  };
  /** Who is on call instead of whom the plan names. Times are milliseconds since 1970. */
  on_call_overrides: {
    id: Generated<number>;
    schedule: string;
    person: string;
    from_at: number;
    until_at: number;
    by: string;
    made_at: number;
  };
  /** What the auditor found; at most one open row for each key. */
  alarms: { key: string; text: string; raised_at: number; cleared_at: number | null; told_at: number | null };
  /** What happened in a turn; `walked` is JSON. */
  turn_facts: {
    id: Generated<number>;
    at: number;
    conversation: string;
    platform: string;
    step: string | null;
    next: string | null;
    began: string | null;
    walked: string;
    decision: string | null;
    outcome: string | null;
  };
  /** `key` is the inbox key of what brought them here; `candidates` is JSON. */
  missed_words: {
    id: Generated<number>;
    key: string;
    at: number;
    conversation: string;
    platform: string;
    reason: string;
    step: string | null;
    text: string;
    candidates: string;
    state: 'new' | 'given' | 'dismissed';
    intent: string | null;
    judged_by: string | null;
    judged_at: number | null;
  };
  outbox: {
    id: Generated<number>;
    key: string;
    /** Rows of one lane leave one after the other. */
    lane: string;
    platform: string;
    json: string;
    state: 'ready' | 'sending' | 'sent' | 'failed';
    attempts: number;
    due_at: number;
    lease_owner: string | null;
    lease_until: number | null;
    error: string | null;
    /** 0 before 1 before 2, whatever is due first: calls for urgent tickets, all else, what can wait. */
    rank: Generated<number>;
    made_at: Generated<number>;
    /** The ticket somebody is called for by it; null also once it counted as late. */
    calls: number | null;
  };
}
