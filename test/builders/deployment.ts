import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from './bot';
import { freePort } from './free-port';
import { bareEnvironment, build } from './service-process';

/**
 * What a deployment runs: an image, where SMOKE_IMAGE names one (SMOKE_RUNTIME is the command that runs images, with its
 * options; docker by default), else the files the image is made of, as a process of this machine.
 */
export interface Deployment {
  name: string;
  /** Kept over starts. */
  data: string;
  start(settings: Record<string, string>): Promise<Deployed>;
  /** One of the commands that go along. */
  command(name: string, args: string[], settings?: Record<string, string>): { code: number | null; said: string };
  remove(): void;
}

export interface Deployed {
  url: string;
  /** From the start until `/readyz` says yes, in milliseconds. */
  readyMs: number;
  /** Exit code after this signal. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

const image = process.env.SMOKE_IMAGE?.trim();
const [runtime = 'docker', ...runtimeOptions] = (process.env.SMOKE_RUNTIME?.trim() || 'docker').split(/\s+/);

export const makeDeployment = (): Deployment => (image ? new Image(image) : new Files());

abstract class Base implements Deployment {
  readonly folder = mkdtempSync(join(tmpdir(), 'deployment-'));
  readonly data = join(this.folder, 'data');
  abstract name: string;

  protected abstract launch(settings: Record<string, string>): { child: ChildProcess; kill(signal: string): void };
  abstract command(name: string, args: string[], settings?: Record<string, string>): ReturnType<Deployment['command']>;

  async start(settings: Record<string, string>): Promise<Deployed> {
    const port = await freePort();
    const before = performance.now();
    const { child, kill } = this.launch({
      HOST: '127.0.0.1',
      PORT: String(port),
      MESSAGES_PER_PERSON: '0',
      ...settings,
    });
    let said = '';
    for (const stream of [child.stdout!, child.stderr!])
      stream.setEncoding('utf8').on('data', (piece: string) => (said += piece));
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const url = `http://127.0.0.1:${port}/`;
    while (!(await isReady(url))) {
      if (child.exitCode !== null) throw new Error(`${this.name} ended with ${child.exitCode}: ${said}`);
    }
    return {
      url,
      readyMs: performance.now() - before,
      end: (signal) => {
        kill(signal);
        return ended;
      },
    };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}readyz`).then(
    ({ ok }) => ok,
    () => new Promise((resolve) => setImmediate(() => resolve(false))),
  );

/** Packed anew, and started from elsewhere, so that nothing of the repository is within reach. */
class Files extends Base {
  readonly name = 'the packed files';
  readonly app = join(this.folder, 'app');

  constructor() {
    super();
    build();
    execFileSync(process.execPath, [join(repository, 'scripts/pack.mjs'), this.app], { stdio: 'pipe' });
  }

  protected launch(settings: Record<string, string>) {
    const child = spawn(process.execPath, [join(this.app, 'dist/src/main.js')], {
      cwd: this.folder,
      env: { ...bareEnvironment(), DATA_DIR: this.data, ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { child, kill: (signal: string) => void child.kill(signal as NodeJS.Signals) };
  }

  command(name: string, args: string[], settings: Record<string, string> = {}) {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(this.app, `dist/scripts/${name}.js`), ...args],
      {
        cwd: this.folder,
        env: { ...bareEnvironment(), DATA_DIR: this.data, ...settings },
        encoding: 'utf8',
      },
    );
    return { code: status, said: `${stdout}${stderr}` };
  }
}

class Image extends Base {
  readonly name: string;
  private readonly container = `helpdesk-smoke-${randomBytes(4).toString('hex')}`;

  constructor(private readonly tag: string) {
    super();
    this.name = `the image ${tag}`;
    execFileSync('mkdir', ['-m', '777', this.data]);
    chmodSync(this.folder, 0o755);
  }

  private arguments(settings: Record<string, string>): string[] {
    return [
      ...['--rm', '--network', 'host', '--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'],
      ...['--volume', `${this.data}:/data`],
      ...Object.entries(settings).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ];
  }

  protected launch(settings: Record<string, string>) {
    const options = ['run', '--name', this.container, ...this.arguments(settings), this.tag];
    const child = spawn(runtime, [...runtimeOptions, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
    const kill = (signal: string) =>
      void spawnSync(runtime, [...runtimeOptions, 'kill', '--signal', signal, this.container]);
    return { child, kill };
  }

  command(name: string, args: string[], settings: Record<string, string> = {}) {
    const options = ['run', ...this.arguments(settings), this.tag, 'node', `dist/scripts/${name}.js`, ...args];
    const { status, stdout, stderr } = spawnSync(runtime, [...runtimeOptions, ...options], { encoding: 'utf8' });
    return { code: status, said: `${stdout}${stderr}` };
  }
}

/** A copy of a folder that a container wrote, so that it can be looked at whoever owns it. */
export const copied = (from: string, to: string): void => cpSync(from, to, { recursive: true });
