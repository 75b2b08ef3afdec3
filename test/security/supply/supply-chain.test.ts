import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { held, inRegister } from '../register';

const root = join(__dirname, '../../..');
const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));

interface Locked {
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  dev?: boolean;
  optional?: boolean;
  devOptional?: boolean;
  hasInstallScript?: boolean;
}
const lock: { lockfileVersion: number; packages: Record<string, Locked> } = read('package-lock.json');
const manifest: Record<string, Record<string, string>> & { allowScripts: Record<string, boolean> } =
  read('package.json');
const locked = Object.entries(lock.packages).filter(([path, { link }]) => path !== '' && !link);
const nameOf = (path: string): string => path.replace(/^.*node_modules\//, '');

/** Packages that bring an install script, and why. Only those of `allowScripts` may run theirs. */
const withScripts: Record<string, string> = {
  'better-sqlite3': 'fetches or compiles the binding to SQLite; without it there is no embedded store',
  esbuild: 'only looks whether its binary, a package of its own, is there; development only',
  '@swc/core': 'only looks whether its binary, a package of its own, is there; development only',
  '@parcel/watcher': 'only looks whether its binary, a package of its own, is there; development only',
};
/** Declared, and run by a command or read by a tool instead of being imported. */
const byCommand: Record<string, string> = {
  typescript: 'npm run check and the build',
  '@biomejs/biome': 'npm run check',
  jest: 'npm test',
  '@swc/jest': 'jest.config.js',
  '@swc/core': 'peer of @swc/jest',
  tsx: 'development, and the test of lazy loading',
  esbuild: 'the build of the desk’s page',
  'chart.js': 'figures on the desk’s page, bundled by its build',
  '@dagrejs/dagre': 'graphs on the desk’s page, bundled by its build',
  '@microsoft/m365agentsplayground': 'test/browser/playground.ts, by its path',
};
const licences =
  /^\(?(?:MIT|ISC|Apache-2\.0|BSD(?:-[23]-Clause)?|0BSD|BlueOak-1\.0\.0|CC0-1\.0|CC-BY-[34]\.0|MIT-0|Unlicense|Python-2\.0|WTFPL|MPL-2\.0)(?:(?: OR | AND |\/)(?:MIT|ISC|Apache-2\.0|BSD-[23]-Clause|CC0-1\.0|WTFPL|MPL-2\.0|GPL-[23]\.0))*\)?$/i;

test(inRegister('supply.lock'), () => {
  expect(lock.lockfileVersion).toBe(3);
  expect(locked.length).toBeGreaterThanOrEqual(held('supply.lock').packages);
  const loose = locked.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path);
  expect(loose).toEqual([]);
  const elsewhere = locked.filter(
    ([, { resolved }]) => resolved && !resolved.startsWith('https://registry.npmjs.org/'),
  );
  expect(elsewhere).toEqual([]);
  const ranges = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(ranges.filter((range) => /^(?:git|https?|file|github):|\/|^(?:\*|latest|>)/.test(range))).toEqual([]);
});

test(inRegister('supply.scripts'), () => {
  const bringing = new Set(locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => nameOf(path)));
  expect([...bringing].sort()).toEqual(Object.keys(withScripts).sort());
  expect(Object.keys(manifest.allowScripts)).toHaveLength(held('supply.scripts').allowed);
  expect(Object.keys(manifest.allowScripts).filter((name) => !bringing.has(name))).toEqual([]);
  // What is installed says the same as the lock file.
  const installed = packagesBelow(join(root, 'node_modules')).filter(({ scripts = {} }) =>
    ['preinstall', 'install', 'postinstall'].some((name) => name in scripts),
  );
  expect(installed.map(({ name }) => name).filter((name) => !(name in withScripts))).toEqual([]);
});

interface Installed {
  name: string;
  scripts?: Record<string, string>;
}
function packagesBelow(folder: string): Installed[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) => {
      const path = join(folder, name);
      if (name.startsWith('@')) return packagesBelow(path);
      const file = join(path, 'package.json');
      if (!existsSync(file)) return [];
      return [JSON.parse(readFileSync(file, 'utf8')) as Installed, ...packagesBelow(join(path, 'node_modules'))];
    });
}

test(inRegister('supply.declared'), () => {
  const sources = ['src', 'scripts', 'bench', 'test', 'jest.config.js']
    .flatMap((name) => filesOf(join(root, name)))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const isImported = (name: string) =>
    new RegExp(
      `(?:from|import|require(?:\\.resolve)?)\\s*\\(?\\s*['"]${name.replace(/[/.]/g, '\\$&')}(?:/[^'"]*)?['"]`,
    ).test(sources);
  const declared = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  const idle = declared.filter(
    (name) =>
      !isImported(name) &&
      !(name in byCommand) &&
      !name.startsWith('@types/') &&
      !sources.includes(`node_modules/${name}`),
  );
  expect(idle).toEqual([]);
  expect(Object.keys(manifest.dependencies!).length).toBeLessThanOrEqual(held('supply.declared').direct);
});

function filesOf(path: string): string[] {
  if (/\.(?:ts|js|mjs|cjs)$/.test(path)) return [path];
  if (!existsSync(path) || /\.\w+$/.test(path)) return [];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => filesOf(join(path, entry.name)));
}

test(inRegister('supply.sbom'), () => {
  const bom = JSON.parse(
    execFileSync(process.execPath, ['--import', 'tsx', join(root, 'scripts/sbom.ts')], {
      cwd: root,
      maxBuffer: 64 * 1024 * 1024,
      encoding: 'utf8',
    }),
  ) as {
    bomFormat: string;
    components: {
      name: string;
      version: string;
      purl: string;
      hashes?: unknown[];
      licenses?: { license?: { id?: string; name?: string }; expression?: string }[];
    }[];
  };
  expect(bom.bomFormat).toBe('CycloneDX');
  const listed = new Set(bom.components.map(({ purl }) => decodeURIComponent(purl)));
  const needed = locked.filter(([, { dev, optional, devOptional }]) => !dev && !optional && !devOptional);
  const missing = needed.filter(([path, { version }]) => !listed.has(`pkg:npm/${nameOf(path)}@${version}`));
  expect(missing.map(([path]) => path)).toEqual([]);
  expect(bom.components.length).toBeLessThanOrEqual(held('supply.sbom').packages);
  expect(bom.components.filter(({ hashes = [] }) => hashes.length === 0).map(({ name }) => name)).toEqual([]);
  const odd = bom.components.flatMap(({ name, licenses = [] }) => {
    const given = licenses
      .map(({ license, expression }) => expression ?? license?.id ?? license?.name ?? '')
      .join(' AND ');
    return licences.test(given) ? [] : [`${name}: ${given || 'none'}`];
  });
  // It says MIT in its README, and names none where machines look.
  expect(odd).toEqual(['sylvester: none']);
}, 60_000);
