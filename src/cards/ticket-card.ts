import type { TicketState } from '../core/ticket';
import type { RecordAction } from '../core/ticket-actions';
import { type TicketView, writtenSince } from '../core/ticket-view';
import {
  type Action,
  type ActionSet,
  block,
  blocks,
  bulleted,
  type Card,
  type Colour,
  type ColumnSet,
  card,
  type Element,
  execute,
  fitting,
  heading,
  label,
  linkRow,
  numbered,
  run,
} from './elements';
import { firstOf } from './inert-text';
import { BUDGETS, type Budget, CARD_LIMIT_BYTES, MAX_CHOICES, MAX_INPUT, MAX_LABEL } from './limits';

type TicketActionId = TicketView['actions'][number]['id'];

/** What a pressed button of a ticket brings back; typed words come beside it, under the name in `inputOf`. */
export interface TicketActionData {
  ticket: number;
  action: TicketActionId;
  /** Version of the ticket that was on show: the same press on the same version counts once. */
  v: number;
}
export const inputOf = {
  reply: 'reply_text',
  note: 'note_text',
  resolve: 'resolve_text',
  reassign: 'reassign_text',
} as const;
/** Where what is picked comes back. */
export const choiceOf = { resolve: 'resolve_choice', reassign: 'reassign_choice', snooze: 'snooze_choice' } as const;

/** What a pressed button below the identity check brings back. */
export interface RecordActionData {
  ticket: number;
  action: RecordAction;
  choice: string;
  v: number;
}

/** Ids inside a ticket's card, for hosts that add to what is shown (the web desk puts Copy buttons on commands). */
export const elementId = {
  steps: (ticket: number) => `ticket-${ticket}-steps`,
  command: (ticket: number, index: number) => `ticket-${ticket}-command-${index}`,
  links: (ticket: number, which: string) => `ticket-${ticket}-links-${which}`,
};

/** How the state of a ticket is coloured wherever it is named. */
export const colourOf: Record<TicketState, Colour> = {
  // “Warning” is a yellow that nobody can read on white in Teams.
  open: 'Attention',
  claimed: 'Accent',
  waiting_for_user: 'Accent',
  waiting_for_aws: 'Accent',
  resolved: 'Good',
  cancelled: 'Default',
};

const platformNames: Record<string, string> = { web: 'web desk', slack: 'Slack', teams: 'Teams', console: 'terminal' };

/** The ping: everything an administrator needs to act, below the size that Teams accepts. */
export function ticketCard(view: TicketView, limit: number = CARD_LIMIT_BYTES): Card {
  return fitting(BUDGETS, limit, (budget) => build(view, budget));
}

function build(view: TicketView, budget: Budget): Card {
  if (view.restricted && !view.detail) return restrictedCard(view, budget);
  const { rows, last } = actions(view);
  const body: Element[] = [
    ...header(view, budget),
    ...risks(view, budget),
    block(
      [
        run(view.person.name, MAX_LABEL, { weight: 'Bolder' }),
        run(` asks for ${view.roleText}`, budget.text),
        run(` · ${platformNames[view.person.platform] ?? view.person.platform}`, MAX_LABEL, { isSubtle: true }),
      ],
      { spacing: 'Medium' },
    ),
    ...blocks([{ text: view.notVerified }], budget, { spacing: 'Small' }, { size: 'Small', isSubtle: true }),
    ...firstOf(view.facts, budget.items, left).map((fact, index) =>
      factRow(fact.label, fact.value, budget, index === 0),
    ),
    ...words(view, budget),
    ...list('Tried or told so far', view.tried, budget),
    ...rule(view, budget),
    {
      type: 'Container',
      style: 'warning',
      spacing: 'Medium',
      items: [
        heading('Before you act', {}),
        ...blocks([{ text: view.verify }], budget, { spacing: 'None' }),
        ...checks(view),
      ],
    },
    ...guide(view, budget),
    ...waits(view, budget),
    ...talk(view, budget),
    ...rows,
  ];
  return card(fallback(view), body, last);
}

/** How to talk without a form, where the place has threads. */
const talk = ({ talk: hint }: TicketView, budget: Budget): Element[] =>
  hint ? blocks([{ text: hint }], budget, { spacing: 'None' }, { size: 'Small', isSubtle: true }) : [];

const fallback = ({ number }: TicketView): string =>
  `Ticket ${number}: this ping needs a client that shows Adaptive Cards 1.5.`;

/** Where others read along: that there is something, and how to get at it. */
function restrictedCard(view: TicketView, budget: Budget): Card {
  const { rows, last } = actions(view);
  const body = [
    ...header(view, budget),
    ...blocks([{ text: kept(view) }], budget, { spacing: 'Medium' }),
    ...waits(view, budget),
    ...rows,
  ];
  return card(fallback(view), body, last);
}

const kept = ({ number }: TicketView): string =>
  `What it is about is not shown here. Read it on the desk, or write “${number}” to me in private.`;

