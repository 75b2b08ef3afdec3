import { type ChildProcess, spawn } from 'node:child_process';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { webSignIn } from '../../../scripts/doctor/web-sign-in';
import { hasty, ids, nobody, saying, serve, stopServing, textOf } from './doctor-findings';

const secret = 'a client secret for tests alone';
const desk = 'http://127.0.0.1:3978';
const env = (issuer: string, parts: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  PUBLIC_URL: desk,
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: 'helpdesk',
  OIDC_CLIENT_SECRET: secret,
  ...parts,
});

afterEach(stopServing);

/** A provider that says of itself what it is told to; its own address stands where `HERE` does. */
async function provider(told: (here: string) => object, others: Record<string, RequestListener> = {}): Promise<string> {
  const issuer: string = await serve((request, response) => {
    const path = (request.url ?? '').split('?')[0]!;
    if (path === '/.well-known/openid-configuration') return saying(200, told(issuer))(request, response);
    (others[path] ?? saying(404, {}))(request, response);
  });
  return issuer;
}
const whole = (here: string) => ({
  issuer: here,
  authorization_endpoint: `${here}/auth`,
  token_endpoint: `${here}/token`,
  jwks_uri: `${here}/keys`,
  response_types_supported: ['code'],
  scopes_supported: ['openid', 'profile', 'email'],
  claims_supported: ['sub', 'name', 'roles'],
});
const answers = { '/keys': saying(200, { keys: [{ kty: 'RSA' }] }), '/token': saying(400, { error: 'invalid_grant' }) };

describe('what the doctor finds about signing in to the web desk', () => {
  it('says nothing where nobody signs in, and that all is well where they can', async () => {
    expect(await ids({}, [webSignIn])).toEqual([]);
    expect(await ids(env(await provider(whole, answers)), [webSignIn])).toEqual(['ok']);
    expect(
      await ids(env(await provider((here) => ({ ...whole(here), issuer: `${here}/` }), answers)), [webSignIn]),
    ).toEqual(['ok']);
  });

  it('a provider that is away, hangs, or is none', async () => {
    expect(await ids(env(await nobody()), [webSignIn])).toEqual(['sign-in-unreachable']);
    expect(await ids(env(await serve(() => undefined)), [webSignIn], hasty())).toEqual(['sign-in-unreachable']);
    expect(await ids(env(await serve(saying(404, '<h1>Not found</h1>'))), [webSignIn])).toEqual([
      'sign-in-no-provider',
    ]);
    expect(await ids(env(await serve(saying(200, { issuer: 'x' }))), [webSignIn])).toEqual(['sign-in-no-provider']);
  });

  it('a name of its own, no code flow, no keys', async () => {
    const other = await provider((here) => ({ ...whole(here), issuer: 'https://other.example' }), answers);
    expect(await ids(env(other), [webSignIn])).toEqual(['sign-in-other-issuer']);
    const implicit = await provider((here) => ({ ...whole(here), response_types_supported: ['id_token'] }), answers);
    expect(await ids(env(implicit), [webSignIn])).toEqual(['sign-in-no-code-flow']);
    const keyless = await provider(whole, { ...answers, '/keys': saying(200, { keys: [] }) });
    expect(await ids(env(keyless), [webSignIn])).toEqual(['sign-in-no-keys']);
  });

  it('an application it does not know; an answer that says nothing of that is no fault', async () => {
    const token = (status: number, body: unknown) => provider(whole, { ...answers, '/token': saying(status, body) });
    expect(await ids(env(await token(401, { error: 'invalid_client' })), [webSignIn])).toEqual([
      'sign-in-client-refused',
    ]);
    expect(await ids(env(await token(503, 'later')), [webSignIn])).toEqual(['ok']);
  });

  it('what it does not list is a hint', async () => {
    const few = await provider(
      (here) => ({ ...whole(here), scopes_supported: ['openid'], claims_supported: ['sub'] }),
      answers,
    );
    expect(await ids(env(few), [webSignIn])).toEqual(['sign-in-scope-unknown', 'sign-in-role-unlisted', 'ok']);
    expect(await textOf('sign-in-scope-unknown', env(few), [webSignIn])).toContain('profile, email');
  });

  describe('with a real provider', () => {
    let running: ChildProcess;
    let issuer: string;
    beforeAll(async () => {
      running = spawn(process.execPath, [join(__dirname, '../../fakes/oidc-provider.mjs'), desk], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      issuer = await new Promise<string>((resolve) =>
        running.stdout!.once('data', (line: Buffer) => resolve(line.toString().trim())),
      );
    }, 30_000);
    afterAll(() => void running.kill());

    it('knows the application from another, and a right secret from a wrong one', async () => {
      const scope = { OIDC_SCOPE: 'openid profile' };
      expect(await ids(env(issuer, scope), [webSignIn])).toEqual(['ok']);
      expect(await ids(env(issuer, { ...scope, OIDC_CLIENT_ID: 'another' }), [webSignIn])).toEqual([
        'sign-in-client-refused',
      ]);
      expect(await ids(env(issuer, { ...scope, OIDC_CLIENT_SECRET: 'not the right secret' }), [webSignIn])).toEqual([
        'sign-in-client-refused',
      ]);
    });
  });
});
