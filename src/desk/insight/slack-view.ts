import { el } from '../dom.js';

interface Inline {
  type: string;
  text?: string;
  url?: string;
  style?: { bold?: boolean; italic?: boolean; code?: boolean };
}
interface Part {
  type: string;
  style?: string;
  offset?: number;
  elements?: (Inline & Part)[];
}
interface Block extends Part {
  text?: { text: string };
}

/**
 * Slack has no renderer to give away, so this draws the blocks we send: the words, their order and the buttons, not Slack's
 * own look. What it does not know is named, never left out in silence.
 */
export function slackMessage(blocks: readonly object[]): HTMLElement {
  return el('div', { class: 'slack-message' }, ...(blocks as Block[]).map(block));
}

function block({ type, text, elements = [] }: Block): HTMLElement {
  switch (type) {
    case 'rich_text':
      return el('div', { class: 'slack-text' }, ...elements.map(part));
    case 'header':
      return el('h4', {}, text?.text ?? '');
    case 'divider':
      return el('hr');
    case 'context':
      return el('p', { class: 'slack-context' }, elements.map((one) => plainOf(one)).join(' '));
    case 'actions':
      return el(
        'div',
        { class: 'slack-actions' },
        ...elements.map((one) => el('span', { class: 'slack-button' }, plainOf(one))),
      );
    default:
      return el('p', { class: 'slack-unknown' }, `(not drawn here: ${type})`);
  }
}

const plainOf = ({ text }: { text?: unknown }): string =>
  typeof text === 'string' ? text : ((text as { text?: string } | undefined)?.text ?? '');

function part({ type, style, offset = 0, elements = [] }: Part): HTMLElement {
  switch (type) {
    case 'rich_text_section':
      return el('p', {}, ...elements.flatMap(inline));
    case 'rich_text_quote':
      return el('blockquote', {}, ...elements.flatMap(inline));
    case 'rich_text_preformatted':
      return el('pre', {}, ...elements.flatMap(inline));
    case 'rich_text_list': {
      const items = elements.map((item) => el('li', {}, ...(item.elements ?? []).flatMap(inline)));
      return style === 'ordered' ? el('ol', { start: String(offset + 1) }, ...items) : el('ul', {}, ...items);
    }
    default:
      return el('p', { class: 'slack-unknown' }, `(not drawn here: ${type})`);
  }
}

function inline({ type, text = '', url = '', style }: Inline): Node[] {
  if (type === 'link') {
    return url.startsWith('https://')
      ? [el('a', { href: url, target: '_blank', rel: 'noopener' }, text || url)]
      : [el('span', {}, text)];
  }
  if (type !== 'text') return [el('span', { class: 'slack-unknown' }, `(not drawn here: ${type})`)];
  const lines = text
    .split('\n')
    .flatMap((line, index): Node[] => [...(index ? [el('br')] : []), document.createTextNode(line)]);
  if (style?.bold) return [el('strong', {}, ...lines)];
  if (style?.code) return [el('code', {}, ...lines)];
  return style?.italic ? [el('em', {}, ...lines)] : lines;
}
