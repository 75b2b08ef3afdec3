import { join } from 'node:path';
import { findEntities } from '../../../src/nlu/entities';
import { buildLexicon } from '../../../src/nlu/lexicon';
import { clean, words } from '../../../src/nlu/normalise';
import { readVocabulary } from '../../../src/understanding';

const lexicon = buildLexicon(readVocabulary(join(__dirname, '../../../intents')).entities);
const entitiesOf = (text: string) => findEntities(clean(text), words(clean(text)), lexicon).entities;

describe('account ids', () => {
  it.each(['account 111122223333', 'account 1111-2222-3333 please', 'id: 1111 2222 3333.'])('%s', (text) => {
    expect(entitiesOf(text).account_id).toBe('111122223333');
  });
  it.each(['card 1111 2222 3333 4444', 'call +491111222233', 'order 1111222233334', 'code 482913'])(
    'none in "%s"',
    (text) => {
      expect(entitiesOf(text).account_id).toBeUndefined();
    },
  );
});

describe('addresses', () => {
  it('takes the alias from a sign-in address', () => {
    expect(entitiesOf('https://example-prod.signin.aws.amazon.com/console refuses me').account_alias).toBe(
      'example-prod',
    );
  });
  it('takes an id from a sign-in address', () => {
    expect(entitiesOf('111122223333.signin.aws.amazon.com').account_id).toBe('111122223333');
  });
  it('takes no region for an alias', () => {
    expect(entitiesOf('https://us-east-1.signin.aws.amazon.com/oauth').account_alias).toBeUndefined();
  });
  it.each([
    ['see https://d-1234567890.awsapps.com/start#/?tab=accounts', 'https://d-1234567890.awsapps.com/start'],
    ['is it example.awsapps.com/start', 'example.awsapps.com/start'],
    [
      'https://ssoins-0123456789abcdef.us-east-2.portal.amazonaws.com',
      'https://ssoins-0123456789abcdef.us-east-2.portal.amazonaws.com',
    ],
    [
      'https://ssoins-0123456789abcdef.portal.eu-west-1.app.aws',
      'https://ssoins-0123456789abcdef.portal.eu-west-1.app.aws',
    ],
    ['https://us-east-1.signin.aws/platform/login?workflow=1', 'https://us-east-1.signin.aws/platform/login'],
  ])('portal in "%s"', (text, url) => {
    expect(entitiesOf(text).portal_url).toBe(url);
  });
  it('finds an e-mail address', () => {
    expect(entitiesOf('it went to ada.lovelace@mail.example.com.').email).toBe('ada.lovelace@mail.example.com');
  });
});

describe('devices, sources, organisation', () => {
  it.each([
    ['the authenticator on my phone', 'authenticator_app'],
    ['my iPhone fell in the sea', 'phone'],
    ['lost the yubikey', 'security_key'],
    ['key fob battery is dead', 'hardware_token'],
    ['passkey not found', 'passkey'],
  ])('%s', (text, device) => {
    expect(entitiesOf(text).mfa_device).toBe(device);
  });
  it('takes no phone number for a phone', () => {
    expect(entitiesOf('my phone number changed').mfa_device).toBeUndefined();
  });
  it.each([
    ['we use okta', 'external_idp'],
    ['password is in active directory', 'active_directory'],
    ['AWS Managed Microsoft AD', 'managed_ad'],
  ])('%s', (text, source) => {
    expect(entitiesOf(text).identity_source).toBe(source);
  });
  it.each(['root of a member account', 'account created by AWS Organizations'])('organisation: %s', (text) => {
    expect(entitiesOf(text).organization_member).toBe(true);
  });
  it('a company is not an AWS organisation', () => {
    expect(entitiesOf('I work in a large organization').organization_member).toBeUndefined();
  });
  it('only administrator', () => {
    expect(entitiesOf("I'm the only admin of this account").only_admin).toBe(true);
  });
});

describe('AWS error texts', () => {
  it.each([
    ['it says “PASSWORD RECOVERY IS DISABLED”.', 'password_recovery_disabled'],
    ['"It’s not you, it’s us" again', 'not_you_us'],
    ['Authentication failed: Invalid request', 'authentication_failed_invalid_request'],
  ])('%s', (text, id) => {
    expect(entitiesOf(text).error).toBe(id);
  });
  it('an error that implies a member account says so', () => {
    expect(entitiesOf('Password recovery is disabled').organization_member).toBe(true);
  });
  it('does not take similar words for the text', () => {
    expect(entitiesOf('is it not you or us who must act').error).toBeUndefined();
  });
});
