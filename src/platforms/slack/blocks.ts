import { httpsOnly, inert, shorten } from '../../cards/inert-text';
import type { Line, ShownLink } from '../../core/message';
import { BLOCK_SIZE, BLOCK_TEXT, BUTTONS_IN_A_BLOCK, HEADER, LABEL, SIZE_PER_BLOCK, URL_LENGTH } from './limits';

/**
 * The few Block Kit shapes we use. What people wrote goes into rich text, whose text elements are shown as they are:
 * no markup, no mentions, no links made of words. Only `header`, `context` and labels are other blocks, as plain text.
 */
type Look = { bold?: true; italic?: true; code?: true };
export type Inline = { type: 'text'; text: string; style?: Look } | { type: 'link'; url: string; text: string };

/** Room for a first word and the mark that says how much is missing. */
const SHORTEST = 60;

interface Section {
  type: 'rich_text_section';
  elements: Inline[];
}
export type Rich =
  | Section
  | { type: 'rich_text_list'; style: 'ordered' | 'bullet'; offset?: number; elements: Section[] }
  | { type: 'rich_text_quote'; elements: Inline[] }
  | { type: 'rich_text_preformatted'; elements: { type: 'text'; text: string }[] };
export interface RichBlock {
  type: 'rich_text';
  elements: Rich[];
}
export interface PlainText {
  type: 'plain_text';
  text: string;
  emoji: false;
}
export interface Button {
  type: 'button';
  action_id: string;
  text: PlainText;
  value: string;
  style?: 'primary' | 'danger';
}
export interface InputBlock {
  type: 'input';
  block_id: string;
  label: PlainText;
  optional: boolean;
  element:
    | { type: 'plain_text_input'; action_id: string; multiline: true; max_length: number; focus_on_load?: true }
    | {
        type: 'static_select' | 'radio_buttons';
        action_id: string;
        options: Option[];
        initial_option?: Option;
        placeholder?: PlainText;
      }
    | { type: 'users_select'; action_id: string; placeholder: PlainText };
}
export interface Option {
  text: PlainText;
  value: string;
}
export type Block =
  | RichBlock
  | InputBlock
  | { type: 'header'; text: PlainText }
  | { type: 'context'; elements: PlainText[] }
  | { type: 'actions'; elements: Button[] }
  | { type: 'divider' };

/** A run of text; none where nothing is left to show (Slack refuses empty ones). */
export function words(text: string, look: Look = {}, limit = BLOCK_TEXT): Inline[] {
  const shown = shorten(inert(text), limit);
  return shown === '' ? [] : [{ type: 'text', text: shown, ...(Object.keys(look).length ? { style: look } : {}) }];
}

/** One line of a reply, shortened as a whole. */
export function line(spans: Line, limit = BLOCK_TEXT): Inline[] {
  let left = limit;
  return spans.flatMap(({ text, bold }) => {
    if (left <= 0) return [];
    const shown = words(text, bold ? { bold } : {}, Math.max(left, SHORTEST));
    left -= lengthOf(shown);
    return shown;
  });
}

/** Paragraphs with an empty line between them, in as few sections as their length allows. */
export function paragraphs(parts: readonly Inline[][], gap = '\n\n'): Rich[] {
  const sections: Section[] = [];
  let room = 0;
  for (const part of parts) {
    if (part.length === 0) continue;
    const length = lengthOf(part);
    const last = sections.at(-1);
    if (last && length <= room) last.elements.push({ type: 'text', text: gap }, ...part);
    else sections.push(section([...part]));
    room = (last && length <= room ? room : BLOCK_TEXT) - length;
  }
  return sections;
}

const lengthOf = (elements: readonly Inline[]): number => elements.reduce((sum, { text }) => sum + text.length, 0);

const section = (elements: Inline[]): Section => ({ type: 'rich_text_section', elements });

/** Lists are parted where they would outgrow a block; numbers go on. */
export function numbered(items: readonly Line[], first: number, limit = BLOCK_TEXT): Rich[] {
  return items.flatMap((item, index) => {
    const elements = line(item, limit);
    return elements.length
      ? [
          {
            type: 'rich_text_list',
            style: 'ordered',
            offset: first + index - 1,
            elements: [section(elements)],
          } as const,
        ]
      : [];
  });
}

