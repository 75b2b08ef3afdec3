import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { repository } from './bot';

let isBuilt = false;

/** Brings `dist` up to date, so that what runs is what the sources say. */
export function build(): void {
  if (!isBuilt)
    execFileSync(process.execPath, [join(repository, 'scripts/build.mjs'), '--if-stale'], { stdio: 'pipe' });
  isBuilt = true;
}

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  milliseconds: number;
}

/** The service as its own process, as a supervisor runs it. */
export interface ServiceProcess {
  url: string;
  port: number;
  child: ChildProcess;
  /** What it has said on standard error: its log. */
  log(): string;
  /** Sends a signal and waits for the end. */
  end(signal?: NodeJS.Signals): Promise<Ended>;
}

/** Nothing of the settings around us gets in. */
export const bareEnvironment = (): Record<string, string> => {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME, NODE_ENV: 'production' };
};

/** @param folder of an installed package: the repository, or one that was packed */
export async function startProcess(
  settings: Record<string, string>,
  { folder = repository, cwd }: { folder?: string; cwd?: string } = {},
): Promise<ServiceProcess> {
  if (folder === repository) build();
  const child = spawn(process.execPath, [join(folder, 'dist/src/main.js')], {
    env: { ...bareEnvironment(), PORT: '0', HOST: '127.0.0.1', MESSAGES_PER_PERSON: '0', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: cwd ?? folder,
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (said += piece));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      const found = /http:\S+\//.exec(piece);
      if (found) resolve(found[0]);
    });
    child.once('exit', (code) => reject(new Error(`it ended with ${code} before it was ready: ${said}`)));
  });
  const ended = new Promise<Pick<Ended, 'code' | 'signal'>>((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  );
  return {
    url,
    port: Number(new URL(url).port),
    child,
    log: () => said,
    end: async (signal = 'SIGTERM') => {
      const before = performance.now();
      child.kill(signal);
      return { ...(await ended), milliseconds: performance.now() - before };
    },
  };
}
