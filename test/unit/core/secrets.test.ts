import { maskSecrets, type SecretKind } from '../../../src/core/secrets';

/** Text, the kind that must be seen, and the part that must be gone. */
const secret: readonly (readonly [text: string, kind: SecretKind, gone: string])[] = [
  // Access keys
  ['my key is AKIAIOSFODNN7EXAMPLE', 'aws-key', 'AKIAIOSFODNN7EXAMPLE'],
  ['ASIAIOSFODNN7EXAMPLE was in the log', 'aws-key', 'ASIAIOSFODNN7EXAMPLE'],
  ['export AWS_ACCESS_KEY_ID=AKIAI44QH8DHBEXAMPLE', 'aws-key', 'AKIAI44QH8DHBEXAMPLE'],
  ['"AKIAI44QH8DHBEXAMPLE","secret"', 'aws-key', 'AKIAI44QH8DHBEXAMPLE'],
  ['(AKIAI44QH8DHBEXAMPLE)', 'aws-key', 'AKIAI44QH8DHBEXAMPLE'],
  ['wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'aws-key', 'wJalrXUtnFEMI'],
  ['aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'aws-key', 'wJalrXUtnFEMI'],
  ['aws_secret_access_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'aws-key', 'wJalrXUtnFEMI'],
  ['"SecretAccessKey":"je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY"', 'aws-key', 'je7MtGbClwBF'],
  ['secret: je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY.', 'aws-key', 'je7MtGbClwBF'],
  // Passwords
  ['my password is Summer2024!', 'password', 'Summer2024'],
  ['password: hunter2', 'password', 'hunter2'],
  ['Password:hunter2', 'password', 'hunter2'],
  ['PASSWORD = qwerty123', 'password', 'qwerty123'],
  ['the password was Tr0ub4dor&3 until monday', 'password', 'Tr0ub4dor'],
  ['pwd: zx81!spectrum', 'password', 'zx81'],
  ['pw=abc123def', 'password', 'abc123def'],
  ['passphrase is "correct-h0rse"', 'password', 'correct-h0rse'],
  ['passwd: S3cret', 'password', 'S3cret'],
  ['password -> p4ssw0rd', 'password', 'p4ssw0rd'],
  ['password is: P@ssw0rd', 'password', 'P@ssw0rd'],
  ['mein Passwort ist Sommer2024', 'password', 'Sommer2024'],
  ['mot de passe : Azerty99', 'password', 'Azerty99'],
  ['mi contraseña es Verano2024', 'password', 'Verano2024'],
  ['minha senha é Verao2024', 'password', 'Verao2024'],
  ['kennwort: geheim77', 'password', 'geheim77'],
  ['user bob / password hunter22x', 'password', 'hunter22x'],
  ['login ada / Xk9!pq22', 'password', 'Xk9!pq22'],
  ['credentials: grace / blue42moon', 'password', 'blue42moon'],
  ['pass letmein99 does not work', 'password', 'letmein99'],
  ['password is MyDogRex, capital letters inside', 'password', 'MyDogRex'],
  ['root password is verylongplainpassphrase', 'password', 'verylongplainpassphrase'],
  // Codes
  ['code 123456', 'code', '123456'],
  ['my mfa code is 123456', 'code', '123456'],
  ['the otp 482913 is refused', 'code', '482913'],
  ['mfa says 123 456 and aws refuses', 'code', '123 456'],
  ['verification code: 123-456', 'code', '123-456'],
  ['2fa 998877?', 'code', '998877'],
  ['authenticator shows 554433.', 'code', '554433'],
  ['sms 20481024', 'code', '20481024'],
  ['resync wants two codes: 123456 789012', 'code', '123456 789012'],
  ['codes 111222, 333444', 'code', '333444'],
  ['one-time code (654321)', 'code', '654321'],
  ['token code 112233 expired', 'code', '112233'],
  ['(mfa) pin:246810', 'code', '246810'],
  // Tokens and links that open a session
  ['otpauth://totp/AWS:ada?secret=JBSWY3DPEHPK3PXP', 'seed', 'JBSWY3DPEHPK3PXP'],
  ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcDEF123', 'token', 'eyJzdWIi'],
  [
    'https://signin.aws.amazon.com/federation?Action=login&SigninToken=VCQgs5qZZt3Q6fn8Tr5EXAMPLE',
    'link',
    'VCQgs5qZZt3Q6fn8Tr5EXAMPLE',
  ],
  ['https://b.s3.amazonaws.com/x?X-Amz-Signature=abcdef0123', 'link', 'abcdef0123'],
  ['https://example.com/reset?token=9f8e7d', 'link', '9f8e7d'],
  ['https://example.com/verify?a=1&code=445566', 'link', '445566'],
  [`IQoJ${'b3JpZ2luX2Vj'.repeat(8)}`, 'token', 'b3JpZ2luX2Vj'],
  [`AWS_SESSION_TOKEN=FwoG${'ZXIvYXdzEXAMPLE'.repeat(6)}`, 'token', 'ZXIvYXdzEXAMPLE'],
  ['bot token xoxb-123456789012-abcdefghij', 'token', 'abcdefghij'],
  ['ghp_abcdefghijklmnopqrstuvwxyz0123456789', 'token', 'ghp_abc'],
  ['github_pat_11ABCDEFG0abcdefghijklmnop', 'token', '11ABCDEFG0'],
  // Private keys
  ['-----BEGIN RSA PRIVATE KEY-----\nMIIEabc\n-----END RSA PRIVATE KEY-----', 'private-key', 'MIIEabc'],
  ['-----BEGIN PRIVATE KEY-----\nMIIEcut', 'private-key', 'MIIEcut'],
  [
    '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz\n-----END OPENSSH PRIVATE KEY-----\nwhat now',
    'private-key',
    'b3BlbnNz',
  ],
  // Cards
  ['card 4111 1111 1111 1111', 'card', '4111'],
  ['4111111111111111', 'card', '4111111111111111'],
  ['5500-0000-0000-0004 was declined', 'card', '5500'],
  ['amex 378282246310005', 'card', '378282246310005'],
];

/** Looks like a secret to a careless reader, and is none. */
const harmless: readonly string[] = [
  'my password is wrong',
  'my password is not working',
  'password is incorrect',
  'the password is correct but aws says no',
  'password was changed yesterday',
  'my password is expired',
  'password is lost',
  'Password: forgotten',
  'my password is the same as always',
  'password is in the password manager',
  'the password is still accepted',
  'my password is fine, the mfa is the problem',
  'password is 12 characters long',
  'password is 90 days old',
  'my password is okay i think',
  'password reset email does not arrive',
  'passwords are hard',
  'my password is AWS managed',
  'password is case-sensitive, it says',
  'i forgot my password',
  'the password is case sensitive',
  'password is required, it says',
  'does my password was leaked',
  'my pw is gone',
  'my password is somewhere at home',
  'password is being refused since monday',
  "password isn't accepted",
  'the password is managed by okta',
  'account 111122223333',
  'account id 1111-2222-3333',
  'mfa for account 111122223333 is lost',
  'my mfa account is 1111-2222-3333',
  'my mfa account 1111 2222 3333',
  'account 123 456 789 012, mfa lost',
  'the code does not come for account 123456789012',
  'verification code never reaches +49 170 1234567',
  'mfa code goes to +1 555 123 4567',
  'no code comes to 0170 1234567',
  'sms code not coming, number 555-123-4567',
  'my old phone (555) 123-4567 got the codes',
  'mfa call goes to +49 170 123 456',
  'call me at 030 12345678 about the mfa',
  'arn:aws:iam::123456789012:mfa/ada',
  'https://123456789012.signin.aws.amazon.com/console',
  'https://d-1234567890.awsapps.com/start',
  'https://example.signin.aws.amazon.com/console',
  'error 403 code',
  'status code 400',
  'the year 2024 and code review',
  'in 123456 rows there is an error',
  'invoice 123456 is unpaid',
  'ticket D-1001, mfa',
  'mfa code since 2026-11-23',
  'code version 10.20.30',
  'case 1234567890 about my mfa',
  'zip code 10115',
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_lost-or-broken.html',
  'https://console.aws.amazon.com/iam/home?region=eu-central-1#/users',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  'AKIA is how keys begin',
  'my card was declined',
  'order 1234567890123 was not paid',
  '1111222233334444 is no card',
  '-----BEGIN CERTIFICATE-----',
  'ada@example.com',
  'the access key is deactivated',
  'i sent the code to nobody',
  'username / password page',
  '',
  '🔑🔒',
];

describe('maskSecrets', () => {
  test.each(secret)('takes the secret out of %j', (text, kind, gone) => {
    const masked = maskSecrets(text);
    expect(masked.kinds).toContain(kind);
    expect(masked.text).not.toContain(gone);
    expect(masked.text).toContain(`[removed: ${kind}]`);
  });

  test.each(harmless)('leaves %j as it is', (text) => {
    expect(maskSecrets(text)).toEqual({ text, kinds: [] });
  });

  test('the rest of the sentence stays readable', () => {
    expect(maskSecrets('hi, my password is Summer2024! and it fails').text).toBe(
      'hi, my password is [removed: password] and it fails',
    );
  });

  test('several secrets are all taken out, each kind named once', () => {
    const { text, kinds } = maskSecrets('AKIAIOSFODNN7EXAMPLE AKIAI44QH8DHBEXAMPLE password: hunter2');
    expect(text).toBe('[removed: aws-key] [removed: aws-key] password: [removed: password]');
    expect(kinds).toEqual(['aws-key', 'password']);
  });

  test.each(secret)('masking %j twice changes nothing more', (text) => {
    const once = maskSecrets(text).text;
    expect(maskSecrets(once)).toEqual({ text: once, kinds: [] });
  });

  test('the key of an enrolment is taken out together with its link', () => {
    expect(maskSecrets('scan otpauth://totp/x?secret=ABC please').text).toBe('scan [removed: seed] please');
  });
});

describe('what people type without saying what it is', () => {
  test.each([
    ['by the way my pass is Winter99$', 'Winter99$'],
    ['its Summer2026! i think', 'Summer2026!'],
    ['my login is bob/Geheim123! and it fails', 'Geheim123!'],
    ['login with admin/Passw0rd123 fails', 'Passw0rd123'],
    ['tried Hunter22!! twice', 'Hunter22!!'],
    ['the mfa seed is JBSWY3DPEHPK3PXP', 'JBSWY3DPEHPK3PXP'],
    ['pin 4711', '4711'],
    ['the 6 digits are 123 456', '123 456'],
  ])('%s', (text, secret) => {
    const masked = maskSecrets(text);
    expect(masked.text).not.toContain(secret);
    expect(masked.kinds.length).toBeGreaterThan(0);
  });

  test.each([
    'my new laptop has Windows11!',
    'we use Route53! and EC2!!',
    'Office365! is fine',
    'the page says Error403!',
    'and/or with something/else',
    'I need 2 admins in region eu-west-1!',
  ])('%s is left alone', (text) => {
    expect(maskSecrets(text)).toEqual({ text, kinds: [] });
  });
});
