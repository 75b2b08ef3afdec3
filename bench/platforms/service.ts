import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningApp, startApp } from './processes';

/** The whole bot with an empty store in a folder of its own. The store is a real file with a full flush at each commit. */
export async function withService<T>(
  settings: Record<string, string>,
  use: (app: RunningApp) => Promise<T>,
  nodeOptions: readonly string[] = [],
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'helpdesk-platforms-'));
  // A crowd that writes as fast as it can is what is measured here, and not how it is held back.
  const unlimited = { MESSAGES_PER_PERSON: '0', MESSAGES_PER_WORKSPACE: '0' };
  const own = { PORT: '0', HOST: '127.0.0.1', DATA_DIR: folder, LOG_LEVEL: 'error', ...unlimited };
  try {
    const app = await startApp('src/main.js', { ...own, ...settings }, nodeOptions);
    try {
      return await use(app);
    } finally {
      await app.stop();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
