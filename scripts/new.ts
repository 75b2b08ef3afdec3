import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { utteranceLines } from '../src/content/training';
import { wantedFile } from '../src/learning/change';
import { packageRoot } from '../src/package-files';
import { decisionFile, scenarioFiles, scenarioNextSteps } from './generated/scaffold';

/** A wish that cannot be fulfilled, in words for the person at the terminal. */
export class Refusal extends Error {}

const usage = `Use:
  npm run new -- scenario <name>      e.g. network-vpn-needed
  npm run new -- decision <title>     e.g. "Keep tickets for a year"`;

/**
 * `npm run new`: the files of a new scenario or decision, never over existing ones.
 * @returns what to tell the person; throws a Refusal
 */
export function scaffold(root: string, args: string[]): string {
  const { kind, words } = read(args);
  if (kind === 'scenario') return newScenario(root, words);
  if (kind === 'decision') return newDecision(root, words);
  throw new Refusal(kind === undefined ? usage : `“${kind}” is nothing that can be made.\n${usage}`);
}

function read(args: string[]): { kind: string | undefined; words: string[] } {
  try {
    const [kind, ...words] = parseArgs({ args, allowPositionals: true, options: {} }).positionals;
    return { kind, words };
  } catch (error) {
    throw new Refusal(`${(error as Error).message}\n${usage}`);
  }
}

function newScenario(root: string, words: readonly string[]): string {
  const [name = '', ...more] = words;
  if (more.length > 0 || name.length > 40 || !/^[a-z]+(-[a-z]+)+$/.test(name)) {
    throw new Refusal(
      `“${words.join(' ')}” is no name for a scenario: write two or more lower-case words joined by dashes, the area first, e.g. network-vpn-needed (at most 40 letters).`,
    );
  }
  const wanted = join(root, 'intents', wantedFile(name));
  const files = scenarioFiles(name, existsSync(wanted) ? utteranceLines(readFileSync(wanted, 'utf8')) : []);
  // Names and never contents decide: what somebody wrote there is theirs.
  const inTheWay = [`intents/scenarios/${name}`, ...Object.keys(files)].filter((file) => existsSync(join(root, file)));
  if (inTheWay.length > 0)
    throw new Refusal(`${inTheWay[0]} exists already. Choose another name, or edit what is there.`);
  const made = write(root, files);
  // Its words are where they teach now.
  rmSync(wanted, { force: true });
  return `${made}\n\n${scenarioNextSteps(name)}`;
}

function newDecision(root: string, words: readonly string[]): string {
  const title = words.join(' ').replace(/\s+/g, ' ').trim();
  const slug = title
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  if (slug.length < 3 || title.length > 80)
    throw new Refusal(`“${title}” is no title for a decision: write 3 to 80 characters, some of them letters.`);
  const folder = join(root, 'docs/decisions');
  const existing = existsSync(folder) ? readdirSync(folder) : [];
  const same = existing.find((file) => file.replace(/^\d{4}-/, '') === `${slug}.md`);
  if (same !== undefined)
    throw new Refusal(`docs/decisions/${same} exists already. Choose another title, or edit what is there.`);
  const last = Math.max(0, ...existing.map((file) => Number(/^\d{4}(?=-)/.exec(file)?.[0] ?? 0)));
  const number = String(last + 1).padStart(4, '0');
  return `${write(root, { [`docs/decisions/${number}-${slug}.md`]: decisionFile(number, title) })}\nFill it in; docs/decisions/0001-embedded-store.md shows the manner.`;
}

function write(root: string, files: Record<string, string>): string {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text, { flag: 'wx' });
  }
  return Object.keys(files)
    .map((file) => `wrote ${file}`)
    .join('\n');
}

if (require.main === module) {
  try {
    console.log(scaffold(packageRoot(), process.argv.slice(2)));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
