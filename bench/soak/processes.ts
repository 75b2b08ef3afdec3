import { type ChildProcess, fork, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-files';
import { freePort } from '../../test/builders/free-port';
import type { SoakOrder, SoakOutcome } from './crowd';

/** Few people stand for many here. */
const noLimits = { MESSAGES_PER_PERSON: '0', MESSAGES_PER_WORKSPACE: '0' };

/** One process of the bot, on a port that stays the same over its lives. */
export class BotProcess {
  private child: ChildProcess | null = null;
  readonly url: string;
  /** Lines of its log at the level of an error, which nobody ordered. */
  readonly errors: string[] = [];

  private constructor(
    private readonly settings: Record<string, string>,
    port: number,
  ) {
    this.url = `http://127.0.0.1:${port}/`;
    this.settings = { ...settings, PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'error', ...noLimits };
  }

  static async start(settings: Record<string, string>): Promise<BotProcess> {
    const bot = new BotProcess(settings, await freePort());
    await bot.begin();
    return bot;
  }

  async begin(): Promise<void> {
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(process.execPath, [join(packageRoot(), 'dist/src/main.js')], {
      env: { PATH, HOME, NODE_ENV: 'production', ...this.settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stderr.setEncoding('utf8').on('data', (piece: string) => {
      if (this.errors.length < 20) this.errors.push(piece.trim());
    });
    this.child = child;
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (piece: Buffer) => {
        if (piece.includes('http://')) resolve();
      });
      child.once('exit', (code) => reject(new Error(`it ended with ${code} before it was ready: ${this.errors}`)));
    });
  }

  memoryMb(): number {
    const status = readFileSync(`/proc/${this.child!.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  }

  /** Seconds of processor time so far. */
  cpuSeconds(): number {
    return cpuSecondsOf(this.child!.pid!);
  }

  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.child!;
    const over = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await over;
  }
}

/** @param reaped also what children took that are gone by now */
export function cpuSecondsOf(pid: number, reaped = false): number {
  // After the name, which may hold blanks, come the fields; ticks of user and system time are the 12th and 13th.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
    .map(Number);
  return (fields[11]! + fields[12]! + (reaped ? fields[13]! + fields[14]! : 0)) / 100;
}

export interface Crowd {
  settings: Record<string, string>;
  soak(order: SoakOrder): Promise<SoakOutcome>;
  stop(): void;
}

export async function startCrowd(): Promise<Crowd> {
  const child = fork(join(__dirname, 'crowd.js'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const next = <T>() =>
    new Promise<T>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`the crowd ended with ${code}`)));
      child.once('message', (message) => resolve(message as T));
    });
  const { settings } = await next<{ settings: Record<string, string> }>();
  return {
    settings,
    soak(order) {
      const outcome = next<SoakOutcome>();
      child.send(order);
      return outcome;
    },
    stop: () => void child.kill(),
  };
}
