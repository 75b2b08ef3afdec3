import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadContent } from '../src/content/load';
import { checkedContent, intentsFolder, packageRoot } from '../src/package-files';
import { openSqliteStore } from '../src/stores/sqlite';
import { buildUnderstander, modelFiles } from '../src/understanding';
import { failWith } from './fail';
import { Simulation } from './simulation/simulation';

/**
 * `npm run simulate -- [tickets] [seed]`: a seeded day of a busy desk on the embedded store, with faults of the platforms and
 * crashes of the bot. Prints what was lost, doubled and late; exit 1 when anything was lost or claimed twice.
 */
async function main(): Promise<void> {
  const [tickets = 100_000, seed = 1] = process.argv.slice(2).map(Number);
  const folder = mkdtempSync(join(tmpdir(), 'simulate-'));
  try {
    const content = loadContent(intentsFolder(), checkedContent());
    const { understander } = buildUnderstander(intentsFolder(), content, modelFiles(packageRoot(), null));
    const simulation = new Simulation({
      content,
      understander,
      tickets,
      seed,
      open: () => openSqliteStore(join(folder, 'data')),
      onProgress: (opened) => process.stderr.write(`\r${opened} opened`),
    });
    const verdict = await simulation.run();
    process.stderr.write('\n');
    process.stdout.write(`${JSON.stringify({ seed, ...verdict })}\n`);
    const isKept = verdict.lost === 0 && verdict.doubleClaims === 0 && verdict.doubled.slack === 0;
    process.exitCode = isKept && verdict.resolved === verdict.tickets ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch(failWith);
