import { findAccountType } from '../../../src/nlu/account-type';
import { clean, words } from '../../../src/nlu/normalise';

const typeOf = (text: string) => findAccountType(words(clean(text)), clean(text))?.type ?? null;

describe('account type: said', () => {
  it.each([
    // names and their neighbours
    ['forgot the root password', 'root'],
    ['the mfa on our root account is gone', 'root'],
    ["I'm the owner of the account", 'root'],
    ['as the account holder I lost my token', 'root'],
    ['I own this AWS account and cannot enter', 'root'],
    ['my iam user is locked', 'iam'],
    ['aim user, no phone', 'iam'],
    ['my I AM user does not work', 'iam'],
    ['iam i think', 'iam'],
    ['IAM', 'iam'],
    ['how do I reset the password of an IAM user', 'iam'],
    ['sso login broken', 'identity_center'],
    ['my aws sso password', 'identity_center'],
    ['password for IAM Identity Center', 'identity_center'],
    ['the access portal rejects me', 'identity_center'],
    ['our awsapps page asks for a code', 'identity_center'],
    ['federated user', 'federated'],
    ['we sign in to aws with okta', 'federated'],
    ['my entra password for the aws console', 'federated'],
    ['company login does not work any more', 'federated'],
    ['company sso', 'federated'],
    ['adfs', 'federated'],
    ['identity center with okta behind it', 'identity_center'],
    // corrections and denials
    ["no, I'm an IAM user", 'iam'],
    ['root, no wait, iam', 'iam'],
    ['not root, iam', 'iam'],
    ["it's not the root user, it's my iam user", 'iam'],
    ["I'm an IAM user, can the root user reset me?", 'iam'],
    ['our root account has no root password', 'root'],
  ])('%s → %s', (text, expected) => {
    expect(typeOf(text)).toBe(expected);
  });
});

describe('account type: not said', () => {
  it.each([
    'what is the root cause of this',
    'the root of the problem is my phone',
    'square root of nine',
    'sudo root shell',
    'iam locked out of aws',
    'iam not able to log in',
    'which iam policy do I need',
    'do I need an iam role',
    'root or iam?',
    'I do not know whether I am root or iam',
    "not sure if I'm root",
    'am I root?',
    'not root',
    'okta verify on my phone is gone, it had other things in it',
    'the customer portal is slow for everybody here',
    'the account owner left the company',
    'who is the account owner',
    'lost my phone',
    'google authenticator gone',
    '',
  ])('%s', (text) => {
    expect(typeOf(text)).toBeNull();
  });
});
