import type { Line, ShownLink } from '../core/message';
import { firstOf, httpsOnly, inert, shorten } from './inert-text';
import { type Budget, CARD_VERSION, MAX_BUTTONS_IN_A_ROW, MAX_LABEL, MAX_LINKS, MAX_URL } from './limits';

/**
 * The few Adaptive Card shapes we use (1.5). Text has one way in, the TextRun: a TextBlock would read words of a
 * person as Markdown, a FactSet does in Teams.
 */
export type Spacing = 'None' | 'Small' | 'Medium' | 'Large';
export type Colour = 'Default' | 'Accent' | 'Good' | 'Warning' | 'Attention';

export interface TextRun {
  type: 'TextRun';
  text: string;
  weight?: 'Bolder';
  size?: 'Small' | 'Medium' | 'Large';
  color?: Colour;
  isSubtle?: true;
  fontType?: 'Monospace';
}

interface Placed {
  id?: string;
  spacing?: Spacing;
  separator?: true;
  isVisible?: false;
}
export interface RichTextBlock extends Placed {
  type: 'RichTextBlock';
  inlines: TextRun[];
}
export interface Container extends Placed {
  type: 'Container';
  items: Element[];
  style?: 'emphasis' | 'good' | 'warning' | 'attention' | 'accent';
}
export interface Column {
  type: 'Column';
  width: 'auto' | 'stretch' | `${number}px`;
  items: Element[];
}
export interface ColumnSet extends Placed {
  type: 'ColumnSet';
  columns: Column[];
}
export interface ActionSet extends Placed {
  type: 'ActionSet';
  actions: Action[];
}
export interface InputText {
  type: 'Input.Text';
  id: string;
  label: string;
  isMultiline: true;
  maxLength: number;
  placeholder?: string;
  isRequired?: true;
  errorMessage?: string;
}
/** A list to pick one of. */
export interface InputChoices {
  type: 'Input.ChoiceSet';
  id: string;
  label: string;
  style: 'compact' | 'expanded';
  choices: { title: string; value: string }[];
  value?: string;
  placeholder?: string;
  isRequired?: true;
  errorMessage?: string;
}
export type Element = RichTextBlock | Container | ColumnSet | ActionSet | InputText | InputChoices;

export type ActionData = Record<string, string | number>;
export interface Submit {
  type: 'Action.Submit';
  title: string;
  data: ActionData;
}
export interface Execute {
  type: 'Action.Execute';
  title: string;
  verb: string;
  data: ActionData;
  style?: 'positive' | 'destructive';
  /** For clients older than `Action.Execute`. */
  fallback: Submit;
}
export interface OpenUrl {
  type: 'Action.OpenUrl';
  title: string;
  url: string;
  tooltip: string;
}
export interface ToggleVisibility {
  type: 'Action.ToggleVisibility';
  title: string;
  targetElements: string[];
}
export interface ShowCard {
  type: 'Action.ShowCard';
  title: string;
  card: { type: 'AdaptiveCard'; body: Element[]; actions: Execute[] };
}
export type Action = Execute | OpenUrl | ToggleVisibility | ShowCard;

export interface Card {
  type: 'AdaptiveCard';
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  version: typeof CARD_VERSION;
  fallbackText: string;
  body: Element[];
  actions?: Action[];
  /** Teams asks for the card anew when one of these people comes to see it. */
  refresh?: { action: Omit<Execute, 'title' | 'fallback' | 'style'>; userIds: string[] };
}

export const card = (fallbackText: string, body: Element[], actions: Action[]): Card => ({
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: CARD_VERSION,
  fallbackText,
  body: body.length ? body : [block([])],
  ...(actions.length ? { actions } : {}),
});

export const byteLength = (value: unknown): number => Buffer.byteLength(JSON.stringify(value), 'utf8');

/** The first card that fits its budget; the last budget always does. Without a limit nothing is measured. */
export function fitting(budgets: readonly [Budget, ...Budget[]], limit: number, build: (budget: Budget) => Card): Card {
  let built = build(budgets[0]);
  if (limit === Number.POSITIVE_INFINITY) return built;
  for (const budget of budgets.slice(1)) {
    if (byteLength(built) <= limit) break;
    built = build(budget);
  }
  return built;
}

type Look = Omit<TextRun, 'type' | 'text'>;

export const run = (text: string, limit: number, look: Look = {}): TextRun => ({
  type: 'TextRun',
  text: shorten(inert(text), limit),
  ...look,
});

