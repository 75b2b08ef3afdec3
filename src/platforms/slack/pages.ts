import { type Block, sizeOf } from './blocks';
import { MESSAGE_BLOCKS, MESSAGE_SIZE } from './limits';
import { plainForm } from './plain-text';

/** One message as Slack takes it. */
export interface Page {
  /** What is read where blocks are not shown. */
  text: string;
  blocks: Block[];
}

export const pageOf = (blocks: Block[]): Page => ({ text: plainForm(blocks) || '–', blocks });

/** As few messages as the limits allow, parted between blocks. */
export function pagesOf(blocks: readonly Block[]): Page[] {
  const pages: Block[][] = [];
  for (const block of blocks) {
    const page = pages.at(-1);
    if (page && fits([...page, block])) page.push(block);
    else pages.push([block]);
  }
  return pages.map(pageOf);
}

export const fits = (blocks: readonly Block[]): boolean =>
  blocks.length <= MESSAGE_BLOCKS && sizeOf(blocks) <= MESSAGE_SIZE;

export const hasButtons = ({ blocks }: Page): boolean => blocks.some(({ type }) => type === 'actions');

/** The same words without anything to press. */
export const withoutButtons = ({ blocks }: Page): Page => pageOf(blocks.filter(({ type }) => type !== 'actions'));
