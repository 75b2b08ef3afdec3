import { z } from 'zod';
import { type AccountType, accountTypes, type Entities } from '../core/understanding';
import { grammarWords } from './account-type';
import { clean, words } from './normalise';
import { PhraseMatcher } from './phrase-matcher';

const phrases = z.array(z.string().min(1));

/** Shape of `intents/entities.yaml`. */
export const entitiesSchema = z.strictObject({
  version: z.literal(1),
  /** Texts that AWS really shows; seeing one settles the intent. */
  errors: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9_]+$/),
      texts: phrases.min(1),
      intent: z.string().optional(),
      account_type: z.enum(accountTypes).optional(),
      organization_member: z.boolean().optional(),
    }),
  ),
  mfa_devices: z.strictObject({
    authenticator_app: phrases,
    security_key: phrases,
    passkey: phrases,
    hardware_token: phrases,
    sms: phrases,
    phone: phrases,
  }),
  /** Phrases that say where an employee's password lives. */
  identity_sources: z.strictObject({
    directory: phrases,
    managed_ad: phrases,
    active_directory: phrases,
    external_idp: phrases,
  }),
  organization_member: phrases,
  only_admin: phrases,
  /** One word that stands for many: names of a kind, and spellings of the same thing. */
  synonyms: z.record(z.string().regex(/^[a-z]+$/), phrases),
  /** Synonyms that name what is not ours to help with. */
  foreign: z.array(z.string()),
  /** Synonyms that mean something else unless one of `home` is named beside them. */
  alone: z.array(z.string()),
  /** Synonyms for command lines and libraries: an error text shown by one of them says nothing of signing in. */
  tools: z.array(z.string()),
  home: z.array(z.string()),
});
export type EntitiesFile = z.infer<typeof entitiesSchema>;

export interface KnownError {
  id: string;
  intent?: string | undefined;
  account_type?: AccountType | undefined;
  organization_member?: boolean | undefined;
}

/** `intents/entities.yaml` made ready for matching. */
export interface Lexicon {
  source: EntitiesFile | null;
  errors: PhraseMatcher<KnownError>;
  devices: PhraseMatcher<NonNullable<Entities['mfa_device']>>;
  identitySources: PhraseMatcher<NonNullable<Entities['identity_source']>>;
  organizationMember: PhraseMatcher<true>;
  onlyAdmin: PhraseMatcher<true>;
  synonyms: PhraseMatcher<string>;
  foreign: ReadonlySet<string>;
  alone: ReadonlySet<string>;
  tools: ReadonlySet<string>;
  home: ReadonlySet<string>;
  /** Every word of every phrase: never taken for a typo. */
  words: ReadonlySet<string>;
}

export function buildLexicon(source: EntitiesFile | null): Lexicon {
  const known = new Set<string>(grammarWords);
  const lexicon: Lexicon = {
    source,
    errors: new PhraseMatcher(),
    devices: new PhraseMatcher(),
    identitySources: new PhraseMatcher(),
    organizationMember: new PhraseMatcher(),
    onlyAdmin: new PhraseMatcher(),
    synonyms: new PhraseMatcher(),
    foreign: new Set(source?.foreign),
    alone: new Set(source?.alone),
    tools: new Set(source?.tools),
    home: new Set(source?.home),
    words: known,
  };
  if (!source) return lexicon;
  function fill<T>(matcher: PhraseMatcher<T>, list: readonly string[], value: T): void {
    for (const phrase of list) {
      matcher.add(phrase, value);
      for (const word of words(clean(phrase))) known.add(word);
    }
  }
  for (const { texts, ...error } of source.errors) fill(lexicon.errors, texts, error);
  for (const [device, list] of Object.entries(source.mfa_devices)) {
    fill(lexicon.devices, list, device as keyof EntitiesFile['mfa_devices']);
  }
  for (const [place, list] of Object.entries(source.identity_sources)) {
    fill(lexicon.identitySources, list, place as keyof EntitiesFile['identity_sources']);
  }
  fill(lexicon.organizationMember, source.organization_member, true);
  fill(lexicon.onlyAdmin, source.only_admin, true);
  for (const [word, list] of Object.entries(source.synonyms)) fill(lexicon.synonyms, list, word);
  return lexicon;
}
