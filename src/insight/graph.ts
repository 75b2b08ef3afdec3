import type { Content } from '../core/content';
import { isAsk, type Scenario, type Step, type Target } from '../core/scenario';
import { type TurnCount, walkBegins } from '../core/turn-facts';
import { figuresOf, type StepFigures } from './figures';

/** A scenario as its YAML draws it, with how often each path was walked. */
export interface ScenarioGraph {
  scenario: string;
  title: string;
  intent: string;
  start: string;
  nodes: GraphNode[];
  edges: GraphEdge[];
}

export interface GraphNode {
  /** Full name of the step; of another scenario's start where the path leaves this one. */
  id: string;
  kind: 'question' | 'told' | 'elsewhere';
  title: string;
  /** Who can be asked there, by role. */
  offers: string | null;
  figures: Omit<StepFigures, 'step'>;
}

export interface GraphEdge {
  from: string;
  to: string;
  /** What is answered or pressed on this way; empty where a step leads on by itself. */
  label: string;
  walked: number;
}

const nothing = { reached: 0, notHelped: 0, gaveUp: 0, solved: 0, handedOver: 0 };

export function graphOf(content: Content, scenario: Scenario, turns: readonly TurnCount[]): ScenarioGraph {
  const walked = walksOf(turns);
  const figures = new Map(figuresOf(turns, [], null).steps.map(({ step, ...rest }) => [step, rest]));
  const nodes = new Map<string, GraphNode>();
  for (const [name, step] of Object.entries(scenario.steps)) {
    const id = `${scenario.name}/${name}`;
    nodes.set(id, {
      id,
      kind: isAsk(step) ? 'question' : 'told',
      title: titleOf(content, scenario, name, step),
      offers: isAsk(step) ? null : (step.offer ?? null),
      figures: figures.get(id) ?? nothing,
    });
  }
  const edges = new Map<string, GraphEdge>();
  for (const [name, step] of Object.entries(scenario.steps)) {
    const from = `${scenario.name}/${name}`;
    for (const { target, label } of waysOf(content, scenario, name, step)) {
      const to = leadsTo(content, scenario, target);
      if (to === null) continue;
      if (!nodes.has(to.id)) nodes.set(to.id, { ...to, figures: nothing });
      const key = `${from} ${to.id}`;
      const known = edges.get(key);
      // Two answers that lead to the same step are one line, or the picture is a bundle of wire.
      if (known) known.label = known.label ? `${known.label}, ${label}` : label;
      else edges.set(key, { from, to: to.id, label, walked: walked.get(key) ?? 0 });
    }
  }
  return {
    scenario: scenario.name,
    title: scenario.wording.title,
    intent: scenario.intent,
    start: `${scenario.name}/${scenario.start}`,
    nodes: [...nodes.values()],
    edges: [...edges.values()],
  };
}

/** How often somebody went from one step straight to another, by `from to`. */
function walksOf(turns: readonly TurnCount[]): Map<string, number> {
  const count = new Map<string, number>();
  for (const { walked, turns: times } of turns) {
    for (const walk of walked) {
      walk.slice(1).forEach((to, index) => {
        const from = walk[index]!;
        if (from !== walkBegins) count.set(`${from} ${to}`, (count.get(`${from} ${to}`) ?? 0) + times);
      });
    }
  }
  return count;
}

function waysOf(content: Content, scenario: Scenario, name: string, step: Step): { target: Target; label: string }[] {
  const shortcuts = (step.instead ?? []).map(({ if: known, then }) => ({
    target: then,
    label: `known: ${Object.values(known).join(', ').replaceAll('_', ' ')}`,
  }));
  if (isAsk(step)) {
    const wording = scenario.wording.questions[step.ask] ?? content.phrases.questions[step.ask];
    const answers = Object.entries(step.answers).map(([value, target]) => ({
      target,
      label: wording?.answers[value]?.label ?? value,
    }));
    return [...answers, ...shortcuts];
  }
  const choices = Object.entries(step.choices).map(([value, target]) => ({
    target,
    label: scenario.wording.steps[name]?.choices[value]?.label ?? value,
  }));
  const then = step.then === undefined ? [] : [{ target: step.then, label: content.phrases.buttons.not_solved.label }];
  return [...then, ...choices, ...shortcuts];
}

function leadsTo(content: Content, here: Scenario, target: Target): Omit<GraphNode, 'figures'> | null {
  if (typeof target === 'object' && 'go' in target) {
    const other = content.byIntent.get(target.go);
    if (!other) return null;
    const id = `${other.name}/${other.start}`;
    return { id, kind: other.name === here.name ? 'told' : 'elsewhere', title: other.wording.title, offers: null };
  }
  const name = typeof target === 'string' ? target : target.to;
  const step = here.steps[name];
  if (!step) return null;
  return {
    id: `${here.name}/${name}`,
    kind: isAsk(step) ? 'question' : 'told',
    title: titleOf(content, here, name, step),
    offers: null,
  };
}

function titleOf(content: Content, scenario: Scenario, name: string, step: Step): string {
  if (!isAsk(step)) return scenario.wording.steps[name]?.title ?? name;
  const wording = scenario.wording.questions[step.ask] ?? content.phrases.questions[step.ask];
  return (wording?.ask ?? name).replaceAll('**', '').trim();
}
