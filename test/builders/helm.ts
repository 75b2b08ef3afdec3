import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { repository } from './bot';

export const chartFolder = join(repository, 'deploy/helm/aws-signin-helpdesk');

/** Why no chart can be rendered here, in one line; null where it can. Debian's `tmpl` is Go's own template engine. */
export const noTemplates: string | null = (() => {
  try {
    execFileSync('which', ['tmpl'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'skipped: the Helm chart’s templates (install the package tmpl)';
  }
})();

export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  [part: string]: unknown;
}

export type Values = Record<string, unknown>;

const readYaml = (file: string): Values => parse(readFileSync(join(chartFolder, file), 'utf8')) as Values;

/** The chart's defaults with these on top, as Helm lays them: maps are joined, everything else is replaced. */
export const valuesWith = (given: Values): Values => joined(readYaml('values.yaml'), given);

function joined(base: Values, over: Values): Values {
  const isMap = (value: unknown): value is Values =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  return Object.fromEntries(
    [...new Set([...Object.keys(base), ...Object.keys(over)])].map((key) => {
      const [before, after] = [base[key], over[key]];
      return [key, isMap(before) && isMap(after) ? joined(before, after) : key in over ? after : before];
    }),
  );
}

/** Renders the chart with Go's template engine, given what Helm gives its templates. */
export function renderChart(given: Values, release = 'helpdesk'): Manifest[] {
  const { name, appVersion } = readYaml('Chart.yaml');
  const data = {
    Values: valuesWith(given),
    Chart: { Name: name, AppVersion: appVersion },
    Release: { Name: release, Revision: 1 },
  };
  const folder = mkdtempSync(join(tmpdir(), 'chart-'));
  try {
    return readdirSync(join(chartFolder, 'templates')).flatMap((file) => {
      copyFileSync(join(chartFolder, 'templates', file), join(folder, `${file}.tmpl`));
      execFileSync('tmpl', ['-data', JSON.stringify(data), join(folder, `${file}.tmpl`)]);
      const text = readFileSync(join(folder, file), 'utf8');
      if (text.includes('<no value>')) throw new Error(`${file} uses a value that nobody gave`);
      return file.endsWith('.yaml') && text.trim() !== '' ? [parse(text) as Manifest] : [];
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
