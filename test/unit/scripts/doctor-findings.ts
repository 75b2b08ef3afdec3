import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { examine, inLines } from '../../../scripts/doctor';
import type { Check, Finding } from '../../../scripts/doctor/check';
import { Network } from '../../../scripts/doctor/network';

const secrets = [
  'OIDC_CLIENT_SECRET',
  'SLACK_BOT_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_APP_TOKEN',
  'TEAMS_APP_PASSWORD',
];

/**
 * What the given checks find in a deployment. Whatever it is: everything that is wrong has a name and a remedy, and no
 * secret of the environment is printed.
 */
export async function found(env: NodeJS.ProcessEnv, only: readonly Check[], network = patient()): Promise<Finding[]> {
  const findings = await examine(env, { network, only });
  const printed = findings.map(inLines).join('\n');
  for (const value of secrets.map((name) => env[name]?.trim()))
    if (value && value.length >= 6) expect(printed).not.toContain(value);
  for (const { kind, id, remedy } of findings) {
    if (kind === 'ok') expect(id).toBeUndefined();
    else {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)+$/);
      expect(remedy).toMatch(/[a-z].*\./);
    }
  }
  return findings;
}

/** The names of what was found, in order; `ok` where all was well. */
export const ids = async (env: NodeJS.ProcessEnv, only: readonly Check[], network?: Network): Promise<string[]> =>
  (await found(env, only, network)).map(({ kind, id }) => id ?? kind);

/** The words of one finding. */
export async function textOf(
  id: string,
  env: NodeJS.ProcessEnv,
  only: readonly Check[],
  network?: Network,
): Promise<string> {
  const finding = (await found(env, only, network)).find((one) => one.id === id);
  if (!finding) throw new Error(`${id} was not found`);
  return finding.text;
}

/** A network with a limit that a busy machine does not meet by itself. */
export const patient = (now?: () => number): Network => new Network(10_000, now);
/** A network that gives up early, for what never answers. */
export const hasty = (): Network => new Network(300);

/** Reaches this machine, but is no loopback address to whoever reads it. */
export const elsewhere = '0.0.0.0';

const running = new Set<Server>();

export async function serve(listener: RequestListener, tls?: { key: string; cert: string }): Promise<string> {
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  running.add(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export function stopServing(): void {
  for (const server of running) {
    server.closeAllConnections();
    server.close();
  }
  running.clear();
}

/** An address at which nothing listens. */
export async function nobody(): Promise<string> {
  const url = await serve(() => undefined);
  stopServing();
  return url;
}

/** Answers everything alike. */
export const saying =
  (status: number, body: unknown = '', headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(status, {
      'content-type': typeof body === 'string' ? 'text/html' : 'application/json',
      ...headers,
    });
    response.end(text);
  };

/** As our own service answers where it serves nothing. */
export const ourNotFound = saying(404, { error: { code: 'not_found', message: 'There is nothing at this address.' } });
