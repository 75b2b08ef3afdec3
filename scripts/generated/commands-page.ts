import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-files';

/** Commands that are no file of their own under scripts/. */
const others: Record<string, string> = {
  start: 'The service: what the settings name, and the web desk. Builds what is stale first.',
  build:
    'Compiles, builds the web desk’s page, and trains the classifier. `-- --if-stale` only where a source is newer.',
  prepare: 'What `npm ci` runs by itself: the build.',
  prestart: 'What `npm start` runs by itself: the build, where it is stale.',
  test: 'Every test, or those named: `npm test -- test/unit`.',
  bench: 'The benchmarks, each with its limit: all of them, or those named. Exit 1 where one is missed.',
  soak: 'Two hours of load with faults over PostgreSQL; prints what was lost or doubled and how memory grew.',
};

/** `docs/commands.md`: every command of package.json, in the words of its own first comment. */
export function commandsPage(): string {
  const root = packageRoot();
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const rows = Object.keys(scripts)
    .sort()
    .map((name) => `| \`npm run ${name}\` | ${described(root, name)} |`);
  return `<!-- Generated from package.json and scripts/ by \`npm run docs\`; do not edit. -->

# Commands

Options follow after \`--\`: \`npm run docs -- --check\`. \`npm start\` and \`npm test\` need no \`run\`. In the image there is no
npm needed: \`node dist/scripts/doctor.js\`, and so on for \`back-up\`, \`restore\` and \`move-store\`.

| Command | What it does |
| --- | --- |
${rows.join('\n')}
`;
}

function described(root: string, name: string): string {
  const [file] = [`scripts/${name}.ts`, `scripts/${name}.mjs`].filter((path) => existsSync(join(root, path)));
  const said = (file && firstComment(readFileSync(join(root, file), 'utf8'), name)) ?? others[name];
  if (said === undefined)
    throw new Error(
      `docs/commands.md: nothing says what \`npm run ${name}\` does. Begin a comment of scripts/${name}.ts with ` +
        `/** \`npm run ${name}\`: …, or add a line to scripts/generated/commands-page.ts`,
    );
  return said.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}

/** The words after `npm run name …:` of the comment that begins so. */
function firstComment(text: string, name: string): string | null {
  const comments = text.matchAll(/\/\*\*([\s\S]*?)\*\/|((?:^\/\/.*\n)+)/gm);
  for (const [, block = '', lines = ''] of comments) {
    const words = (block || lines)
      .replace(/^\s*(\*|\/\/) ?/gm, ' ')
      .replace(/@(returns|param) [\s\S]*$/, '')
      .replace(/\s+/g, ' ')
      .trim();
    const found = new RegExp(`^\`npm run (?:-s )?${name}( [^\`]*)?\`[:,]? *(.+)$`).exec(words);
    if (found) return `${found[1] ? `\`${found[1].trim()}\`: ` : ''}${sentence(found[2]!)}`;
  }
  return null;
}

const sentence = (text: string): string => {
  const begun = text[0]!.toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
};
