import { type ChildProcess, fork, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-files';
import type { Order, Outcome, Ready } from './generator';

/** An app that is being measured, as its own process. */
export interface RunningApp {
  url: string;
  /** From its start to the address on standard output, in milliseconds. */
  readyMs: number;
  memoryMb(): number;
  /** Seconds of processor time so far. */
  cpuSeconds(): number;
  stop(): Promise<void>;
}

/** @param script below `dist`; it says its address on standard output */
export async function startApp(
  script: string,
  settings: Record<string, string>,
  nodeOptions: readonly string[] = [],
): Promise<RunningApp> {
  const before = performance.now();
  // Nothing of the settings around us gets in: they could set up a platform that is not meant.
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [...nodeOptions, join(packageRoot(), 'dist', script)], {
    env: { PATH, HOME, NODE_ENV: 'production', ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      const found = /http:\S+/.exec(chunk.toString());
      if (found) resolve(found[0]);
    });
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code} before it was ready`)));
  });
  const readyMs = performance.now() - before;
  return {
    url,
    readyMs,
    memoryMb: () => Number(/VmRSS:\s+(\d+)/.exec(proc(child, 'status'))?.[1]) / 1024,
    cpuSeconds: () => {
      // After the name, which may hold blanks, come the fields; ticks of user and system time are the 12th and 13th.
      const fields = proc(child, 'stat')
        .replace(/^.*\) /, '')
        .split(' ');
      return (Number(fields[11]) + Number(fields[12])) / 100;
    },
    stop: () => ended(child),
  };
}

const proc = (child: ChildProcess, file: string): string => readFileSync(`/proc/${child.pid}/${file}`, 'utf8');

/** The people and their platforms, as another process. */
export interface Generator {
  settings: Ready['settings'];
  carryOut(order: Order): Promise<Outcome>;
  stop(): Promise<void>;
}

export async function startGenerator(): Promise<Generator> {
  const child = fork(join(__dirname, 'generator.js'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const next = <T>() =>
    new Promise<T>((resolve, reject) => {
      const onExit = (code: number | null) => reject(new Error(`the load generator ended with ${code}`));
      child.once('exit', onExit);
      child.once('message', (message) => {
        child.off('exit', onExit);
        resolve(message as T);
      });
    });
  const { settings } = await next<Ready>();
  return {
    settings,
    carryOut(order) {
      const outcome = next<Outcome>();
      child.send(order);
      return outcome;
    },
    stop: () => ended(child),
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await over;
}
