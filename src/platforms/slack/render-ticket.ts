import { firstOf, shorten } from '../../cards/inert-text';
import { isClosed, type TicketState } from '../../core/ticket';
import { type TicketView, writtenSince } from '../../core/ticket-view';
import {
  type Block,
  bulleted,
  buttonRows,
  context,
  header,
  type Inline,
  linked,
  paragraphs,
  quote,
  type Rich,
  rich,
  words,
} from './blocks';
import { SHOW_STEPS, writeValue } from './button-values';
import { HEADER, LABEL } from './limits';
import { fits, type Page, pageOf } from './pages';

/** How much of a long text is shown, from generous to tight; the first one that fits is taken. */
interface Budget {
  /** Items of a list. */
  items: number;
  /** Characters of one text. */
  text: number;
}
const BUDGETS: readonly Budget[] = [
  { items: 24, text: 1_200 },
  { items: 16, text: 500 },
  { items: 10, text: 240 },
  { items: 4, text: 100 },
  { items: 3, text: 50 },
  { items: 2, text: 24 },
];

const stateMark: Record<TicketState, string> = {
  open: '🟠',
  claimed: '🔵',
  waiting_for_user: '🔵',
  waiting_for_aws: '🔵',
  resolved: '🟢',
  cancelled: '⚪',
};

const platformNames: Record<string, string> = { web: 'web desk', slack: 'Slack', teams: 'Teams', console: 'terminal' };

/** The ping: everything an administrator needs in order to act; their own steps open behind a button. */
export function renderTicket(view: TicketView, destination: string): Page {
  const pages = BUDGETS.map((budget) => () => build(view, destination, budget));
  for (const page of pages) {
    const blocks = page();
    if (fits(blocks)) return pageOf(blocks);
  }
  return pageOf(build(view, destination, BUDGETS.at(-1)!));
}

function build(view: TicketView, destination: string, budget: Budget): Block[] {
  const limit = budget.text;
  if (view.restricted && !view.detail) return withoutDetail(view, destination);
  const who = [
    ...words(view.person.name, { bold: true }, LABEL),
    ...words(` asks for ${view.roleText}`, {}, limit),
    ...words(` · ${platformNames[view.person.platform] ?? view.person.platform}`, {}, LABEL),
  ];
  return [
    header(`${view.number} · ${shorten(view.title, HEADER - 20)}`),
    context(`${stateMark[view.state]} ${shorten(view.stateText, budget.text)}${view.urgent ? ' · 🔴 Urgent' : ''}`),
    ...risks(view, budget),
    ...rich(paragraphs([who, words(view.notVerified, { italic: true }, limit)], '\n')),
    ...rich(facts(view, budget)),
    ...rich([...said(view, budget), ...tried(view, budget)]),
    ...rich(rule(view, budget)),
    ...rich([...heading('Before you act'), ...quote(words(view.verify, {}, limit)), ...done(view)]),
    ...checkButtons(view, destination),
    ...waits(view),
    ...(view.actions.length ? [context(howToTalk(view))] : []),
    ...actions(view, destination),
  ];
}

const howToTalk = ({ person }: TicketView): string =>
  `💬 What you write in this thread goes to ${person.name}. Begin with “note:” to keep it among you.`;

/** Where others read along: that there is something, and how to get at it. */
const withoutDetail = (view: TicketView, destination: string): Block[] => [
  header(`${view.number} · ${view.title}`),
  context(`${stateMark[view.state]} ${shorten(view.stateText, LABEL)} · 🔴 Urgent`),
  ...rich(
    paragraphs([
      words(`What it is about is not shown here. Read it on the desk, or write “${view.number}” to me in private.`),
    ]),
  ),
  ...waits(view),
  ...actions(view, destination),
];

const risks = ({ risks: flags }: TicketView, { items, text }: Budget): Block[] => {
  const shown = firstOf(flags, items, (more) => `… (${more} more left out)`);
  return shown.length === 0
    ? []
    : rich([...heading('⚠️ Look twice'), ...bulleted(shown.map((one) => words(one, {}, text)))]);
};

