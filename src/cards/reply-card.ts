import type { Reply } from '../core/message';
import { blocks, buttonRows, type Card, card, type Element, execute, fitting, linkRow, numbered } from './elements';
import { BUDGETS, type Budget, CARD_LIMIT_BYTES } from './limits';

/** How many buttons a reply may carry; the menu of all scenarios is the longest. */
const MAX_BUTTONS = 30;

/** What a pressed button of a reply brings back. */
export interface PressData {
  press: string;
  turn: number;
}

/** One answer of the bot as an Adaptive Card: the same for Teams and for the web desk. */
export function replyCard(reply: Reply, turn: number): Card {
  return fitting(BUDGETS, CARD_LIMIT_BYTES, (budget) => build(reply, turn, budget));
}

function build(reply: Reply, turn: number, budget: Budget): Card {
  const { steps, note, question } = reply;
  const buttons = buttonRows(
    reply.buttons
      .slice(0, MAX_BUTTONS)
      .map(({ id, label }) => execute(label, id, { press: id, turn } satisfies PressData)),
  );
  const noteLines = note ? blocks(note, budget) : [];
  const body: Element[] = [
    ...reply.say.slice(0, budget.items).flatMap((line) => blocks(line, budget, { spacing: 'Medium' })),
    ...(steps ? numbered(steps.items, steps.first, budget) : []),
    ...(noteLines.length
      ? [{ type: 'Container', style: 'emphasis', spacing: 'Medium', items: noteLines } as const]
      : []),
    ...(question ? blocks(question, budget, { spacing: 'Medium' }) : []),
    ...linkRow(reply.links, 'Where this comes from', `links-${turn}`),
    ...buttons.body,
  ];
  return card('This answer needs a client that shows Adaptive Cards 1.5.', body, buttons.actions);
}
