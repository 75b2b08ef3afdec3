import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { areas, type Row } from '../../test/security/register';
import { rows } from '../../test/security/rows';

/** `docs/security.md`: every threat with what stands against it, the test that shows it, and the figure it asserts. */
export function securityPage(): string {
  const all = Object.entries<Row>(rows);
  return `<!-- Generated from test/security/rows.ts by \`npm run docs\`; do not edit. -->

# Threats, and what the tests hold against them

Each row is shown by the test it links to, and the figure is the one that test asserts: both read it from the same
table, and \`npm run check\` refuses a row without its test. What we count as a fault, how to report one, and what the
bot trusts is in [SECURITY.md](../SECURITY.md).

${areas.map((area) => areaPart(area, all)).join('\n\n')}
`;
}

function areaPart(area: string, all: readonly (readonly [string, Row])[]): string {
  const lines = all
    .filter(([, row]) => row.area === area)
    .map(([id, row]) => {
      const test = `[${id}](../${row.file})`;
      return `| ${[cell(row.threat), cell(row.defence), test, cell(figureOf(row))].join(' | ')} |`;
    });
  return `## ${area}

| Threat | Defence | Test | Figure |
| --- | --- | --- | --- |
${lines.join('\n')}`;
}

/** `{name}` as a number, `{name%}` as per cent. */
export function figureOf({ bar, figure }: Pick<Row, 'bar' | 'figure'>): string {
  return figure.replace(/\{(\w+)(%?)\}/g, (_whole, name: string, percent: string) => {
    const value = bar[name];
    if (value === undefined) throw new Error(`the figure "${figure}" names ${name}, which its bar lacks`);
    return percent ? `${Number((value * 100).toFixed(3))} %` : value.toLocaleString('en');
  });
}

const cell = (text: string): string =>
  text.replace(/[|*_`<>]/g, (sign) => (sign === '<' ? '&lt;' : sign === '>' ? '&gt;' : `\\${sign}`));

/** Rows that no running test shows: there is none of that name, it is skipped, or it asserts no number of theirs. */
export function unshown(root: string, all: Readonly<Record<string, Row>> = rows): string[] {
  return Object.entries(all).flatMap(([id, { file, bar, figure }]) => {
    const path = join(root, file);
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const faults: string[] = [];
    if (!new RegExp(`^ *test\\(inRegister\\('${id.replaceAll('.', '\\.')}'\\)`, 'm').test(text))
      faults.push(`${file} has no test named inRegister('${id}')`);
    if (!text.includes(`held('${id}')`)) faults.push(`${file} asserts nothing with held('${id}')`);
    for (const name of Object.keys(bar))
      if (!new RegExp(`\\{${name}%?\\}`).test(figure)) faults.push(`the figure of ${id} leaves out ${name}`);
    return faults;
  });
}
