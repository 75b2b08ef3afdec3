import type { Content } from '../core/content';
import { isPerson, type Role } from '../core/escalation';
import { type Arrival, arrive, follow, type Position, type Slots, stepAt, stepName } from '../core/navigate';
import { isAsk, type Scenario, type Step, type Target, type TellStep } from '../core/scenario';

/** One way through a scenario: the steps told, in order, and how it ends. */
export interface Path {
  scenario: string;
  /** Names of told steps, `<folder>/<step>`. */
  steps: string[];
  /** What the person pressed or answered along the way, enough to play the path from its start. */
  presses: string[];
  end: PathEnd;
}

export type PathEnd =
  | { kind: 'solved' }
  | { kind: 'person'; role: Role }
  | { kind: 'outside'; role: Role }
  /** Handed over to another scenario, whose own paths are walked apart. */
  | { kind: 'go'; intent: string };

export const describeEnd = (end: PathEnd): string =>
  end.kind === 'solved' ? 'solved' : end.kind === 'go' ? `continues in ${end.intent}` : `${end.kind}: ${end.role}`;

/** The name of a path: its told steps and its end. Two walks with the same name read the same to the person. */
export const pathName = (path: Path): string => `${path.steps.join(' > ')} > ${describeEnd(path.end)}`;

/** Who is reached at the end of a told step: its person on offer, else who is named for it, else the scenario's. */
export const personOf = (scenario: Scenario, step: TellStep): Role =>
  step.person ?? (step.offer && isPerson(step.offer) ? step.offer : scenario.person);

export const rulesOf = (step: Step): string[] =>
  step.rule === undefined ? [] : Array.isArray(step.rule) ? step.rule : [step.rule];

/** What can be chosen at a step, as action ids with their targets. */
export function optionsOf(step: Step): { press: string; target: Target; sets?: [string, string] }[] {
  if (isAsk(step)) {
    return Object.entries(step.answers).map(([value, target]) => ({
      press: `choose:${value}`,
      target,
      sets: [step.ask, value] as [string, string],
    }));
  }
  const choices = Object.entries(step.choices).map(([value, target]) => ({ press: `choose:${value}`, target }));
  return step.then === undefined ? choices : [...choices, { press: 'not_solved', target: step.then }];
}

const isGo = (target: Target): target is { go: string } => typeof target === 'object' && 'go' in target;

/** Every path of a scenario from its start, each told step met at most once on a path. */
export function pathsOf(content: Content, scenario: Scenario): Path[] {
  const paths: Path[] = [];
  const visit = (arrival: Arrival, told: string[], presses: string[], asked: string[]): void => {
    const { position, slots } = arrival;
    const { scenario: at, step } = stepAt(content, position);
    const name = stepName(position);
    if (isAsk(step) ? asked.includes(name) : told.includes(name)) return;
    const steps = isAsk(step) ? told : [...told, name];
    const nextAsked = isAsk(step) ? [...asked, name] : asked;
    const end = (how: PathEnd, ...last: string[]) =>
      paths.push({ scenario: scenario.name, steps, presses: [...presses, ...last], end: how });
    if (!isAsk(step)) {
      end({ kind: 'solved' }, 'solved');
      if (step.offer && isPerson(step.offer)) end({ kind: 'person', role: step.offer }, 'ask_admin');
      if (step.offer && !isPerson(step.offer)) end({ kind: 'outside', role: step.offer });
      if (step.then === undefined && !(step.offer && isPerson(step.offer))) {
        end({ kind: 'person', role: personOf(at, step) }, 'not_solved', 'ask_admin');
      }
    }
    for (const { press, target, sets } of optionsOf(step)) {
      const known: Slots = sets ? { ...slots, [sets[0]]: sets[1] } : slots;
      if (isGo(target)) end({ kind: 'go', intent: target.go }, press);
      else visit(follow(content, position, target, known), steps, [...presses, press], nextAsked);
    }
  };
  visit(arrive(content, { scenario: scenario.name, step: scenario.start }, {}), [], [], []);
  return unique(paths);
}

/** A situation a person can be in: a step, with what is known by then. */
export interface Situation {
  position: Position;
  slots: Slots;
}

/**
 * Every situation reachable from any scenario's start, hand-overs between scenarios included. `onFault` hears of
 * targets that lead nowhere.
 */
export function situationsOf(content: Content, onFault: (position: Position, message: string) => void): Situation[] {
  const seen = new Map<string, Situation>();
  const open: Situation[] = [];
  const reach = (from: Position, next: () => Arrival): void => {
    try {
      const { position, slots } = next();
      const key = `${stepName(position)} ${JSON.stringify(Object.entries(slots).sort())}`;
      if (seen.has(key)) return;
      seen.set(key, { position, slots });
      open.push({ position, slots });
    } catch (error) {
      onFault(from, (error as Error).message);
    }
  };
  for (const scenario of content.scenarios) {
    const start = { scenario: scenario.name, step: scenario.start };
    reach(start, () => arrive(content, start, {}));
  }
  for (let situation = open.pop(); situation; situation = open.pop()) {
    const { position, slots } = situation;
    const { step } = stepAt(content, position);
    for (const { target, sets } of optionsOf(step)) {
      const known = sets ? { ...slots, [sets[0]]: sets[1] } : slots;
      reach(position, () => follow(content, position, target, known));
    }
    // Facts found in words (an error text, say) may lead past a step; a person can come with them from the start.
    for (const { if: facts, then } of step.instead ?? [])
      reach(position, () => follow(content, position, then, { ...slots, ...facts }));
  }
  return [...seen.values()];
}

/** Of paths that read the same, the one with the fewest presses. */
function unique(list: Path[]): Path[] {
  const shortest = new Map<string, Path>();
  for (const path of list) {
    const kept = shortest.get(pathName(path));
    if (!kept || path.presses.length < kept.presses.length) shortest.set(pathName(path), path);
  }
  return [...shortest.values()];
}