function risks({ risks: flags }: TicketView, budget: Budget): Element[] {
  if (flags.length === 0) return [];
  const lines = flags.map((text) => [{ text }]);
  return [
    {
      type: 'Container',
      style: 'attention',
      spacing: 'Medium',
      items: [heading('Look twice', {}), ...bulleted(lines, budget)],
    },
  ];
}

const waits = ({ waits: lines }: TicketView, budget: Budget): Element[] =>
  lines.flatMap((text, index) =>
    blocks([{ text }], budget, { spacing: index === 0 ? 'Medium' : 'None' }, { size: 'Small', isSubtle: true }),
  );

/** Which checks are done and by whom; what is left is a button. */
function checks(view: TicketView): Element[] {
  const { checks: all, approval } = view;
  const done = [
    ...all.flatMap(({ label: what, by }) => (by === null ? [] : [`${what}: ${by}`])),
    ...(approval?.by ?? []).map((name) => `Approved: ${name}`),
  ];
  const left = view.actions.length === 0 ? [] : all.filter(({ by }) => by === null);
  const press = (action: RecordAction, choice: string, title: string) =>
    execute(title, choice === '' ? action : `${action}:${choice}`, {
      ticket: view.id,
      action,
      choice,
      v: view.version,
    } satisfies RecordActionData);
  const buttons = [
    ...left.map(({ id, label: title }) => press('check', id, title)),
    ...(approval && approval.by.length === 0 && view.actions.length > 0 ? [press('approve', '', approval.label)] : []),
  ];
  return [
    ...done.map((text) => block([run(`✓ ${text}`, MAX_LABEL * 2, { weight: 'Bolder' })], { spacing: 'Small' })),
    ...(buttons.length ? [{ type: 'ActionSet', spacing: 'Small', actions: buttons } as const] : []),
  ];
}

const left = (more: number) => ({ label: '…', value: `${more} more left out` });

function header(view: TicketView, budget: Budget): Element[] {
  const look = { weight: 'Bolder', size: 'Small' } as const;
  const state = run(view.stateText, MAX_LABEL, { weight: 'Bolder', color: colourOf[view.state] });
  const number = [
    run(view.number, MAX_LABEL, { ...look, isSubtle: true }),
    ...(view.urgent ? [run('  Urgent', MAX_LABEL, { ...look, color: 'Attention' })] : []),
  ];
  return [
    {
      type: 'ColumnSet',
      columns: [
        { type: 'Column', width: 'stretch', items: [block(number)] },
        { type: 'Column', width: 'auto', items: [block([state])] },
      ],
    },
    block([run(view.title, Math.min(budget.text, 150), { weight: 'Bolder', size: 'Large' })], { spacing: 'None' }),
  ];
}

const factRow = (name: string, value: string, budget: Budget, isFirst: boolean): ColumnSet => ({
  type: 'ColumnSet',
  spacing: isFirst ? 'Medium' : 'Small',
  columns: [
    { type: 'Column', width: '120px', items: [block([run(name, MAX_LABEL, { isSubtle: true })])] },
    { type: 'Column', width: 'stretch', items: blocks([{ text: value }], { ...budget, items: 3 }) },
  ],
});

/** What they said before the ping, then what they wrote since. */
function words(view: TicketView, budget: Budget): Element[] {
  const since = writtenSince(view);
  const said: Element[] = [
    ...quoted('In their own words', view.words, budget),
    ...quoted('Written since', since, budget),
  ];
  return said.length ? [{ type: 'Container', style: 'emphasis', spacing: 'Medium', items: said }] : [];
}

/** The newest words matter most, so it is the older ones that go. */
function quoted(title: string, texts: readonly string[], budget: Budget): Element[] {
  if (!texts.length) return [];
  const kept = texts.slice(-Math.min(budget.items, 8));
  const hidden = texts.length - kept.length;
  return [
    heading(title),
    ...(hidden
      ? [block([run(`… (${hidden} earlier left out)`, MAX_LABEL, { isSubtle: true })], { spacing: 'Small' })]
      : []),
    ...kept.flatMap((text) =>
      blocks([{ text }], { ...budget, items: Math.min(budget.items, 12) }, { spacing: 'Small' }),
    ),
  ];
}

function list(title: string, items: readonly string[], budget: Budget): Element[] {
  if (!items.length) return [];
  const lines = items.map((item) => [{ text: item.replace(/\s+/g, ' ') }]);
  return [heading(title), ...bulleted(lines, budget)];
}

function rule(view: TicketView, budget: Budget): Element[] {
  if (!view.rule) return [];
  return [
    heading('Why it came here'),
    ...blocks([{ text: view.rule.reason }], budget, { spacing: 'None' }),
    block([run(`Rule ${view.rule.id}`, 120, { size: 'Small', isSubtle: true })], { spacing: 'None' }),
    ...linkRow([{ label: 'The page that says so', url: view.rule.source }], null, elementId.links(view.id, 'rule')),
  ];
}

