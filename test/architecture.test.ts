import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

const repository = join(__dirname, '..');

/** A breach of a structure rule, told so that whoever caused it knows what to do. */
interface Breach {
  rule: string;
  where: string;
  what: string;
  reason: string;
  fix: string;
}
const told = ({ rule, where, what, reason, fix }: Breach): string =>
  `${rule}: ${where} ${what}\n    why: ${reason}\n    fix: ${fix}`;

interface Rule {
  id: string;
  reason: string;
  fix: string;
  /** Where it is broken, below a repository's root. */
  find(root: string): { where: string; what: string }[];
}

const posix = (path: string): string => path.split(sep).join('/');

function filesBelow(folder: string, ending = ''): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !['node_modules', 'dist', 'data', 'coverage', '.git'].includes(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path, ending) : entry.name.endsWith(ending) ? [path] : [];
    })
    .sort();
}

interface Import {
  file: string;
  line: number;
  name: string;
}

/** Everything a source file imports, by `import`, `export … from`, `require` or `import()`. */
function importsOf(root: string, file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const pattern =
    /(?:^|[;\s])(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|[;\s])import\s*['"]([^'"]+)['"]|(?:require|import)\s*\(\s*['"]([^'"]+)['"]\s*\)/gm;
  return [...text.matchAll(pattern)].map((match) => ({
    file: posix(relative(root, file)),
    line: text.slice(0, match.index + match[0].search(/\S/)).split('\n').length,
    name: (match[1] ?? match[2] ?? match[3])!,
  }));
}
const sourceImports = (root: string): Import[] =>
  filesBelow(join(root, 'src'), '.ts').flatMap((file) => importsOf(root, file));

/** The part of `src` a path belongs to: a folder, each platform for itself, or a file beside them (`app`). */
function partOf(path: string): string {
  const [, first = '', second = ''] = path.split('/');
  const isOnePlatform = first === 'platforms' && second !== '' && second !== 'index.ts';
  return isOnePlatform ? `platforms/${second}` : first.replace(/\.ts$/, '');
}

/** What each part may import besides itself. Parts that are not named here may import nothing of ours. */
const mayImport: Record<string, readonly string[]> = {
  core: [],
  content: ['core'],
  nlu: ['core'],
  dialogue: ['core'],
  escalation: ['core'],
  outbox: ['core'],
  stores: ['core'],
  destinations: ['core'],
  server: ['core'],
  cards: ['core'],
  // Figures from recorded facts: pure.
  insight: ['core'],
  // The page is compiled for the browser; its server shares nothing with it but the shape of what they say.
  desk: [],
  'platforms/console': ['core'],
  'platforms/web': ['core', 'cards', 'desk/wire', 'desk/insight/wire'],
  'platforms/slack': ['core', 'cards/inert-text'],
  'platforms/teams': ['core', 'cards'],
  // Chooses the chat platforms that the settings name; the only one that knows both.
  platforms: ['core', 'config', 'platforms/slack', 'platforms/teams'],
  config: ['core'],
  log: ['core'],
  // Floods; the only user of the rate limiter's shared counters is the service, which hands them in.
  limits: ['core'],
  // Between the platforms and the inbox.
  'front-door': ['core', 'limits'],
  metrics: ['core'],
  privacy: ['core'],
  // Roots that put the parts together.
  understanding: ['core', 'content', 'nlu'],
  app: ['core', 'content', 'nlu', 'dialogue', 'escalation', 'outbox', 'stores', 'destinations', 'understanding'],
  rehearsal: ['core', 'app', 'escalation'],
  'package-files': [],
  // Content that changes while the bot runs; the worker does what takes seconds.
  'live-content': ['core', 'content', 'nlu', 'reload-worker', 'worker-thread'],
  'reload-worker': ['core', 'content', 'nlu', 'understanding'],
  'worker-thread': [],
  // From words that a person has judged to lines in the files that teach.
  learning: ['core', 'content', 'nlu', 'insight', 'understanding'],
  'learning-worker': ['core', 'content', 'learning', 'understanding'],
  teaching: ['core', 'learning', 'learning-worker', 'worker-thread'],
  'weekly-report': ['core', 'insight', 'learning', 'nlu'],
  // Puts together what the pages about the bot show.
  'insight-desk': [
    'core',
    'desk/insight/wire',
    'dialogue',
    'insight',
    'learning',
    'live-content',
    'platforms/web',
    'teaching',
  ],
  knowledge: ['core', 'config', 'content', 'package-files', 'understanding'],
  // The service names the concrete edges; nothing imports it but what starts it.
  service: [
    'core',
    'app',
    'config',
    'insight-desk',
    'knowledge',
    'live-content',
    'log',
    'metrics',
    'package-files',
    'understanding',
    'platforms',
    'front-door',
    'limits',
    'platforms/web',
    'server',
    'stores',
    'destinations',
    'teaching',
    'weekly-report',
    'privacy',
  ],
  main: ['*'],
};

