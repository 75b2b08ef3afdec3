import type { HomeTicket, HomeView } from '../../core/home-view';
import type { PlatformWords } from '../../core/platform';
import { type Block, bulleted, buttonRows, context, header, type Inline, paragraphs, rich, words } from './blocks';
import { openTicket, writeValue } from './button-values';
import { userOf } from './keys';
import { LABEL, VIEW_BLOCKS } from './limits';
import { replyBlocks } from './render-reply';

export interface HomeTab {
  type: 'home';
  blocks: Block[];
}

/**
 * What a person finds on the Home tab. Its buttons act on the private conversation.
 * @param notice said on top, after something was pressed here: the answer is in the Messages tab
 */
export function renderHome(
  { start, mine, queue }: HomeView,
  conversation: string,
  texts: PlatformWords['home'],
  notice: string | null,
): HomeTab {
  const blocks: Block[] = [
    ...(notice ? [context(`✅ ${notice}`)] : []),
    ...replyBlocks(start, conversation),
    header(texts.mine),
    ...list(mine, texts.none, () => ''),
    ...(queue
      ? [
          header(texts.queue),
          ...list(queue, texts.empty, ({ person }) => ` · ${person}`),
          ...openers(queue, conversation),
        ]
      : []),
  ];
  return { type: 'home', blocks: blocks.slice(0, VIEW_BLOCKS) };
}

/** One button for each ticket of the queue: it brings the card, with all that can be done. */
const openers = (queue: readonly HomeTicket[], conversation: string): Block[] =>
  buttonRows(
    queue.map(({ id, number }) => ({
      id: openTicket(id),
      label: `Open ${number}`,
      value: writeValue({ ticket: id, v: 0, at: `slack:${userOf(conversation)}` }),
    })),
  );

const list = (tickets: readonly HomeTicket[], empty: string, after: (ticket: HomeTicket) => string): Block[] =>
  rich(
    tickets.length
      ? bulleted(tickets.map((ticket) => row(ticket, after(ticket))))
      : paragraphs([words(empty, { italic: true })]),
  );

const row = ({ number, title, stateText, urgent }: HomeTicket, after: string): Inline[] => [
  ...words(`${number} `, { bold: true }),
  ...words(title, {}, 150),
  ...words(` · ${stateText}`, { italic: true }, LABEL),
  ...words(after, {}, LABEL),
  ...(urgent ? words(' · 🔴 Urgent') : []),
];
