import { rows } from './rows';

/** A row of `docs/security.md`. What it says is what its test asserts: the test takes its numbers from here. */
export interface Row {
  area: (typeof areas)[number];
  /** What somebody might do. */
  threat: string;
  /** What stands in the way. */
  defence: string;
  /** The test that shows it. */
  file: string;
  /** The numbers the test asserts, at least or at most. */
  bar: Readonly<Record<string, number>>;
  /** How they read on the page; `{name}` is a number, `{name%}` one as per cent. */
  figure: string;
}

/** In the order of the page. */
export const areas = [
  'Secrets',
  'Who may do what',
  'Pretexts',
  'Words as data',
  'Ways in',
  'Ways out',
  'Hostile input',
  'Supply chain',
  'Personal data',
] as const;

export type RowId = keyof typeof rows;

/** The title of the test that shows a row. Without such a test the row is no claim the page may make. */
export const inRegister = (id: RowId): string => `${id}: ${rows[id].threat}`;

/** What the row's test must assert. */
export const held = <Id extends RowId>(id: Id): (typeof rows)[Id]['bar'] => rows[id].bar;
