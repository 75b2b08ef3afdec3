import type { Rule } from './rule';

/**
 * Unique ids of AWS begin with four letters that say what they name. Of access keys, bearer tokens of services and
 * certificates the id is half of a credential; ids of users, roles and groups (AIDA, AROA, AGPA …) are not secret.
 */
const idsOfKeys = 'AKIA|ASIA|ABIA|ACCA|ABSK|ASCA';

/** Tokens that AWS's security token service hands out begin, as base64, with one of these. */
const startsOfSessions = 'IQoJ|FwoG|FQoG|AQoD|AQoE|IQoI|FwoD';

const hasEachKind = (secret: string): boolean => /[A-Z]/.test(secret) && /[a-z]/.test(secret) && /\d/.test(secret);

/** Keys, tokens and the like: their shape says what they are, whatever stands around them. */
export const keyRules: readonly Rule[] = [
  {
    kind: 'private-key',
    only: /-----BEGIN/,
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/g,
  },
  {
    kind: 'private-key',
    only: /PuTTY-User-Key/,
    pattern: /PuTTY-User-Key-File-\d:[\s\S]*?(?:Private-MAC: *[0-9a-f]+|$)/g,
  },
  {
    kind: 'token',
    only: /eyJ/,
    pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)*/g,
  },
  {
    kind: 'token',
    only: new RegExp(startsOfSessions),
    pattern: new RegExp(`(?<![A-Za-z0-9+/])(?:${startsOfSessions})[A-Za-z0-9+/%]{60,}=*`, 'g'),
  },
  {
    kind: 'token',
    only: /session[ _-]?token|security[ _-]?token/i,
    pattern: /\b(?:session|security)[ _-]?token["']?\s*(?:is|was|:|=|->|=>)\s*["'“‘`]?([A-Za-z0-9+/=_.%-]{20,})/gi,
    group: 1,
  },
  {
    kind: 'token',
    only: /xox|xapp-|gh[pousr]_|github_pat|glpat-|sk[-_]|rk_live|SG\.|npm_|pypi-|hv[sb]\.|ya29\.|AIza|dop_v1|hooks\.slack|shpat/,
    pattern: new RegExp(
      [
        'xox[abeoprs](?:\\.xox[bp])?-[A-Za-z0-9-]{10,}',
        'xapp-\\d-[A-Za-z0-9-]{10,}',
        'gh[pousr]_[A-Za-z0-9]{20,}',
        'github_pat_\\w{20,}',
        'glpat-[\\w-]{20,}',
        'sk-(?:ant-|proj-)?[\\w-]{20,}',
        '[sr]k_(?:live|test)_[A-Za-z0-9]{16,}',
        'SG\\.[\\w-]{16,}\\.[\\w-]{16,}',
        'npm_[A-Za-z0-9]{36}',
        'pypi-[\\w-]{40,}',
        'hv[sb]\\.[\\w-]{24,}',
        'ya29\\.[\\w-]{20,}',
        'AIza[\\w-]{35}',
        'dop_v1_[0-9a-f]{40,}',
        'shpat_[0-9a-fA-F]{32}',
        'hooks\\.slack\\.com/services/[A-Za-z0-9/]{20,}',
      ]
        .map((shape) => `(?<![A-Za-z0-9])${shape}`)
        .join('|'),
      'g',
    ),
  },
  {
    kind: 'token',
    only: /bearer|authorization|basic/i,
    pattern: /\b(?:Bearer|Basic)\s+([A-Za-z0-9+/=_.~-]{16,})/gi,
    group: 1,
    accept: (secret) => /\d/.test(secret) || /[a-z][A-Z]/.test(secret),
  },
  {
    kind: 'aws-key',
    only: new RegExp(idsOfKeys),
    pattern: new RegExp(`(?<![A-Z0-9])(?:${idsOfKeys})[A-Z0-9]{16}(?![A-Z0-9])`, 'g'),
  },
  // Long-lived keys of one service: "ABSK" and base64 that may be much longer.
  { kind: 'aws-key', only: /ABSK/, pattern: /(?<![A-Za-z0-9+/])ABSK[A-Za-z0-9+/]{40,}={0,2}/g },
  // A secret access key is 40 characters of base64; hexadecimal digests of that length are not.
  {
    kind: 'aws-key',
    only: /[A-Za-z0-9+/]{40}/,
    pattern: /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=])/g,
    accept: hasEachKind,
  },
  // Somebody says what it is: then part of one is enough, and it may have lost its capitals.
  {
    kind: 'aws-key',
    only: /secret/i,
    pattern:
      /\b(?:aws[ _-]?)?secret[ _-]?(?:access[ _-]?)?key["']?\s*(?:is|was|:|=|->|=>)\s*["'“‘`]?([A-Za-z0-9+/]{16,})/gi,
    group: 1,
    accept: (secret) => /\d/.test(secret) && /[A-Za-z]/.test(secret),
  },
];
