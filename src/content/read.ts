import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Content, phrasesSchema } from '../core/content';
import { type Guide, guideSchema, type Link, linksFileSchema, type Rule, rulesFileSchema } from '../core/escalation';
import { type Scenario, scenarioSchema, scenarioWordingSchema } from '../core/scenario';
import { supportPlansSchema } from '../core/support-plan';
import type { Fault } from './faults';
import { lineOf, readYamlFile } from './yaml-file';

export interface ReadResult {
  /** Absent when a file could not be read at all; rules across files are judged by `check.ts`. */
  content: Content;
  faults: Fault[];
  /** File name → text, so that later checks can name lines. */
  texts: Map<string, string>;
}

/** The part of `languages.yaml` that is said to people; the words that give a language away belong to understanding. */
const languagesFileSchema = z.looseObject({
  languages: z.array(z.looseObject({ code: z.string(), name: z.string(), line: z.string().optional() })),
});

/** The folder name of an intent: `mfa.lost` lives in `mfa-lost/`. */
export const folderOf = (intent: string): string => intent.replace(/[._]/g, '-');

/**
 * Reads `intents/` into typed content, collecting every fault of form (broken YAML, missing file, unknown key).
 * @param root path of the `intents` folder
 */
export function readContent(root: string): ReadResult {
  const faults: Fault[] = [];
  const texts = new Map<string, string>();
  const read = <S extends z.ZodType>(path: string, schema: S): z.output<S> | undefined => {
    const name = `intents/${path}`;
    const file = readYamlFile(join(root, path), name, schema);
    texts.set(name, file.text);
    if (file.kind === 'ok') return file.value;
    faults.push(...file.faults);
    return undefined;
  };

  const rules = new Map<string, Rule>();
  read('escalation.yaml', rulesFileSchema)?.rules.forEach((rule, index) => {
    const file = 'intents/escalation.yaml';
    if (rules.has(rule.id))
      faults.push({
        file,
        line: lineOf(texts.get(file)!, ['rules', String(index)]),
        problem: `two rules are called ${rule.id}`,
        remedy: 'rename or remove one of them',
      });
    rules.set(rule.id, rule);
  });
  const links = new Map<string, Link>();
  for (const [id, link] of Object.entries(read('links.yaml', linksFileSchema) ?? {})) links.set(id, { ...link, id });
  const guides = new Map<string, Guide>();
  for (const file of list(join(root, 'guides'), '.yaml')) {
    const guide = read(`guides/${file}`, guideSchema);
    if (guide) guides.set(file.replace(/\.yaml$/, ''), { ...guide, id: file.replace(/\.yaml$/, '') });
  }
  const phrases = read('phrases/en.yaml', phrasesSchema);

  const scenarios: Scenario[] = [];
  for (const name of list(join(root, 'scenarios'))) {
    const data = read(`scenarios/${name}/scenario.yaml`, scenarioSchema);
    const wording = read(`scenarios/${name}/en.yaml`, scenarioWordingSchema);
    if (data && wording) scenarios.push({ ...data, name, wording });
  }
  const supportPlans = read('support-plans.yaml', supportPlansSchema)?.plans ?? {};
  const languages = read('languages.yaml', languagesFileSchema)?.languages ?? [];
  const content: Content = {
    scenarios,
    byIntent: new Map(scenarios.map((scenario) => [scenario.intent, scenario])),
    byName: new Map(scenarios.map((scenario) => [scenario.name, scenario])),
    rules,
    links,
    guides,
    // A faulty phrases file is already among the faults, and whoever gets faults must not use the content.
    phrases: phrases as Content['phrases'],
    supportPlans,
    languages: new Map(languages.flatMap(({ code, name, line }) => (line ? [[code, { name, line }] as const] : []))),
  };
  return { content, faults, texts };
}

function list(folder: string, ending = ''): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending) && !name.startsWith('.'))
    .sort();
}
