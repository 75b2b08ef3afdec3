import { linksOf, plain } from './mrkdwn';
import type { Button, Json, SlackMessage, SlackView } from './types';

/** Messages and views as a person reads them. */

type Shown = SlackMessage | SlackView;
type NameOf = (id: string) => string;

const list = (it: unknown): Json[] => (Array.isArray(it) ? (it as Json[]) : []);
const blocksOf = (on: Shown): Json[] => on.blocks ?? [];

/** Every interactive element with the id of its block. */
export function elementsOf(on: Shown): { block: Json; element: Json }[] {
  return blocksOf(on).flatMap((block) =>
    [...(block.type === 'actions' ? list(block.elements) : []), block.accessory, block.element]
      .filter((it): it is Json => typeof it === 'object' && it !== null && 'action_id' in it)
      .map((element) => ({ block, element })),
  );
}

export const labelOf = (element: Json): string => String((element.text as Json | undefined)?.text ?? '');

export const buttonsOf = (on: Shown): Button[] =>
  elementsOf(on)
    .filter(({ element }) => element.type === 'button')
    .map(({ block, element }) => ({
      block_id: String(block.block_id),
      action_id: String(element.action_id),
      label: labelOf(element),
      ...(typeof element.value === 'string' ? { value: element.value } : {}),
      ...(typeof element.url === 'string' ? { url: element.url } : {}),
      ...(typeof element.style === 'string' ? { style: element.style } : {}),
    }));

function richTextRead(element: Json, nameOf: NameOf): string {
  const inside = (): string[] => list(element.elements).map((it) => richTextRead(it, nameOf));
  switch (element.type) {
    case 'text':
      return String(element.text);
    case 'link':
      return String(element.text ?? element.url);
    case 'emoji':
      return `:${String(element.name)}:`;
    case 'user':
      return `@${nameOf(String(element.user_id))}`;
    case 'rich_text':
      return inside().join('\n');
    case 'rich_text_list': {
      const mark = (at: number): string =>
        element.style === 'ordered' ? `${at + 1 + Number(element.offset ?? 0)}.` : '•';
      return inside()
        .map((it, at) => `${'  '.repeat(Number(element.indent ?? 0))}${mark(at)} ${it}`)
        .join('\n');
    }
    default:
      return inside().join('');
  }
}

function blockRead(block: Json, nameOf: NameOf): string {
  const text = (it: unknown): string => {
    const { type, text: words } = (it ?? {}) as Json;
    return type === 'mrkdwn' ? plain(String(words), nameOf) : String(words ?? '');
  };
  switch (block.type) {
    case 'section':
      return [block.text, ...list(block.fields)].filter(Boolean).map(text).join('\n');
    case 'header':
      return text(block.text);
    case 'context':
      return list(block.elements)
        .map((it) => (it.type === 'image' ? String(it.alt_text) : text(it)))
        .join(' ');
    case 'input':
      return text(block.label);
    case 'image':
      return String(block.alt_text);
    case 'rich_text':
      return richTextRead(block, nameOf);
    default:
      return '';
  }
}

/** Blocks as text, or the text where there are none. Labels of buttons are not part of it. */
export function readBy(on: Shown, nameOf: NameOf): string {
  if (blocksOf(on).length === 0) return plain(String(on.text ?? ''), nameOf);
  return blocksOf(on)
    .map((block) => blockRead(block, nameOf))
    .filter(Boolean)
    .join('\n');
}

/** Addresses a person can follow, those of buttons included. */
export function linksIn(on: Shown): { label: string; url: string }[] {
  const walk = (it: unknown): { label: string; url: string }[] => {
    if (Array.isArray(it)) return it.flatMap(walk);
    if (typeof it !== 'object' || it === null) return [];
    const object = it as Json;
    if (object.type === 'mrkdwn') return linksOf(String(object.text));
    if (object.type === 'link') return [{ url: String(object.url), label: String(object.text ?? object.url) }];
    if (object.type === 'button' && object.url) return [{ url: String(object.url), label: labelOf(object) }];
    return Object.values(object).flatMap(walk);
  };
  return blocksOf(on).length > 0 ? walk(blocksOf(on)) : linksOf(String(on.text ?? ''));
}
