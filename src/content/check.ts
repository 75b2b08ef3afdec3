import type { Content } from '../core/content';
import { isPerson, type Role, type Rule, roles } from '../core/escalation';
import { type Position, stepAt, stepName } from '../core/navigate';
import { isAsk, type Scenario, type TellStep } from '../core/scenario';
import type { Fault } from './faults';
import { folderOf, type ReadResult } from './read';
import { personOf, rulesOf, type Situation, situationsOf } from './walk';
import { lineOf } from './yaml-file';

/** Facts of the company file that a `known` line may speak of. */
export const knownFacts = [
  'portal_url',
  'identity_provider',
  'identity_provider_reset',
  'accounts',
  'contact_mail',
  'contact_network',
  'contact_security',
  'contact_billing',
  'support_plan',
] as const;

/** The rules that hold across files. Returns every fault; an empty list means the content may be served. */
export function checkContent({ content, faults: formFaults, texts }: ReadResult): Fault[] {
  // Files that do not read would only cause false alarms below.
  if (formFaults.length > 0) return formFaults;
  const faults: Fault[] = [];
  const report = (file: string, path: readonly string[], problem: string, remedy: string): void => {
    faults.push({ file, line: lineOf(texts.get(file) ?? '', path), problem, remedy });
  };
  checkRules(content, report);
  checkGuides(content, report);
  content.phrases.glossary.forEach(({ link }, index) => {
    if (!content.links.has(link))
      report(
        'intents/phrases/en.yaml',
        ['glossary', String(index)],
        `unknown link "${link}"`,
        'add it to intents/links.yaml or correct the id',
      );
  });
  content.phrases.menu.forEach((intent, index) => {
    if (!content.byIntent.has(intent))
      report(
        'intents/phrases/en.yaml',
        ['menu', String(index)],
        `the menu names the unknown intent "${intent}"`,
        'name an intent that has a scenario',
      );
  });
  for (const scenario of content.scenarios) checkScenario(content, scenario, report);
  if (faults.length === 0) checkSituations(content, report);
  return faults;
}

type Report = (file: string, path: readonly string[], problem: string, remedy: string) => void;

const dataFile = (scenario: Scenario) => `intents/scenarios/${scenario.name}/scenario.yaml`;
const wordsFile = (scenario: Scenario) => `intents/scenarios/${scenario.name}/en.yaml`;

/** Where a rule stands in its file; `read.ts` refuses two of one id, so the order is the file's. */
const ruleAt = (content: Content, rule: Rule): string[] => [
  'rules',
  String([...content.rules.keys()].indexOf(rule.id)),
];

function checkRules(content: Content, report: Report): void {
  for (const rule of content.rules.values()) {
    for (const role of rule.to) {
      if (rule.never.includes(role)) {
        report(
          'intents/escalation.yaml',
          ruleAt(content, rule),
          `rule ${rule.id} both sends to ${role} and forbids it`,
          'keep the role in one of the two lists',
        );
      }
    }
  }
}

function checkGuides(content: Content, report: Report): void {
  for (const guide of content.guides.values()) {
    for (const id of guide.links) {
      if (!content.links.has(id))
        report(
          `intents/guides/${guide.id}.yaml`,
          ['links'],
          `unknown link "${id}"`,
          'add it to intents/links.yaml or correct the id',
        );
    }
  }
}

