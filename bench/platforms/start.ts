import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-files';
import { median, type Row } from '../rows';
import { withService } from './service';

const runs = 3;

/**
 * What platforms add to a start, against what loading their SDKs alone takes; and that a service without platforms
 * loads none of them.
 */
export async function benchPlatformStart(settings: Record<string, string>): Promise<Row[]> {
  const times: { sdks: number; without: number; both: number }[] = [];
  // The first run warms the file cache.
  for (let run = 0; run <= runs; run++) {
    const without = await withService({}, async ({ readyMs }) => readyMs);
    const both = await withService(settings, async ({ readyMs }) => readyMs);
    const sdks = nodeTakes("require('@slack/bolt');require('botbuilder')") - nodeTakes('');
    if (run > 0) times.push({ sdks, without, both });
  }
  const ratio = median(times.map(({ sdks, without, both }) => (both - without) / sdks));
  const loaded = await sdkModulesWithout();
  return [
    { name: 'ready with both platforms set up, median', value: median(times.map(({ both }) => both)), unit: 'ms' },
    { name: 'ready without platforms, median', value: median(times.map(({ without }) => without)), unit: 'ms' },
    { name: 'loading both SDKs in an empty process, median', value: median(times.map(({ sdks }) => sdks)), unit: 'ms' },
    { name: 'what platforms add to a start ÷ loading the SDKs', value: ratio, unit: '×', limit: 1.5, ok: ratio <= 1.5 },
    { name: 'SDK modules loaded without platforms', value: loaded, unit: 'modules', limit: 0, ok: loaded === 0 },
  ];
}

/** Milliseconds of a Node process that runs this and ends. */
function nodeTakes(script: string): number {
  const before = performance.now();
  spawnSync(process.execPath, ['--eval', script], { cwd: packageRoot() });
  return performance.now() - before;
}

/** How many modules of the SDKs a service loads in which no platform is set up. */
async function sdkModulesWithout(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'helpdesk-loaded-'));
  const note = join(folder, 'modules');
  try {
    const probe = ['--require', join(packageRoot(), 'dist/bench/platforms/loaded-sdks.js')];
    await withService({ BENCH_LOADED_SDKS: note }, async () => undefined, probe);
    return Number(readFileSync(note, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
