import { type KnownFault, unforeseen } from '../doctor/check';
import { checks } from '../doctor/checks';

/** `docs/doctor.md`: every fault that `npm run doctor` finds, with its remedy. */
export function doctorPage(): string {
  const sections = [...checks.map(({ about, known }) => section(about, known)), section('any of them', unforeseen)];
  const count = checks.reduce((sum, { known }) => sum + Object.keys(known).length, 0);
  return `<!-- Generated from scripts/doctor/ by \`npm run docs\`; do not edit. -->

# What the doctor finds

\`npm run doctor\` looks at a deployment with the settings it is given and knows ${count} things that can be wrong with it. It
prints one line for each thing it looked at: \`ok\`, \`warning\`, or \`FAULT\` with the remedy and a name from this page. It
changes nothing, prints no secret, and exits with 1 on any fault. Run it where the service runs, with the same
environment; for what concerns the public address the service has to be running.

${sections.join('\n\n')}
`;
}

function section(about: string, known: Readonly<Record<string, KnownFault>>): string {
  const rows = Object.entries(known).map(
    ([id, { kind, fault, remedy }]) =>
      `| \`${id}\`${kind === 'warning' ? ' (warning)' : ''} | ${cell(fault)} | ${cell(remedy)} |`,
  );
  return `## ${about[0]!.toUpperCase()}${about.slice(1)}

| Name | What is wrong | What to do |
| --- | --- | --- |
${rows.join('\n')}`;
}

/** As a cell of a table: sentences that go on with a detail when printed end in a full stop here. */
const cell = (text: string): string => text.replace(/:$/, '.').replaceAll('|', '\\|').replaceAll('<', '&lt;');
