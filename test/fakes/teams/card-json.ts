/** Walks through Adaptive Cards as plain JSON: for the rules about them, and for people who press their buttons. */

export type CardJson = Record<string, unknown>;

export interface CardAction extends CardJson {
  type: string;
  title?: string;
  id?: string;
  verb?: string;
  data?: unknown;
  fallback?: unknown;
  associatedInputs?: string;
}
export interface CardInput extends CardJson {
  type: string;
  id: string;
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object in a card, and where it stands: `card.body[0].items[1]`. */
export interface Node {
  path: string;
  value: Record<string, unknown>;
}

/** Data that belongs to the bot; what is in it is nobody's element. */
const opaque = new Set(['data', 'msteams', 'requires']);

/** Every object in a card with its path; into what a card may hold, but not into the bot's own data. */
export function nodes(value: unknown, path = 'card'): Node[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => nodes(item, `${path}[${index}]`));
  if (!isRecord(value)) return [];
  const inner = Object.entries(value).filter(([key]) => !opaque.has(key));
  return [{ path, value }, ...inner.flatMap(([key, item]) => nodes(item, `${path}.${key}`))];
}

const isAction = (value: unknown): value is CardAction =>
  isRecord(value) && typeof value.type === 'string' && value.type.startsWith('Action.');

/** Buttons as they stand on the card, top to bottom, with the inputs that a press of each would send. */
export function buttonsOf(card: CardJson): { action: CardAction; inputs: CardInput[] }[] {
  const own = inputsOf(card);
  return actionsOf(card).flatMap((action) => {
    const shown = isRecord(action.card) ? buttonsOf(action.card) : [];
    const below = shown.map((one) => ({ ...one, inputs: [...own, ...one.inputs] }));
    return [{ action, inputs: action.associatedInputs === 'none' ? [] : own }, ...below];
  });
}

/** Actions of a card, without those of the cards inside its Action.ShowCard; tappable elements count as buttons. */
function actionsOf(value: unknown): CardAction[] {
  if (Array.isArray(value)) return value.flatMap(actionsOf);
  if (isAction(value)) return [value];
  if (!isRecord(value)) return [];
  const { actions, ...rest } = value;
  const inner = Object.entries(rest).filter(([key]) => !opaque.has(key) && key !== 'fallback' && key !== 'refresh');
  return [...inner.flatMap(([, item]) => actionsOf(item)), ...actionsOf(actions)];
}

function inputsOf(value: unknown): CardInput[] {
  if (Array.isArray(value)) return value.flatMap(inputsOf);
  if (!isRecord(value) || isAction(value)) return [];
  if (typeof value.type === 'string' && value.type.startsWith('Input.')) return [value as CardInput];
  return Object.entries(value)
    .filter(([key]) => !opaque.has(key) && key !== 'fallback')
    .flatMap(([, item]) => inputsOf(item));
}

/** What a person can read on a card, a line for each block; runs of one paragraph stand on one line. */
export function wordsOf(card: CardJson): string[] {
  return nodes(card).flatMap(({ path, value }) => {
    if (path.includes('.fallback') || value.isVisible === false) return [];
    if (value.type === 'RichTextBlock' && Array.isArray(value.inlines))
      return [value.inlines.map((run: unknown) => (isRecord(run) ? String(run.text) : String(run))).join('')];
    if (value.type === 'TextBlock') return [String(value.text)];
    if (String(value.type).startsWith('Input.') && typeof value.label === 'string') return [value.label];
    return path.includes('.facts[') ? [`${String(value.title)}: ${String(value.value)}`] : [];
  });
}
