import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseAllDocuments } from 'yaml';

const generatedName = 'every-path.yaml';

/** What the generated pages need of a transcript; its form is checked where it is played. */
export interface WrittenTranscript {
  /** From the repository's root. */
  file: string;
  /** From 1, of a file that holds several. */
  number: number;
  presses: string[];
  /** Names the bot is expected to answer with, in order. */
  heard: string[];
}

/** The transcripts below `test/conversations`, in the order of names: those written by hand, and unless refused the generated ones. */
export function readWrittenTranscripts(root: string, which: 'all' | 'by hand'): WrittenTranscript[] {
  const folder = join(root, 'test/conversations');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml') && !name.startsWith('organizations'))
    .filter((name) => which === 'all' || basename(name) !== generatedName)
    .sort()
    .flatMap((name) => readTranscripts(join(folder, name), `test/conversations/${name.replace(/\\/g, '/')}`));
}

function readTranscripts(path: string, file: string): WrittenTranscript[] {
  return [...parseAllDocuments(readFileSync(path, 'utf8'))].map((document, index) => {
    const { turns = [] } = (document.toJS() ?? {}) as { turns?: Record<string, unknown>[] };
    return {
      file,
      number: index + 1,
      presses: turns.flatMap((turn) => Object.values(turn).flatMap(pressOf)),
      heard: turns.flatMap(({ bot }) => (bot === undefined ? [] : [bot].flat().map(String))),
    };
  });
}

const pressOf = (value: unknown): string[] =>
  typeof value === 'object' && value !== null && 'press' in value ? [String(value.press)] : [];
