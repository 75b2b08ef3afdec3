import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../builders/free-port';
import { codeBlocks } from './code-blocks';
import { Terminal } from './terminal';

/** What the pages have a newcomer write, and a word that nobody but the bot says in answer to it. */
const words = 'lost my phone, no mfa for aws, iam user i think';
const answer = /administrator/;

/**
 * Somebody who has never been here: a clone, and the commands of the README and of the quick start, as they stand there.
 * Only the port is another, so that nobody else's is taken, and packages come from npm's own cache, so that no network
 * is needed.
 */
export class Newcomer {
  private readonly home = mkdtempSync(join(tmpdir(), 'newcomer-'));
  private readonly clone = join(this.home, 'helpdesk');
  private readonly windows: Terminal[] = [];

  private constructor(private readonly port: number) {}

  /** @param repository a folder that git can clone */
  static async arrive(repository: string): Promise<Newcomer> {
    const newcomer = new Newcomer(await freePort());
    execFileSync('git', ['clone', '--quiet', '--no-hardlinks', repository, newcomer.clone]);
    return newcomer;
  }

  /** The first two commands of the README, up to the first reply on the web desk. */
  async webDesk(): Promise<string> {
    const [install] = this.blocks('README.md', 'Two commands');
    const service = this.opens();
    service.types(install!.split('\n')[0]!);
    await service.until(new RegExp(`http://127\\.0\\.0\\.1:${this.port}/`));
    const [ask] = this.blocks('docs/quick-start.md', 'The web desk');
    const other = this.opens();
    other.types(ask!);
    // The bot may need longer than the page waits, so the page is looked at again.
    const look = setInterval(() => other.types(ask!.split('\n').at(-1)!), 3_000);
    const reply = await other.until(answer).finally(() => clearInterval(look));
    await this.closes();
    return reply;
  }

  /** Slack without Slack, up to the bot's first words. */
  async slack(): Promise<string> {
    const [workspace, bot] = this.blocks('docs/quick-start.md', 'Slack, without Slack');
    return this.platform(workspace!, () => bot!);
  }

  /** Teams without Teams: the settings are those that the fake prints. */
  async teams(): Promise<string> {
    const [tenant] = this.blocks('docs/quick-start.md', 'Teams, without Teams');
    return this.platform(tenant!, (screen) => [...(screen.match(/^\s*export .*$/gm) ?? []), 'npm start'].join('\n'));
  }

  async leaves(): Promise<void> {
    await this.closes();
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }

  private async platform(fake: string, botFrom: (screen: string) => string): Promise<string> {
    const window = this.opens();
    window.types(fake);
    // Its settings stand above what it says about commands.
    const settings = await window.until(/\/help/);
    const service = this.opens();
    service.types(botFrom(settings));
    await service.until(new RegExp(`http://127\\.0\\.0\\.1:${this.port}/`));
    window.types(words);
    const reply = await window.until(answer);
    await this.closes();
    return reply;
  }

  private blocks(page: string, heading: string): string[] {
    const text = readFileSync(join(this.clone, page), 'utf8').replaceAll('3978', String(this.port));
    return codeBlocks(text, heading);
  }

  private opens(): Terminal {
    const { PATH = '', HOME = '' } = process.env;
    const window = new Terminal(this.clone, {
      PATH,
      HOME,
      PORT: String(this.port),
      npm_config_offline: 'true',
    });
    this.windows.push(window);
    return window;
  }

  private async closes(): Promise<void> {
    await Promise.all(this.windows.splice(0).map((window) => window.close()));
  }
}
