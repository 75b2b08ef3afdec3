import { type ChildProcess, spawn } from 'node:child_process';

/** A shell of somebody who types what a page shows, and reads what comes. */
export class Terminal {
  private readonly shell: ChildProcess;
  private readonly ended: Promise<number | null>;
  private shown = '';
  /** Where what was typed last begins. */
  private mark = 0;
  private isOver = false;

  constructor(folder: string, environment: Record<string, string>) {
    // A group of its own, so that what it started ends with it.
    this.shell = spawn('bash', ['--noprofile', '--norc'], { cwd: folder, env: environment, detached: true });
    for (const stream of [this.shell.stdout!, this.shell.stderr!])
      stream.setEncoding('utf8').on('data', (piece: string) => (this.shown += piece));
    this.ended = new Promise((resolve) => this.shell.once('exit', resolve));
    void this.ended.then(() => (this.isOver = true));
  }

  get screen(): string {
    return this.shown;
  }

  types(lines: string): void {
    this.mark = this.shown.length;
    this.shell.stdin!.write(`${lines}\n`);
  }

  /** Waits until something stands below what was typed last. */
  async until(what: RegExp): Promise<string> {
    for (;;) {
      const below = this.shown.slice(this.mark);
      if (what.test(below)) return below;
      if (this.isOver) throw new Error(`it ended before ${what} was seen:\n${this.shown}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Closes the window. */
  async close(): Promise<void> {
    if (!this.isOver) process.kill(-this.shell.pid!, 'SIGTERM');
    this.shell.stdin!.destroy();
    await this.ended;
  }
}