function checkScenario(content: Content, scenario: Scenario, report: Report): void {
  const data = dataFile(scenario);
  const words = wordsFile(scenario);
  if (folderOf(scenario.intent) !== scenario.name) {
    report(
      data,
      ['intent'],
      `intent ${scenario.intent} does not belong in the folder ${scenario.name}`,
      `name the folder ${folderOf(scenario.intent)}`,
    );
  }
  if (!isPerson(scenario.person))
    report(data, ['person'], `${scenario.person} is not somebody the bot can ping`, 'name a person of the company');
  if (!scenario.steps[scenario.start])
    report(data, ['start'], `start names the missing step "${scenario.start}"`, 'name an existing step');

  if (JSON.stringify(scenario.wording).includes('REPLACE with')) {
    report(words, ['title'], 'still holds the scaffold’s words "REPLACE with …"', 'write the real words');
  }
  for (const [name, step] of Object.entries(scenario.steps)) {
    const at = ['steps', name];
    const targets = isAsk(step)
      ? Object.entries(step.answers).map(([value, target]) => [target, [...at, 'answers', value]] as const)
      : [
          ...Object.entries(step.choices).map(([value, target]) => [target, [...at, 'choices', value]] as const),
          ...(step.then === undefined ? [] : [[step.then, [...at, 'then']] as const]),
        ];
    const shortcuts = (step.instead ?? []).map(({ then }, index) => [then, [...at, 'instead', String(index)]] as const);
    for (const [target, path] of [...targets, ...shortcuts]) {
      if (typeof target === 'object' && 'go' in target) {
        if (!content.byIntent.has(target.go))
          report(data, path, `hands over to the unknown intent "${target.go}"`, 'name an intent that has a scenario');
      } else {
        const to = typeof target === 'string' ? target : target.to;
        if (!scenario.steps[to])
          report(data, path, `leads to the missing step "${to}"`, 'name an existing step of this scenario');
      }
    }
    for (const id of rulesOf(step)) {
      if (!content.rules.has(id))
        report(data, [...at, 'rule'], `unknown rule "${id}"`, 'use an id of intents/escalation.yaml');
    }
    if (isAsk(step)) {
      const wording = scenario.wording.questions[step.ask] ?? content.phrases.questions[step.ask];
      if (!wording) {
        report(
          data,
          [...at, 'ask'],
          `the question "${step.ask}" has no wording`,
          `add it under questions in ${words} or in intents/phrases/en.yaml`,
        );
      } else {
        for (const value of Object.keys(step.answers)) {
          if (!wording.answers[value])
            report(
              data,
              [...at, 'answers', value],
              `the answer "${value}" of "${step.ask}" has no label`,
              `add it under questions → ${step.ask} → answers`,
            );
        }
      }
    } else {
      checkTold(content, scenario, name, step, report);
    }
  }
  for (const name of Object.keys(scenario.wording.steps)) {
    const step = scenario.steps[name];
    if (!step || isAsk(step))
      report(
        words,
        ['steps', name],
        `wording for "${name}", which is no told step of the scenario`,
        'remove it or correct the name',
      );
  }
  const asked = new Set(Object.values(scenario.steps).flatMap((step) => (isAsk(step) ? [step.ask] : [])));
  for (const name of Object.keys(scenario.wording.questions)) {
    if (!asked.has(name))
      report(
        words,
        ['questions', name],
        `wording for the question "${name}", which is never asked`,
        'remove it or ask it',
      );
  }
}

function checkTold(content: Content, scenario: Scenario, name: string, step: TellStep, report: Report): void {
  const data = dataFile(scenario);
  const words = wordsFile(scenario);
  const at = ['steps', name];
  const wording = scenario.wording.steps[name];
  if (!wording) {
    report(data, at, `the step "${name}" has no wording`, `add it under steps in ${words}`);
    return;
  }
  const rules = rulesOf(step).flatMap((id) => content.rules.get(id) ?? []);
  const never = new Set(rules.flatMap((rule) => rule.never));
  const forbidden = (role: Role, how: string, path: string[]) => {
    if (never.has(role)) {
      const rule = rules.find((candidate) => candidate.never.includes(role))!;
      report(
        data,
        path,
        `${how} ${role}, whom rule ${rule.id} forbids`,
        'name somebody the rule allows, or carry the right rule',
      );
    }
  };
  const links = step.links.flatMap((id) => {
    const link = content.links.get(id);
    if (!link) report(data, [...at, 'links'], `unknown link "${id}"`, 'add it to intents/links.yaml or correct the id');
    return link ?? [];
  });
  for (const link of links) if (link.form) forbidden(link.form, `links to ${link.id}, the way to`, [...at, 'links']);
  if (step.offer) {
    forbidden(step.offer, 'offers', [...at, 'offer']);
    if (!rules.some((rule) => rule.to.includes(step.offer!))) {
      report(
        data,
        [...at, 'offer'],
        `offers ${step.offer}, to whom none of its rules sends`,
        `offer one of: ${rules.flatMap((rule) => rule.to).join(', ') || 'nobody'}`,
      );
    }
    if (
      !isPerson(step.offer) &&
      !links.some(
        (link) => link.form === step.offer || (link.form && roles[link.form].group === roles[step.offer!].group),
      ) &&
      roles[step.offer].group !== 'aws_trust_safety'
    ) {
      report(data, [...at, 'links'], `offers ${step.offer} without a link to its form`, 'add the form to links');
    }
  }
  const person = personOf(scenario, step);
  if (!isPerson(person))
    report(data, [...at, 'person'], `${person} is not somebody the bot can ping`, 'name a person of the company');
  forbidden(person, '"a person please" leads to', step.person ? [...at, 'person'] : at);
  if (step.guide && !content.guides.has(step.guide)) {
    report(data, [...at, 'guide'], `unknown guide "${step.guide}"`, 'add it to intents/guides or correct the name');
  }
  for (const value of Object.keys(step.choices)) {
    if (!wording.choices[value])
      report(words, ['steps', name], `the choice "${value}" has no label`, `add it under steps → ${name} → choices`);
  }
  for (const value of Object.keys(wording.choices)) {
    if (!step.choices[value])
      report(
        words,
        ['steps', name, 'choices', value],
        `a label for "${value}", which is no choice of the step`,
        'remove it or add the choice',
      );
  }
  for (const fact of Object.keys(wording.known)) {
    if (!(knownFacts as readonly string[]).includes(fact))
      report(
        words,
        ['steps', name, 'known', fact],
        `unknown company fact "${fact}"`,
        `use one of: ${knownFacts.join(', ')}`,
      );
  }
  const longest = Math.max(
    wording.say.length + (wording.note?.length ?? 0),
    ...wording.do.map((action) => action.length),
  );
  if (longest > 900)
    report(
      words,
      ['steps', name],
      `a single part of ${longest} characters cannot be shown in one piece`,
      'keep say with note, and each action, under 900 characters',
    );
}

