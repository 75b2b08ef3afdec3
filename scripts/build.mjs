// Compiles src and scripts to dist, builds the web desk's page and trains the classifier, so that `npm start` is ready
// at once. With --if-stale it does so only when a source is newer than the last build; that check takes milliseconds.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamp = join(root, 'dist', '.built');

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path, { withFileTypes: true }).reduce((latest, entry) => {
    const file = join(path, entry.name);
    return Math.max(latest, entry.isDirectory() ? newest(file) : statSync(file).mtimeMs);
  }, stat.mtimeMs);
}

function run(file, ...args) {
  // Standard output belongs to the command that is being prepared, so the build speaks on standard error only.
  const { status, error } = spawnSync(process.execPath, [join(root, file), ...args], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

/** What was compiled from a file that has moved since would still be found, and first. */
function forgetMoved() {
  for (const name of ['src', 'scripts', 'bench', 'test']) {
    const folder = join(root, 'dist', name);
    if (!existsSync(folder)) continue;
    for (const entry of readdirSync(folder, { recursive: true })) {
      const source = join(root, name, entry.replace(/\.js(\.map)?$/, '.ts'));
      if (/\.js(\.map)?$/.test(entry) && !existsSync(source)) rmSync(join(folder, entry));
    }
  }
}

const sources = [
  'src',
  'scripts',
  'bench',
  'test/parity',
  'test/security',
  'test/builders/postgres.ts',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
].map((name) => join(root, name));
const built = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
const installed = existsSync(join(root, 'node_modules', 'typescript', 'lib', 'tsc.js'));
const isNewer = (source) => existsSync(source) && newest(source) > built;
const ifStale = process.argv.includes('--if-stale');
const codeIsStale = !ifStale || sources.some(isNewer);

if (!codeIsStale && !isNewer(join(root, 'intents'))) process.exit(0);
if (!installed) {
  // A production image installs no compiler and carries dist with it.
  if (built > 0) process.exit(0);
  console.error('There is nothing built and no compiler installed. Run `npm ci` first.');
  process.exit(1);
}
if (!codeIsStale) {
  // Whoever writes content waits for the content alone.
  run('dist/scripts/prepare-content.js');
  writeFileSync(stamp, '');
  process.exit(0);
}
run('node_modules/typescript/lib/tsc.js', '-p', 'tsconfig.build.json');
forgetMoved();
if (existsSync(join(root, 'src/desk/build.mjs'))) run('src/desk/build.mjs');
run('dist/scripts/prepare-content.js');
writeFileSync(stamp, '');
