import { shorten } from '../../cards/inert-text';
import type { Block, Inline, Rich } from './blocks';
import { PLAIN_TEXT } from './limits';

/**
 * The same message without blocks: for notifications, screen readers, search, and clients that show no blocks. Made
 * from the blocks, so that it cannot say something else.
 */
export const plainForm = (blocks: readonly Block[]): string =>
  escapedWithin(blocks.map(ofBlock).filter(Boolean).join('\n\n'), PLAIN_TEXT);

/** The three characters that begin markup in Slack. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export function escapedWithin(text: string, limit: number): string {
  for (let room = limit; ; room = Math.floor(room * 0.9)) {
    const result = escaped(shorten(text, room));
    if (result.length <= limit) return result;
  }
}

function ofBlock(block: Block): string {
  switch (block.type) {
    case 'header':
      return block.text.text;
    case 'context':
      return block.elements.map(({ text }) => text).join(' ');
    case 'rich_text':
      return block.elements.map(ofRich).join('\n');
    case 'actions':
      return block.elements.map(({ text }) => `[${text.text}]`).join(' ');
    case 'input':
      return block.label.text;
    case 'divider':
      return '';
  }
}

function ofRich(element: Rich): string {
  switch (element.type) {
    case 'rich_text_list':
      return element.elements
        .map((item, index) => {
          const mark = element.style === 'ordered' ? `${(element.offset ?? 0) + index + 1}.` : '•';
          return `${mark} ${ofInlines(item.elements)}`;
        })
        .join('\n');
    case 'rich_text_quote':
      return ofInlines(element.elements).replace(/^/gm, '| ');
    default:
      return ofInlines(element.elements);
  }
}

const ofInlines = (elements: readonly Inline[]): string =>
  elements.map((element) => (element.type === 'link' ? `${element.text}: ${element.url}` : element.text)).join('');
