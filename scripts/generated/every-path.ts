import { type Path, type PathEnd, pathName, pathsOf } from '../../src/content/walk';
import type { Content } from '../../src/core/content';
import { newConversation } from '../../src/core/conversation';
import { groupsOf, type Role } from '../../src/core/escalation';
import { leadsTo } from '../../src/core/leads-to';
import { arrive, follow, stepAt, stepName } from '../../src/core/navigate';
import { noOrganization } from '../../src/core/organization';
import { isAsk, type Scenario, type Step, type Target } from '../../src/core/scenario';
import { respond } from '../../src/dialogue/respond';

/** One turn of a transcript: what is pressed, and what must then be true. */
interface PlayedTurn {
  press: string;
  bot: string;
  escalation?: { to: string[]; state: 'offered' };
  ticket?: { state: 'open'; role: Role };
}

export interface PlayedPath {
  /** From 1; the number of its transcript in `every-path.yaml`, and of its line in `docs/scenarios.md`. */
  number: number;
  path: Path;
  turns: PlayedTurn[];
}

/** The file that holds a transcript of every path of a scenario. */
export const everyPathFile = (scenario: string): string => `test/conversations/${scenario}/every-path.yaml`;

/** Every path of a scenario with what the person presses and what must be shown: from the content alone, no bot is asked. */
export function playedPaths(content: Content, scenario: Scenario): PlayedPath[] {
  const opening = pressesToOpen(content, scenario.intent);
  return pathsOf(content, scenario).map((path, index) => ({
    number: index + 1,
    path,
    turns: turnsOf(content, scenario, opening, path),
  }));
}

export function everyPathPage(scenario: Scenario, paths: readonly PlayedPath[]): string {
  const documents = paths.map(({ number, path, turns }) =>
    [`# ${number}. ${pathName(path)}`, 'turns:', ...turns.map((turn) => `  - ${flow(turn)}`)].join('\n'),
  );
  const head = [
    `# Every path of ${scenario.intent}, from its menu entry to its end: ${paths.length}.`,
    '# Generated from intents/ by `npm run docs`; do not edit. The tests play it on the bot.',
  ];
  return `${head.join('\n')}\n${documents.join('\n---\n')}\n`;
}

function flow({ press, bot, escalation, ticket }: PlayedTurn): string {
  const parts = [`Ada: { press: ${/^[a-z_]+$/.test(press) ? press : JSON.stringify(press)} }`, `bot: ${bot}`];
  if (escalation) parts.push(`escalation: { to: [${escalation.to.join(', ')}], state: ${escalation.state} }`);
  // A role holds a colon, which means something in a flow mapping.
  if (ticket) parts.push(`ticket: { state: ${ticket.state}, role: ${JSON.stringify(ticket.role)} }`);
  return `{ ${parts.join(', ')} }`;
}

function turnsOf(
  content: Content,
  scenario: Scenario,
  opening: readonly PlayedTurn[],
  { presses, end }: Path,
): PlayedTurn[] {
  let { position, slots } = arrive(content, { scenario: scenario.name, step: scenario.start }, {});
  const turns: PlayedTurn[] = [...opening, { press: `choose:${scenario.intent}`, bot: stepName(position) }];
  for (const press of presses) {
    const { scenario: at, step } = stepAt(content, position);
    if (press === 'solved') {
      turns.push({ press, bot: 'phrases/solved' });
    } else if (press === 'ask_admin') {
      const urgent = at.severity === 'urgent';
      turns.push({ press, bot: urgent ? 'phrases/handed-over-urgent' : 'phrases/handed-over', ...ticketOf(end) });
    } else if (press === 'not_solved' && !isAsk(step) && step.then === undefined) {
      turns.push({ press, bot: 'phrases/offer-person' });
    } else {
      ({ position, slots } = follow(
        content,
        position,
        targetOf(step, press),
        isAsk(step) ? { ...slots, [step.ask]: valueOf(press) } : slots,
      ));
      turns.push({ press, bot: stepName(position) });
    }
  }
  if (end.kind === 'outside')
    turns.push({ ...turns.pop()!, escalation: { to: groupsOf(leadsTo(content, position, slots)), state: 'offered' } });
  return turns;
}

const ticketOf = (end: PathEnd): Pick<PlayedTurn, 'ticket'> =>
  end.kind === 'person' ? { ticket: { state: 'open', role: end.role } } : {};

const valueOf = (press: string): string => press.slice('choose:'.length);

function targetOf(step: Step, press: string): Target {
  const target = isAsk(step)
    ? step.answers[valueOf(press)]
    : press === 'not_solved'
      ? step.then
      : step.choices[valueOf(press)];
  if (target === undefined) throw new Error(`a path presses ${press}, which leads nowhere`);
  return target;
}

/** What to press, beginning with "hello", until the menu shows an intent. Only here the dialogue is asked: the menu's order is its own. */
function pressesToOpen(content: Content, intent: string): PlayedTurn[] {
  let conversation = newConversation();
  const turns: PlayedTurn[] = [];
  for (let press = 'hello'; turns.length < 20; press = 'next') {
    const outcome = respond(
      {
        content,
        understander: deaf,
        organization: noOrganization,
        now: 0,
        person: { id: 'ada', name: 'Ada', member: true },
        platform: 'console',
        tickets: [],
      },
      conversation,
      { kind: 'press', press },
    );
    conversation = outcome.conversation;
    turns.push({ press, bot: outcome.replies.at(-1)!.name });
    if (conversation.buttons.some(({ id }) => id === `choose:${intent}`)) return turns;
    if (!conversation.buttons.some(({ id }) => id === 'next')) break;
  }
  throw new Error(`no page of the menu offers ${intent}`);
}

const refuse = (): never => {
  throw new Error('presses need no understanding');
};
const deaf = { understand: refuse, entities: refuse, correct: refuse };
