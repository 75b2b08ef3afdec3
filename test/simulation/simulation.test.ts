import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Simulation } from '../../scripts/simulation/simulation';
import { openSqliteStore } from '../../src/stores/sqlite';
import { knowledge } from '../builders/bot';

/** A small day of `npm run simulate`, with more faults than any real one. */
test('a busy day with faults and crashes: nothing is lost, nothing is claimed twice', async () => {
  // Crashes here are those of a process, which memory outlives; a slow disk would make minutes of it.
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'simulation-'));
  try {
    const verdict = await new Simulation({
      ...knowledge(),
      tickets: 600,
      seed: 7,
      faults: { lostReply: 0.02, broken: 0.05, busy: 0.05 },
      open: () => openSqliteStore(join(folder, 'data')),
    }).run();
    expect(verdict).toMatchObject({ tickets: 600, resolved: 600, lost: 0, doubleClaims: 0, doubled: { slack: 0 } });
    expect(verdict.crashes).toBeGreaterThan(0);
    expect(verdict.posts.slack).toBeGreaterThan(500);
    expect(verdict.late).toBe(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 300_000);
