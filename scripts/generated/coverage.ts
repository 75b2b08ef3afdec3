import type { Fault } from '../../src/content/faults';
import { pathName, pathsOf, rulesOf } from '../../src/content/walk';
import type { Content } from '../../src/core/content';
import type { WrittenTranscript } from './written-transcripts';

/** Every path without a transcript that plays it, and every rule no transcript shows. Who wrote the transcript does not matter. */
export function uncovered(content: Content, transcripts: readonly WrittenTranscript[]): Fault[] {
  const faults: Fault[] = [];
  for (const scenario of content.scenarios) {
    const folder = `test/conversations/${scenario.name}/`;
    const played = transcripts.filter(({ file }) => file.startsWith(folder)).map(({ presses }) => presses);
    for (const path of pathsOf(content, scenario)) {
      // What comes before the path's own presses is the opening.
      if (played.some((presses) => endsWith(presses, path.presses))) continue;
      faults.push({
        file: `intents/scenarios/${scenario.name}/scenario.yaml`,
        problem: `no transcript plays the path ${pathName(path)}`,
        remedy: `run \`npm run docs\`, or write one in ${folder}`,
      });
    }
  }
  const heard = new Set(transcripts.flatMap((transcript) => transcript.heard));
  for (const rule of content.rules.values()) {
    const steps = content.scenarios.flatMap(({ name, steps: all }) =>
      Object.entries(all).flatMap(([step, data]) => (rulesOf(data).includes(rule.id) ? [`${name}/${step}`] : [])),
    );
    if (steps.some((step) => heard.has(step))) continue;
    faults.push({
      file: 'intents/escalation.yaml',
      problem: `no transcript shows the rule ${rule.id}`,
      remedy: 'run `npm run docs`, or write a transcript that comes to a step with this rule',
    });
  }
  return faults;
}

const endsWith = (list: readonly string[], end: readonly string[]): boolean => {
  const from = list.length - end.length;
  return from >= 0 && end.every((item, index) => list[from + index] === item);
};
