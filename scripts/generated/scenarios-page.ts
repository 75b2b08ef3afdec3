import { pathName, rulesOf } from '../../src/content/walk';
import type { Content } from '../../src/core/content';
import type { Role, Rule } from '../../src/core/escalation';
import type { Scenario } from '../../src/core/scenario';
import { everyPathFile, type PlayedPath, type PlayedScenario } from './every-path';
import type { WrittenTranscript } from './written-transcripts';

/**
 * `docs/scenarios.md`: for each documented rule who helps and who never can, the steps that carry it, a path that
 * reaches it and a conversation that shows it; then every path of every scenario.
 */
export function scenariosPage(
  content: Content,
  played: readonly PlayedScenario[],
  byHand: readonly WrittenTranscript[],
): string {
  const total = played.reduce((sum, { paths }) => sum + paths.length, 0);
  return `<!-- Generated from intents/ and test/conversations/ by \`npm run docs\`; do not edit. -->

# Rules, paths and transcripts

${content.rules.size} rules, ${content.scenarios.length} scenarios, ${total} paths. The rules are in
[intents/escalation.yaml](../intents/escalation.yaml), each with its reason, its source at AWS and the day it was checked;
the paths are in the scenarios' folders. \`npm run check\` proves that no path leads to somebody whom a rule on it
forbids, that every path ends in *solved*, a person or AWS, and that every rule and every path has a conversation that
is played on the real bot.

## Rules

| Rule | Kind of user | Who can help, in order | Who never can | Steps that carry it | A path to it | A conversation |
| --- | --- | --- | --- | --- | --- | --- |
${[...content.rules.values()].map((rule) => ruleRow(content, rule, played, byHand)).join('\n')}

## Paths

A path is written as the steps told, in order, and its end. Its number is that of its transcript in \`every-path.yaml\`.

${played.map((one) => scenarioPart(one, byHand)).join('\n\n')}
`;
}

function ruleRow(
  content: Content,
  rule: Rule,
  played: readonly PlayedScenario[],
  byHand: readonly WrittenTranscript[],
): string {
  const steps = content.scenarios.flatMap((scenario) =>
    Object.entries(scenario.steps).flatMap(([step, data]) =>
      rulesOf(data).includes(rule.id) ? [{ scenario, step, name: `${scenario.name}/${step}` }] : [],
    ),
  );
  const names = new Set(steps.map(({ name }) => name));
  const shown = steps.map(({ scenario, name }) => `[${name}](${dataFile(scenario)})`).join('<br>');
  const reaching = played
    .flatMap(({ paths }) => paths)
    .filter(({ path }) => path.steps.some((step) => names.has(step)));
  // The shortest way that ends at the rule says most about it.
  const [shortest] = reaching.sort((a, b) => rank(a, names) - rank(b, names) || a.turns.length - b.turns.length);
  const written = byHand.find((transcript) => transcript.heard.some((name) => names.has(name)));
  return `| ${[
    `\`${rule.id}\``,
    cell(rule.user),
    people(rule.to, 'nobody: the person alone'),
    people(rule.never, '–'),
    shown || '**none**',
    shortest ? cell(pathName(shortest.path)) : '**none**',
    written ? link(written) : shortest ? generatedLink(shortest) : '**none**',
  ].join(' | ')} |`;
}

const rank = ({ path }: PlayedPath, names: ReadonlySet<string>): number =>
  names.has(path.steps.at(-1) ?? '') && path.end.kind !== 'solved' ? 0 : 1;

const dataFile = (scenario: Scenario) => `../intents/scenarios/${scenario.name}/scenario.yaml`;
const people = (roles: readonly Role[], nobody: string): string =>
  roles.map((role) => `\`${role}\``).join(', ') || nobody;
const cell = (text: string): string => text.replace(/\|/g, '\\|').replace(/ > /g, ' › ');
const link = ({ file }: WrittenTranscript): string =>
  `[${file.replace('test/conversations/', '').replace('.yaml', '').replace(/-/g, ' ').replace('/', ': ')}](../${file})`;
const generatedLink = ({ path, number }: PlayedPath): string =>
  `[${path.scenario}: path ${number}](../${everyPathFile(path.scenario)})`;

function scenarioPart({ scenario, paths }: PlayedScenario, byHand: readonly WrittenTranscript[]): string {
  const written = byHand.filter((transcript) => transcript.file.startsWith(`test/conversations/${scenario.name}/`));
  const ends = { solved: 0, person: 0, outside: 0, go: 0 };
  for (const { path } of paths) ends[path.end.kind] += 1;
  const counts = [
    `${ends.solved} solved`,
    `${ends.person} with a person of the company`,
    `${ends.outside} with AWS or Amazon`,
    ...(ends.go > 0 ? [`${ends.go} in another scenario`] : []),
  ];
  const prefix = `${scenario.name}/`;
  const lines = paths.map(({ number, path }) => `${number}. ${cell(pathName(path)).split(prefix).join('')}`);
  return `### ${scenario.wording.title}

[\`${scenario.intent}\`](${dataFile(scenario)}): ${paths.length} paths; ${counts.join(', ')}. ${written.length} conversations written by hand: ${written.map(link).join(', ') || 'none'}.

<details><summary>All ${paths.length} paths</summary>

${lines.join('\n')}

</details>`;
}
