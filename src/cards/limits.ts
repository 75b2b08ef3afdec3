/** Limits of the card's readers. Teams refuses messages over 28 KB on its strictest way in; the web desk has none. */
export const CARD_VERSION = '1.5';

/** The published limit of a message … */
export const MESSAGE_LIMIT_BYTES = 28 * 1024;
/** … less room for the activity that carries the card. */
export const CARD_LIMIT_BYTES = MESSAGE_LIMIT_BYTES - 2 * 1024;

/** Teams hides what is beyond the sixth button of a row behind an overflow menu. */
export const MAX_BUTTONS_IN_A_ROW = 6;
export const MAX_LINKS = 6;
/** Of one list to pick from; nobody reads a longer one. */
export const MAX_CHOICES = 60;
export const MAX_LABEL = 75;
export const MAX_URL = 2_000;

/** What a person may type into an input of a ticket's card. */
export const MAX_INPUT = 2_000;

/** How much of a long text is shown, from generous to tight; the first budget whose card fits is taken. */
export interface Budget {
  /** Items of a list: words, facts, steps, commands … */
  items: number;
  /** UTF-16 units of one text. */
  text: number;
}
export const BUDGETS: readonly [Budget, ...Budget[]] = [
  { items: 24, text: 1_200 },
  { items: 16, text: 500 },
  { items: 10, text: 240 },
  { items: 4, text: 100 },
  { items: 3, text: 60 },
];
