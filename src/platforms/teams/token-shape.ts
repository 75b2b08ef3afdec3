import { Unauthorized } from './bot-service';

export interface Expected {
  issuer: string;
  tenantId: string | null;
}

/** Longer than any token of the service. */
const MAX_HEADER = 16_384;

/**
 * What can be told from a bearer token before its signature is checked. The SDK checks all of this again but for one
 * thing: it keeps the `tid` of every token it sees, genuine or not, in a list that only grows. The service's tokens
 * name no tenant, so one that does is refused here.
 * @returns when it ends by its own account, in milliseconds since 1970; 0 when it does not say
 */
export function refuseImplausible(authorization: string, { issuer, tenantId }: Expected): { expiresAt: number } {
  const [, head, payload] = /^Bearer ([\w-]+)\.([\w-]+)\.[\w-]+$/.exec(authorization.slice(0, MAX_HEADER)) ?? [];
  const header = decoded(head);
  const claims = decoded(payload);
  if (!header || !claims || authorization.length > MAX_HEADER) throw new Unauthorized('this is no bearer token');
  if (typeof header.alg !== 'string' || !/^RS(256|384|512)$/.test(header.alg))
    throw new Unauthorized('the token is not signed with RSA');
  if (claims.iss !== issuer) throw new Unauthorized('the token is from another issuer');
  if (claims.tid !== undefined && claims.tid !== tenantId) throw new Unauthorized('the token is for another tenant');
  return { expiresAt: typeof claims.exp === 'number' ? claims.exp * 1000 : 0 };
}

function decoded(part: string | undefined): Record<string, unknown> | null {
  if (part === undefined) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
