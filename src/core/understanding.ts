/** What a person's account is, as far as sign-in is concerned. Which of them it is decides who may help. */
export const accountTypes = ['root', 'iam', 'identity_center', 'federated'] as const;
export type AccountType = (typeof accountTypes)[number];

/**
 * What was found in an utterance besides its intent. Each value is only what the text says; nothing is guessed.
 * Keys are absent when the text does not say.
 */
export interface Entities {
  account_type?: AccountType;
  /** The text says that the account belongs to an AWS Organization (a member, child or sub account). */
  organization_member?: boolean;
  /** Where an Identity Center or federated user's password lives. */
  identity_source?: 'directory' | 'managed_ad' | 'active_directory' | 'external_idp';
  /** The person says that nobody else administers the account. */
  only_admin?: boolean;
  /** Twelve digits, dashes removed. */
  account_id?: string;
  /** From a sign-in address (`https://example.signin.aws.amazon.com/console`), never a bare word. */
  account_alias?: string;
  /** A full access portal address as written, without its query. */
  portal_url?: string;
  email?: string;
  mfa_device?: 'authenticator_app' | 'security_key' | 'passkey' | 'hardware_token' | 'sms' | 'phone';
  /** The id of a known AWS error text (see `intents/entities.yaml`). */
  error?: string;
}

export interface RankedIntent {
  intent: string;
  /** 0 to 1. */
  confidence: number;
}

export type Decision = 'answer' | 'clarify' | 'not_understood';

/** What the classifier made of one utterance. Shape of `npm run ask` (docs: contract). */
export interface Understanding {
  /** The utterance with secrets masked. */
  text: string;
  /** An intent id, an `act.*` id, or `oos` when the decision is `not_understood`. */
  intent: string;
  account_type: AccountType | null;
  confidence: number;
  decision: Decision;
  /** Best first; the first is the intent itself unless `not_understood`. At most three where `clarify` asks between them. */
  alternatives: RankedIntent[];
  entities: Entities;
  /** ISO 639-1 code, `en` unless the text is clearly in another language. */
  language: string;
  /** A second problem in the same message, in the person's own words. */
  also?: { text: string; intent: string; confidence: number; entities: Entities };
}

/** The label of rows that belong to no intent. */
export const outOfScope = 'oos';

export interface TrainingRow {
  text: string;
  /** An intent id, or `oos`. */
  intent: string;
  /** Made from a pattern, not written by a person: teaches, but says nothing about how people write. */
  generated?: true;
}
