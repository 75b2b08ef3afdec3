import type { Reply } from '../../core/message';
import type { ChatLine } from '../../core/ports';
import { type Block, buttonRows, line, linked, numbered, paragraphs, quote, rich, words } from './blocks';
import { writeValue } from './button-values';
import { type Page, pagesOf } from './pages';

/** What one turn says, in as few messages as Slack allows; what can be pressed stands in the last one. */
export const renderReply = (lines: readonly ChatLine[], conversation: string, turn?: number): Page[] =>
  pagesOf(lines.flatMap((said) => ofLine(said, conversation, turn)));

function ofLine(said: ChatLine, conversation: string, turn: number | undefined): Block[] {
  switch (said.from) {
    case 'bot':
      return replyBlocks(said.reply, conversation, turn);
    case 'admin': {
      const who = words(`${said.name} (administrator): `, { bold: true }, 150);
      return rich(paragraphs([[...who, ...words(said.text)]]));
    }
    case 'person':
      return [];
  }
}

/** One answer with its buttons, which act on this conversation. */
export function replyBlocks(reply: Reply, conversation: string, turn?: number): Block[] {
  const { say, steps, note, question, links, buttons } = reply;
  const value = writeValue(turn === undefined ? { c: conversation } : { c: conversation, t: turn });
  return [
    ...rich([...paragraphs(say.map((spans) => line(spans))), ...(steps ? numbered(steps.items, steps.first) : [])]),
    ...(note ? rich(quote(line(note))) : []),
    ...(question ? rich(paragraphs([line(question)])) : []),
    ...rich(linked(links, 'Where this comes from')),
    ...buttonRows(buttons.map(({ id, label }) => ({ id, label, value }))),
  ];
}