/** Packages that belong to one part each, by name; `*` stands for any ending. */
const owners: Record<string, readonly string[]> = {
  natural: ['nlu'],
  kysely: ['stores'],
  'better-sqlite3': ['stores'],
  pg: ['stores'],
  '@slack/*': ['platforms/slack'],
  botbuilder: ['platforms/teams'],
  'botbuilder-*': ['platforms/teams'],
  'botframework-*': ['platforms/teams'],
  '@aws-sdk/*': ['destinations'],
  nodemailer: ['destinations'],
  'openid-client': ['platforms/web'],
  jose: ['platforms/web'],
  'ical.js': ['escalation'],
  adaptivecards: ['desk'],
  express: ['server', 'metrics', 'platforms', 'platforms/web', 'platforms/slack', 'platforms/teams'],
  pino: ['log'],
  chokidar: ['content'],
  'prom-client': ['metrics'],
};
const ownersOf = (imported: string): readonly string[] | undefined =>
  Object.entries(owners).find(([packageName]) =>
    packageName.endsWith('*')
      ? imported.startsWith(packageName.slice(0, -1))
      : imported === packageName || imported.startsWith(`${packageName}/`),
  )?.[1];

const vague = /(^|[-.])(utils?|helpers?|managers?|common|misc|stuff)([-.]|$)/;
const longestFile = 400;

