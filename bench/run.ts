import { cpus } from 'node:os';
import { benchCost } from './cost';
import { benchNewcomer } from './newcomer';
import { understanding } from './nlu';
import { benchPlatforms } from './platforms';
import { benchRecovery } from './recovery';
import type { Row } from './rows';
import { benchStart } from './start';
import { benchTickets } from './tickets';
import { benchTurn } from './turn';

const length = process.argv.includes('--long') ? 'long' : process.argv.includes('--short') ? 'short' : 'usual';

const benches: Record<string, () => Promise<Row[]>> = {
  nlu: () => understanding(),
  turn: benchTurn,
  start: benchStart,
  tickets: benchTickets,
  recovery: benchRecovery,
  cost: benchCost,
  newcomer: benchNewcomer,
  platforms: () => benchPlatforms(length),
};

/**
 * `npm run bench`: every figure with its limit, measured in this run. Exit 1 if a limit is broken. `npm run bench --
 * platforms` runs only those that are named; with `--long` the platforms get the two minutes their limits are meant for,
 * with `--short` no more than a look.
 */
async function main(): Promise<void> {
  const named = process.argv.slice(2).filter((word) => !word.startsWith('--'));
  const unknown = named.filter((name) => !(name in benches));
  if (unknown.length > 0) throw new Error(`there is no bench ${unknown.join(', ')}, only ${Object.keys(benches)}`);
  console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`);
  let broken = 0;
  for (const [name, bench] of Object.entries(benches)) {
    if (named.length > 0 && !named.includes(name)) continue;
    for (const row of await bench()) {
      if (row.ok === false) broken += 1;
      console.log(format(row));
    }
  }
  process.exitCode = broken > 0 ? 1 : 0;
}

function format({ name, value, unit, limit, ok }: Row): string {
  const figure = `${value.toFixed(value < 10 ? 3 : 1)} ${unit}`.padStart(14);
  const bar = limit === undefined ? '' : `  limit ${limit} ${unit}  ${ok ? 'ok' : 'BROKEN'}`;
  return `${figure}  ${name}${bar}`;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
