import { readFileSync } from 'node:fs';
import { LineCounter, parse, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Fault } from './faults';

/** The 1-based line of a value inside a YAML text, or of its nearest parent. Parses again; used only once a fault is known. */
export function lineOf(text: string, path: readonly PropertyKey[]): number | undefined {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  for (let length = path.length; length > 0; length--) {
    const keys = path.slice(0, length).map((key) => (typeof key === 'symbol' ? String(key) : key));
    const parent = document.getIn(keys.slice(0, -1), true) as {
      items?: { key?: { value?: unknown; range?: number[] } }[];
    };
    const pair = parent?.items?.find((item) => item.key?.value === keys[length - 1]);
    const node = document.getIn(keys, true) as { range?: number[] } | undefined;
    const offset = pair?.key?.range?.[0] ?? node?.range?.[0];
    if (offset !== undefined) return counter.linePos(offset).line;
  }
  return undefined;
}

export type YamlFile<T> = { kind: 'ok'; value: T; text: string } | { kind: 'faulty'; faults: Fault[]; text: string };

/** Reads and checks one YAML file. Every fault carries its line; `name` is how the file is called in them. */
export function readYamlFile<S extends z.ZodType>(file: string, name: string, schema: S): YamlFile<z.output<S>> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    return {
      kind: 'faulty',
      text: '',
      faults: [
        { file: name, problem: `cannot be read (${reason})`, remedy: 'create the file or correct its path and rights' },
      ],
    };
  }
  return parseYaml(text, name, schema);
}

export function parseYaml<S extends z.ZodType>(text: string, name: string, schema: S): YamlFile<z.output<S>> {
  let raw: unknown;
  try {
    raw = parse(text, { maxAliasCount: 20 });
  } catch (error) {
    const { message, linePos } = error as { message: string; linePos?: { line: number }[] };
    return {
      kind: 'faulty',
      text,
      faults: [
        {
          file: name,
          line: linePos?.[0]?.line,
          problem: `is not valid YAML: ${message.split('\n')[0]}`,
          remedy: 'check indentation and quote text that holds ": " or begins with a special character',
        },
      ],
    };
  }
  const result = schema.safeParse(raw);
  if (result.success) return { kind: 'ok', value: result.data, text };
  return {
    kind: 'faulty',
    text,
    faults: result.error.issues.flatMap((issue) => faultsOf(issue, text, name)),
  };
}

function faultsOf(issue: z.core.$ZodIssue, text: string, name: string): Fault[] {
  const where = issue.path.map(String).join(' → ') || 'the file';
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      file: name,
      line: lineOf(text, [...issue.path, key]),
      problem: `${where}: unknown key "${key}"`,
      remedy: 'remove it or correct its spelling',
    }));
  }
  if (issue.code === 'invalid_union') {
    const closest = [...issue.errors].sort((a, b) => a.length - b.length)[0]?.[0];
    if (closest) return faultsOf({ ...closest, path: [...issue.path, ...closest.path] }, text, name);
  }
  return [
    {
      file: name,
      line: lineOf(text, issue.path),
      problem: `${where}: ${issue.message}`,
      remedy: 'see intents/README.md for what belongs there',
    },
  ];
}