function guide(view: TicketView, budget: Budget): Element[] {
  if (!view.guide) return [];
  const { title, console: clicks, cli, permissions, mind, links } = view.guide;
  const inside: Element[] = [block([run(title, Math.min(budget.text, 150), { weight: 'Bolder' })])];
  if (clicks.length) inside.push(heading('In the console'), ...numbered(clicks, 1, budget));
  if (cli.length) {
    inside.push(heading('Or with the AWS CLI'));
    firstOf(cli, budget.items, (more) => `# ${more} more left out`).forEach((command, index) => {
      inside.push(
        block([run(command, budget.text, { fontType: 'Monospace', size: 'Small' })], {
          id: elementId.command(view.id, index),
          spacing: 'Small',
        }),
      );
    });
  }
  if (permissions.length) {
    const shown = firstOf(permissions, budget.items, (more) => `${more} more`).join(', ');
    inside.push(
      heading('You need the rights'),
      block([run(shown, budget.text, { fontType: 'Monospace', size: 'Small' })], { spacing: 'None' }),
    );
  }
  if (mind.length) {
    inside.push(heading('Bear in mind'), ...bulleted(mind, budget));
  }
  inside.push(...linkRow(links, 'Where this comes from', elementId.links(view.id, 'guide')));
  return [{ type: 'Container', id: elementId.steps(view.id), isVisible: false, spacing: 'Medium', items: inside }];
}

/**
 * What can be done, in two rows: Teams hides what is beyond the sixth button of one. What is done most stands last, at the
 * card's foot, which the desk keeps in sight. The steps are opened from there too, so that they are in reach on a long card.
 */
function actions(view: TicketView): { rows: ActionSet[]; last: Action[] } {
  const steps: Action = {
    type: 'Action.ToggleVisibility',
    title: 'Show steps',
    targetElements: [elementId.steps(view.id)],
  };
  const isSeldom = ({ id }: TicketView['actions'][number]) => seldom.has(id);
  const often = view.actions.filter((action) => !isSeldom(action)).map((action) => button(view, action));
  const first = view.guide && (!view.restricted || view.detail) ? [...often, steps] : often;
  const second = view.actions.filter(isSeldom).map((action) => button(view, action));
  if (second.length === 0) return { rows: [], last: first };
  return { rows: [{ type: 'ActionSet', spacing: 'Medium', actions: second }], last: first };
}

const seldom: ReadonlySet<TicketActionId> = new Set(['note', 'reassign', 'snooze', 'not_mine']);

function button(view: TicketView, { id, label: title, choices = [] }: TicketView['actions'][number]): Action {
  const data = { ticket: view.id, action: id, v: view.version } satisfies TicketActionData;
  if (id === 'claim') return execute(title, id, data, 'positive');
  if (id === 'not_mine') return execute(title, id, data);
  const form = forms[id];
  const words: Element[] =
    id === 'snooze'
      ? []
      : [
          {
            type: 'Input.Text',
            id: inputOf[id],
            label: form.label,
            isMultiline: true,
            maxLength: MAX_INPUT,
            ...(form.required ? { isRequired: true as const, errorMessage: form.required } : {}),
          },
        ];
  return {
    type: 'Action.ShowCard',
    title: label(title),
    card: {
      type: 'AdaptiveCard',
      body: [...(id in choiceOf ? picks(id as keyof typeof choiceOf, choices) : []), ...words],
      actions: [execute(form.send, id, data, 'positive')],
    },
  };
}

/** The most usual choice is made already, but where there is none: nobody gives a ticket away by accident. */
function picks(id: keyof typeof choiceOf, choices: readonly { value: string; label: string }[]): Element[] {
  if (choices.length === 0) return [];
  const isOpenQuestion = id === 'reassign';
  return [
    {
      type: 'Input.ChoiceSet',
      id: choiceOf[id],
      label: pickLabels[id],
      style: id === 'snooze' ? 'expanded' : 'compact',
      choices: choices.slice(0, MAX_CHOICES).map(({ value, label: title }) => ({ title: label(title), value })),
      ...(isOpenQuestion
        ? { placeholder: 'Pick one', isRequired: true as const, errorMessage: 'Pick where it should go.' }
        : { value: choices[0]!.value }),
    },
  ];
}

/** Fixed words only: labels of inputs are read as Markdown by some clients. */
const pickLabels = { resolve: 'How it ended', reassign: 'Who should take it', snooze: 'Lay it aside' } as const;
const forms = {
  reply: { label: 'Your words to the employee', send: 'Send reply', required: 'Write what the employee should read.' },
  note: { label: 'A note for the other administrators', send: 'Save note', required: 'Write the note.' },
  resolve: { label: 'What should the employee know? (may stay empty)', send: 'Mark as resolved', required: null },
  reassign: { label: 'What should they know? (may stay empty)', send: 'Hand it on', required: null },
  snooze: { label: '', send: 'Snooze', required: null },
} as const;