const rules: Rule[] = [
  {
    id: 'direction',
    reason:
      'arrows point inwards: main → app → edges and middle → core; edges and middle meet only through the ports in core',
    fix: 'take what is needed through a port of src/core/ports.ts, or let src/app.ts hand it in',
    find: (root) =>
      sourceImports(root).flatMap(({ file, line, name }) => {
        if (!name.startsWith('.')) return [];
        const from = partOf(file);
        const target = posix(relative(root, resolve(root, dirname(file), name)));
        const to = partOf(target);
        const allowed = mayImport[from] ?? [];
        const fine =
          from === to ||
          allowed.includes('*') ||
          allowed.includes(to) ||
          allowed.some((one) => target === `src/${one}`);
        return fine
          ? []
          : [
              {
                where: `${file}:${line}`,
                what: `imports ${target}, but ${from} may import ${allowed.join(', ') || 'nothing of ours'}`,
              },
            ];
      }),
  },
  {
    id: 'core-is-pure',
    reason: 'the vocabulary and its rules do no input or output, so that every part can rely on them',
    fix: 'move what reads, writes or asks the machine to an edge, and pass its result in',
    find: (root) =>
      sourceImports(root)
        .filter(({ file, name }) => partOf(file) === 'core' && !name.startsWith('.') && name !== 'zod')
        .map(({ file, line, name }) => ({ where: `${file}:${line}`, what: `imports ${name}` })),
  },
  {
    id: 'package-in-its-place',
    reason: 'a library that must go one day is then one folder’s matter',
    fix: 'use it in the folder that owns it, behind a shape of our own',
    find: (root) =>
      sourceImports(root).flatMap(({ file, line, name }) => {
        const owner = ownersOf(name);
        return !owner || owner.includes(partOf(file))
          ? []
          : [{ where: `${file}:${line}`, what: `imports ${name}, which belongs to ${owner.join(', ')}` }];
      }),
  },
  {
    id: 'natural-by-subpath',
    reason: 'the package’s index loads every classifier and dictionary it has, which costs start-up time and memory',
    fix: "import the one file that is needed, e.g. 'natural/lib/natural/stemmers/porter_stemmer'",
    find: (root) =>
      sourceImports(root)
        .filter(({ name }) => name === 'natural')
        .map(({ file, line }) => ({ where: `${file}:${line}`, what: 'imports all of natural' })),
  },
  {
    id: 'declared-packages',
    reason: 'what is used but not declared is there by accident and gone with the next update',
    fix: 'add it to dependencies in package.json, or do without',
    find: (root) => {
      const { dependencies = {}, devDependencies = {} } = JSON.parse(
        readFileSync(join(root, 'package.json'), 'utf8'),
      ) as Record<string, Record<string, string>>;
      return sourceImports(root).flatMap(({ file, line, name }) => {
        const packageName = name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/');
        if (name.startsWith('.') || name.startsWith('node:') || packageName in dependencies) return [];
        if (builtinModules.includes(packageName))
          return [{ where: `${file}:${line}`, what: `imports ${name} without node:` }];
        const how =
          packageName in devDependencies ? 'which is there for development only' : 'which package.json does not name';
        // The page is bundled by the build, so what it needs at run time is in the bundle.
        return partOf(file) === 'desk' && packageName in devDependencies
          ? []
          : [{ where: `${file}:${line}`, what: `imports ${name}, ${how}` }];
      });
    },
  },
  {
    id: 'named-for-the-job',
    reason: 'a name like “utils” says nothing, and such files collect what nobody looks for there',
    fix: 'name the file after the one thing it does, and split it if there are two',
    find: (root) => {
      const names = filesBelow(join(root, 'src')).flatMap((file) =>
        posix(relative(join(root, 'src'), file))
          .split('/')
          .map((name) => [name, file] as const),
      );
      return [...new Map(names.filter(([name]) => vague.test(name))).entries()].map(([name, file]) => ({
        where: posix(relative(root, file)),
        what: `is called “${name}”`,
      }));
    },
  },
  {
    id: 'kebab-case',
    reason: 'file names that differ only in case break on other machines',
    fix: 'write the name in lower case, words parted by dashes',
    find: (root) =>
      filesBelow(join(root, 'src'))
        .filter((file) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)+$/.test(basename(file)))
        .map((file) => ({ where: posix(relative(root, file)), what: `is called “${basename(file)}”` })),
  },
  {
    id: 'short-files',
    reason: `past ${longestFile} lines a file holds more than one idea`,
    fix: 'split it along its ideas',
    find: (root) =>
      filesBelow(join(root, 'src'), '.ts').flatMap((file) => {
        const lines = readFileSync(file, 'utf8').split('\n').length - 1;
        return lines <= longestFile ? [] : [{ where: posix(relative(root, file)), what: `has ${lines} lines` }];
      }),
  },
  {
    id: 'content-by-content-alone',
    reason: 'what the bot knows is read and checked in one place; code that opens it elsewhere skips the check',
    fix: 'take the Content that src/content loads',
    find: (root) =>
      sourceImports(root)
        .filter(({ file, name }) => name === 'yaml' && partOf(file) !== 'content')
        .map(({ file, line }) => ({ where: `${file}:${line}`, what: 'reads YAML' })),
  },
  {
    id: 'links-of-guides',
    reason: 'a guide that names a file which is gone sends its reader nowhere',
    fix: 'correct the link, or bring the file back',
    find: (root) =>
      filesBelow(root, '.md').flatMap((file) => {
        const text = readFileSync(file, 'utf8').replace(/```[\s\S]*?```/g, (code) => code.replace(/[^\n]/g, ' '));
        return [...text.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g)].flatMap((match) => {
          const target = decodeURIComponent(match[1]!.replace(/[#?].*$/, ''));
          if (target === '' || /^[a-z][a-z0-9+.-]*:/i.test(target)) return [];
          if (existsSync(resolve(dirname(file), target))) return [];
          const line = text.slice(0, match.index).split('\n').length;
          return [
            { where: `${posix(relative(root, file))}:${line}`, what: `links to ${target}, which does not exist` },
          ];
        });
      }),
  },
];

const breachesOf = (rule: Rule, root: string): Breach[] =>
  rule.find(root).map(({ where, what }) => ({ rule: rule.id, where, what, reason: rule.reason, fix: rule.fix }));

describe('the repository', () => {
  test.each(rules.map((rule) => [rule.id, rule] as const))('%s', (_id, rule) => {
    const breaches = breachesOf(rule, repository);
    if (breaches.length > 0) throw new Error(`\n${breaches.map(told).join('\n')}`);
    expect(breaches).toEqual([]);
  });

  test('every part of src is known to the rules', () => {
    const parts = new Set(
      filesBelow(join(repository, 'src'), '.ts').map((file) => partOf(posix(relative(repository, file)))),
    );
    expect([...parts].filter((part) => !(part in mayImport))).toEqual([]);
  });

  test('a deployment without Slack or Teams does not pay for their SDKs', () => {
    const script = `
      const loaded = () => Object.keys(require.cache).filter((file) => /node_modules.(@slack|botbuilder|botframework)/.test(file)).length;
      require('./src/platforms/index.ts');
      const before = loaded();
      require('@slack/bolt');
      const slack = loaded();
      require('botbuilder');
      console.log(JSON.stringify([before, slack > before, loaded() > slack]));`;
    const printed = execFileSync(process.execPath, ['--require', 'tsx/cjs', '--eval', script], { cwd: repository });
    expect(JSON.parse(printed.toString())).toEqual([0, true, true]);
  }, 60_000);

  test('the rules look at something', () => {
    expect(sourceImports(repository).length).toBeGreaterThan(150);
    expect(filesBelow(repository, '.md').length).toBeGreaterThan(0);
  });
});

describe('the rules themselves', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'architecture-'));
    write(
      'package.json',
      '{"dependencies":{"zod":"4","yaml":"2","natural":"8","kysely":"0","express":"5"},"devDependencies":{"jest":"30"}}',
    );
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const found = (id: string): string[] =>
    breachesOf(rules.find((rule) => rule.id === id)!, root).map(({ where, what }) => `${where} ${what}`);

  const bad: readonly (readonly [rule: string, path: string, text: string, found: RegExp])[] = [
    [
      'direction',
      'src/core/a.ts',
      "import { x } from '../dialogue/b';",
      /core\/a\.ts:1 imports src\/dialogue\/b, but core may import nothing of ours/,
    ],
    [
      'direction',
      'src/dialogue/a.ts',
      "\nimport type { View } from '../escalation/view';",
      /dialogue\/a\.ts:2 imports src\/escalation\/view/,
    ],
    ['direction', 'src/platforms/web/a.ts', "import { x } from '../slack/b';", /imports src\/platforms\/slack\/b/],
    ['direction', 'src/platforms/web/a.ts', "import { x } from '../../desk/chat';", /imports src\/desk\/chat/],
    [
      'direction',
      'src/platforms/slack/a.ts',
      "import { x } from '../../dialogue/turn';",
      /imports src\/dialogue\/turn/,
    ],
    ['direction', 'src/platforms/slack/a.ts', "import { x } from '../teams';", /imports src\/platforms\/teams/],
    ['direction', 'src/platforms/slack/a.ts', "import { x } from '../index';", /imports src\/platforms\/index/],
    [
      'direction',
      'src/platforms/slack/a.ts',
      "import { x } from '../../cards/ticket-card';",
      /imports src\/cards\/ticket-card, but platforms\/slack may import core, cards\/inert-text/,
    ],
    [
      'direction',
      'src/platforms/index.ts',
      "import { x } from '../dialogue/turn';",
      /imports src\/dialogue\/turn, but platforms may import/,
    ],
    ['direction', 'src/platforms/index.ts', "import { x } from './web';", /imports src\/platforms\/web/],
    ['direction', 'src/service.ts', "import { x } from './platforms/teams';", /imports src\/platforms\/teams/],
    ['direction', 'src/app.ts', "import { x } from './platforms';", /imports src\/platforms, but app may import/],
    ['direction', 'src/stores/a.ts', "export { x } from '../outbox/worker';", /imports src\/outbox\/worker/],
    ['direction', 'src/stores/a.ts', "const x = require('../app');", /imports src\/app/],
    ['direction', 'src/content/a.ts', "const x = await import('../nlu');", /imports src\/nlu/],
    ['direction', 'src/newfolder/a.ts', "import {\n  x,\n} from '../core/b';", /newfolder may import nothing of ours/],
    ['core-is-pure', 'src/core/a.ts', "import { readFileSync } from 'node:fs';", /imports node:fs/],
    [
      'package-in-its-place',
      'src/dialogue/a.ts',
      "import stemmer = require('natural/lib/natural/stemmers/porter_stemmer');",
      /belongs to nlu/,
    ],
    ['package-in-its-place', 'src/app.ts', "import { Kysely } from 'kysely';", /belongs to stores/],
    [
      'package-in-its-place',
      'src/platforms/teams/a.ts',
      "import { App } from '@slack/bolt';",
      /belongs to platforms\/slack/,
    ],
    [
      'package-in-its-place',
      'src/platforms/index.ts',
      "import type { App } from '@slack/bolt';",
      /imports @slack\/bolt/,
    ],
    ['package-in-its-place', 'src/app.ts', "const api = require('@slack/web-api');", /belongs to platforms\/slack/],
    [
      'package-in-its-place',
      'src/platforms/slack/a.ts',
      "import type { Activity } from 'botbuilder';",
      /belongs to platforms\/teams/,
    ],
    [
      'package-in-its-place',
      'src/cards/a.ts',
      "import type { Activity } from 'botframework-schema';",
      /belongs to platforms\/teams/,
    ],
    ['package-in-its-place', 'src/core/a.ts', "import 'botbuilder-core';", /belongs to platforms\/teams/],
    ['package-in-its-place', 'src/service.ts', "import { Counter } from 'prom-client';", /belongs to metrics/],
    ['natural-by-subpath', 'src/nlu/a.ts', "import { BayesClassifier } from 'natural';", /imports all of natural/],
    ['declared-packages', 'src/content/a.ts', "import _ from 'lodash';", /which package.json does not name/],
    ['declared-packages', 'src/content/a.ts', "import { jest } from 'jest';", /for development only/],
    ['declared-packages', 'src/content/a.ts', "import { join } from 'path';", /without node:/],
    ['named-for-the-job', 'src/dialogue/utils.ts', '', /is called “utils\.ts”/],
    ['named-for-the-job', 'src/helpers/text.ts', '', /is called “helpers”/],
    ['named-for-the-job', 'src/dialogue/ticket-manager.ts', '', /is called “ticket-manager\.ts”/],
    ['kebab-case', 'src/dialogue/runScenario.ts', '', /is called “runScenario\.ts”/],
    ['short-files', 'src/dialogue/long.ts', '//\n'.repeat(401), /has 401 lines/],
    ['content-by-content-alone', 'src/dialogue/a.ts', "import { parse } from 'yaml';", /reads YAML/],
    [
      'links-of-guides',
      'docs/guide.md',
      '# Guide\n\nSee [here](../src/gone.ts).',
      /docs\/guide\.md:3 links to \.\.\/src\/gone\.ts/,
    ],
    ['links-of-guides', 'README.md', '![picture](docs/gone.png "A picture")', /links to docs\/gone\.png/],
  ];

  test.each(bad)('%s finds what is wrong in %s', (rule, path, text, problem) => {
    write(path, text);
    expect(found(rule)).toEqual([expect.stringMatching(problem)]);
  });

  const good: readonly (readonly [rule: string, path: string, text: string])[] = [
    ['direction', 'src/dialogue/a.ts', "import { x } from '../core/b';\nimport { y } from './c';"],
    [
      'direction',
      'src/platforms/web/a.ts',
      "import type { Wire } from '../../desk/wire';\nimport { card } from '../../cards/reply-card';",
    ],
    ['direction', 'src/main.ts', "import { x } from './app';\nimport { y } from './platforms/web';"],
    [
      'direction',
      'src/platforms/index.ts',
      "import { c } from '../config';\nimport { x } from './slack';\nimport { y } from './teams/index';\nimport type { z } from '../core/ports';",
    ],
    ['direction', 'src/platforms/slack/a.ts', "import { inert } from '../../cards/inert-text';"],
    ['direction', 'src/platforms/teams/a.ts', "import { card } from '../../cards/ticket-card';"],
    ['direction', 'src/service.ts', "import { x } from './platforms';\nimport { m } from './metrics';"],
    ['package-in-its-place', 'src/platforms/slack/a.ts', "import type { App } from '@slack/bolt';"],
    ['package-in-its-place', 'src/platforms/teams/a.ts', "const sdk = require('botframework-connector');"],
    [
      'package-in-its-place',
      'src/metrics.ts',
      "import express from 'express';\nimport { Registry } from 'prom-client';",
    ],
    ['core-is-pure', 'src/core/a.ts', "import { z } from 'zod';\nimport { x } from './b';"],
    [
      'package-in-its-place',
      'src/nlu/a.ts',
      "import stemmer = require('natural/lib/natural/stemmers/porter_stemmer');",
    ],
    ['natural-by-subpath', 'src/nlu/a.ts', "import stemmer = require('natural/lib/natural/stemmers/porter_stemmer');"],
    ['declared-packages', 'src/core/a.ts', "import { z } from 'zod';\nimport { join } from 'node:path';"],
    ['named-for-the-job', 'src/dialogue/commons-tragedy.ts', ''],
    ['kebab-case', 'src/stores/migrations/0001-first.ts', ''],
    ['short-files', 'src/dialogue/long.ts', '//\n'.repeat(400)],
    [
      'links-of-guides',
      'README.md',
      '[ok](package.json) [part](package.json#x) [web](https://example.com/x) [below](#part)\n```\n[code](gone.md)\n```\n',
    ],
  ];

  test.each(good)('%s lets %s pass', (rule, path, text) => {
    write(path, text);
    expect(found(rule)).toEqual([]);
  });

  test('a breach tells rule, place, reason and remedy', () => {
    write('src/core/a.ts', "import { x } from '../app';");
    const [breach] = breachesOf(rules[0]!, root);
    expect(told(breach!)).toMatch(
      /^direction: src\/core\/a\.ts:1 imports src\/app[\s\S]*\n {4}why: arrows point inwards[\s\S]*\n {4}fix: take what is needed through a port/,
    );
  });

  test('ids are unique, and each rule has a reason, a remedy and a bad example', () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    for (const { id, reason, fix } of rules) {
      expect(reason.length).toBeGreaterThan(20);
      expect(fix.length).toBeGreaterThan(10);
      expect(bad.some(([rule]) => rule === id)).toBe(true);
    }
  });

  test('folders of others are not looked at', () => {
    write('node_modules/x/README.md', '[gone](gone.md)');
    expect(statSync(join(root, 'node_modules/x/README.md')).isFile()).toBe(true);
    expect(found('links-of-guides')).toEqual([]);
  });
});
