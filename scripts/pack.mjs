// `npm run pack -- FOLDER`: copies everything the service needs at run time, and nothing else, in the layout of an installed
// package. The image is made of it. Libraries are bundled because most of their files are never used: installed, they
// take fifteen times the room. What stays outside of the bundle is listed below with the reason.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** What runs in a deployment: the service, and the commands of whoever runs it. */
const entries = ['src/main', 'scripts/doctor', 'scripts/move-store', 'scripts/back-up', 'scripts/restore'];

/** Packages that are found as files at run time, the reason, and which of their files. */
const outside = {
  'better-sqlite3': {
    why: 'compiled code cannot be bundled',
    files: ['package.json', 'LICENSE', 'lib', 'build/Release/better_sqlite3.node'],
  },
  bindings: { why: 'looks for better-sqlite3’s binary beside the file that calls it', files: [''] },
  'file-uri-to-path': { why: 'bindings needs it', files: [''] },
  adaptivecards: {
    why: 'the desk’s page loads it as a file',
    files: ['package.json', 'LICENSE', 'dist/adaptivecards.min.js'],
  },
};
/** Packages that others would use if they were there; they are not. */
const absent = ['pg-native', 'bufferutil', 'utf-8-validate'];

const target = process.argv[2];
if (!target) {
  console.error('Name a folder that is new or empty: npm run pack -- FOLDER');
  process.exit(1);
}
const out = resolve(target);
if (existsSync(out) && readdirSync(out).length > 0) {
  console.error(`${out} is not empty. Name a folder that is new or empty.`);
  process.exit(1);
}
const missing = entries.filter((entry) => !existsSync(join(root, 'dist', `${entry}.js`)));
if (missing.length > 0) {
  console.error(`dist has no ${missing.join(', ')}. Run \`npm run build\` first.`);
  process.exit(1);
}

const { metafile, warnings } = await build({
  absWorkingDir: root,
  entryPoints: entries.map((entry) => ({ in: `dist/${entry}.js`, out: entry })),
  outdir: join(out, 'dist'),
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: [...Object.keys(outside), ...absent],
  // Names stay as they are, so that a stack in the log says something.
  minifyWhitespace: true,
  lineLimit: 160,
  legalComments: 'none',
  metafile: true,
  logLevel: 'silent',
});
// A file that is found at run time would be missing there.
const unforeseen = warnings.filter(({ id }) => id === 'require-resolve-not-external');
for (const { text, location } of unforeseen)
  console.error(`${location?.file}: ${text}\n    → add the package to “outside” in scripts/pack.mjs, with its files`);
if (unforeseen.length > 0) process.exit(1);

const packageOf = (name) => join(root, 'node_modules', name);
for (const [name, { files }] of Object.entries(outside))
  for (const file of files)
    cpSync(join(packageOf(name), file), join(out, 'node_modules', name, file), { recursive: true });
for (const part of ['content.json', 'nlu.model', 'desk']) {
  const from = join(root, 'dist', part);
  if (existsSync(from)) cpSync(from, join(out, 'dist', part), { recursive: true });
}
for (const part of ['intents', 'LICENSE']) cpSync(join(root, part), join(out, part), { recursive: true });

const { name, version, description, license, engines } = createRequire(import.meta.url)('../package.json');
const scripts = Object.fromEntries(
  entries.map((entry) => [entry === 'src/main' ? 'start' : entry.split('/')[1], `node dist/${entry}.js`]),
);
writeFileSync(
  join(out, 'package.json'),
  `${JSON.stringify({ name, version, description, license, private: true, engines, scripts }, null, 2)}\n`,
);
writeFileSync(join(out, 'third-party-licences.txt'), licences(metafile));

/** The notices of everything that was bundled: their licences ask that they go along. */
function licences({ outputs }) {
  const folders = new Set(
    Object.values(outputs)
      .flatMap(({ inputs }) => Object.entries(inputs))
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .flatMap(([file]) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []),
  );
  mkdirSync(out, { recursive: true });
  return [...folders]
    .sort()
    .map((folder) => {
      const described = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
      const notices = readdirSync(join(root, folder)).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
      const texts = notices.map((file) => readFileSync(join(root, folder, file), 'utf8').trim());
      const where = relative('node_modules', folder);
      return [`${where} ${described.version} (${described.license ?? 'see its text'})`, ...texts].join('\n\n');
    })
    .join(`\n\n${'-'.repeat(80)}\n\n`);
}
