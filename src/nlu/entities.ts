import type { Entities } from '../core/understanding';
import type { KnownError, Lexicon } from './lexicon';

const emailPattern = /[\p{L}0-9._%+-]{1,64}@[\p{L}0-9-]+(?:\.[\p{L}0-9-]+)+/u;
/** Twelve digits, alone or as 4-4-4 with dashes or spaces; not part of a longer number or a telephone number. */
const accountIdPattern = /(?<![\d+-])(?<!\d )\d{4}([- ]?)\d{4}\1\d{4}(?![\d-])(?! \d{4}(?!\d))/;
const signinHostPattern = /(?:^|[^a-z0-9.-])([a-z0-9][a-z0-9-]{1,62})\.signin\.aws\.amazon\.com/i;
const accountParameterPattern = /signin\.aws\.amazon\.com\/[^\s"'<>]*[?&]account=([a-z0-9-]{3,63})/i;
/**
 * The four forms of an access portal's address: AWS apps, the two of multi-Region instances, and the newer sign-in host.
 * Source: "Workforce access through an additional Region", IAM Identity Center User Guide.
 */
const portalPattern =
  /(?:https?:\/\/)?(?:[a-z0-9-]+\.awsapps\.com(?:\/start)?|ssoins-[a-z0-9]+\.[a-z0-9-]+\.portal\.amazonaws\.com|ssoins-[a-z0-9]+\.portal\.[a-z0-9-]+\.app\.aws|(?:[a-z0-9-]+\.)?signin\.aws\/platform\/(?:[a-z0-9-]+\/)?login)/i;
const region = /^[a-z]{2}(?:-[a-z]+)+-\d$/;

export interface Found {
  entities: Entities;
  error: KnownError | undefined;
}

/** The facts a text states. @param words the text's words, spelling put right. Account type is found elsewhere. */
export function findEntities(cleaned: string, words: readonly string[], lexicon: Lexicon): Found {
  const entities: Entities = {};
  addAddresses(cleaned, entities);
  const device = deviceIn(words, lexicon);
  if (device) entities.mfa_device = device;
  const source = lexicon.identitySources.matches(words)[0]?.value;
  if (source) entities.identity_source = source;
  if (lexicon.organizationMember.matches(words).length > 0) entities.organization_member = true;
  if (lexicon.onlyAdmin.matches(words).length > 0) entities.only_admin = true;
  const error = longest(lexicon.errors.matches(words));
  if (error) {
    entities.error = error.id;
    if (error.organization_member !== undefined) entities.organization_member = error.organization_member;
  }
  return { entities, error };
}

function addAddresses(cleaned: string, entities: Entities): void {
  if (cleaned.includes('@')) {
    const email = emailPattern.exec(cleaned);
    if (email) entities.email = email[0].replace(/[.]+$/, '');
  }
  if (/\d{4}/.test(cleaned)) {
    const id = accountIdPattern.exec(cleaned);
    if (id) entities.account_id = id[0].replace(/\D/g, '');
  }
  if (!/aws/i.test(cleaned)) return;
  const alias = (signinHostPattern.exec(cleaned) ?? accountParameterPattern.exec(cleaned))?.[1]?.toLowerCase();
  if (alias && /^\d{12}$/.test(alias)) entities.account_id = alias;
  else if (alias && !region.test(alias) && alias !== 'www') entities.account_alias = alias;
  const portal = portalPattern.exec(cleaned);
  if (portal) entities.portal_url = portal[0];
}

type Device = NonNullable<Entities['mfa_device']>;

function deviceIn(words: readonly string[], lexicon: Lexicon): Device | undefined {
  let found: Device | undefined;
  for (const { value, end } of lexicon.devices.matches(words)) {
    // "the authenticator on my phone" is an app; the phone only carries it. "phone number" is no device.
    if (value !== 'phone') return value;
    if (!isNumberWord(words[end])) found = value;
  }
  return found;
}

function isNumberWord(word: string | undefined): boolean {
  return word === 'number' || word === 'numbers' || word === 'call' || word === 'calls';
}

function longest(matches: ReturnType<Lexicon['errors']['matches']>): KnownError | undefined {
  let best: (typeof matches)[number] | undefined;
  for (const match of matches) if (!best || match.end - match.start > best.end - best.start) best = match;
  return best?.value;
}
