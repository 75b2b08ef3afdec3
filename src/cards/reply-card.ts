import { type Reply, ticketTextLimit } from '../core/message';
import type { ChatLine } from '../core/ports';
import {
  type ActionData,
  block,
  blocks,
  buttonRows,
  type Card,
  card,
  type Element,
  execute,
  fitting,
  linkRow,
  numbered,
  run,
} from './elements';
import { BUDGETS, type Budget, CARD_LIMIT_BYTES, MAX_LABEL } from './limits';

/** How many buttons a reply may carry; the menu of all scenarios is the longest. */
const MAX_BUTTONS = 30;

/** What a pressed button of a reply brings back. */
export interface PressData {
  press: string;
  /** The turn that showed the button; absent on buttons that belong to no turn. */
  turn?: number;
  /** The conversation it belongs to, on platforms where others could press it too. */
  c?: string;
}

export interface TurnCard {
  /** Null for buttons that belong to no turn and work at any time. */
  turn: number | null;
  /** Written into the buttons, so that a press by somebody else is recognised. */
  conversation?: string;
  /** False draws the words alone: buttons of an earlier turn are dead. */
  live?: boolean;
  limit?: number;
}

/** One answer of the bot as an Adaptive Card: the same for Teams and for the web desk. */
export const replyCard = (reply: Reply, turn: number): Card => turnCard([{ from: 'bot', reply }], { turn });

/** All that one turn says, as one card. Of several answers the last one's buttons are on offer, as in the conversation. */
export function turnCard(lines: readonly ChatLine[], { limit = CARD_LIMIT_BYTES, ...options }: TurnCard): Card {
  return fitting(BUDGETS, limit, (budget) => build(lines, options, budget));
}

function build(lines: readonly ChatLine[], options: TurnCard, budget: Budget): Card {
  const buttons = buttonRows(buttonsOf(lines, options));
  const said = lines.flatMap((line, index) => lineElements(line, index, options.turn, budget));
  return card('This answer needs a client that shows Adaptive Cards 1.5.', [...said, ...buttons.body], buttons.actions);
}

function buttonsOf(lines: readonly ChatLine[], { turn, conversation, live = true }: TurnCard) {
  const reply = lines.findLast((line) => line.from === 'bot')?.reply;
  if (!reply || !live) return [];
  const data = (press: string): ActionData => ({
    press,
    ...(turn === null ? {} : { turn }),
    ...(conversation === undefined ? {} : { c: conversation }),
  });
  return reply.buttons.slice(0, MAX_BUTTONS).map(({ id, label }) => execute(label, id, data(id)));
}

function lineElements(line: ChatLine, index: number, turn: number | null, budget: Budget): Element[] {
  switch (line.from) {
    case 'bot':
      return replyElements(line.reply, `links-${turn ?? 0}${index ? `-${index}` : ''}`, budget);
    case 'admin':
      return [
        block([run(`${line.name} (administrator)`, MAX_LABEL, { weight: 'Bolder', size: 'Small' })], {
          spacing: 'Medium',
        }),
        // What an administrator wrote arrives whole, as long as a card can hold it.
        ...blocks([{ text: line.text }], budget === BUDGETS[0] ? wholeWords : budget, { spacing: 'None' }),
      ];
    case 'person':
      return blocks([{ text: line.text }], budget, { spacing: 'Medium' });
  }
}

const wholeWords: Budget = { items: 200, text: 2 * ticketTextLimit };

function replyElements({ say, steps, note, question, links }: Reply, linksId: string, budget: Budget): Element[] {
  const noteLines = note ? blocks(note, budget) : [];
  return [
    ...say.slice(0, budget.items).flatMap((line) => blocks(line, budget, { spacing: 'Medium' })),
    ...(steps ? numbered(steps.items, steps.first, budget) : []),
    ...(noteLines.length
      ? [{ type: 'Container', style: 'emphasis', spacing: 'Medium', items: noteLines } as const]
      : []),
    ...(question ? blocks(question, budget, { spacing: 'Medium' }) : []),
    ...linkRow(links, 'Where this comes from', linksId),
  ];
}
