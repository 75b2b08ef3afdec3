import type { Content, Phrases } from '../../src/core/content';
import type { Role, Rule } from '../../src/core/escalation';
import type { AskStep, Scenario, Step, Target, TellStep } from '../../src/core/scenario';

/** A told step that offers nobody; a test names only what it is about. */
export const tell = (parts: Partial<TellStep> = {}): TellStep => ({
  rule: 'rule/anyone',
  links: ['page'],
  choices: {},
  ...parts,
});

export const ask = (slot: string, answers: Record<string, Target>, parts: Partial<AskStep> = {}): AskStep => ({
  ask: slot,
  answers,
  ...parts,
});

/** A scenario whose wording is made from the names of its steps. */
export function scenario(
  intent: string,
  start: string,
  steps: Record<string, Step>,
  parts: Partial<Scenario> = {},
): Scenario {
  const name = intent.replace(/[._]/g, '-');
  const told = Object.entries(steps).filter(([, step]) => !('ask' in step)) as [string, TellStep][];
  const asked = Object.values(steps).filter((step): step is AskStep => 'ask' in step);
  return {
    name,
    intent,
    owner: 'aws-admins',
    person: 'account-admin',
    severity: 'normal',
    may_be_outage: false,
    start,
    steps,
    wording: {
      title: `About ${intent}`,
      summary: `All that concerns ${intent}.`,
      questions: Object.fromEntries(
        asked.map((step) => [step.ask, { ask: `Which ${step.ask}?`, answers: labels(Object.keys(step.answers)) }]),
      ),
      steps: Object.fromEntries(
        told.map(([step, { choices }]) => [
          step,
          { title: `Told ${step}`, known: {}, say: `Told: ${step}.`, do: [], choices: labels(Object.keys(choices)) },
        ]),
      ),
    },
    ...parts,
  };
}

const labels = (values: string[]) =>
  Object.fromEntries(values.map((value) => [value, { label: `Label ${value}`, also: [] }]));

export const rule = (id: string, to: Role[] = [], never: Role[] = []): Rule => ({
  id,
  user: 'anyone at all',
  self_service: false,
  to,
  never,
  reason: 'Because the page says so.',
  basis: 'documented',
  source: 'https://docs.aws.amazon.com/',
  checked: '2026-11-22',
});

/** Content made of a few scenarios; `phrases` may be left out where no words are looked at. */
export const content = (
  scenarios: Scenario[],
  rules: Rule[] = [rule('rule/anyone')],
  phrases = { questions: {} } as Phrases,
): Content => ({
  scenarios,
  byIntent: new Map(scenarios.map((one) => [one.intent, one])),
  byName: new Map(scenarios.map((one) => [one.name, one])),
  rules: new Map(rules.map((one) => [one.id, one])),
  links: new Map([
    ['page', { id: 'page', label: 'The page', url: 'https://docs.aws.amazon.com/', checked: '2026-11-22' }],
  ]),
  guides: new Map(),
  phrases,
  supportPlans: {},
  languages: new Map(),
});
