import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Content } from '../core/content';
import { checkContent } from './check';
import { ContentError } from './faults';
import { readContent } from './read';

/**
 * Content that may be served. Throws a ContentError with every fault; broken content never starts.
 * @param checkedFile what `keepChecked` wrote at build time; used when not a byte of the folder has changed since, so
 * that a start need not parse and walk everything again
 */
export function loadContent(root: string, checkedFile?: string): Content {
  const kept = checkedFile === undefined ? null : readChecked(root, checkedFile);
  if (kept) return kept;
  const result = readContent(root);
  const faults = checkContent(result);
  if (faults.length > 0) throw new ContentError(faults);
  return result.content;
}

/** Writes checked content down, with the hash of the folder it came from. Only the build does this, with its own code. */
export function keepChecked(root: string, content: Content, file: string): void {
  const { byIntent: _intents, byName: _names, rules, links, guides, languages, ...rest } = content;
  const maps = { rules: [...rules], links: [...links], guides: [...guides], languages: [...languages] };
  writeFileSync(file, JSON.stringify({ hash: folderHash(root), ...rest, ...maps }));
}

function readChecked(root: string, file: string): Content | null {
  let kept: KeptContent | null;
  try {
    kept = JSON.parse(readFileSync(file, 'utf8')) as KeptContent | null;
  } catch {
    return null;
  }
  if (kept?.hash !== folderHash(root)) return null;
  const { scenarios, phrases, supportPlans } = kept;
  return {
    scenarios,
    phrases,
    supportPlans,
    byIntent: new Map(scenarios.map((scenario) => [scenario.intent, scenario])),
    byName: new Map(scenarios.map((scenario) => [scenario.name, scenario])),
    rules: new Map(kept.rules),
    links: new Map(kept.links),
    guides: new Map(kept.guides),
    languages: new Map(kept.languages),
  };
}

type MapNames = 'rules' | 'links' | 'guides' | 'languages';
type KeptContent = Pick<Content, 'scenarios' | 'phrases' | 'supportPlans'> & {
  [Name in MapNames]: Content[Name] extends Map<infer K, infer V> ? [K, V][] : never;
} & { hash: string };

/** SHA-256 over names and bytes of all files of the folder. */
function folderHash(root: string): string {
  const hash = createHash('sha256');
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  for (const name of names) {
    if (!statSync(join(root, name)).isFile()) continue;
    const bytes = readFileSync(join(root, name));
    hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}
