import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { ticketSubject } from '../../../src/core/ports';
import { EmailDestination } from '../../../src/destinations';
import { transportOptions } from '../../../src/destinations/email';
import { type DestinationEdge, destinationEdge, pingTo, wordsTo } from '../../builders/destinations';

const place = 'email:aws-admins@example.com';

interface Mail {
  to: string[];
  headers: Record<string, string>;
  body: string;
}

let edge: DestinationEdge;
let server: SMTPServer | null;
let inbox: Mail[];

beforeEach(async () => {
  edge = await destinationEdge();
  server = null;
  inbox = [];
});
afterEach(async () => {
  await edge.store.close();
  await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
});

/** A real server; by default one that takes everything. */
async function serve(options: SMTPServerOptions = {}): Promise<string> {
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        inbox.push(
          readMail(
            Buffer.concat(chunks),
            session.envelope.rcptTo.map(({ address }) => address),
          ),
        );
        done();
      });
    },
    ...options,
  });
  smtp.on('error', () => {});
  server = smtp;
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(smtp.server.address() as AddressInfo).port}`;
}

function readMail(raw: Buffer, to: string[]): Mail {
  const text = raw.toString('utf8');
  const split = text.indexOf('\r\n\r\n');
  const head = text.slice(0, split).replace(/\r\n[ \t]+/g, ' ');
  const headers = Object.fromEntries(
    head
      .split('\r\n')
      .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  );
  const encoded = text.slice(split + 4);
  const body =
    headers['content-transfer-encoding'] === 'quoted-printable'
      ? Buffer.from(
          encoded
            .replace(/=\r\n/g, '')
            .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
          'latin1',
        ).toString('utf8')
      : encoded;
  return { to, headers, body: body.replace(/\r\n/g, '\n') };
}

const mailTo = (host: string, scheme = 'smtp') =>
  new EmailDestination({ url: `${scheme}://${host}`, from: 'Helpdesk <helpdesk@example.com>' }, edge.parts);

describe('a ticket by e-mail', () => {
  test('says who needs what, why it came and what to do, in plain text', async () => {
    const mail = mailTo(await serve());
    expect(await mail.ping(pingTo(place), 'k1')).toEqual({ kind: 'sent' });
    expect(inbox).toHaveLength(1);
    const [{ to, headers, body }] = inbox as [Mail];
    expect(to).toEqual(['aws-admins@example.com']);
    expect(headers.subject).toBe('[D-1042] Lost or broken MFA device');
    expect(headers.from).toBe('Helpdesk <helpdesk@example.com>');
    expect(headers['content-type']).toContain('text/plain');
    expect(headers['auto-submitted']).toBe('auto-generated');
    for (const words of ['From: Ada', 'lost my phone', 'Why you:', 'Steps:', 'An answer to this mail reaches nobody'])
      expect(body).toContain(words);
    expect(await edge.store.posts(ticketSubject(1042, place))).toEqual([
      expect.objectContaining({ id: headers['message-id'], version: 1 }),
    ]);
  });

  test('news of it stand in the same thread: once for each turn that matters to a reader', async () => {
    const mail = mailTo(await serve());
    await mail.ping(pingTo(place), 'k1');
    const steps = [
      { version: 2, state: 'open' },
      { version: 3, state: 'claimed', stateText: 'Taken by Grace' },
      { version: 4, state: 'waiting_for_user', stateText: 'Waiting for Ada' },
      { version: 5, state: 'open', stateText: 'Open: nobody has taken it yet' },
      { version: 6, state: 'resolved', stateText: 'Solved by Grace' },
      { version: 6, state: 'resolved', stateText: 'Solved by Grace' },
    ] as const;
    for (const [index, step] of steps.entries()) {
      edge.ticket(step);
      expect(await mail.ping(pingTo(place, 'updated'), `k${index + 2}`)).toEqual({ kind: 'sent' });
    }
    const [first, ...news] = inbox;
    expect(news.map(({ body }) => body.trim())).toEqual([
      'D-1042: Taken by Grace.',
      'D-1042: Open: nobody has taken it yet.',
      'D-1042: Solved by Grace.',
    ]);
    for (const { headers } of news) expect(headers['in-reply-to']).toBe(first!.headers['message-id']);
  });

  test('what the employee writes follows, and what was taken back is not mailed', async () => {
    const mail = mailTo(await serve());
    await mail.ping(pingTo(place), 'k1');
    const line = { from: 'person' as const, name: 'Ada', text: 'any news?', files: ['screen.png'] };
    await mail.thread(wordsTo(place, line), 'k2');
    await mail.thread(wordsTo(place, line, 'changed'), 'k3');
    await mail.thread(wordsTo(place, line, 'gone'), 'k4');
    expect(inbox.slice(1).map(({ body }) => body.trim())).toEqual(['Ada wrote: any news? (files: screen.png)']);
    expect(inbox[1]!.headers['in-reply-to']).toBe(inbox[0]!.headers['message-id']);
  });

  test('nobody is mailed about a ticket that is closed or gone', async () => {
    const mail = mailTo(await serve());
    edge.ticket({ state: 'cancelled' });
    expect(await mail.ping(pingTo(place), 'k1')).toEqual({ kind: 'sent' });
    edge.ticket({ id: 7 });
    expect(await mail.ping(pingTo(place), 'k2')).toEqual({ kind: 'sent' });
    expect(inbox).toEqual([]);
  });

  test('a second try carries the same Message-ID, so that mail programs show it once', async () => {
    const mail = mailTo(await serve());
    await mail.ping(pingTo(place), 'k1');
    const again = await destinationEdge();
    const { port } = server!.server.address() as AddressInfo;
    const url = `smtp://127.0.0.1:${port}`;
    await new EmailDestination({ url, from: 'helpdesk@example.com' }, again.parts).ping(pingTo(place), 'k1');
    await again.store.close();
    expect(inbox[1]!.headers['message-id']).toBe(inbox[0]!.headers['message-id']);
  });

  test('words of people are data: no header, no second address, no secret, no control character', async () => {
    const mail = mailTo(await serve());
    edge.ticket({
      title: 'Lost\r\nBcc: eve@example.com',
      words: ['my key is AKIAIOSFODNN7EXAMPLE \u001b[31m\u202e.\r\n.\r\nQUIT'],
    });
    await mail.ping(pingTo('email:"a, eve@example.com"@example.com'), 'k1');
    await mail.ping(pingTo(place), 'k2');
    const last = inbox.at(-1)!;
    expect(last.to).toEqual(['aws-admins@example.com']);
    expect(last.headers.bcc).toBeUndefined();
    expect(last.headers.subject).toBe('[D-1042] Lost Bcc: eve@example.com');
    expect(last.body).not.toContain('AKIAIOSFODNN7EXAMPLE');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is what is tested
    expect(last.body).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    for (const { to } of inbox) expect(to).not.toContain('eve@example.com');
  });
});

