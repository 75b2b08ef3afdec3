import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';

/** What becomes of the app's registration while the bot is running. */
export type SecretState = 'good' | 'invalid' | 'expired' | 'app-deleted';

export interface TokenAnswer {
  status: number;
  body: unknown;
}

/** What MSAL sends beside the four that count. */
const msalExtras = /^(client_info|client-request-id|x-client-[a-z-]+|x-app-[a-z-]+|x-ms-lib-capability|claims)$/i;

const form = z.strictObject({
  grant_type: z.literal('client_credentials'),
  client_id: z.string(),
  client_secret: z.string(),
  scope: z.string(),
});

interface Issued {
  expires: number;
}

interface Registration {
  appId: string;
  password: string;
  tenantId: string;
  appType: 'SingleTenant' | 'MultiTenant';
  /** The scope without `/.default`, which is the audience of the token. */
  audience: string;
  lifetimeSeconds: number;
}

/** The token endpoint of Entra ID for one registered app, and the memory of what it issued. */
export class Entra {
  secret: SecretState = 'good';
  private issued = new Map<string, Issued>();

  constructor(
    private readonly app: Registration,
    private readonly violation: (text: string) => void,
  ) {}

  /** Answers `POST /<tenant>/oauth2/v2.0/token`. */
  answer(tenant: string, contentType: string, body: string): TokenAnswer {
    if (!/^application\/x-www-form-urlencoded\b/.test(contentType)) {
      this.violation(`token request: content type is “${contentType}”, not a form`);
      return entraError(400, 'invalid_request', 900144, "The request body must contain the parameter: 'grant_type'.");
    }
    const fields = Object.fromEntries([...new URLSearchParams(body)].filter(([name]) => !msalExtras.test(name)));
    const parsed = form.safeParse(fields);
    if (!parsed.success) {
      const missing = Object.keys(form.shape).find((name) => !(name in fields));
      this.violation(`token request: ${z.prettifyError(parsed.error)}`);
      return missing
        ? entraError(400, 'invalid_request', 900144, `The request body must contain the parameter: '${missing}'.`)
        : entraError(400, 'unsupported_grant_type', 70003, 'The app requested an unsupported grant type.');
    }
    return this.grant(tenant, parsed.data);
  }

  private grant(tenant: string, asked: z.infer<typeof form>): TokenAnswer {
    const { app } = this;
    const shared = tenant === 'botframework.com' || tenant === 'd6d49420-f39b-4df7-a1dc-d59a935871db';
    if (!shared && tenant !== app.tenantId)
      return entraError(
        400,
        'invalid_request',
        90002,
        `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
      );
    if (asked.client_id !== app.appId || this.secret === 'app-deleted' || (shared && app.appType === 'SingleTenant'))
      return entraError(
        400,
        'unauthorized_client',
        700016,
        `Application with identifier '${asked.client_id}' was not found in the directory '${shared ? 'Bot Framework' : 'Corp'}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.`,
      );
    if (this.secret === 'expired')
      return entraError(
        401,
        'invalid_client',
        7000222,
        `The provided client secret keys for app '${app.appId}' are expired. Visit the Azure portal to create new keys for your app.`,
      );
    if (asked.client_secret !== app.password || this.secret === 'invalid')
      return entraError(
        401,
        'invalid_client',
        7000215,
        `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${app.appId}'.`,
      );
    if (asked.scope !== `${app.audience}/.default`) {
      this.violation(`token request: scope is “${asked.scope}”, not “${app.audience}/.default”`);
      return entraError(400, 'invalid_scope', 70011, `The provided value for scope ${asked.scope} is not valid.`);
    }
    return { status: 200, body: this.issue() };
  }

  private issue(): object {
    const { audience, appId, tenantId, lifetimeSeconds } = this.app;
    const now = Math.floor(Date.now() / 1000);
    const claims = { aud: audience, appid: appId, tid: tenantId, iat: now, exp: now + lifetimeSeconds, ver: '1.0' };
    // To the bot the token is opaque, so nobody checks its signature: we know our own by heart.
    const parts = [{ typ: 'JWT', alg: 'RS256' }, claims].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    );
    const token = `${parts.join('.')}.${randomBytes(64).toString('base64url')}`;
    this.issued.set(token, { expires: Date.now() + lifetimeSeconds * 1000 });
    return {
      token_type: 'Bearer',
      expires_in: lifetimeSeconds,
      ext_expires_in: lifetimeSeconds,
      access_token: token,
    };
  }

  /** Whether the Connector honours this Authorization header. */
  honours(authorization: string | undefined): boolean {
    const [scheme, token = ''] = (authorization ?? '').split(' ');
    const issued = scheme === 'Bearer' ? this.issued.get(token) : undefined;
    return issued !== undefined && issued.expires > Date.now();
  }

  revokeAll(): void {
    this.issued = new Map();
  }
}

function entraError(status: number, error: string, code: number, message: string): TokenAnswer {
  const [trace, correlation] = [randomUUID(), randomUUID()];
  const timestamp = `${new Date().toISOString().slice(0, 19).replace('T', ' ')}Z`;
  return {
    status,
    body: {
      error,
      error_description: `AADSTS${code}: ${message} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
      error_codes: [code],
      timestamp,
      trace_id: trace,
      correlation_id: correlation,
      error_uri: `https://login.microsoftonline.com/error?code=${code}`,
    },
  };
}
