import { elementsOf } from './reading';
import type { Json, SlackMessage, SlackView } from './types';

/** What people fill in: the values of inputs and menus, as Slack reports them. */

export type Values = Record<string, Record<string, Json>>;
export type Filled = Record<string, string | string[]>;

const optionsOf = ({ options, option_groups }: Json): Json[] =>
  (options as Json[] | undefined) ?? (option_groups as Json[] | undefined)?.flatMap((it) => it.options as Json[]) ?? [];

function chosen(element: Json, value: string): Json {
  const option = optionsOf(element).find((it) => it.value === value);
  if (option) return option;
  const offered = optionsOf(element).map((it) => it.value);
  throw new Error(`${String(element.action_id)} does not offer ${value}, only ${offered.join(', ')}`);
}

/** The state of one element with this value chosen or typed; nothing chosen when there is no value. */
export function stateWith(element: Json, value: string | string[] | undefined): Json | undefined {
  const type = String(element.type);
  const one = Array.isArray(value) ? value[0] : value;
  const many = value === undefined ? undefined : [value].flat();
  switch (type) {
    case 'plain_text_input':
      return { type, value: one ?? element.initial_value ?? null };
    case 'static_select':
    case 'radio_buttons':
      return { type, selected_option: one === undefined ? (element.initial_option ?? null) : chosen(element, one) };
    case 'multi_static_select':
    case 'checkboxes':
      return { type, selected_options: many?.map((it) => chosen(element, it)) ?? element.initial_options ?? [] };
    case 'users_select':
      return { type, selected_user: one ?? element.initial_user ?? null };
    case 'conversations_select':
      return { type, selected_conversation: one ?? element.initial_conversation ?? null };
    case 'datepicker':
      return { type, selected_date: one ?? element.initial_date ?? null };
    default:
      return undefined;
  }
}

/** The state of all that can be filled in, with what was filled in before and now. */
export function valuesOf(on: SlackMessage | SlackView, filled: Filled = {}, before: Values = {}): Values {
  const values: Values = {};
  const used = new Set<string>();
  for (const { block, element } of elementsOf(on)) {
    const [inBlock, action] = [String(block.block_id), String(element.action_id)];
    const key = [action, inBlock].find((it) => it in filled);
    if (key) used.add(key);
    const earlier = key ? undefined : before[inBlock]?.[action];
    const state = earlier ?? stateWith(element, key ? filled[key] : undefined);
    if (state) values[inBlock] = { ...values[inBlock], [action]: state };
  }
  const lost = Object.keys(filled).filter((key) => !used.has(key));
  if (lost.length > 0) throw new Error(`nothing to fill in named ${lost.join(', ')}`);
  return values;
}

const empty = (state: Json | undefined): boolean =>
  !state ||
  Object.entries(state).every(([key, value]) => key === 'type' || !value || (value as unknown[]).length === 0);

/** What the Slack client itself would not let a person submit. */
export function refusedByClient(view: SlackView, values: Values): string[] {
  return elementsOf(view).flatMap(({ block, element }) => {
    if (block.type !== 'input') return [];
    const action = String(element.action_id);
    const state = values[String(block.block_id)]?.[action];
    if (empty(state)) return block.optional ? [] : [`${action} is required`];
    const typed = typeof state?.value === 'string' ? state.value.length : undefined;
    if (typed === undefined) return [];
    const { min_length = 0, max_length = 3000 } = element as { min_length?: number; max_length?: number };
    return typed < min_length || typed > max_length
      ? [`${action} needs ${min_length} to ${max_length} characters`]
      : [];
  });
}