export function bulleted(items: readonly Inline[][]): Rich[] {
  const filled = items.filter((item) => item.length > 0).map(section);
  return filled.length ? [{ type: 'rich_text_list', style: 'bullet', elements: filled }] : [];
}

export const quote = (elements: Inline[]): Rich[] => (elements.length ? [{ type: 'rich_text_quote', elements }] : []);

export function command(text: string, limit = BLOCK_TEXT): Rich[] {
  const shown = shorten(inert(text), limit);
  return shown === '' ? [] : [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: shown }] }];
}

/** Links under a heading; only https ones, under a label of ours, so that nobody is led astray. */
export function linked(links: readonly ShownLink[], heading: string): Rich[] {
  const safe = links.flatMap(({ label, url }) => {
    const address = httpsOnly(url, URL_LENGTH);
    return address ? [[{ type: 'link', url: address, text: labelOf(label) } satisfies Inline]] : [];
  });
  return safe.length ? [...paragraphs([words(heading, { bold: true })]), ...bulleted(safe)] : [];
}

/** Rich text in as few blocks as its size allows. */
export function rich(elements: readonly Rich[]): RichBlock[] {
  const blocks: RichBlock[] = [];
  let room = 0;
  for (const element of elements) {
    const size = byteSize(element);
    const last = blocks.at(-1);
    if (last && size <= room) addTo(last, element);
    else blocks.push({ type: 'rich_text', elements: [element] });
    room = (last && size <= room ? room : BLOCK_SIZE) - size;
  }
  return blocks;
}

/** Items of one list stand in one list, so that a reader's client numbers and aligns them together. */
function addTo(block: RichBlock, element: Rich): void {
  const last = block.elements.at(-1);
  if (
    last?.type === 'rich_text_list' &&
    element.type === 'rich_text_list' &&
    last.style === 'ordered' &&
    element.style === 'ordered' &&
    (last.offset ?? 0) + last.elements.length === element.offset
  ) {
    last.elements.push(...element.elements);
  } else block.elements.push(element);
}

export const header = (text: string): Block => ({ type: 'header', text: plain(shorten(oneLine(text), HEADER)) });

export const context = (text: string): Block => ({
  type: 'context',
  elements: [plain(shorten(oneLine(text), BLOCK_TEXT))],
});

export interface ShownButton {
  id: string;
  label: string;
  value: string;
  style?: 'primary' | 'danger';
}

/** Rows of buttons. An id can stand once in a block, and means the same wherever it stands. */
export function buttonRows(buttons: readonly ShownButton[]): Block[] {
  const unique = [...new Map(buttons.map((button) => [button.id, button])).values()];
  const rows: Block[] = [];
  for (let start = 0; start < unique.length; start += BUTTONS_IN_A_BLOCK) {
    const elements = unique.slice(start, start + BUTTONS_IN_A_BLOCK).map(
      ({ id, label, value, style }): Button => ({
        type: 'button',
        action_id: id,
        text: plain(labelOf(label)),
        value,
        ...(style ? { style } : {}),
      }),
    );
    rows.push({ type: 'actions', elements });
  }
  return rows;
}

export const option = ({ value, label }: { value: string; label: string }): Option => ({
  text: plain(labelOf(label)),
  value,
});

const oneLine = (text: string): string => inert(text).replace(/\s+/g, ' ').trim() || '–';
export const labelOf = (text: string): string => shorten(oneLine(text), LABEL);
/** `emoji: false`: words of people stay words, `:bomb:` too. */
export const plain = (text: string): PlainText => ({ type: 'plain_text', text, emoji: false });

const byteSize = (value: unknown): number => Buffer.byteLength(JSON.stringify(value), 'utf8');

/** How much of a message's room blocks take. */
export const sizeOf = (blocks: readonly Block[]): number => byteSize(blocks) + blocks.length * SIZE_PER_BLOCK;
