import { createServer } from 'node:net';
import { check } from './check';
import type { Network } from './network';

/** Whether the service can listen where it is told to, or does so already. */
export const port = check(
  'port',
  {
    'port-taken': {
      kind: 'fault',
      fault: 'The port is taken by another program.',
      remedy: 'Stop it, or set PORT to a free one.',
    },
    'port-forbidden': {
      kind: 'fault',
      fault: 'This user may not open the port.',
      remedy: 'Set PORT to 1024 or more.',
    },
    'host-unusable': {
      kind: 'fault',
      fault: 'This machine cannot listen on HOST.',
      remedy: 'Set HOST to one of its addresses, or 127.0.0.1.',
    },
  },
  async ({ settings, network }, report) => {
    if (!settings) return;
    const { host, port: number } = settings;
    const where = `It is ${number} on ${host}.`;
    const problem = await tryListening(host, number);
    if (problem === null) return report.ok(`${number} on ${host} is free`);
    if (problem === 'EACCES') return report.found('port-forbidden', where);
    if (problem !== 'EADDRINUSE') return report.found('host-unusable', `${host} (${problem}).`);
    if (await isOurs(network, host, number)) return report.ok(`the service is running on ${host}:${number}`);
    report.found('port-taken', where);
  },
);

const tryListening = (host: string, number: number): Promise<string | null> =>
  new Promise((done) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
    server.listen(number, host, () => server.close(() => done(null)));
  });

async function isOurs(network: Network, host: string, number: number): Promise<boolean> {
  const bare = host.replace(/^\[|\]$/g, '');
  const reachable = { '0.0.0.0': '127.0.0.1', '::': '::1' }[bare] ?? bare;
  const answer = await network.ask(
    `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${number}/healthz`,
  );
  const body = answer.kind === 'answer' && answer.status === 200 ? answer.json : null;
  return typeof body === 'object' && body !== null && 'ok' in body && body.ok === true;
}
