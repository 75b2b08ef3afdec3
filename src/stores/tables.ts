import type { Generated } from 'kysely';

/** Rows as they lie in the database; `json` columns are text. Times are milliseconds since 1970. */
export interface Tables {
  inbox: { key: string; conversation: string; at: number; json: string; state: 'new' | 'done' | 'failed' };
  conversations: { id: string; platform: string; version: number; json: string; updated_at: number };
  chat: { id: Generated<number>; conversation: string; at: number; turn: number; json: string };
  tickets: {
    id: Generated<number>;
    conversation: string;
    state: string;
    version: number;
    role: string;
    claimed_by: string | null;
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
  outbox: {
    id: Generated<number>;
    key: string;
    json: string;
    state: 'ready' | 'sending' | 'sent' | 'failed';
    attempts: number;
    due_at: number;
    lease_owner: string | null;
    lease_until: number | null;
    error: string | null;
  };
}
