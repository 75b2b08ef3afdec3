import type { SignInSettings } from './settings';

/** The library is an ES module, loaded with the first sign-in; its types are known by what it answers. */
type Configuration = Awaited<ReturnType<typeof discover>>;

/** Kept in a sealed cookie from the way out to the way back. */
export interface Errand {
  state: string;
  nonce: string;
  verifier: string;
}

export interface Claims {
  subject: string;
  name: string;
  admin: boolean;
}

const timeoutS = 10;

/** The company's provider, by the authorization code flow with PKCE. Found when somebody first signs in. */
export class Provider {
  private found: Promise<Configuration> | null = null;

  constructor(private readonly settings: SignInSettings) {}

  /** Where to send the browser, and what to keep until it is back. */
  async begin(): Promise<{ to: string; errand: Errand }> {
    const oidc = await import('openid-client');
    const errand = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() };
    const to = oidc.buildAuthorizationUrl(await this.configuration(), {
      redirect_uri: this.back,
      scope: this.settings.scope,
      state: errand.state,
      nonce: errand.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(errand.verifier),
      code_challenge_method: 'S256',
    });
    return { to: to.href, errand };
  }

  /** Who came back. Throws where the provider, or the browser, does not prove it. */
  async finish(query: string, { state, nonce, verifier }: Errand): Promise<Claims> {
    const oidc = await import('openid-client');
    const configuration = await this.configuration();
    const tokens = await oidc.authorizationCodeGrant(configuration, new URL(`${this.back}${query}`), {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const proven = tokens.claims();
    if (!proven) throw new Error('the provider sent no ID token');
    // Some providers tell roles and names here alone; the subject must be that of the ID token.
    const told = configuration.serverMetadata().userinfo_endpoint
      ? await oidc.fetchUserInfo(configuration, tokens.access_token, proven.sub)
      : {};
    return this.claimsOf({ ...told, ...proven });
  }

  /** Where to end the provider's own session; null where it has no such place. */
  async signOutUrl(): Promise<string | null> {
    const oidc = await import('openid-client');
    const configuration = await this.configuration();
    if (!configuration.serverMetadata().end_session_endpoint) return null;
    return oidc.buildEndSessionUrl(configuration, { post_logout_redirect_uri: this.settings.publicUrl }).href;
  }

  private get back(): string {
    return new URL('/auth/callback', this.settings.publicUrl).href;
  }

  private claimsOf(claims: Record<string, unknown> & { sub: string }): Claims {
    const { roleClaim, adminRole } = this.settings;
    const said = Object.hasOwn(claims, roleClaim) ? claims[roleClaim] : undefined;
    const roles = Array.isArray(said) ? said : typeof said === 'string' ? said.split(/[\s,]+/) : [];
    const name = [claims.name, claims.preferred_username, claims.email].find(
      (one): one is string => typeof one === 'string' && one.trim() !== '',
    );
    return { subject: claims.sub, name: name ?? claims.sub, admin: roles.includes(adminRole) };
  }

  private configuration(): Promise<Configuration> {
    this.found ??= discover(this.settings).catch((error: unknown) => {
      // A provider that was away for a moment is asked again by the next who signs in.
      this.found = null;
      throw error;
    });
    return this.found;
  }
}

async function discover({ issuer, clientId, clientSecret }: SignInSettings) {
  const oidc = await import('openid-client');
  return oidc.discovery(new URL(issuer), clientId, clientSecret, undefined, {
    timeout: timeoutS,
    // The settings let plain http through for a provider on this machine alone.
    execute: issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : [],
  });
}
