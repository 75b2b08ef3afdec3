import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { SecretKind } from '../../../src/core/secrets';
import { seededRandom } from '../../../src/core/seeded-random';

/** A text in which a secret stands. */
export interface Sample {
  text: string;
  /** What must be gone afterwards. */
  secret: string;
  kind: SecretKind;
  shape: string;
}

const root = join(__dirname, '../../..');
const linesOf = (name: string): string[] =>
  readFileSync(join(__dirname, name), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));

const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const lower = upper.toLowerCase();
const digits = '0123456789';
const base64 = `${upper}${lower}${digits}+/`;
const base64url = `${upper}${lower}${digits}-_`;
const base32 = `${upper}234567`;

type Random = () => number;
const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
const some = (random: Random, alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');

/** Of three kinds at least, as real keys are. */
function mixed(random: Random, alphabet: string, length: number): string {
  for (;;) {
    const text = some(random, alphabet, length);
    if (/[A-Z]/.test(text) && /[a-z]/.test(text) && /\d/.test(text) && !/^[/+]/.test(text)) return text;
  }
}

function cardNumber(random: Random): string {
  const [prefix, length] = pick(random, [
    ['4', 16],
    ['51', 16],
    ['55', 16],
    ['2223', 16],
    ['34', 15],
    ['37', 15],
    ['6011', 16],
    ['3530', 16],
    ['36', 14],
  ] as const);
  const body = prefix + some(random, digits, length - prefix.length - 1);
  const sum = [...body].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  const whole = body + ((10 - (sum % 10)) % 10);
  if (length !== 16 || random() < 0.4) return whole;
  return whole.replace(/(\d{4})(?=\d)/g, random() < 0.5 ? '$1 ' : '$1-');
}

const sixDigits = (random: Random): string => `${1 + Math.floor(random() * 9)}${some(random, digits, 5)}`;

/** The shapes, each with the sentences people put them in; `%` is where it stands. */
const shapes: Record<
  string,
  { kind: SecretKind; make: (random: Random) => string; secret?: (made: string) => string; in: readonly string[] }
> = {
  'access key id': {
    kind: 'aws-key',
    make: (r) => pick(r, ['AKIA', 'ASIA', 'ABIA', 'ACCA', 'ABSK', 'ASCA']) + some(r, `${upper}234567`, 16),
    in: [
      'my key is %',
      'AWS_ACCESS_KEY_ID=%',
      'aws_access_key_id = %',
      '"AccessKeyId": "%",',
      'is % still valid?',
      '(%)',
      'key:%.',
      'user/% was used',
      'i found `%` in our repo',
    ],
  },
  'secret access key': {
    kind: 'aws-key',
    make: (r) => mixed(r, base64, 40),
    in: [
      '%',
      'aws_secret_access_key = %',
      'AWS_SECRET_ACCESS_KEY=%',
      '"SecretAccessKey": "%"',
      'secret is % i think',
      'my secret key: %',
    ],
  },
  'session token': {
    kind: 'token',
    make: (r) => pick(r, ['IQoJb3JpZ2luX2Vj', 'FwoGZXIvYXdzE', 'FQoGZXIvYXdzE']) + some(r, base64, 200),
    in: ['AWS_SESSION_TOKEN=%', 'aws_session_token = %', '"SessionToken": "%"', 'token % expired'],
  },
  'presigned link': {
    kind: 'link',
    make: (r) =>
      `https://bucket.s3.eu-west-1.amazonaws.com/file.zip?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${some(r, upper, 20)}%2F20261201&X-Amz-Expires=300&X-Amz-Signature=${some(r, '0123456789abcdef', 64)}`,
    secret: (made) => made.slice(-64),
    in: ['download it here: %', '<%>', '%', 'curl "%"'],
  },
  'console link': {
    kind: 'link',
    make: (r) =>
      `https://signin.aws.amazon.com/federation?Action=login&Issuer=x&Destination=https%3A%2F%2Fconsole.aws.amazon.com%2F&SigninToken=${some(r, base64url, 80)}`,
    secret: (made) => made.slice(-80),
    in: ['this link fails: %', '%', 'why does % not open'],
  },
  'recovery link': {
    kind: 'link',
    make: (r) =>
      pick(r, [
        () =>
          `https://signin.aws.amazon.com/resetpassword?type=RootUser&token=${some(r, base64url, 40)}&key=${some(r, base64url, 30)}`,
        () => `https://eu-central-1.signin.aws/platform/d-99670c0d0f/reset?state=x&otp=${some(r, base64url, 32)}`,
        () => `https://example.okta.com/signin/reset-password/${mixed(r, base64url, 24)}`,
        () => `https://example.com/verify?email=a%40b.c&code=${sixDigits(r)}`,
      ])(),
    secret: (made) => made.slice(-20),
    in: ['the link % says expired', '%', 'i got % by mail'],
  },
  jwt: {
    kind: 'token',
    make: (r) => `eyJhbGciOiJSUzI1NiJ9.eyJ${some(r, base64url, 60)}.${some(r, base64url, 80)}`,
    in: ['id token %', '%', 'Authorization: Bearer %', '"token":"%"'],
  },
  'private key': {
    kind: 'private-key',
    make: (r) => {
      const name = pick(r, ['RSA ', 'EC ', 'OPENSSH ', '', 'ENCRYPTED ', 'DSA ']);
      const body = Array.from({ length: 6 }, () => some(r, base64, 64)).join('\n');
      return `-----BEGIN ${name}PRIVATE KEY-----\n${body}\n-----END ${name}PRIVATE KEY-----`;
    },
    secret: (made) => made.split('\n')[3]!,
    in: ['%', 'here is my key:\n%\nwhat now', 'ssh fails with\n%'],
  },
  'otpauth link': {
    kind: 'seed',
    make: (r) => `otpauth://totp/Amazon%20Web%20Services:ada@example?secret=${some(r, base32, 32)}&issuer=AWS`,
    secret: (made) => /secret=(\w+)/.exec(made)![1]!,
    in: ['the qr says %', '%', 'i scanned % on both phones'],
  },
  'otp seed': {
    kind: 'seed',
    make: (r) => {
      const seed = some(r, base32, pick(r, [16, 32, 52, 64]));
      return r() < 0.3 ? seed.replace(/(.{4})(?=.)/g, '$1 ') : seed;
    },
    in: ['my mfa seed is %', 'secret key: %', 'the setup key % does not work', 'manual entry key %', 'MFA key: %'],
  },
  'one-time code': {
    kind: 'code',
    make: (r) => {
      const code = sixDigits(r);
      return r() < 0.2 ? `${code.slice(0, 3)} ${code.slice(3)}` : code;
    },
    in: [
      'my mfa code is %',
      'code % is refused',
      'otp: %',
      'the verification code was %',
      'i typed % from the authenticator and got an error',
      'sms says %',
      'mein code ist %',
      'el código es %',
      'le code est %',
      'o código é %',
      'il codice è %',
      '验证码是 %',
      '認証コードは % です',
      'код %',
    ],
  },
  'card number': {
    kind: 'card',
    make: cardNumber,
    in: ['my card % was declined', '%', 'pay with % please', 'visa: %', 'card no. %, exp 12/27'],
  },
  'chat or code token': {
    kind: 'token',
    make: (r) =>
      pick(r, [
        () => `xoxb-${some(r, digits, 12)}-${some(r, digits, 12)}-${some(r, `${lower}${digits}`, 24)}`,
        () => `xapp-1-A0${some(r, upper, 8)}-${some(r, digits, 12)}-${some(r, '0123456789abcdef', 40)}`,
        () => `ghp_${some(r, `${upper}${lower}${digits}`, 36)}`,
        () => `glpat-${some(r, base64url, 20)}`,
        () => `sk-proj-${some(r, base64url, 40)}`,
        () => `npm_${some(r, `${upper}${lower}${digits}`, 36)}`,
      ])(),
    in: ['token %', '%', 'GITHUB_TOKEN=%', 'it uses % to deploy'],
  },
};

/** Key shapes with their sentences: `perShape` of each, the same ones for the same seed. */
export function keySamples(perShape: number, seed = 20_261_201): Sample[] {
  const random = seededRandom(seed);
  return Object.entries(shapes).flatMap(([shape, { kind, make, secret = (made: string) => made, in: sentences }]) =>
    Array.from({ length: perShape }, (_, index): Sample => {
      const made = make(random);
      return {
        text: sentences[index % sentences.length]!.replace('%', () => made),
        secret: secret(made),
        kind,
        shape,
      };
    }),
  );
}

export const writtenPasswords = (): Sample[] =>
  linesOf('passwords.txt').map((line) => {
    const secret = /\{([^}]+)\}/.exec(line)![1]!;
    return { text: line.replace(/\{([^}]+)\}/g, '$1'), secret, kind: 'password', shape: 'free-form password' };
  });