const waits = ({ waits: lines }: TicketView): Block[] => (lines.length ? [context(`⏳ ${lines.join(' ')}`)] : []);

/** Which checks are done and by whom. */
function done({ checks, approval }: TicketView): Rich[] {
  const lines = [
    ...checks.flatMap(({ label, by }) => (by === null ? [] : [`${label}: ${by}`])),
    ...(approval?.by ?? []).map((name) => `Approved: ${name}`),
  ];
  return paragraphs(
    lines.map((text) => words(`✓ ${text}`, { bold: true }, LABEL * 2)),
    '\n',
  );
}

/** What is left of the checks. */
function checkButtons({ checks, approval, actions: possible, id, version }: TicketView, at: string): Block[] {
  if (possible.length === 0) return [];
  const value = { ticket: id, v: version, at };
  const left = checks.filter(({ by }) => by === null);
  const buttons = left.map(({ id: choice, label }) => ({
    id: `check:${choice}`,
    label,
    value: writeValue({ ...value, choice }),
  }));
  const approve =
    approval && approval.by.length === 0 ? [{ id: 'approve', label: approval.label, value: writeValue(value) }] : [];
  return buttonRows([...buttons, ...approve]);
}

/** A card is no place for a listing. */
const fewLines = (text: string, limit: number): string =>
  firstOf(
    text.split(/\r\n|[\n\r\u2028\u2029]/).filter((one) => one.trim() !== ''),
    limit,
    (more) => `… (${more} more lines left out)`,
  ).join('\n');

const heading = (text: string): Rich[] => paragraphs([words(text, { bold: true })]);

function facts({ facts: known }: TicketView, { items, text }: Budget): Rich[] {
  const rows = firstOf(known, items, (more) => ({ label: '…', value: `${more} more left out` }));
  return paragraphs(
    rows.map(({ label, value }): Inline[] => [
      ...words(`${label}: `, { bold: true }, LABEL),
      ...words(fewLines(value, 3), {}, text),
    ]),
    '\n',
  );
}

/** What they said before the ping, then what was written since. */
const said = (view: TicketView, budget: Budget): Rich[] => [
  ...quoted('In their own words', view.words, budget),
  ...quoted('Written since', writtenSince(view), budget),
];

/** The newest words matter most, so it is the older ones that go. */
function quoted(title: string, texts: readonly string[], { items, text }: Budget): Rich[] {
  if (texts.length === 0) return [];
  const kept = texts.slice(-Math.min(items, 8));
  const hidden = texts.length - kept.length;
  const left = hidden ? words(`… (${hidden} earlier left out)`, { italic: true }) : [];
  return [
    ...heading(title),
    ...paragraphs([left]),
    ...kept.flatMap((one) => quote(words(fewLines(one, Math.min(items, 12)), {}, text))),
  ];
}

function tried(view: TicketView, { items, text }: Budget): Rich[] {
  if (view.tried.length === 0) return [];
  const shown = firstOf(view.tried, items, (more) => `… (${more} more left out)`);
  return [
    ...heading('Tried or told so far'),
    ...bulleted(shown.map((one) => words(one.replace(/\s+/g, ' '), {}, text))),
  ];
}

function rule({ rule: why }: TicketView, { text }: Budget): Rich[] {
  if (!why) return [];
  const source = linked([{ label: 'The page that says so', url: why.source }], `Rule ${why.id}`);
  return [...heading('Why it came here'), ...paragraphs([words(why.reason, {}, text)]), ...source];
}

function actions(view: TicketView, at: string): Block[] {
  const value = writeValue({ ticket: view.id, v: view.version, at });
  const possible = view.actions.map(({ id, label }) => ({
    id,
    label,
    value,
    ...(id === 'claim' ? { style: 'primary' as const } : {}),
  }));
  return buttonRows([
    ...possible,
    ...(view.guide && !isClosed(view.state) ? [{ id: SHOW_STEPS, label: 'Show steps', value }] : []),
  ]);
}
