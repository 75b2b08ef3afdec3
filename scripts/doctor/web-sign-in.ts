import { z } from 'zod';
import type { SignInSettings } from '../../src/platforms/web/sign-in/settings';
import { check, type Report } from './check';
import { isAboutCertificate, type Network } from './network';

const known = {
  'sign-in-unreachable': {
    kind: 'fault',
    fault: 'The provider that people sign in at cannot be reached:',
    remedy: 'Compare OIDC_ISSUER with what the provider shows as its issuer; look at DNS, firewall and proxy.',
  },
  'sign-in-certificate': {
    kind: 'fault',
    fault: 'The certificate of OIDC_ISSUER is not trusted:',
    remedy: 'Have a public authority sign it, or let Node trust your own with NODE_EXTRA_CA_CERTS.',
  },
  'sign-in-no-provider': {
    kind: 'fault',
    fault: 'OIDC_ISSUER does not answer as an OpenID Connect provider.',
    remedy:
      'It is the address before /.well-known/openid-configuration, with its path: at many providers that names the tenant or realm.',
  },
  'sign-in-other-issuer': {
    kind: 'fault',
    fault: 'The provider calls itself by another name than OIDC_ISSUER, so no sign-in would be accepted.',
    remedy: 'Set OIDC_ISSUER to exactly that name, to the slash at its end.',
  },
  'sign-in-no-code-flow': {
    kind: 'fault',
    fault: 'The provider does not offer the authorization code flow.',
    remedy: 'Allow it (response type “code”) for this application at the provider.',
  },
  'sign-in-no-keys': {
    kind: 'fault',
    fault: 'The provider shows no keys, so nothing it signs can be checked.',
    remedy: 'Open its jwks_uri from this machine; a firewall may let one address through and not the other.',
  },
  'sign-in-client-refused': {
    kind: 'fault',
    fault: 'The provider does not know OIDC_CLIENT_ID, or not with this OIDC_CLIENT_SECRET.',
    remedy: 'Copy both anew from the application at the provider; a secret may be past its date.',
  },
  'sign-in-scope-unknown': {
    kind: 'warning',
    fault: 'The provider does not list everything that OIDC_SCOPE asks for.',
    remedy: 'Take it out of OIDC_SCOPE, or allow it at the provider. Some providers know more than they list.',
  },
  'sign-in-role-unlisted': {
    kind: 'warning',
    fault: 'The provider does not list the claim of OIDC_ROLE_CLAIM, so perhaps nobody is an administrator.',
    remedy:
      'Let the ID token or the user-info answer carry it (docs/sign-in.md), sign in once, and see whether the administrators’ half is there.',
  },
} as const;
type Id = keyof typeof known;

const metadata = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  response_types_supported: z.array(z.string()).optional(),
  scopes_supported: z.array(z.string()).optional(),
  claims_supported: z.array(z.string()).optional(),
});
type Metadata = z.infer<typeof metadata>;

const wellKnown = '/.well-known/openid-configuration';
const keySet = z.object({ keys: z.array(z.unknown()).min(1) });

/** Whether people can sign in to the web desk: everything but the sign-in itself, which needs a person. */
export const webSignIn = check<Id>('sign-in to the web desk', known, async ({ settings, network }, report) => {
  const signIn = settings?.signIn;
  if (!signIn) return;
  const told = await discovered(signIn, network, report);
  if (!told) return;
  const faults = [
    ...faultsOf(told, signIn),
    ...((await keysAreThere(told, network)) ? [] : (['sign-in-no-keys'] as const)),
    ...((await isRefused(told, signIn, network)) ? (['sign-in-client-refused'] as const) : []),
  ];
  for (const id of faults) report.found(id);
  hint(told, signIn, report);
  if (faults.length === 0)
    report.ok(
      `${signIn.issuer} knows this application; let it send people back to ${new URL('/auth/callback', signIn.publicUrl).href}`,
    );
});

/** What the provider says of itself; null where it does not, which is told then. */
async function discovered({ issuer }: SignInSettings, network: Network, report: Report<Id>): Promise<Metadata | null> {
  const address = issuer.includes('/.well-known/') ? issuer : `${issuer.replace(/\/*$/, '')}${wellKnown}`;
  const answer = await network.ask(address);
  if (answer.kind === 'unreachable') {
    report.found(isAboutCertificate(answer.code) ? 'sign-in-certificate' : 'sign-in-unreachable', `${answer.reason}.`);
    return null;
  }
  const { success, data } = metadata.safeParse(answer.json);
  if (answer.status === 200 && success) return data;
  report.found('sign-in-no-provider', `${address} answers with the status ${answer.status}.`);
  return null;
}

function faultsOf({ issuer, response_types_supported: flows }: Metadata, settings: SignInSettings): Id[] {
  return [
    // As the library compares them: as addresses, so that `https://host` and `https://host/` are one.
    ...(new URL(settings.issuer).href === addressOf(issuer) || settings.issuer.includes('/.well-known/')
      ? []
      : (['sign-in-other-issuer'] as const)),
    ...(flows && !flows.includes('code') ? (['sign-in-no-code-flow'] as const) : []),
  ];
}

const addressOf = (text: string): string | null => (URL.canParse(text) ? new URL(text).href : null);

async function keysAreThere({ jwks_uri: address }: Metadata, network: Network): Promise<boolean> {
  const answer = await network.ask(address);
  return answer.kind === 'answer' && keySet.safeParse(answer.json).success;
}

/**
 * A code that nobody was given: whoever is known as the application is told that the code is bad, and anybody else that
 * the application is. An answer that says neither proves nothing.
 */
async function isRefused(
  { token_endpoint: address }: Metadata,
  { clientId, clientSecret, publicUrl }: SignInSettings,
  network: Network,
): Promise<boolean> {
  const answer = await network.ask(address, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: 'no-code-of-anybody',
      code_verifier: 'a'.repeat(43),
      redirect_uri: new URL('/auth/callback', publicUrl).href,
      client_id: clientId,
      client_secret: clientSecret,
    }).toString(),
  });
  if (answer.kind !== 'answer') return false;
  const { data } = z.object({ error: z.string() }).safeParse(answer.json);
  return data !== undefined && ['invalid_client', 'unauthorized_client'].includes(data.error);
}

function hint(told: Metadata, { scope, roleClaim }: SignInSettings, report: Report<Id>): void {
  const missing = scope.split(/\s+/).filter((one) => told.scopes_supported && !told.scopes_supported.includes(one));
  if (missing.length > 0) report.found('sign-in-scope-unknown', `Not listed: ${missing.join(', ')}.`);
  if (told.claims_supported && !told.claims_supported.includes(roleClaim))
    report.found('sign-in-role-unlisted', `The claim is ${roleClaim}.`);
}
