import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ageing } from '../src/content/ageing';
import { checkContent } from '../src/content/check';
import { type Fault, formatFaults } from '../src/content/faults';
import { readContent } from '../src/content/read';
import type { Content } from '../src/core/content';
import { packageRoot } from '../src/package-files';
import { failWith } from './fail';
import { uncovered } from './generated/coverage';
import { stalePages } from './generated/pages';
import { unshown } from './generated/security-page';
import { readWrittenTranscripts } from './generated/written-transcripts';

/** One part of the check. `faults` is the text to show, empty when all is well. */
export interface Part {
  name: string;
  run: () => Promise<string> | string;
  /** What it finds is worth knowing, but no reason to fail. */
  warns?: true;
}

/** `npm run check`: format, lint, types, content rules, transcripts, generated pages, structure. Says everything before it fails. */
export function partsOf(root: string): Part[] {
  let read: { content: Content; faults: Fault[] } | undefined;
  const knowledge = () => {
    if (!read) {
      const result = readContent(join(root, 'intents'));
      read = { content: result.content, faults: checkContent(result) };
    }
    return read;
  };
  // Parts that walk the content say nothing about content that is broken; its own part does.
  const sound = (judge: (content: Content) => readonly Fault[]) => () => {
    const { content, faults } = knowledge();
    return faults.length > 0 ? 'not looked at, because the content has faults' : formatFaults(judge(content));
  };
  return [
    {
      name: 'format and lint',
      run: program(root, 'node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings'),
    },
    { name: 'types', run: program(root, 'node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json') },
    {
      name: 'types of the desk',
      run: program(root, 'node_modules/typescript/bin/tsc', '--noEmit', '-p', 'src/desk/tsconfig.json'),
    },
    { name: 'content', run: () => formatFaults(knowledge().faults) },
    { name: 'dates of the content', run: sound((content) => ageing(content, Date.now())), warns: true },
    {
      name: 'a transcript for every path and rule',
      run: sound((content) => uncovered(content, readWrittenTranscripts(root, 'all'))),
    },
    {
      name: 'generated pages',
      run: sound((content) =>
        stalePages(root, content).map(({ file, problem }) => ({
          file,
          problem,
          remedy: 'run `npm run docs`',
        })),
      ),
    },
    {
      name: 'a test for every threat',
      run: () =>
        formatFaults(
          unshown(root).map((problem) => ({
            file: 'test/security/rows.ts',
            problem,
            remedy: 'write the test, or take the row away',
          })),
        ),
    },
    { name: 'structure', run: program(root, 'node_modules/jest/bin/jest.js', '--silent', 'test/architecture.test.ts') },
  ];
}

/** Runs all parts in order, one line each, with the faults below it. True when there are none. */
export async function runParts(parts: readonly Part[], print: (line: string) => void): Promise<boolean> {
  let sound = true;
  for (const { name, run, warns } of parts) {
    const faults = (await run()).trim();
    print(
      faults === ''
        ? `ok      ${name}`
        : `${warns ? 'WARNING' : 'FAULTS '} ${name}\n${faults.replace(/^(?=.)/gm, '        ')}`,
    );
    sound &&= faults === '' || warns === true;
  }
  return sound;
}

/** A tool of the repository, run with this Node and without a shell. What it says counts only if it fails. */
function program(root: string, file: string, ...args: string[]): Part['run'] {
  return () =>
    new Promise((resolve) => {
      if (!existsSync(join(root, file))) {
        resolve(`${file} is not installed\n    → run \`npm ci\``);
        return;
      }
      const child = spawn(process.execPath, [join(root, file), ...args], {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, FORCE_COLOR: '0' },
      });
      const said: Buffer[] = [];
      child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
      child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
      child.on('error', (error) => resolve(error.message));
      child.on('close', (code, signal) =>
        resolve(
          code === 0 ? '' : Buffer.concat(said).toString('utf8').trim() || `${file} ended with ${code ?? signal}`,
        ),
      );
    });
}

if (require.main === module) {
  runParts(partsOf(packageRoot()), console.log).then((sound) => {
    if (!sound) process.exitCode = 1;
  }, failWith);
}
