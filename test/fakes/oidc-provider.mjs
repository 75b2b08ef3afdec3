// A real OpenID Connect provider on a port of this machine, with accounts that need no password: whoever signs in as
// `grace` is an administrator. Started as a process of its own: `node oidc-provider.mjs <address of the desk>`.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const desk = process.argv[2];
const server = createServer((request, response) => handle(request, response));
let handle = (_request, response) => response.end();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'helpdesk',
        client_secret: 'a client secret for tests alone',
        redirect_uris: [`${desk}/auth/callback`],
        post_logout_redirect_uris: [`${desk}/`],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub', 'roles'], profile: ['name'] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        name: id === 'grace' ? 'Grace Hopper' : 'Ada Lovelace',
        roles: id === 'grace' ? ['staff', 'helpdesk-admin'] : ['staff', 'not-helpdesk-admin'],
      }),
    }),
  });
  handle = provider.callback();
  process.stdout.write(`${issuer}\n`);
});
