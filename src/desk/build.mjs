/** Builds the web desk's page into dist/desk, or the folder named: compiles the client, joins the styles, copies what is served as it is. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(process.argv[2] ?? path.join(here, '../../dist/desk'));
const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');

mkdirSync(out, { recursive: true });
const { status } = spawnSync(process.execPath, [compiler, '-p', path.join(here, 'tsconfig.json'), '--outDir', out], {
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);
for (const file of ['index.html', 'icon.svg']) cpSync(path.join(here, file), path.join(out, file));

/** One style sheet, in this order: later parts outrank earlier ones. */
const styles = ['tokens', 'ground', 'bar', 'halves', 'chat', 'notices', 'tickets', 'desk-tools', 'cards', 'narrow'];
const sheet = styles.map((part) => readFileSync(path.join(here, 'styles', `${part}.css`), 'utf8'));
writeFileSync(path.join(out, 'desk.css'), sheet.join('\n'));

/** The pages about the bot carry libraries, so they are bundled; each loads only what it needs. */
const insight = path.join(here, 'insight');
rmSync(path.join(out, 'insight'), { recursive: true, force: true });
await build({
  entryPoints: ['figures', 'scenarios', 'review'].map((name) => path.join(insight, `${name}.ts`)),
  outdir: path.join(out, 'insight'),
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  legalComments: 'linked',
  logLevel: 'warning',
});
for (const file of ['figures.html', 'scenarios.html', 'review.html', 'insight.css'])
  cpSync(path.join(insight, file), path.join(out, 'insight', file));
