import { cpus } from 'node:os';
import { understanding } from './nlu';
import type { Row } from './rows';
import { benchStart } from './start';
import { benchTurn } from './turn';

/** `npm run bench`: every figure with its limit, measured in this run. Exit 1 if a limit is broken. */
async function main(): Promise<void> {
  console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`);
  let broken = 0;
  for (const bench of [() => understanding(), benchTurn, benchStart]) {
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
