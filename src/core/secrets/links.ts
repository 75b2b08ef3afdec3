import type { Rule } from './rule';

/** What makes an address open something by itself: a signature, a token, a one-time code, a way to reset. */
const openingParameter =
  /[?&#;](?:X-Amz-(?:Signature|Security-Token|Credential)|Signature|AWSAccessKeyId|Key-Pair-Id|SigninToken|SAMLResponse|SAMLRequest|id_token|access_token|refresh_token|session_?token|session|sid|sig|sessionid|auth|auth_?token|token|otp|code|user_code|key|secret|pass(?:word|wd)?|pwd|reset|reset_?token|reset_?key|recovery_?token|verification_?code|verify_?token|invite|invitation|confirmation_?code|confirm|ticket|login_?hint_?token|magic|oobCode|stateToken)=([^&#\s]{4,})/i;

/** Ways in whose secret is part of the path. */
const openingPath =
  /\/(?:reset|reset-?password|resetpassword|password-?reset|forgot|recover|recovery|recover-?account|verify|verify-?email|activate|activation|confirm|invite|invitation|magic|magic-?link|signin-?link|set-?password|welcome|unlock)\/(?:[\w-]+\/)?([\w.~-]{12,})(?:[/?#]|$)/i;

const isOpaque = (part: string): boolean => /\d/.test(part) && /[A-Za-z]/.test(part);

/** The page's own words may follow a `?`; what opens is long, or a mix nobody would choose as a name. */
export function opens(link: string): boolean {
  const parameter = openingParameter.exec(link);
  if (parameter) return true;
  const path = openingPath.exec(link.replace(/[.,;:!?)\]}'"”’>]+$/, ''));
  return path !== null && isOpaque(path[1]!);
}

export const linkRules: readonly Rule[] = [
  // Scanned or pasted enrolments: the whole thing is a way to make somebody's codes.
  { kind: 'seed', only: /otpauth/i, pattern: /otpauth(?:-migration)?:\/\/\S+/gi },
  {
    kind: 'link',
    only: /:\/\//,
    pattern: /(?<![A-Za-z0-9+.-])https?:\/\/\S+/gi,
    accept: (link) => opens(link),
  },
  // user:password@host, of any scheme
  {
    kind: 'password',
    only: /:\/\/[^\s/]*@/,
    pattern: /(?<![A-Za-z0-9+.-])[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/]{0,80}:([^\s@/]{1,200})@/gi,
    group: 1,
    accept: (secret) => secret.length > 0,
  },
  // Typed without http://: signin.aws.amazon.com/federation?…SigninToken=…
  {
    kind: 'link',
    only: /SigninToken=|X-Amz-Signature=|X-Amz-Security-Token=/i,
    pattern: /\S{0,2000}(?:SigninToken|X-Amz-Signature|X-Amz-Security-Token)=[^\s]{4,}/gi,
  },
];
