import type { HomeTicket, HomeView } from '../core/home-view';
import {
  block,
  blocks,
  buttonRows,
  type Card,
  type Column,
  card,
  type Element,
  execute,
  fitting,
  heading,
  run,
} from './elements';
import { firstOf } from './inert-text';
import { BUDGETS, type Budget, CARD_LIMIT_BYTES, MAX_LABEL } from './limits';
import { colourOf } from './ticket-card';

/** Headings of the home card; they come from the content, as all words do. */
export interface HomeWords {
  mine: string;
  none: string;
  queue: string;
  empty: string;
}

/** What the button beside a ticket of the queue brings back: it asks for the ticket's card. */
export interface OpenData {
  open: number;
}

/** Marks the button that draws the home card anew. */
const homeAgain = { home: 1 } as const;

/** The start menu, the person's own requests and, for administrators, who waits for them. */
export const homeCard = (view: HomeView, words: HomeWords, conversation: string): Card =>
  fitting(BUDGETS, CARD_LIMIT_BYTES, (budget) => build(view, words, conversation, budget));

function build({ start, mine, queue }: HomeView, words: HomeWords, conversation: string, budget: Budget): Card {
  // No turn: the menu of the home card names topics, which can be picked at any time.
  const topics = start.buttons.map(({ id, label }) => execute(label, id, { press: id, c: conversation }));
  const buttons = buttonRows([...topics, execute('Refresh', 'home', homeAgain)]);
  return card(
    'This page needs a client that shows Adaptive Cards 1.5.',
    [
      ...start.say.flatMap((line) => blocks(line, budget, { spacing: 'Medium' })),
      ...section(words.mine, words.none, mine, false, budget),
      ...(queue ? section(words.queue, words.empty, queue, true, budget) : []),
      ...buttons.body,
    ],
    buttons.actions,
  );
}

function section(
  title: string,
  nothing: string,
  tickets: readonly HomeTicket[],
  isQueue: boolean,
  budget: Budget,
): Element[] {
  if (tickets.length === 0)
    return [
      heading(title),
      block([run(nothing, budget.text, { size: 'Small', isSubtle: true })], { spacing: 'Small' }),
    ];
  const rows = firstOf<HomeTicket | number>(tickets, budget.items, (more) => more);
  return [heading(title), ...rows.map((row) => (typeof row === 'number' ? rest(row) : ticketRow(row, isQueue)))];
}

const rest = (more: number): Element =>
  block([run(`… (${more} more)`, MAX_LABEL, { size: 'Small', isSubtle: true })], { spacing: 'Small' });

function ticketRow({ id, number, title, state, stateText, urgent, person }: HomeTicket, isQueue: boolean): Element {
  const name: Column = {
    type: 'Column',
    width: 'stretch',
    items: [
      block([
        run(`${number} `, MAX_LABEL, { weight: 'Bolder' }),
        ...(urgent ? [run('Urgent ', MAX_LABEL, { weight: 'Bolder', color: 'Attention' })] : []),
        run(title, 100),
        ...(isQueue ? [run(` · ${person}`, MAX_LABEL, { isSubtle: true })] : []),
      ]),
      block([run(stateText, 100, { size: 'Small', color: colourOf[state] })], { spacing: 'None' }),
    ],
  };
  // The number is in the verb, so that each of these buttons is another one.
  const open = execute(`Open ${number}`, `open_ticket:${id}`, { open: id } satisfies OpenData);
  const press: Column = { type: 'Column', width: 'auto', items: [{ type: 'ActionSet', actions: [open] }] };
  return { type: 'ColumnSet', spacing: 'Small', columns: isQueue ? [name, press] : [name] };
}
