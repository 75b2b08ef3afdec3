import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../src/package-files';
import { median, type Row } from './rows';

const runs = 5;
const readyLimitMs = 1500;
const memoryLimitMb = 150;

/** The real service as its own process: from its start to the address on standard output, and what memory it then holds. */
export async function benchStart(): Promise<Row[]> {
  const ready: number[] = [];
  const memory: number[] = [];
  for (let run = 0; run <= runs; run++) {
    const result = await startOnce();
    // The first run warms the file cache: "from a warm install".
    if (run > 0) {
      ready.push(result.readyMs);
      memory.push(result.memoryMb);
    }
  }
  return [
    {
      name: 'service ready, median',
      value: median(ready),
      unit: 'ms',
      limit: readyLimitMs,
      ok: median(ready) <= readyLimitMs,
    },
    {
      name: 'service memory (RSS) after 200 messages, median',
      value: median(memory),
      unit: 'MB',
      limit: memoryLimitMb,
      ok: median(memory) <= memoryLimitMb,
    },
  ];
}

async function startOnce(): Promise<{ readyMs: number; memoryMb: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'helpdesk-start-'));
  const before = performance.now();
  const child = spawn(process.execPath, [join(packageRoot(), 'dist/src/main.js')], {
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', DATA_DIR: folder, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        const found = /http:\S+/.exec(chunk.toString());
        if (found) resolve(found[0]);
      });
      child.once('exit', (code) => reject(new Error(`the service ended with ${code} before it was ready`)));
    });
    const readyMs = performance.now() - before;
    for (let index = 0; index < 200; index++) {
      const response = await fetch(new URL('/api/chat/messages', url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: new URL(url).origin },
        body: JSON.stringify({
          text: `lost my phone and the mfa is gone, iam user ${index}`,
          key: `bench-message-${index}`,
          name: 'Ada',
        }),
      });
      if (response.status !== 202) throw new Error(`the desk answered ${response.status}: ${await response.text()}`);
    }
    const memoryKb = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]);
    return { readyMs, memoryMb: memoryKb / 1024 };
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true });
  }
}
