import { z } from 'zod';

export interface AppSecret {
  tokenUrl: string;
  scope: string;
  appId: string;
  appPassword: string;
}

/** Entra ID said no: another try with the same settings is refused as well. */
export class TokenRefused extends Error {
  override name = 'TokenRefused';
  constructor(
    /** The setting that is probably wrong. */
    readonly setting: string,
    /** In plain words; never the value. */
    readonly why: string,
  ) {
    super(`Entra ID gives no token: ${setting} ${why}`);
  }
}

/** Entra ID gave no usable answer. */
export class TokenUnavailable extends Error {
  override name = 'TokenUnavailable';
}

/** What the usual refusals mean, by the number behind AADSTS. */
const refusals: Record<number, readonly [setting: string, why: string]> = {
  7000215: ['TEAMS_APP_PASSWORD', 'is not a secret of this app. Copy the Value of a client secret, not its Secret ID.'],
  7000222: ['TEAMS_APP_PASSWORD', 'has expired. Make a new client secret for the app and set its Value.'],
  700016: [
    'TEAMS_APP_ID',
    'is unknown in the directory that was asked. Compare it with the app registration; a single-tenant app also needs TEAMS_TENANT_ID, a multi-tenant one must not have it.',
  ],
  7000112: ['TEAMS_APP_ID', 'belongs to an app that has been disabled in its directory.'],
  7000229: [
    'TEAMS_APP_ID',
    'has no service principal in the tenant of TEAMS_TENANT_ID; an administrator must add the app there.',
  ],
  90002: ['TEAMS_TENANT_ID', 'names a tenant that does not exist in this cloud.'],
  900021: ['TEAMS_TENANT_ID', 'is not the id or domain of a tenant.'],
  900023: ['TEAMS_TENANT_ID', 'is not the id or domain of a tenant.'],
  70011: ['TEAMS_OAUTH_SCOPE', 'is not a scope that the app may ask for.'],
};

const granted = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });
const refused = z.object({
  error: z.string(),
  error_codes: z.array(z.number()).optional(),
  error_description: z.string().optional(),
});

const LIMIT_MS = 8_000;
/** Asked anew so long before the old one ends, that no request can meet a token on its last second. */
const EARLY_MS = 5 * 60_000;

/**
 * The token that speaks for the bot. The SDK's own classes always ask the public cloud and never give up waiting; this
 * one asks where the settings say, at most once at a time, and keeps what it got until shortly before it ends.
 */
export class AccessToken {
  private kept: { token: string; until: number } | null = null;
  private asking: Promise<string> | null = null;

  constructor(private readonly app: AppSecret) {}

  async get(): Promise<string> {
    if (this.kept && this.kept.until > Date.now()) return this.kept.token;
    this.asking ??= this.ask().finally(() => {
      this.asking = null;
    });
    return this.asking;
  }

  /** The service would not honour it. */
  forget(token?: string): void {
    if (token === undefined || this.kept?.token === token) this.kept = null;
  }

  private async ask(): Promise<string> {
    const { status, body } = await this.post();
    const answer = granted.safeParse(body);
    if (status === 200 && answer.success) {
      const { access_token: token, expires_in: seconds } = answer.data;
      this.kept = { token, until: Date.now() + Math.max(seconds * 1000 - EARLY_MS, (seconds * 1000) / 2) };
      return token;
    }
    throw refusal(status, body);
  }

  private async post(): Promise<{ status: number; body: unknown }> {
    const { tokenUrl, scope, appId, appPassword } = this.app;
    try {
      const response = await fetch(tokenUrl, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: appId,
          client_secret: appPassword,
          scope: `${scope}/.default`,
        }),
        redirect: 'error',
        signal: AbortSignal.timeout(LIMIT_MS),
      });
      const text = await response.text();
      return { status: response.status, body: jsonOrNull(text) };
    } catch (error) {
      throw new TokenUnavailable(`${new URL(tokenUrl).host} could not be reached: ${reasonOf(error)}`, {
        cause: error,
      });
    }
  }
}

function refusal(status: number, body: unknown): Error {
  const parsed = refused.safeParse(body);
  const codes = parsed.success ? (parsed.data.error_codes ?? codesIn(parsed.data.error_description)) : [];
  const known = codes.map((code) => refusals[code]).find((entry) => entry !== undefined);
  if (known) return new TokenRefused(...known);
  const isRefusal = status >= 400 && status < 500 && status !== 408 && status !== 429 && parsed.success;
  if (!isRefusal) return new TokenUnavailable(`the token endpoint answered with HTTP ${status}`);
  const name = [parsed.data.error, ...codes.map((code) => `AADSTS${code}`)].join(', ');
  return new TokenRefused('TEAMS_APP_ID or TEAMS_APP_PASSWORD', `was refused (${name}).`);
}

const codesIn = (description = ''): number[] =>
  [...description.matchAll(/AADSTS(\d+)/g)].map((match) => Number(match[1]));

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message ? cause.message : error.message;
}
