import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Content } from '../../src/core/content';
import { commandsPage } from './commands-page';
import { doctorPage } from './doctor-page';
import { errorsPage } from './errors-page';
import { everyPathFile, everyPathPage, playScenario } from './every-path';
import { metricsPage } from './metrics-page';
import { parityPage } from './parity-page';
import { scenariosPage } from './scenarios-page';
import { securityPage } from './security-page';
import { settingsPage } from './settings-page';
import { readWrittenTranscripts } from './written-transcripts';

/** Every generated file of the repository: its path from the root, and its text. */
export function generatedPages(root: string, content: Content): Map<string, string> {
  const played = content.scenarios.map((scenario) => playScenario(content, scenario));
  const written = readWrittenTranscripts(root, 'by hand');
  return new Map([
    ...played.map((one): [string, string] => [everyPathFile(one.scenario.name), everyPathPage(one)]),
    ['docs/commands.md', commandsPage()],
    ['docs/doctor.md', doctorPage()],
    ['docs/errors.md', errorsPage()],
    ['docs/metrics.md', metricsPage()],
    ['docs/parity.md', parityPage()],
    ['docs/security.md', securityPage()],
    ['docs/scenarios.md', scenariosPage(content, played, written)],
    ['docs/settings.md', settingsPage()],
  ]);
}

export interface Stale {
  file: string;
  problem: 'is missing' | 'is not up to date' | 'belongs to no scenario any more';
}

/** The generated files that differ from what would be written now. */
export function stalePages(root: string, content: Content, pages = generatedPages(root, content)): Stale[] {
  const stale = [...pages].flatMap(([file, text]): Stale[] => {
    if (!existsSync(join(root, file))) return [{ file, problem: 'is missing' }];
    return readFileSync(join(root, file), 'utf8') === text ? [] : [{ file, problem: 'is not up to date' }];
  });
  return [
    ...stale,
    ...leftOver(root, pages).map((file): Stale => ({ file, problem: 'belongs to no scenario any more' })),
  ];
}

/** Writes what is stale and removes what is left over. Returns what it changed. */
export function writePages(root: string, content: Content): Stale[] {
  const pages = generatedPages(root, content);
  const stale = stalePages(root, content, pages);
  for (const { file } of stale) {
    const text = pages.get(file);
    if (text === undefined) {
      rmSync(join(root, file));
      continue;
    }
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return stale;
}

function leftOver(root: string, pages: ReadonlyMap<string, string>): string[] {
  const folder = join(root, 'test/conversations');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => everyPathFile(name))
    .filter((file) => !pages.has(file) && existsSync(join(root, file)));
}
