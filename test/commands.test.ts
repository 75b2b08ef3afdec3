import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { repository } from './builders/bot';

interface Ran {
  code: number | null;
  out: string[];
  err: string;
}

/** Runs a command as a user's shell would, from the build if there is one, else from its source. */
function run(name: string, input: string, env: Record<string, string> = {}): Promise<Ran> {
  const built = join(repository, 'dist/scripts', `${name}.js`);
  const command = existsSync(built) ? [built] : ['--import', 'tsx', join(repository, 'scripts', `${name}.ts`)];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, { cwd: repository, env: { ...cleanEnvironment(), ...env } });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => (out += piece));
    child.stderr.setEncoding('utf8').on('data', (piece: string) => (err += piece));
    child.on('error', reject);
    // A command that refuses to start closes its input; what it says then matters, not that nobody listens.
    child.stdin.on('error', () => undefined);
    child.on('close', (code) => resolve({ code, out: out === '' ? [] : out.replace(/\n$/, '').split('\n'), err }));
    child.stdin.end(input);
  });
}

/** The surroundings of the developer must not decide what a test sees. */
function cleanEnvironment(): Record<string, string> {
  const ours = /^(PORT|HOST|DATA_DIR|DATABASE_URL|LOG_LEVEL|ORGANIZATION_FILE|PUBLIC_URL|SLACK_|TEAMS_|NODE_OPTIONS$)/;
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !ours.test(entry[0]),
    ),
  );
}

const json = (lines: string[]) => lines.map((line) => JSON.parse(line) as Record<string, unknown>);

const understandingSchema = z.strictObject({
  text: z.string(),
  intent: z.string(),
  account_type: z.enum(['root', 'iam', 'identity_center', 'federated']).nullable(),
  confidence: z.number().min(0).max(1),
  decision: z.enum(['answer', 'clarify', 'not_understood']),
  alternatives: z.array(z.looseObject({ intent: z.string(), confidence: z.number().min(0).max(1) })),
  entities: z.record(z.string(), z.unknown()),
  language: z.string(),
});

const turnSchema = z.strictObject({
  conversation: z.string().nullable(),
  replies: z.array(
    z.strictObject({
      text: z.string(),
      buttons: z.array(z.strictObject({ id: z.string(), label: z.string() })),
      links: z.array(z.strictObject({ label: z.string(), url: z.url() })),
    }),
  ),
  asks: z.boolean(),
  intent: z.string().nullable(),
  step: z.string().nullable(),
  escalation: z.strictObject({
    to: z.array(
      z.enum([
        'admin',
        'it_admin',
        'network_admin',
        'security_team',
        'billing_owner',
        'aws_support',
        'aws_trust_safety',
        'amazon_customer_service',
      ]),
    ),
    role: z.string().nullable(),
    state: z.enum(['offered', 'opened', 'none']),
    ticket: z.string().nullable(),
  }),
  sent: z.array(z.looseObject({ to: z.string(), text: z.string() })),
});

jest.setTimeout(60_000);

describe('ask', () => {
  const utterances = [
    'lost my phone, cant get the mfa code for aws',
    'i sign in as an iam user and lost the phone with my mfa app',
    'root user, forgot the password',
    '',
    '   ',
    'what is the weather like',
    'no puedo entrar en aws',
    'a person please',
    '🙃🙃',
    '{"json": true}',
    'my password is Summer2024! and the key is AKIAIOSFODNN7EXAMPLE',
    'x'.repeat(10_000),
    'account 111122223333 is suspended',
    'مرحبا',
  ];
  let ran: Ran;
  beforeAll(async () => {
    ran = await run('ask', `${utterances.join('\n')}\n`);
  });

  test('ends well and says nothing but its answers', () => {
    expect(ran.code).toBe(0);
    expect(ran.out).toHaveLength(utterances.length);
  });

  test('answers each line in the shape of the contract, in order', () => {
    const answers = json(ran.out).map((answer) => understandingSchema.parse(answer));
    expect(answers.map(({ text }, index) => text === utterances[index] || text.includes('[removed:'))).not.toContain(
      false,
    );
    expect(answers[0]).toMatchObject({ intent: 'mfa.lost', account_type: null, decision: 'answer' });
    expect(answers[1]).toMatchObject({ intent: 'mfa.lost', account_type: 'iam' });
    expect(answers[2]).toMatchObject({ intent: 'password.forgot', account_type: 'root' });
    expect(answers[7]?.intent).toBe('act.person');
    expect(answers[12]?.entities).toMatchObject({ account_id: '111122223333' });
  });

  test('what was not understood is out of scope', () => {
    const answers = json(ran.out).map((answer) => understandingSchema.parse(answer));
    expect(answers.filter(({ decision }) => decision === 'not_understood').map(({ intent }) => intent)).toEqual(
      expect.arrayContaining(['oos']),
    );
    for (const { decision, intent } of answers) expect(decision === 'not_understood').toBe(intent === 'oos');
  });

  test('secrets come back masked', () => {
    expect(ran.out.join('\n')).not.toMatch(/Summer2024|AKIAIOSFODNN7EXAMPLE/);
    expect(json(ran.out)[10]?.text).toBe('my password is [removed: password] and the key is [removed: aws-key]');
  });

  test('no input, no output', async () => {
    expect(await run('ask', '')).toMatchObject({ code: 0, out: [] });
  });

  test('a last line without its end still counts, and Windows line ends are no part of the words', async () => {
    const { out } = await run('ask', 'lost my phone\r\nforgot my password');
    expect(json(out).map(({ text }) => text)).toEqual(['lost my phone', 'forgot my password']);
  });
});

