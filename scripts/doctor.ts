import { accessSync, constants, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { readSettings, type Settings } from '../src/config';
import { ageing } from '../src/content/ageing';
import { formatFaults } from '../src/content/faults';
import { loadContent } from '../src/content/load';
import { readOrganization } from '../src/content/organization';
import { readKnowledge, StartError } from '../src/knowledge';
import { checkedContent, intentsFolder } from '../src/package-files';
import { openSqliteStore } from '../src/stores/sqlite';
import { failWith } from './fail';

/** What one look found. A `fault` keeps the service from starting or working; a `warning` does not. */
export interface Finding {
  kind: 'ok' | 'warning' | 'fault';
  about: string;
  text: string;
}

/**
 * `npm run doctor`: looks at a deployment with its own settings and says of each thing the service needs whether it is
 * there. Nothing is changed, and no secret is printed.
 */
export async function examine(env: NodeJS.ProcessEnv): Promise<Finding[]> {
  const findings: Finding[] = [];
  const look = async (about: string, check: () => Promise<Omit<Finding, 'about'>> | Omit<Finding, 'about'>) => {
    try {
      findings.push({ about, ...(await check()) });
    } catch (error) {
      findings.push({ about, kind: 'fault', text: error instanceof Error ? error.message : String(error) });
    }
  };

  let settings: Settings | null = null;
  await look('settings', () => {
    settings = readSettings(env);
    return { kind: 'ok', text: `port ${settings.port} on ${settings.host}, data in ${resolve(settings.dataDir)}` };
  });
  await look('content', () => {
    const content = loadContent(intentsFolder(), checkedContent());
    const old = ageing(content, Date.now());
    if (old.length > 0) return { kind: 'warning', text: formatFaults(old) };
    return { kind: 'ok', text: `${content.scenarios.length} scenarios, ${content.rules.size} rules` };
  });
  await look('organisation file', () => organizationFinding(env));
  const known = settings as Settings | null;
  if (!known) return findings;
  await look('data folder', () => folderFinding(known.dataDir));
  await look('store', () => storeFinding(known.dataDir));
  await look('port', () => portFinding(known));
  return findings;
}

function organizationFinding(env: NodeJS.ProcessEnv): Omit<Finding, 'about'> {
  const file = env.ORGANIZATION_FILE?.trim();
  if (!file) return { kind: 'ok', text: 'none; the documented fallbacks are used (ORGANIZATION_FILE)' };
  const { name } = readOrganization(file);
  try {
    readKnowledge(env);
  } catch (error) {
    // What concerns settings or content alone is said above.
    const about =
      error instanceof StartError
        ? error.problems.find((problem) => problem.message.includes('ORGANIZATION_FAULTY'))
        : error;
    if (about) throw about;
  }
  return { kind: 'ok', text: name ? `${file}, of ${name}` : file };
}

function folderFinding(folder: string): Omit<Finding, 'about'> {
  const remedy = 'Give this user the right to write there, or set DATA_DIR to a folder it owns.';
  if (existsSync(folder)) {
    if (!statSync(folder).isDirectory())
      return { kind: 'fault', text: `${resolve(folder)} is no folder. Set DATA_DIR to a folder.` };
    try {
      rmSync(mkdtempSync(join(folder, '.doctor-')), { recursive: true });
      return { kind: 'ok', text: `${resolve(folder)} can be written` };
    } catch (error) {
      return {
        kind: 'fault',
        text: `${resolve(folder)} cannot be written (${(error as NodeJS.ErrnoException).code}). ${remedy}`,
      };
    }
  }
  let parent = dirname(resolve(folder));
  while (!existsSync(parent)) parent = dirname(parent);
  try {
    accessSync(parent, constants.W_OK);
    return { kind: 'ok', text: `${resolve(folder)} does not exist yet; the first start makes it` };
  } catch {
    return { kind: 'fault', text: `${resolve(folder)} does not exist and ${parent} cannot be written. ${remedy}` };
  }
}

async function storeFinding(folder: string): Promise<Omit<Finding, 'about'>> {
  const file = join(folder, 'helpdesk.sqlite');
  // Opening would make one, and looking must change nothing.
  if (!existsSync(file)) return { kind: 'ok', text: 'none yet; the first start makes it' };
  const store = await openSqliteStore(folder);
  try {
    const open = await store.tickets({ closed: false, limit: 1000 });
    return { kind: 'ok', text: `${resolve(file)} opens; ${open.length} open tickets` };
  } finally {
    await store.close();
  }
}

async function portFinding({ host, port }: Settings): Promise<Omit<Finding, 'about'>> {
  const problem = await tryListening(host, port);
  if (problem === null) return { kind: 'ok', text: `${port} on ${host} is free` };
  if (problem === 'EADDRINUSE') {
    if (await answersHealthy(host, port)) return { kind: 'ok', text: `the service is running on ${host}:${port}` };
    return {
      kind: 'fault',
      text: `Port ${port} on ${host} is taken by another program. Stop it, or set PORT to a free one.`,
    };
  }
  if (problem === 'EACCES')
    return { kind: 'fault', text: `This user may not open port ${port}. Set PORT to 1024 or more.` };
  return {
    kind: 'fault',
    text: `This machine cannot listen on ${host} (${problem}). Set HOST to one of its addresses, or 127.0.0.1.`,
  };
}

const tryListening = (host: string, port: number): Promise<string | null> =>
  new Promise((done) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => done(null)));
  });

async function answersHealthy(host: string, port: number): Promise<boolean> {
  const reachable =
    host === '0.0.0.0'
      ? '127.0.0.1'
      : host === '::'
        ? '[::1]'
        : host.includes(':') && !host.startsWith('[')
          ? `[${host}]`
          : host;
  try {
    const response = await fetch(`http://${reachable}:${port}/healthz`, {
      signal: AbortSignal.timeout(2000),
      redirect: 'error',
    });
    const body: unknown = await response.json();
    return response.ok && typeof body === 'object' && body !== null && 'ok' in body && body.ok === true;
  } catch {
    return false;
  }
}

async function main(): Promise<void> {
  const findings = await examine(process.env);
  const marks = { ok: 'ok     ', warning: 'warning', fault: 'FAULT  ' };
  for (const { kind, about, text } of findings)
    console.log(`${marks[kind]} ${about}: ${text.trim().replace(/\n/g, '\n        ')}`);
  if (findings.some(({ kind }) => kind === 'fault')) process.exitCode = 1;
}

if (require.main === module) main().catch(failWith);