/** What must hold wherever a person can get to, hand-overs included. */
function checkSituations(content: Content, report: Report): void {
  const broken = new Set<string>();
  const once = (position: Position, problem: string, remedy: string): void => {
    const key = `${stepName(position)} ${problem}`;
    if (broken.has(key)) return;
    broken.add(key);
    report(`intents/scenarios/${position.scenario}/scenario.yaml`, ['steps', position.step], problem, remedy);
  };
  const situations = situationsOf(content, (position, message) =>
    once(position, message, 'let one of the questions lead on to a told step'),
  );
  for (const situation of situations) checkUser(content, situation, once);

  const reached = new Set(situations.map(({ position }) => stepName(position)));
  const carried = new Map<string, Set<Role>>();
  for (const scenario of content.scenarios) {
    for (const [name, step] of Object.entries(scenario.steps)) {
      const position = { scenario: scenario.name, step: name };
      // A question may be skipped always; a told step nobody can reach is dead content.
      if (!isAsk(step) && !reached.has(stepName(position)))
        once(position, `nobody can reach the step "${name}"`, 'lead an answer to it or remove it');
      if (isAsk(step) || !reached.has(stepName(position))) continue;
      for (const id of rulesOf(step)) {
        const offered = carried.get(id) ?? new Set();
        if (step.offer) offered.add(step.offer);
        carried.set(id, offered);
      }
    }
  }
  for (const rule of content.rules.values()) checkCarried(content, rule, carried.get(rule.id), report);
}

function checkUser(
  content: Content,
  { position, slots }: Situation,
  once: (position: Position, problem: string, remedy: string) => void,
): void {
  const { step } = stepAt(content, position);
  if (isAsk(step)) return;
  const rules = rulesOf(step).map((id) => content.rules.get(id)!);
  for (const rule of rules) {
    const type = slots.account_type;
    if (rule.for && type && type !== 'unsure' && !(rule.for as readonly string[]).includes(type)) {
      once(
        position,
        `a person known to be ${type} gets here, but rule ${rule.id} is for ${rule.for.join(' and ')}`,
        'ask for the account type first, or carry the right rule',
      );
    }
  }
  const member = slots.organization_member;
  const wrong = member === 'yes' ? false : member === 'no' ? true : undefined;
  if (wrong !== undefined && rules.every((rule) => rule.member === wrong)) {
    once(
      position,
      `somebody whose account is ${wrong ? 'not in' : 'in'} an organisation gets here, but the rule is for the other kind`,
      'let the question organization_member decide before this step',
    );
  }
}

function checkCarried(content: Content, rule: Rule, offered: Set<Role> | undefined, report: Report): void {
  if (!offered) {
    report(
      'intents/escalation.yaml',
      ruleAt(content, rule),
      `no path reaches rule ${rule.id}`,
      'carry it on a told step of a scenario',
    );
    return;
  }
  for (const role of rule.to) {
    if (!offered.has(role))
      report(
        'intents/escalation.yaml',
        ruleAt(content, rule),
        `rule ${rule.id} sends to ${role}, but no step with this rule offers it`,
        'add `offer` to a step that carries the rule',
      );
  }
}
