import { seededRandom } from '../core/seeded-random';
import type { TrainingRow } from '../core/understanding';

/** Utterances taken of one line, at most. */
const perLine = 20;
const choice = /\[([^[\]]*)\]/;
const name = /\$([a-z]+)/;

/**
 * Training rows of a patterns file: `== intent` starts a part, `$name = a|b` names alternatives, `[a|b|]` and `$name` choose.
 * The choice is seeded by the line, so that a changed line changes only its own rows.
 */
export function expandPatterns(text: string): TrainingRow[] {
  const names = new Map<string, string>();
  const rows: TrainingRow[] = [];
  let intent = '';
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const definition = /^\$([a-z]+)\s*=\s*(.*)$/.exec(line);
    if (definition) names.set(definition[1] as string, definition[2] as string);
    else if (line.startsWith('== ')) intent = line.slice(3).trim();
    else for (const utterance of expand(line, names)) rows.push({ text: utterance, intent, generated: true });
  }
  return rows;
}

function expand(line: string, names: ReadonlyMap<string, string>): string[] {
  const random = seededRandom(seedOf(line));
  const found = new Set<string>();
  for (let attempt = 0; attempt < perLine * 4 && found.size < perLine; attempt++)
    found.add(tidy(choose(line, names, random)));
  return [...found];
}

function choose(line: string, names: ReadonlyMap<string, string>, random: () => number): string {
  let result = line;
  for (let depth = 0; depth < 50; depth++) {
    const match = choice.exec(result);
    const place = match ?? name.exec(result);
    if (!place) break;
    const list = match ? (match[1] as string) : (names.get(place[1] as string) ?? '');
    const options = list.split('|');
    const picked = options[Math.floor(random() * options.length)] as string;
    result = result.slice(0, place.index) + picked + result.slice(place.index + place[0].length);
  }
  return result;
}

function tidy(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/ ([,:?])/g, '$1')
    .replace(/^[,: ]+|[,: ]+$/g, '');
}

/** FNV-1a. */
function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