/** A run without text is a fault to the library, a block without runs is one to the schema. */
export function block(inlines: TextRun[], place: Placed = {}): RichTextBlock {
  const filled = inlines.filter(({ text }) => text);
  return { type: 'RichTextBlock', ...place, inlines: filled.length ? filled : [{ type: 'TextRun', text: ' ' }] };
}

/** One block for each line of the text: not every client breaks lines inside a run. */
export function blocks(line: Line, budget: Budget, place: Placed = {}, look: Look = {}): RichTextBlock[] {
  const rows: TextRun[][] = [[]];
  let left = budget.text;
  for (const span of line) {
    if (left <= 0) break;
    const text = shorten(inert(span.text), Math.max(left, 40));
    left -= text.length;
    text.split('\n').forEach((part, index) => {
      if (index > 0) rows.push([]);
      if (part) rows.at(-1)!.push({ type: 'TextRun', text: part, ...look, ...(span.bold ? { weight: 'Bolder' } : {}) });
    });
  }
  const filled = firstOf(
    rows.filter((row) => row.some((part) => part.text.trim())),
    budget.items,
    (more) => [run(`… (${more} more lines left out)`, budget.text, { isSubtle: true })],
  );
  return filled.map((row, index) => block(row, index === 0 ? place : { spacing: 'None' }));
}

export function numbered(items: readonly Line[], first: number, budget: Budget): ColumnSet[] {
  const shown = firstOf<Line>(items, budget.items, (more) => [{ text: `… (${more} more left out)` }]);
  return shown.map((item, index) => ({
    type: 'ColumnSet',
    spacing: 'Small',
    columns: [
      {
        type: 'Column',
        width: '24px',
        items: [
          block([run(index < budget.items ? `${first + index}.` : '', 8, { weight: 'Bolder', color: 'Accent' })]),
        ],
      },
      { type: 'Column', width: 'stretch', items: blocks(item, budget) },
    ],
  }));
}

/** A list with its marks in a column of their own, so that long items stay aligned. */
export function bulleted(items: readonly Line[], budget: Budget): ColumnSet[] {
  const shown = firstOf<Line>(items, budget.items, (more) => [{ text: `… (${more} more left out)` }]);
  return shown.map((item) => ({
    type: 'ColumnSet',
    spacing: 'Small',
    columns: [
      { type: 'Column', width: '16px', items: [block([run('•', 4, { isSubtle: true })])] },
      { type: 'Column', width: 'stretch', items: blocks(item, budget) },
    ],
  }));
}

export const heading = (text: string, place: Placed = { spacing: 'Medium' }): RichTextBlock =>
  block([run(text, MAX_LABEL, { weight: 'Bolder', size: 'Small', isSubtle: true })], place);

export const label = (text: string): string => shorten(inert(text).replace(/\s+/g, ' ').trim(), MAX_LABEL) || '…';

/** A compact row of links; nothing but https becomes one. */
export function linkRow(links: readonly ShownLink[], caption: string | null, id: string): Element[] {
  const safe = links.flatMap((link) => {
    const url = httpsOnly(link.url, MAX_URL);
    return url ? [{ title: label(link.label), url }] : [];
  });
  if (!safe.length) return [];
  const actions = safe
    .slice(0, MAX_LINKS)
    .map(({ title, url }): OpenUrl => ({ type: 'Action.OpenUrl', title, url, tooltip: `Opens ${new URL(url).host}` }));
  return [
    ...(caption ? [heading(caption)] : []),
    { type: 'ActionSet', id, spacing: caption ? 'None' : 'Small', actions },
  ];
}

export function execute(title: string, verb: string, data: ActionData, style?: 'positive' | 'destructive'): Execute {
  const shown = label(title);
  return {
    type: 'Action.Execute',
    title: shown,
    verb,
    data,
    ...(style ? { style } : {}),
    fallback: { type: 'Action.Submit', title: shown, data },
  };
}

/** Rows of six at most, so that no button hides in an overflow menu. */
export function buttonRows(actions: Action[]): { body: ActionSet[]; actions: Action[] } {
  if (actions.length <= MAX_BUTTONS_IN_A_ROW) return { body: [], actions };
  const body: ActionSet[] = [];
  for (let start = 0; start < actions.length; start += MAX_BUTTONS_IN_A_ROW) {
    const part = actions.slice(start, start + MAX_BUTTONS_IN_A_ROW);
    body.push({ type: 'ActionSet', spacing: start === 0 ? 'Medium' : 'Small', actions: part });
  }
  return { body, actions: [] };
}
