import { buttonsOf, isRecord } from '../fakes/teams/card-json';
import type { Shown } from './stage';

/** An Adaptive Card as a person reads it. */

/** What is hidden until asked for is no part of what is read at first; text of what `Action.ShowCard` opens neither. */
const unread = new Set(['actions', 'fallback', 'refresh', 'selectAction', 'data', 'msteams']);

export function cardText(element: unknown): string {
  if (Array.isArray(element)) return joined(element.map(cardText), '\n');
  if (!isRecord(element) || element.isVisible === false) return '';
  switch (element.type) {
    case 'TextBlock':
      return String(element.text ?? '');
    case 'RichTextBlock':
      return (element.inlines as unknown[]).map(runText).join('');
    case 'Input.Text':
      return '';
    case 'ColumnSet':
      return joined((element.columns as unknown[]).map(cardText), ' ');
    case 'FactSet':
      return (element.facts as { title: string; value: string }[])
        .map(({ title, value }) => `${title} ${value}`)
        .join('\n');
  }
  return joined(
    Object.entries(element).flatMap(([key, value]) => (unread.has(key) ? [] : [cardText(value)])),
    '\n',
  );
}

/** What stands behind “Show steps” and the like. */
export function hiddenText(element: unknown): string {
  if (Array.isArray(element)) return joined(element.map(hiddenText), '\n');
  if (!isRecord(element)) return '';
  if (element.isVisible === false) return cardText({ ...element, isVisible: true });
  return joined(Object.values(element).map(hiddenText), '\n');
}

const runText = (run: unknown): string => (isRecord(run) ? String(run.text ?? '') : String(run));
const joined = (parts: string[], by: string): string => parts.filter((part) => part !== '').join(by);

/** What can be pressed and reaches the bot. */
export const cardButtons = (card: Record<string, unknown>): Shown['buttons'] =>
  buttonsOf(card).flatMap(({ action }) =>
    action.type === 'Action.Execute' || action.type === 'Action.Submit'
      ? [{ id: action.verb ?? action.id ?? '', label: action.title ?? '' }]
      : [],
  );

export const cardLinks = (card: Record<string, unknown>): Shown['links'] =>
  buttonsOf(card).flatMap(({ action }) =>
    action.type === 'Action.OpenUrl' ? [{ label: action.title ?? '', url: String(action.url) }] : [],
  );
