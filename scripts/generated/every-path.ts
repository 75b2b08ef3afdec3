import { optionsOf, type Path, type PathEnd, pathName, pathsOf } from '../../src/content/walk';
import type { Content } from '../../src/core/content';
import { type Conversation, newConversation } from '../../src/core/conversation';
import { groupsOf, type Role } from '../../src/core/escalation';
import { leadsTo } from '../../src/core/leads-to';
import { type Arrival, arrive, follow, stepAt, stepName } from '../../src/core/navigate';
import { noOrganization } from '../../src/core/organization';
import { isAsk, type Scenario, type Step, type Target } from '../../src/core/scenario';
import { respond, type TurnInput } from '../../src/dialogue/respond';

/** One turn of a transcript: what is pressed or typed, and what must then be true. */
interface PlayedTurn {
  input: string | { press: string };
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

export interface PlayedScenario {
  scenario: Scenario;
  paths: PlayedPath[];
  /** Buttons that none of the paths happens to press, each from the start to what it shows. */
  otherAnswers: { name: string; turns: PlayedTurn[] }[];
}

/** The file that holds a transcript of every path of a scenario. */
export const everyPathFile = (scenario: string): string => `test/conversations/${scenario}/every-path.yaml`;

/**
 * Every path of a scenario, and every button on the way, with what must be shown. It follows from the content alone:
 * what the bot does with it is found out by playing.
 */
export function playScenario(content: Content, scenario: Scenario): PlayedScenario {
  const opening = openingOf(content, scenario);
  const pressed = new Set<string>();
  const paths = pathsOf(content, scenario).map((path, index) => ({
    number: index + 1,
    path,
    turns: [...opening, ...turnsOf(content, scenario, path.presses, path.end, pressed)],
  }));
  const otherAnswers = unpressed(content, scenario, pressed).map((presses) => {
    const turns = turnsOf(content, scenario, presses, null, pressed);
    return {
      name: `${turns.at(-2)?.bot ?? stepName(start(content, scenario).position)} + ${presses.at(-1)}`,
      turns: [...opening, ...turns],
    };
  });
  return { scenario, paths, otherAnswers };
}

export function everyPathPage({ scenario, paths, otherAnswers }: PlayedScenario): string {
  const transcript = (name: string, turns: readonly PlayedTurn[]) =>
    [`# ${name}`, 'turns:', ...turns.map((turn) => `  - ${flow(turn)}`)].join('\n');
  const documents = [
    ...paths.map(({ number, path, turns }) => transcript(`${number}. ${pathName(path)}`, turns)),
    ...otherAnswers.map(({ name, turns }) => transcript(`also: ${name}`, turns)),
  ];
  return `# Every path of ${scenario.intent} from its opening to its end (${paths.length}), and every button on the way that those do not press (${otherAnswers.length}).
# Generated from intents/ by \`npm run docs\`; do not edit. The tests play it on the bot.
${documents.join('\n---\n')}
`;
}

function flow({ input, bot, escalation, ticket }: PlayedTurn): string {
  // Flow mappings are sensitive to colons, so whatever could hold one is quoted.
  const quoted = (text: string) => (/^[a-z_-]+$/.test(text) ? text : JSON.stringify(text));
  const parts = [
    `Ada: ${typeof input === 'string' ? JSON.stringify(input) : `{ press: ${quoted(input.press)} }`}`,
    `bot: ${bot}`,
  ];
  if (escalation) parts.push(`escalation: { to: [${escalation.to.join(', ')}], state: ${escalation.state} }`);
  if (ticket) parts.push(`ticket: { state: ${ticket.state}, role: ${quoted(ticket.role)} }`);
  return `{ ${parts.join(', ')} }`;
}

const start = (content: Content, scenario: Scenario): Arrival =>
  arrive(content, { scenario: scenario.name, step: scenario.start }, {});

/** @param pressed is told of every button used, as `<step> <press>` */
function turnsOf(
  content: Content,
  scenario: Scenario,
  presses: readonly string[],
  end: PathEnd | null,
  pressed: Set<string>,
): PlayedTurn[] {
  let here = start(content, scenario);
  const turns: PlayedTurn[] = [];
  for (const press of presses) {
    const { scenario: at, step } = stepAt(content, here.position);
    pressed.add(`${stepName(here.position)} ${press}`);
    const input = { press };
    if (press === 'solved') {
      turns.push({ input, bot: 'phrases/solved' });
    } else if (press === 'ask_admin') {
      turns.push({
        input,
        bot: at.severity === 'urgent' ? 'phrases/handed-over-urgent' : 'phrases/handed-over',
        ...ticketOf(end),
      });
    } else if (press === 'not_solved' && !isAsk(step) && step.then === undefined) {
      turns.push({ input, bot: 'phrases/offer-person' });
    } else {
      const slots = isAsk(step) ? { ...here.slots, [step.ask]: answerOf(press) } : here.slots;
      here = follow(content, here.position, targetOf(step, press), slots);
      turns.push({ input, bot: stepName(here.position) });
    }
  }
  const last = turns.at(-1);
  if (end?.kind === 'outside' && last)
    last.escalation = { to: groupsOf(leadsTo(content, here.position, here.slots)), state: 'offered' };
  return turns;
}

const ticketOf = (end: PathEnd | null): Pick<PlayedTurn, 'ticket'> =>
  end?.kind === 'person' ? { ticket: { state: 'open', role: end.role } } : {};

const answerOf = (press: string): string => press.slice('choose:'.length);

function targetOf(step: Step, press: string): Target {
  const target = isAsk(step)
    ? step.answers[answerOf(press)]
    : press === 'not_solved'
      ? step.then
      : step.choices[answerOf(press)];
  if (target === undefined) throw new Error(`a path presses ${press}, which leads nowhere`);
  return target;
}

/** The shortest ways to buttons that no path presses: several answers may lead to the same words, and a path needs but one. */
function unpressed(content: Content, scenario: Scenario, pressed: ReadonlySet<string>): string[][] {
  const found: string[][] = [];
  const done = new Set(pressed);
  const seen = new Set<string>();
  const open = [{ here: start(content, scenario), presses: [] as string[] }];
  for (const { here, presses } of open) {
    const name = stepName(here.position);
    const situation = `${name} ${JSON.stringify(Object.entries(here.slots).sort())}`;
    if (seen.has(situation) || here.position.scenario !== scenario.name) continue;
    seen.add(situation);
    const { step } = stepAt(content, here.position);
    for (const { press, target, sets } of optionsOf(step)) {
      if (!done.has(`${name} ${press}`)) found.push([...presses, press]);
      done.add(`${name} ${press}`);
      open.push({
        here: follow(content, here.position, target, sets ? { ...here.slots, [sets[0]]: sets[1] } : here.slots),
        presses: [...presses, press],
      });
    }
  }
  return found;
}

/**
 * How a person gets to the scenario's first step: by typing its title, unless the title says so much that the first
 * question is answered by it; then through the menu. Only here the dialogue is asked, since the menu's order is its own.
 */
function openingOf(content: Content, scenario: Scenario): PlayedTurn[] {
  const { title } = scenario.wording;
  const first = stepName(start(content, scenario).position);
  const typed = reply(content, scenario.intent, newConversation(), { kind: 'text', text: title, secrets: [] });
  if (typed.bot === first) return [{ input: title, bot: first }];

  const turns: PlayedTurn[] = [];
  let conversation = newConversation();
  for (let press = 'hello'; turns.length < 20; press = 'next') {
    const turn = reply(content, scenario.intent, conversation, { kind: 'press', press });
    conversation = turn.conversation;
    turns.push({ input: { press }, bot: turn.bot });
    const entry = `choose:${scenario.intent}`;
    if (conversation.buttons.some(({ id }) => id === entry)) return [...turns, { input: { press: entry }, bot: first }];
  }
  throw new Error(`no page of the menu offers ${scenario.intent}`);
}

function reply(
  content: Content,
  intent: string,
  before: Conversation,
  input: TurnInput,
): { conversation: Conversation; bot: string } {
  const understander = {
    understand: (text: string) => ({
      text,
      intent,
      account_type: null,
      confidence: 1,
      decision: 'answer' as const,
      alternatives: [{ intent, confidence: 1 }],
      entities: {},
      language: 'en',
    }),
    entities: () => ({}),
    correct: (text: string) => text.toLowerCase(),
  };
  const person = { id: 'ada', name: 'Ada', member: true };
  const { conversation, replies } = respond(
    { content, understander, organization: noOrganization, now: 0, person, platform: 'console', tickets: [] },
    before,
    input,
  );
  return { conversation, bot: replies.map(({ name }) => name).join(', ') };
}
