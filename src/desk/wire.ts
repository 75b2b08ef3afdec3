/** What the web desk's page and its server say to each other. Types only: both sides are compiled on their own. */

/** One line of the chat log. */
export interface WireEntry {
  id: number;
  /** Milliseconds since 1970. */
  at: number;
  turn: number;
  from: 'person' | 'bot' | 'admin';
  /** Set for an administrator's words. */
  name: string | null;
  /** The line in plain words; what is shown when there is no card. */
  text: string;
  /** Adaptive Card of a bot's reply. */
  card: object | null;
}

/** One ticket on the admins' half. */
export interface WireTicket {
  id: number;
  number: string;
  version: number;
  state: 'open' | 'claimed' | 'waiting_for_user' | 'waiting_for_aws' | 'resolved' | 'cancelled';
  stateText: string;
  closed: boolean;
  urgent: boolean;
  /** An administrator has looked into it. */
  seen: boolean;
  /** Who has it, by name. */
  claimedBy: string | null;
  title: string;
  roleText: string;
  person: string;
  /** What the employee knows at this moment. */
  told: string;
  createdAt: number;
  updatedAt: number;
  /** The commands of the guide, word for word, in the order of the card. */
  commands: string[];
  card: object;
  history: { at: number; actor: string; what: string; text: string | null }[];
}

/** A word to the administrator who acts under `name`: what they pressed came too late, say. */
export interface WireNotice {
  /** The same word delivered again has the same key. */
  key: string;
  name: string;
  text: string;
}

/** Who answers in the days to come, by schedule; nobody where `names` is empty. */
export interface WireDuty {
  plans: { schedule: string; shifts: { from: number; until: number; names: string[]; by: string | null }[] }[];
  /** Times in which a route reaches nobody, in words. */
  gaps: string[];
}

export interface WireChat {
  entries: WireEntry[];
}
export interface WireDesk {
  tickets: WireTicket[];
}
/** Who looks at the page; without a sign-in the name is typed, and null here. */
export interface WireMe {
  name: string | null;
  admin: boolean;
}
export interface WireError {
  error: { code: string; message: string };
}

/** `POST /api/chat/messages`. */
export type WireMessage = { key: string; name: string } & ({ text: string } | { press: string; turn?: number });
