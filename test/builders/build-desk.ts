import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/** Builds the web desk's page into a folder of its own, so that tests never look at a stale or half-written one. */
export async function buildDesk(): Promise<{ assets: string; remove: () => Promise<void> }> {
  const assets = await mkdtemp(path.join(tmpdir(), 'helpdesk-page-'));
  await promisify(execFile)(process.execPath, [path.resolve(__dirname, '../../src/desk/build.mjs'), assets]);
  return { assets, remove: () => rm(assets, { recursive: true, force: true }) };
}
