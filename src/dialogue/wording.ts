import { isAwsForm } from '../core/aws-cases';
import type { ButtonId, Content, PhraseName } from '../core/content';
import { isPerson, type Role } from '../core/escalation';
import type { Button, Line, Reply, ShownLink } from '../core/message';
import { plain } from '../core/message';
import { type Position, stepAt, stepName } from '../core/navigate';
import { isAsk, type QuestionWording, type Scenario, type TellStep } from '../core/scenario';

/** At most this many actions, and about this many characters, are shown at a time; the rest is behind "next". */
export const maxActions = 6;
export const maxCharacters = 900;

/** Values put into our sentences. They may be a person's words, so they are never read as markup. */
export type Values = Readonly<Record<string, string>>;

/** Our own sentence as a line: `**bold**` becomes a bold span, `{name}` a value that stays plain text. */
export function line(text: string, values: Values = {}): Line {
  return text
    .trim()
    .split(/(\*\*[^*]+\*\*)/)
    .filter((part) => part !== '')
    .flatMap((part) => {
      const bold = part.startsWith('**') && part.endsWith('**') && part.length > 4;
      return fill(bold ? part.slice(2, -2) : part, values).map((words) =>
        bold ? { text: words, bold: true as const } : { text: words },
      );
    });
}

function fill(text: string, values: Values): string[] {
  return text.split(/(\{[a-z_]+\})/).flatMap((part) => {
    const value = /^\{[a-z_]+\}$/.test(part) ? values[part.slice(1, -1)] : undefined;
    return part === '' ? [] : [value ?? part];
  });
}

export function button(content: Content, id: ButtonId): Button {
  return { id, label: content.phrases.buttons[id].label };
}

export const choice = (value: string, label: string): Button => ({ id: `choose:${value}`, label });

/** A sentence that no scenario owns. */
export function phrase(content: Content, name: PhraseName, values: Values = {}, buttons: Button[] = []): Reply {
  return { name: `phrases/${name}`, say: [line(content.phrases.say[name], values)], buttons, links: [] };
}

export const questionWording = (content: Content, scenario: Scenario, slot: string): QuestionWording => {
  const wording = scenario.wording.questions[slot] ?? content.phrases.questions[slot];
  if (!wording) throw new Error(`the question ${slot} of ${scenario.name} has no wording`);
  return wording;
};

export interface Shown {
  reply: Reply;
  pages: number;
}

/**
 * The step at a position as the person sees it.
 * @param page of a long list of actions, from 0
 * @param facts the company's facts, empty for people who are not members
 */
export function showStep(content: Content, position: Position, page: number, facts: Values): Shown {
  const { scenario, step } = stepAt(content, position);
  if (!isAsk(step)) return showTold(content, scenario, position.step, step, page, facts);
  const wording = questionWording(content, scenario, step.ask);
  const answers = Object.keys(step.answers).map((value) => choice(value, wording.answers[value]!.label));
  return {
    pages: 1,
    reply: {
      name: stepName(position),
      say: [line(wording.ask)],
      buttons: [...answers, button(content, 'person')],
      links: [],
    },
  };
}

function showTold(
  content: Content,
  scenario: Scenario,
  name: string,
  step: TellStep,
  page: number,
  facts: Values,
): Shown {
  const wording = scenario.wording.steps[name]!;
  const known = Object.entries(wording.known).flatMap(([fact, text]) => {
    const value = facts[fact];
    return value === undefined ? [] : [line(text, { value })];
  });
  const say = [...known, line(wording.say)];
  const note = wording.note === undefined ? undefined : line(wording.note);
  const around = [...say, ...(note ? [note] : [])].reduce((sum, part) => sum + plain(part).length, 0);
  const pages = paginate(
    wording.do.map((action) => line(action)),
    maxCharacters - around,
  );
  const shown = pages[Math.min(page, pages.length - 1)]!;
  const last = page >= pages.length - 1;
  const choices = Object.keys(step.choices).map((value) => choice(value, wording.choices[value]!.label));
  const offered =
    step.offer && isPerson(step.offer) ? [{ id: 'ask_admin', label: content.phrases.roles[step.offer].button }] : [];
  const form = isAwsForm(step.offer) ? [button(content, 'aws_text'), button(content, 'aws_sent')] : [];
  const ending = [button(content, 'solved'), button(content, 'not_solved'), ...offered, ...form, ...choices];
  return {
    pages: pages.length,
    reply: {
      name: `${scenario.name}/${name}`,
      say: page === 0 ? say : [],
      ...(shown.items.length ? { steps: shown } : {}),
      ...(last && note ? { note } : {}),
      ...(last ? { question: endingQuestion(content, scenario, name, step) } : {}),
      buttons: [
        ...(last ? ending : [button(content, 'next'), ...ending]),
        ...(offered.length ? [] : [button(content, 'person')]),
      ],
      links: step.links.flatMap((id): ShownLink[] => {
        const link = content.links.get(id);
        return link ? [{ label: link.label, url: link.url }] : [];
      }),
    },
  };
}

/** Whether a step only hands over: it has somebody to ask and nothing to try out, so "yes" means "ask them". */
export const onlyHandsOver = (scenario: Scenario, name: string, step: TellStep): boolean =>
  step.offer !== undefined &&
  isPerson(step.offer) &&
  (step.prepares === true || scenario.wording.steps[name]!.do.length === 0);

function endingQuestion(content: Content, scenario: Scenario, name: string, step: TellStep): Line {
  return onlyHandsOver(scenario, name, step)
    ? line(content.phrases.say['shall-i-ask'], { who: who(content, step.offer!) })
    : line(content.phrases.say['did-it-help']);
}

/** Splits actions into pages of at most `maxActions` and about `room` characters, never an action in two. */
function paginate(items: Line[], room: number): { first: number; items: Line[] }[] {
  const pages: { first: number; items: Line[] }[] = [{ first: 1, items: [] }];
  let used = 0;
  items.forEach((item, index) => {
    const length = plain(item).length;
    const current = pages[pages.length - 1]!;
    const limit = pages.length === 1 ? room : maxCharacters;
    if (current.items.length === maxActions || (current.items.length > 0 && used + length > limit)) {
      pages.push({ first: index + 1, items: [item] });
      used = length;
    } else {
      current.items.push(item);
      used += length;
    }
  });
  return pages;
}

/** How a role is spoken of in the middle of a sentence. */
export const who = (content: Content, role: Role): string => content.phrases.roles[role].who;
