import { hkdfSync } from 'node:crypto';
import type { Request, Response } from 'express';
import type { SignInSettings } from './settings';

/**
 * Cookies that only this service can read and make: encrypted and signed (JWE, A256GCM) under a key made from the client
 * secret, which every process of a cluster has. So no table of sessions is needed, and none can be stolen from the store.
 */
export class SealedCookies {
  private readonly key: Uint8Array;
  private readonly secure: boolean;

  constructor({ clientSecret, issuer, clientId, publicUrl }: SignInSettings) {
    this.key = new Uint8Array(hkdfSync('sha256', clientSecret, 'helpdesk cookies', `${issuer} ${clientId}`, 32));
    this.secure = publicUrl.startsWith('https:');
  }

  async set(response: Response, name: string, content: Record<string, unknown>, seconds: number): Promise<void> {
    const { EncryptJWT } = await import('jose');
    const now = Math.floor(Date.now() / 1000);
    const value = await new EncryptJWT(content)
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setAudience(name)
      .setIssuedAt(now)
      .setExpirationTime(now + seconds)
      .encrypt(this.key);
    response.cookie(this.nameOf(name), value, { ...this.options(), maxAge: seconds * 1000 });
  }

  /** What is in a cookie of this name; null when there is none, or it is forged, foreign or over. */
  async get(request: Request, name: string): Promise<Record<string, unknown> | null> {
    const value = read(request.headers.cookie, this.nameOf(name));
    if (value === null) return null;
    const { jwtDecrypt } = await import('jose');
    try {
      const { payload } = await jwtDecrypt(value, this.key, {
        audience: name,
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
        requiredClaims: ['exp'],
      });
      return payload;
    } catch {
      return null;
    }
  }

  clear(response: Response, name: string): void {
    response.clearCookie(this.nameOf(name), this.options());
  }

  /** The prefix makes browsers refuse the cookie from any other host or over plain http. */
  private nameOf(name: string): string {
    return this.secure ? `__Host-helpdesk_${name}` : `helpdesk_${name}`;
  }

  /** `lax`, for the way back from the provider starts at another site. */
  private options() {
    return { httpOnly: true, secure: this.secure, sameSite: 'lax', path: '/' } as const;
  }
}

function read(header: string | undefined, wanted: string): string | null {
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === wanted) return part.slice(at + 1).trim();
  }
  return null;
}