const namesInSentences = [
  'my password is %',
  'password: %',
  'the password i set was %',
  'mein Passwort ist %',
  'mi contraseña es %',
  'mon mot de passe est %',
  'minha senha é %',
  'la mia password è %',
  'mijn wachtwoord is %',
  'moje hasło to %',
  'пароль: %',
  '密码是 %',
  'user ada password %',
  'pw %',
  'pwd=%',
  'my password for aws is % and i cannot get in',
];
const bases = [
  'Summer',
  'dragon',
  'Berlin',
  'kitten',
  'Liverpool',
  'starlight',
  'Manager',
  'purple',
  'Bicycle',
  'mustang',
];

/** Passwords as people make them, in sentences as people type them. */
export function madePasswords(count: number, seed = 77): Sample[] {
  const random = seededRandom(seed);
  const ways: readonly ((r: Random) => string)[] = [
    (r) => pick(r, bases) + (1950 + Math.floor(r() * 80)),
    (r) => `${pick(r, bases)}${some(r, digits, 2)}${pick(r, ['!', '?', '#', '$', '!!'])}`,
    (r) => some(r, `${upper}${lower}${digits}!#$%*-_`, 12),
    (r) => pick(r, bases).replace(/a/g, '@').replace(/e/g, '3').replace(/i/g, '1') + some(r, digits, 2),
    (r) => `${pick(r, bases)}-${pick(r, bases)}-${some(r, digits, 2)}`,
    (r) => some(r, `${upper}${lower}${digits}`, 10),
  ];
  return Array.from({ length: count }, (_, index): Sample => {
    let secret = pick(random, ways)(random);
    while (!/[A-Za-z]/.test(secret) || !/\d/.test(secret)) secret = pick(random, ways)(random);
    const text = namesInSentences[index % namesInSentences.length]!.replace('%', () => secret);
    return { text, secret: secret.replace(/[!?]+$/, ''), kind: 'password', shape: 'free-form password' };
  });
}

