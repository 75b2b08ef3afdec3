import { cardRules } from './cards';
import { codeRules, isInCodeTalk, seedRules } from './codes';
import { keyRules } from './keys';
import { linkRules } from './links';
import { passwordRules } from './passwords';
import type { Rule, SecretKind } from './rule';

export { type SecretKind, secretKinds } from './rule';

export interface Masked {
  text: string;
  /** In order of advice, each once. */
  kinds: SecretKind[];
}

/** More specific shapes first: what one has taken out, the next does not see. */
const rules: readonly Rule[] = [...linkRules, ...seedRules, ...keyRules, ...cardRules, ...passwordRules, ...codeRules];
const digitRule = codeRules.at(-1);

/** Characters that cannot be seen, and that would keep a shape from being recognised. */
const invisible = /[\u00AD\u200B-\u200F\u2060-\u2064\uFEFF]/g;

/** Takes everything out that must not survive in a record, before anything is stored, logged or classified. */
export function maskSecrets(text: string): Masked {
  const plain = mask(text);
  const visible = text.replace(invisible, '');
  if (plain.kinds.length > 0 || visible === text) return plain;
  // Nothing was found as it stands. If there is something once the invisible is gone, the text goes on without that.
  const bare = mask(visible);
  return bare.kinds.length > 0 ? bare : plain;
}

function mask(text: string): Masked {
  const kinds = new Set<SecretKind>();
  let masked = text;
  for (const rule of rules) {
    const { kind, pattern, group = 0, accept, only } = rule;
    if (only && !only.test(masked)) continue;
    const whole = masked;
    masked = masked.replace(pattern, (match: string, ...rest: unknown[]) => {
      const secret = group === 0 ? match : String(rest[group - 1] ?? '');
      if (secret === '' || secret.includes('[removed')) return match;
      const offset = rest.findLast((one) => typeof one === 'number') as number;
      const at = group === 0 ? 0 : match.lastIndexOf(secret);
      const after = whole.slice(offset + at + secret.length);
      if (accept && !accept(secret, whole, after)) return match;
      if (rule === digitRule && !isInCodeTalk(secret, whole, offset)) return match;
      kinds.add(kind);
      return `${match.slice(0, at)}[removed: ${kind}]${match.slice(at + secret.length)}`;
    });
  }
  return { text: masked, kinds: [...kinds] };
}
