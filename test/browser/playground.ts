import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * The Microsoft 365 Agents Playground as a process: a Teams client in a page, and the connector behind it. One playground
 * is one person's Teams. It knows a single user, so a case between two people is played on two of them with one bot.
 */
export interface Playground {
  url: string;
  port: number;
  /** Everything it printed so far. */
  log(): string;
  /** What it wanted from outside this machine, and did not get. */
  refused(): string[];
  /** What went over the wire between it and the bot so far, in the order in which it ended. */
  exchanges(): Promise<Exchange[]>;
  stop(): Promise<void>;
}

/** One request between client and bot, with its answer. */
export interface Exchange {
  from: 'bot' | 'teams';
  /** The activity's type. */
  activity: string;
  /** What was sent: an activity, for nearly all of them. */
  sent: Record<string, unknown>;
  status: number;
  answer: unknown;
}

export interface TeamsUser {
  id: string;
  name: string;
}

export interface PlaygroundOptions {
  /** Where the bot listens on this machine. */
  botPort: number;
  /** Who sits in front of it. */
  user: TeamsUser;
  /** The one-to-one chat of that user with the bot. */
  personalChat: string;
  /** The channel of the team beside `General`. */
  channel: { id: string; name: string };
}

/** The bot as everybody in this company sees it. */
export const bot = { id: '28:aws-signin-helpdesk', name: 'Sign-in Helpdesk' };
const tenant = '0b8f6a1e-1111-4222-8333-44445555aaaa';

const start = createRequire(__filename).resolve('@microsoft/m365agentsplayground/cli.js');
const guard = path.join(__dirname, 'loopback-only.cjs');

/** Starts it on a free port and waits until it answers. It ends with `stop()`, or when this process is gone. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const folder = await mkdtemp(path.join(tmpdir(), 'playground-'));
  const inFolder = (name: string) => path.join(folder, name);
  await writeFile(inFolder('config.yml'), JSON.stringify(configuration(options)));
  const child = spawn(
    process.execPath,
    [
      ...['--require', guard, start, 'start', '--port', '0', '--channel-id', 'msteams'],
      ...['--app-endpoint', `http://127.0.0.1:${options.botPort}/api/messages`],
      ...['--disable-telemetry', '--enable-events-recording'],
    ],
    {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        TEAMSAPPTESTER_BROWSER: 'none',
        M365_AGENTS_PLAYGROUND_CONFIG_PATH: inFolder('config.yml'),
        M365_AGENTS_PLAYGROUND_LOGFILE: inFolder('playground.log'),
        M365_AGENTS_PLAYGROUND_RECORDING_FILE: inFolder('exchanges.log'),
        // These two decide about connections that the command's own switch leaves open.
        APPLICATION_INSIGHTS_NO_STATSBEAT: '1',
        APPLICATION_INSIGHTS_NO_DIAGNOSTIC_CHANNEL: '1',
      },
    },
  );
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  const stop = async () => {
    await ended(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const port = await listening(child, () => printed);
    await answering(`http://127.0.0.1:${port}/_debug/ping`);
    return {
      url: `http://127.0.0.1:${port}`,
      port,
      log: () => printed,
      refused: () => printed.split('\n').filter((line) => line.startsWith('loopback-only: ')),
      exchanges: async () => parseExchanges(await readFile(inFolder('exchanges.log'), 'utf8').catch(() => '')),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Its own schema asks for exactly five colleagues. JSON is YAML. */
function configuration({ user, personalChat, channel }: PlaygroundOptions): object {
  const account = ({ id, name }: TeamsUser) => {
    const [givenName = name, surname = givenName] = name.split(' ');
    const address = `${givenName.toLowerCase()}@example.com`;
    return { id, name, givenName, surname, email: address, userPrincipleName: address, aadObjectId: `aad-${id}` };
  };
  const colleagues = ['Linus', 'Mira', 'Edsger', 'Barbara', 'Donald'];
  return {
    version: '0.1.1',
    tenantId: tenant,
    bot,
    currentUser: account(user),
    users: colleagues.map((name) => account({ id: `29:${name.toLowerCase()}`, name })),
    personalChat: { id: personalChat },
    groupChat: { id: `${personalChat}-group`, name: 'Group Chat' },
    team: {
      id: '19:engineering@thread.tacv2',
      name: 'Engineering',
      aadGroupId: '0b8f6a1e-1111-4222-8333-44445555bbbb',
      channels: [channel],
    },
  };
}

function listening(child: ChildProcess, printed: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const port = /Listening on (\d+)/.exec(printed())?.[1];
      if (port) resolve(Number(port));
    };
    child.stdout?.on('data', look);
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`The playground did not start. It printed:\n${printed()}`)));
  });
}

/** It prints its port a moment before its routes are there. */
async function answering(url: string): Promise<void> {
  for (;;) {
    const response = await fetch(url);
    await response.text();
    if (response.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** It keeps nothing that could be lost, so there is nothing to wait for but its end. */
function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

/** The recording is a list of JSON objects with a line of dashes after each. The last may be half written. */
function parseExchanges(recording: string): Exchange[] {
  return recording
    .split('\n---\n')
    .slice(0, -1)
    .map((text) => {
      const { direction, activityName, request, response } = JSON.parse(text);
      const { data, body } = request;
      const sent = data ?? body ?? request;
      return {
        from: /^user application/i.test(direction) ? 'bot' : 'teams',
        activity: activityName,
        sent: typeof sent === 'string' ? JSON.parse(sent) : sent,
        status: response.statusCode,
        answer: response.body,
      };
    });
}
