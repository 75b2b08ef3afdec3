import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { Webhook as Receiver } from 'standardwebhooks';
import { readSettings } from '../../src/config';
import { organizationSchema } from '../../src/core/organization';
import { createLog } from '../../src/log';
import { type Service, startService } from '../../src/service';
import { knowledge } from '../builders/bot';
import { HttpBrowser } from '../builders/http-browser';
import { FakeAwsSupport } from '../fakes/aws-support';

const secret = `whsec_${Buffer.from('a secret of at least twenty-four bytes').toString('base64')}`;

/** The whole service with no chat at all: mail, a program and AWS are how anybody hears of a ticket. */
describe('a service whose people are reached by mail, webhook and AWS Support', () => {
  let folder: string;
  let service: Service;
  const mails: string[] = [];
  const events: { type: string; ticket: { state: string } }[] = [];
  const aws = new FakeAwsSupport();
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      let text = '';
      stream.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
      stream.on('end', () => {
        mails.push(text);
        done();
      });
    },
  });
  // The other side is out of order at first, so every piece of news needs a second try.
  let refusals = 1;
  const program = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      if (refusals-- > 0) return void response.writeHead(429, { 'retry-after': '0' }).end();
      events.push(new Receiver(secret).verify(body, request.headers as Record<string, string>) as (typeof events)[0]);
      response.writeHead(204).end();
    });
  });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ways-'));
    await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
    await new Promise<void>((resolve) => program.listen(0, '127.0.0.1', resolve));
    const env = {
      PORT: '0',
      DATA_DIR: ':memory:',
      SMTP_URL: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
      MAIL_FROM: 'helpdesk@example.com',
      AWS_SUPPORT_CASES: '1',
      AWS_ENDPOINT_URL_SUPPORT: await aws.start(),
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'example',
      JIRA: secret,
    };
    const url = `http://127.0.0.1:${(program.address() as AddressInfo).port}/`;
    const organization = organizationSchema.parse({
      version: 1,
      people: { grace: { slack: 'U1', email: 'grace@example.com' } },
      on_call: { duty: { rotation: { people: ['grace'], start: '2020-01-01', every: '1w' } } },
      destinations: { jira: { webhook: { url, secret_env: 'JIRA' } }, case: { aws_support: {} } },
      routes: { default: { tiers: [{ to: ['duty', 'jira', 'case'], claim_within: '15m' }] } },
    });
    const { content } = knowledge();
    service = await startService({ settings: readSettings(env), content, organization }, createLog('silent'), {
      assets: folder,
      env,
    });
  }, 60_000);
  afterAll(async () => {
    await service?.stop();
    await aws.stop();
    program.closeAllConnections();
    await new Promise((resolve) => program.close(resolve));
    await new Promise<void>((resolve) => smtp.close(() => resolve()));
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  const settled = async () => {
    await service.helpdesk.turns.idle();
    await service.helpdesk.outbox.settled();
  };
  const until = async (holds: () => boolean) => {
    while (!holds()) {
      await settled();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  test('all three hear of a ticket, once each, and of what becomes of it', async () => {
    const browser = new HttpBrowser(service.port);
    for (const [index, text] of ['lost my mfa device', 'iam user', 'still stuck', 'yes please, ask them'].entries()) {
      const said = await browser.post('/api/chat/messages', { key: `message-${index}`, name: 'Ada', text });
      expect(said.status).toBe(202);
      await service.helpdesk.turns.idle();
    }
    await until(() => mails.length > 0 && events.length > 0 && aws.cases.length > 0);
    const [ticket] = await service.store.tickets({ closed: false, limit: 5 });
    expect(ticket!.places).toEqual(
      expect.arrayContaining(['email:grace@example.com', 'webhook:jira', 'aws-support:case']),
    );
    expect(mails[0]).toContain(`Subject: [D-${ticket!.id}]`);
    expect(events[0]).toMatchObject({ type: 'ticket.opened', ticket: { number: `D-${ticket!.id}` } });
    expect(aws.cases[0]!.subject).toContain(`[D-${ticket!.id}]`);

    const claimed = await browser.post(`/api/tickets/${ticket!.id}/claim`, {
      key: 'claim-0001',
      name: 'Grace',
      text: '',
    });
    expect(claimed.status).toBe(202);
    await until(() => mails.length > 1 && events.some(({ ticket: { state } }) => state === 'claimed'));
    await settled();
    expect(mails).toHaveLength(2);
    expect(mails[1]).toContain('Taken by Grace');
    expect(aws.cases).toHaveLength(1);
  }, 60_000);
});
