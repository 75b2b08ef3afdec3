import type { Check, Finding } from './doctor/check';
import { checks } from './doctor/checks';
import { readDeployment } from './doctor/deployment';
import type { Network } from './doctor/network';
import { withoutSecrets } from './doctor/secrets';
import { failWith } from './fail';

/**
 * `npm run doctor`: looks at a deployment with its own settings and says of each thing the service needs whether it is
 * there, and if not, what to do. Nothing is changed, and no secret is printed.
 */
export async function examine(
  env: NodeJS.ProcessEnv,
  { network, only = checks }: { network?: Network; only?: readonly Check[] } = {},
): Promise<Finding[]> {
  const deployment = readDeployment(env, network);
  const clean = withoutSecrets(env);
  try {
    const findings: Finding[] = [];
    for (const { run } of only) findings.push(...(await run(deployment)));
    return findings.map((finding) => ({ ...finding, text: clean(finding.text) }));
  } finally {
    await deployment.close();
  }
}

/** One finding as it is printed. */
export function inLines({ kind, about, text, id, remedy }: Finding): string {
  const mark = { ok: 'ok     ', warning: 'warning', fault: 'FAULT  ' }[kind];
  const lines = [`${mark} ${about}: ${text.trim()}`, ...(remedy ? [`→ ${remedy} (${id})`] : [])];
  return lines.join('\n').replace(/\n/g, '\n        ');
}

async function main(): Promise<void> {
  const findings = await examine(process.env);
  for (const finding of findings) console.log(inLines(finding));
  const faults = findings.filter(({ kind }) => kind === 'fault').length;
  if (faults === 0) return;
  console.log(
    `\n${faults} ${faults === 1 ? 'fault' : 'faults'}. docs/doctor.md explains each by the name in brackets.`,
  );
  process.exitCode = 1;
}

if (require.main === module) main().catch(failWith);
