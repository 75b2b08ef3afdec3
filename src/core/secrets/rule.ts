/** Kinds of secret the bot recognises; each has its own advice in `phrases/`. */
export const secretKinds = ['aws-key', 'password', 'code', 'token', 'link', 'seed', 'private-key', 'card'] as const;
export type SecretKind = (typeof secretKinds)[number];

/** How one shape of secret is found. Patterns are global, and linear in the length of the text. */
export interface Rule {
  kind: SecretKind;
  pattern: RegExp;
  /** Which part is the secret; the rest stays readable. Whole match by default. */
  group?: number;
  /** Looks closer. `whole` is the text as typed, `after` what follows the secret. */
  accept?: (secret: string, whole: string, after: string) => boolean;
  /** Tried only where the text holds this; most messages pass most rules by one look. */
  only?: RegExp;
}