describe('when the mail server does not take it', () => {
  const refuse = (responseCode: number) => ({
    onRcptTo: (_address: unknown, _session: unknown, done: (error?: Error) => void) =>
      done(Object.assign(new Error('no'), { responseCode })),
  });

  test.each([
    ['an address that it does not know', refuse(550), { kind: 'permanent', error: 'the mail server answers 550' }],
    ['a mailbox that is full for now', refuse(452), { kind: 'temporary', error: 'the mail server answers 452' }],
    [
      'a mail that it takes for spam',
      {
        onData: (stream, _session, done) => {
          stream.resume();
          stream.on('end', () => done(Object.assign(new Error('spam'), { responseCode: 554 })));
        },
      } satisfies SMTPServerOptions,
      { kind: 'permanent', error: 'the mail server answers 554' },
    ],
    [
      'a greeting that says not now',
      {
        onConnect: (_session, done) => done(Object.assign(new Error('busy'), { responseCode: 421 })),
      } satisfies SMTPServerOptions,
      { kind: 'temporary', error: 'the mail server answers 421' },
    ],
  ])('%s', async (_name, options, expected) => {
    expect(await mailTo(await serve(options)).ping(pingTo(place), 'k1')).toEqual(expected);
    expect(await edge.store.posts(ticketSubject(1042, place))).toEqual([]);
  });

  test('a wrong password may be mended, and is not repeated anywhere', async () => {
    const host = await serve({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(new Error('wrong')),
    });
    const delivery = await mailTo(`bot:hunter2@${host}`).ping(pingTo(place), 'k1');
    expect(delivery.kind).toBe('temporary');
    expect(JSON.stringify(delivery)).not.toContain('hunter2');
  });

  test('a certificate that nobody vouches for is not trusted', async () => {
    const host = await serve({ secure: true });
    const delivery = await mailTo(host, 'smtps').ping(pingTo(place), 'k1');
    expect(delivery).toMatchObject({ kind: 'temporary', error: expect.stringMatching(/certificate/i) });
    expect(inbox).toEqual([]);
  });

  test('nobody there', async () => {
    const host = await serve();
    await new Promise<void>((resolve) => server!.close(() => resolve()));
    server = null;
    expect(await mailTo(host).ping(pingTo(place), 'k1')).toMatchObject({ kind: 'temporary' });
  });
});

test.each([
  ['smtps://mail.example.com', { host: 'mail.example.com', port: 465, secure: true, requireTLS: false }],
  ['smtp://mail.example.com', { host: 'mail.example.com', port: 587, secure: false, requireTLS: true }],
  ['smtp://relay.example.com:25/?tls=optional', { port: 25, requireTLS: false }],
  ['smtp://localhost:2525', { port: 2525, requireTLS: false }],
  ['smtps://a%40b:p%3Aw@mail.example.com', { auth: { user: 'a@b', pass: 'p:w' } }],
])('%s', (url, expected) => {
  expect(transportOptions(url)).toMatchObject(expected);
});
