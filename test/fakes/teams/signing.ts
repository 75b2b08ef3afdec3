import { createPublicKey, generateKeyPairSync, type JsonWebKey, type KeyObject, randomBytes } from 'node:crypto';
import { sign } from 'jsonwebtoken';

/** How an inbound request is, or is not, authenticated. */
export type TokenKind =
  | 'good'
  | 'none'
  | 'garbage'
  | 'basic'
  | 'expired'
  | 'expired-within-skew'
  | 'future'
  | 'wrong-issuer'
  | 'wrong-audience'
  | 'no-audience'
  | 'unknown-kid'
  | 'forged-signature'
  | 'tampered'
  | 'alg-none'
  | 'hs256-with-public-key'
  | 'serviceurl-differs'
  | 'not-endorsed';

interface SigningKey {
  kid: string;
  privateKey: KeyObject;
  /** Channels whose messages may be signed with it. */
  endorsements: string[];
}

const newKeyPair = (): KeyObject => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

/** RSA keys are slow to make, so that all fakes of a process share them, each under key ids of its own. */
const pairs = new Map<string, KeyObject>();
function sharedKeyPair(use: 'first' | 'foreign' | 'unpublished'): KeyObject {
  const pair = pairs.get(use) ?? newKeyPair();
  pairs.set(use, pair);
  return pair;
}

const newKey = (endorsements: string[], privateKey: KeyObject): SigningKey => ({
  kid: randomBytes(20).toString('base64url'),
  privateKey,
  endorsements,
});

const pem = (key: KeyObject): string => createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** The Connector's keys: publishes them, and makes the bearer tokens of what it POSTs to the bot, forged ones too. */
export class Signing {
  private current = newKey(['msteams'], sharedKeyPair('first'));
  private readonly foreign = newKey(['webchat'], sharedKeyPair('foreign'));

  constructor(
    readonly issuer: string,
    private readonly appId: string,
  ) {}

  rotate(): void {
    this.current = newKey(['msteams'], newKeyPair());
  }

  jwks(): { keys: JsonWebKey[] } {
    return {
      keys: [this.current, this.foreign].map(({ kid, privateKey, endorsements }) => ({
        ...createPublicKey(privateKey).export({ format: 'jwk' }),
        use: 'sig',
        kid,
        x5t: kid,
        endorsements,
      })),
    };
  }

  /** The value of the Authorization header; undefined for none at all. */
  header(kind: TokenKind, serviceUrl: string): string | undefined {
    if (kind === 'none') return undefined;
    if (kind === 'garbage') return 'Bearer not.a.token';
    if (kind === 'basic') return `Basic ${Buffer.from(`${this.appId}:secret`).toString('base64')}`;
    return `Bearer ${this.token(kind, serviceUrl)}`;
  }

  private token(kind: TokenKind, serviceUrl: string): string {
    const now = Math.floor(Date.now() / 1000);
    const minutes = (count: number) => now + count * 60;
    const claims = {
      serviceurl: kind === 'serviceurl-differs' ? 'https://smba.trafficmanager.net/elsewhere/' : serviceUrl,
      iss: kind === 'wrong-issuer' ? 'https://issuer.example' : this.issuer,
      ...(kind === 'no-audience' ? {} : { aud: kind === 'wrong-audience' ? 'another-app' : this.appId }),
      nbf: kind === 'future' ? minutes(60) : minutes(-120),
      exp: kind === 'expired' ? minutes(-10) : kind === 'expired-within-skew' ? minutes(-2) : minutes(120),
    };
    const { kid, privateKey } = kind === 'not-endorsed' ? this.foreign : this.current;
    const header = { typ: 'JWT', kid: kind === 'unknown-kid' ? 'nobody-published-this' : kid };

    if (kind === 'alg-none') return `${encoded({ ...header, alg: 'none' })}.${encoded(claims)}.`;
    if (kind === 'hs256-with-public-key') {
      // jsonwebtoken refuses to make this one with an asymmetric key, and rightly so: it is the known forgery.
      return sign(claims, Buffer.from(pem(privateKey)), {
        algorithm: 'HS256',
        header: { ...header, alg: 'HS256' },
        noTimestamp: true,
      });
    }
    const key = kind === 'forged-signature' ? sharedKeyPair('unpublished') : privateKey;
    const token = sign(claims, key, { algorithm: 'RS256', header: { ...header, alg: 'RS256' }, noTimestamp: true });
    if (kind !== 'tampered') return token;
    const [head, , signature] = token.split('.');
    return `${head}.${encoded({ ...claims, exp: minutes(600) })}.${signature}`;
  }
}
