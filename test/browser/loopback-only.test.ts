import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** What keeps the Teams client, a program that is not ours, on this machine. */
const guard = path.join(__dirname, 'loopback-only.cjs');

const attempts = `
const dns = require('node:dns'), http = require('node:http'), net = require('node:net');
const failure = (attempt) => attempt.then(() => 'got through', (error) => (error.cause ?? error).code);
const event = (emitter) => new Promise((resolve, reject) => emitter.on('error', reject).on('connect', resolve));
(async () => {
  const server = http.createServer((_request, response) => response.end('here'));
  await new Promise((resolve) => server.listen(0, resolve));
  const { address, port } = server.address();
  const told = {
    address,
    local: await (await fetch('http://localhost:' + port)).text(),
    fetch: await failure(fetch('http://192.0.2.1/')),
    https: await failure(fetch('https://example.com/')),
    socket: await failure(event(net.connect(80, '192.0.2.1'))),
    lookup: await failure(dns.promises.lookup('example.com')),
    resolve: await failure(dns.promises.resolve4('example.com')),
    everywhere: await failure((async () => net.createServer().listen(0, '0.0.0.0'))()),
  };
  console.log(JSON.stringify(told));
})();
`;

function guarded(script: string) {
  const child = spawn(process.execPath, ['--require', guard, '-e', script], { stdio: ['pipe', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  return { child, errors: () => errors };
}

describe('a program kept on this machine', () => {
  it('reaches and can be reached by this machine alone, and what it wanted beyond is told', async () => {
    const { child, errors } = guarded(attempts);
    const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
    const refused = 'ENOTFOUND';
    expect(JSON.parse(line)).toEqual({
      address: '127.0.0.1',
      local: 'here',
      fetch: refused,
      https: refused,
      socket: refused,
      lookup: refused,
      resolve: refused,
      everywhere: refused,
    });
    expect(errors()).toContain('loopback-only: refused to connect to 192.0.2.1');
    expect(errors()).toContain('loopback-only: refused to look up example.com');
    child.stdin.end();
    await once(child, 'exit');
  });

  it('ends when whoever started it is gone', async () => {
    const { child } = guarded('setInterval(() => {}, 1000); console.log("up")');
    await once(child.stdout, 'data');
    child.stdin.destroy();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});
