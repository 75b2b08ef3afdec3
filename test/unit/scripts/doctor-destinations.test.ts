import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { awsSupport } from '../../../scripts/doctor/aws-support';
import { mail } from '../../../scripts/doctor/mail';
import { routes } from '../../../scripts/doctor/routes';
import { webhooks } from '../../../scripts/doctor/webhooks';
import { FakeAwsSupport } from '../../fakes/aws-support';
import { ids, nobody, saying, serve, stopServing, textOf } from './doctor-findings';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'doctor-destinations-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  stopServing();
});

const withFile = (yaml: string, env: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => {
  const file = join(folder, 'organization.yaml');
  writeFileSync(file, `version: 1\n${yaml}`);
  return { ...env, ORGANIZATION_FILE: file };
};

describe('what the doctor finds about e-mail', () => {
  const room = 'destinations: { room: { email: room@example.com } }\n';

  it('says nothing where no mail is wanted, and names addresses that nobody mails to', async () => {
    expect(await ids({}, [mail])).toEqual([]);
    expect(await ids(withFile(room), [mail])).toEqual(['mail-absent']);
    expect(await ids(withFile('people: { grace: { email: grace@example.com } }\n'), [mail])).toEqual(['mail-absent']);
  });

  it('lets the server say whether it takes mail, and sends none', async () => {
    let mails = 0;
    const server = new SMTPServer({
      authOptional: true,
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
      onAuth: ({ password }, _session, done) =>
        password === 'right one' ? done(null, { user: 'bot' }) : done(new Error('wrong')),
      onMailFrom: (_address, _session, done) => {
        mails += 1;
        done();
      },
    });
    server.on('error', () => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.server.address() as AddressInfo;
    const env = (password: string) => ({
      SMTP_URL: `smtp://bot:${encodeURIComponent(password)}@127.0.0.1:${port}`,
      MAIL_FROM: 'helpdesk@example.com',
    });
    expect(await ids(env('right one'), [mail])).toEqual(['ok']);
    expect(await ids(env('wrong one'), [mail])).toEqual(['mail-unreachable']);
    expect(await textOf('mail-unreachable', env('wrong one'), [mail])).not.toContain('wrong one');
    await new Promise<void>((resolve) => server.close(() => resolve()));
    expect(await ids(env('right one'), [mail])).toEqual(['mail-unreachable']);
    expect(mails).toBe(0);
  });
});

describe('what the doctor finds about webhooks', () => {
  const hook = (url: string) => `destinations: { jira: { webhook: { url: "${url}", secret_env: JIRA_SECRET } } }\n`;
  const secret = { JIRA_SECRET: 'a secret of thirty characters!' };

  it('is content when something is there, whatever it says to a look', async () => {
    expect(await ids({}, [webhooks])).toEqual([]);
    const url = await serve(saying(405));
    expect(await ids(withFile(hook(`${url}/x`), secret), [webhooks])).toEqual(['ok']);
  });

  it('names a secret that is missing or can be guessed, and an address where nobody is', async () => {
    const url = await serve(saying(405));
    expect(await ids(withFile(hook(url)), [webhooks])).toEqual(['webhook-secret-missing']);
    expect(await ids(withFile(hook(url), { JIRA_SECRET: 'short' }), [webhooks])).toEqual([
      'webhook-secret-short',
      'ok',
    ]);
    expect(await ids(withFile(hook(await nobody()), secret), [webhooks])).toEqual(['webhook-unreachable']);
  });
});

describe('what the doctor finds about AWS Support', () => {
  const filed = (parts: string) => `destinations: { case: { aws_support: { ${parts} } } }\n`;
  const keys = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'hunter2hunter2' };

  it('says whether it is on and used', async () => {
    expect(await ids(withFile('name: Example\n'), [awsSupport])).toEqual([]);
    expect(await ids(withFile(filed('')), [awsSupport])).toEqual(['aws-support-off']);
    expect(await ids(withFile('name: Example\n', { AWS_SUPPORT_CASES: '1' }), [awsSupport])).toEqual([
      'aws-support-unused',
    ]);
  });

  it('asks AWS for its codes and opens nothing', async () => {
    const aws = new FakeAwsSupport();
    const env = { ...keys, AWS_SUPPORT_CASES: '1', AWS_ENDPOINT_URL_SUPPORT: await aws.start() };
    const look = (parts: string) => ids(withFile(filed(parts), env), [awsSupport]);
    expect(await look('')).toEqual(['ok']);
    expect(await look('service: billing, category: other')).toEqual(['ok']);
    expect(await look('service: sign-in')).toEqual(['aws-support-code-unknown']);
    expect(await look('service: billing, category: sign-in')).toEqual(['aws-support-code-unknown']);
    aws.faults.push({ refuse: 'SubscriptionRequiredException' }, { refuse: 'SubscriptionRequiredException' });
    expect(await look('')).toEqual(['aws-support-refused']);
    expect(await textOf('aws-support-refused', withFile(filed(''), env), [awsSupport])).toContain('has no API');
    expect(new Set(aws.calls)).toEqual(new Set(['DescribeServices']));
    await aws.stop();
  });
});

it('a route that leads to mail or a program alone is connected once they are', async () => {
  const yaml =
    'destinations: { room: { email: room@example.com }, jira: { webhook: { url: "https://example.com", secret_env: X } } }\n' +
    'routes: { default: { tiers: [{ to: [room, jira], claim_within: 15m }] } }\n';
  const server = { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'helpdesk@example.com' };
  expect(await ids(withFile(yaml, server), [routes])).toEqual(['ok']);
  expect(await ids(withFile(yaml), [routes])).toEqual(['destination-not-connected']);
});
