/** What the pages about the bot and their server say to each other. */
export interface WireMiddle {
  of: number;
  half: number;
  nineTenths: number;
}

export interface WireFigures {
  problems: number;
  helpedAlone: number;
  handedOver: number;
  notUnderstood: number;
  gaveUp: number;
  toClaim: WireMiddle | null;
  toSolve: WireMiddle | null;
  scenarios: { scenario: string; entered: number; helpedAlone: number; handedOver: number; gaveUp: number }[];
}

export interface WireReport {
  timezone: string;
  platforms: string[];
  /** Scenario names with their titles, busiest first; all of them. */
  scenarios: { name: string; title: string }[];
  span: WireFigures;
  weeks: { name: string; from: number; to: number; figures: WireFigures }[];
}

export interface WireNode {
  id: string;
  kind: 'question' | 'told' | 'elsewhere';
  title: string;
  offers: string | null;
  figures: { reached: number; notHelped: number; gaveUp: number; solved: number; handedOver: number };
}

export interface WireGraph {
  scenario: string;
  title: string;
  intent: string;
  start: string;
  nodes: WireNode[];
  edges: { from: string; to: string; label: string; walked: number }[];
}

export interface WireFault {
  file: string;
  line?: number | undefined;
  problem: string;
  remedy: string;
}

export interface WireContent {
  since: number;
  isLoading: boolean;
  refused: { at: number; faults: readonly WireFault[] } | null;
}

/** One step as each platform is sent it; `pages` where it has several. */
export interface WirePreview {
  step: string;
  pages: { slack: { blocks: object[] }[]; teams: object[] }[];
}

export interface WireMissed {
  id: number;
  at: number;
  platform: string;
  reason: 'not_understood' | 'not_solved';
  step: string | null;
  text: string;
}

export interface WireReview {
  groups: { suggested: string | null; words: WireMissed[] }[];
  intents: { id: string; title: string }[];
  /** Given already, and not yet part of the content. */
  given: { id: number; text: string; intent: string }[];
  /** Whether changes can be written here; otherwise they are a file to download. */
  isWritable: boolean;
}

export interface WireExam {
  rows: number;
  right: number;
  asked: number;
  wrong: number;
  /** Of phrases that nobody taught; null where they are not installed. */
  heldOut: { rows: number; right: number; asked: number; wrong: number } | null;
}

export interface WireChange {
  files: { path: string; added: string[] }[];
  before: WireExam;
  after: WireExam;
  /** Held-out phrases that were right before and are not any more. */
  worse: { text: string; wanted: string; now: string }[];
}