export const writtenHarmless = (): string[] => linesOf('harmless.txt');

/** Everything people are known to type here: training and held-out utterances. */
export function realUtterances(): string[] {
  const found: string[] = [];
  const walk = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (entry.name.endsWith('.utterances.txt'))
        found.push(
          ...readFileSync(path, 'utf8')
            .split('\n')
            .filter((line) => line.trim() && !line.startsWith('#')),
        );
    }
  };
  walk(join(root, 'intents'));
  return [...new Set([...found, ...heldOutUtterances()])];
}

/** What people type here, and what the classifier never saw. */
export function heldOutUtterances(): string[] {
  const folder = join(root, 'test/utterances');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
  return [...new Set(files.sort().flatMap((file) => stringsIn(parse(readFileSync(join(folder, file), 'utf8')))))];
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.includes(' ') ? [value] : [];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  return value && typeof value === 'object' ? Object.values(value).flatMap(stringsIn) : [];
}

/** Numbers, ids and addresses that are no secret, in the sentences they come in. */
export function madeHarmless(count: number, seed = 4_242): string[] {
  const random = seededRandom(seed);
  const makers: readonly ((r: Random) => string)[] = [
    (r) =>
      `my account is ${some(r, digits, 12)} and ${pick(r, ['the mfa is lost', 'no code comes', 'i cannot sign in'])}`,
    (r) => `request id ${[8, 4, 4, 4, 12].map((n) => some(r, '0123456789abcdef', n)).join('-')} failed`,
    (r) => `arn:aws:iam::${some(r, digits, 12)}:user/${pick(r, ['ada', 'bob', 'grace'])}`,
    (r) => `https://${some(r, digits, 12)}.signin.aws.amazon.com/console`,
    (r) => `https://d-${some(r, '0123456789abcdef', 10)}.awsapps.com/start does not load`,
    (r) => `commit ${some(r, '0123456789abcdef', 40)} broke the login`,
    (r) => `instance i-${some(r, '0123456789abcdef', 17)} in eu-west-${1 + Math.floor(r() * 3)}`,
    (r) => `the code goes to +49 170 ${some(r, digits, 7)}`,
    (r) => `sms code never comes to (${some(r, '23456789', 3)}) 555-${some(r, digits, 4)}`,
    (r) => `ticket D-${some(r, digits, 4)} about my mfa`,
    (r) => `case ${some(r, '123456789', 1)}${some(r, digits, 9)} with aws support about the code`,
    (r) =>
      `password is ${pick(r, ['wrong', 'refused', 'expired', 'fine', 'not accepted', 'correct', 'lost', 'weird', 'too short', 'ok'])} since ${pick(r, ['monday', 'yesterday', 'the update', '9 am'])}`,
    (r) => `error ${some(r, digits, 3)} after i typed the ${pick(r, ['code', 'password', 'captcha'])}`,
    (r) => `invoice ${some(r, digits, 8)} of ${some(r, digits, 12)} is unpaid`,
    (r) =>
      `it failed at ${10 + Math.floor(r() * 13)}:${some(r, '012345', 1)}${some(r, digits, 1)} on 2026-11-${10 + Math.floor(r() * 20)} with the code`,
    (r) =>
      `user ${pick(r, ['ada', 'bob'])}@example.com cannot ${pick(r, ['log in', 'reset the password', 'get the code'])}`,
  ];
  return Array.from({ length: count }, (_, index) => makers[index % makers.length]!(random));
}