describe('converse', () => {
  const input = [
    { conversation: 'c1', user: 'lost my phone, no mfa for aws, iam user i think' },
    { conversation: 'c2', user: 'hello' },
    'not json',
    { conversation: 'c1', press: 'Still stuck' },
    { conversation: 'c1', press: 'ask_admin' },
    { conversation: 'c1', bad: true },
    { conversation: '', user: 'x' },
    { wait: '15m' },
    { wait: 'soon' },
    [],
    '',
    { conversation: 'c2', press: 'a button that is not there' },
    { conversation: 'c3', user: 'my password is Summer2024! and i cannot get in' },
    { conversation: 'c1', user: 'solved' },
    { conversation: 'c4', user: '' },
  ];
  let ran: Ran;
  let lines: Record<string, unknown>[];
  beforeAll(async () => {
    ran = await run(
      'converse',
      `${input.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')}\n`,
    );
    lines = json(ran.out);
  });
  const bad = [2, 5, 6, 8, 9, 10];

  test('ends well, with one line for each line', () => {
    expect(ran.code).toBe(0);
    expect(ran.out).toHaveLength(input.length);
  });

  test('a line that is not of the form gets an error and nothing else, and the run goes on', () => {
    for (const index of bad) expect(Object.keys(lines[index]!)).toEqual(['error']);
    for (const index of bad) expect(lines[index]!.error).toEqual(expect.stringMatching(/\w/));
  });

  test('all others are in the shape of the contract, in order', () => {
    const turns = lines.filter((_line, index) => !bad.includes(index)).map((line) => turnSchema.parse(line));
    expect(turns.map(({ conversation }) => conversation)).toEqual([
      'c1',
      'c2',
      'c1',
      'c1',
      null,
      'c2',
      'c3',
      'c1',
      'c4',
    ]);
  });

  test('the case of the README: told who can help, offered, opened, sent', () => {
    expect(lines[0]).toMatchObject({
      intent: 'mfa.lost',
      step: 'mfa-lost/iam/another-device',
      asks: true,
      escalation: { to: ['admin'], state: 'offered', ticket: null },
      sent: [],
    });
    expect(lines[3]).toMatchObject({
      step: 'mfa-lost/iam/administrator',
      escalation: { to: ['admin'], state: 'offered' },
    });
    expect(lines[4]).toMatchObject({
      escalation: { to: ['admin'], role: 'account-admin', state: 'opened', ticket: 'D-1001' },
    });
    expect(lines[4]!.sent).toEqual([expect.objectContaining({ to: 'admin', text: expect.stringContaining('D-1001') })]);
  });

  test('conversations do not mix', () => {
    expect(lines[1]).toMatchObject({ intent: null, escalation: { to: [], state: 'none', ticket: null } });
  });

  test('secrets are masked wherever they would come out', () => {
    expect(ran.out.join('\n') + ran.err).not.toContain('Summer2024');
  });

  test('the same input gives the same output', async () => {
    const again = await run(
      'converse',
      `${input
        .slice(0, 5)
        .map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
        .join('\n')}\n`,
    );
    expect(again.out).toEqual(ran.out.slice(0, 5));
  });

  describe('with an organisation file', () => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'converse-'));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));
    const converse = (yaml: string) => {
      writeFileSync(join(folder, 'organization.yaml'), yaml);
      return run(
        'converse',
        `${JSON.stringify({ conversation: 'c1', user: 'lost my phone with the okta mfa for aws' })}\n`,
        { ORGANIZATION_FILE: join(folder, 'organization.yaml') },
      );
    };

    test('its facts are told', async () => {
      const { out } = await converse(
        'version: 1\nidentity_provider: { name: Okta, reset_url: "https://example.okta.com/help" }\n',
      );
      expect(out.join()).toContain('https://example.okta.com/help');
    });

    test('a faulty one is refused with its line, on standard error', async () => {
      const { code, out, err } = await converse('version: 1\ncolour: blue\n');
      expect([code, out]).toEqual([1, []]);
      expect(err).toMatch(/organization\.yaml:2 .*unknown key "colour"/);
      expect(err).not.toMatch(/\n {4}at /);
    });
  });
});
