import path from 'node:path';
import type { Incoming, IncomingAction, IncomingMessage, Person, Reply } from '../../src/core/message';
import type { ChatEntry, ChatLine, Inbox } from '../../src/core/ports';
import { moveTicket, type TicketEvent, ticketNumber } from '../../src/core/ticket';
import type { TicketView } from '../../src/core/ticket-view';
import { createWebPlatform, type DeskReader, type Mask, type WebPlatform } from '../../src/platforms/web/index';
import { createHttpServer, type HttpServer } from '../../src/server/http';

/**
 * A stand-in for everything behind the web desk: answers from a short script, keeps chat and tickets in memory.
 * Run by hand for work on the page: `npx tsx test/fakes/desk-service.ts`.
 */
export interface FakeDeskOptions {
  loopback?: boolean;
  /** The built page; by default what the last build left. */
  assets?: string;
  port?: number;
  /** How long the bot seems to think. */
  thinkMs?: number;
  now?: () => number;
}

export interface FakeDesk {
  url: string;
  port: number;
  received: Incoming[];
  entries: ChatEntry[];
  tickets: Map<number, TicketView>;
  web: WebPlatform;
  say(conversation: string, line: ChatLine): Promise<void>;
  close(): Promise<void>;
}

export const fakeMask: Mask = (text) => {
  const masked = text.replace(/\b(AKIA|ASIA)[A-Z0-9]{16}\b/g, '[access key removed]');
  return { text: masked, kinds: masked === text ? [] : ['access_key'] };
};

const builtAssets = path.resolve(__dirname, '../../dist/desk');
const silent = { info: () => {}, warn: () => {}, error: () => {} };

export async function startFakeDesk(options: FakeDeskOptions = {}): Promise<FakeDesk> {
  const { loopback = true, assets = builtAssets, port = 0, thinkMs = 0, now = Date.now } = options;
  const keys = new Set<string>();
  const received: Incoming[] = [];
  const entries: ChatEntry[] = [];
  const tickets = new Map<number, TicketView>();
  const turns = new Map<string, number>();
  const conversationOfTicket = new Map<number, string>();
  let lastEntry = 0;

  const add = (conversation: string, line: ChatLine) => {
    lastEntry += 1;
    entries.push({ id: lastEntry, conversation, at: now(), turn: turns.get(conversation) ?? 0, line });
  };
  const show = (conversation: string, line: ChatLine) =>
    web.sender.send({ kind: 'reply', platform: 'web', conversation, turn: turns.get(conversation) ?? 0, line });
  const ping = (ticket: number, what: 'opened' | 'updated') =>
    web.desk.ping({ kind: 'ping', destination: 'desk', ticket, what });

  async function say(conversation: string, line: ChatLine): Promise<void> {
    add(conversation, line);
    await show(conversation, line);
  }

  async function answer(message: IncomingMessage): Promise<void> {
    const { conversation } = message;
    turns.set(conversation, (turns.get(conversation) ?? 0) + 1);
    if (message.kind === 'text') add(conversation, { from: 'person', text: message.text });
    if (message.kind === 'file') add(conversation, { from: 'person', text: `Sent a file: ${message.name}` });
    if (message.kind === 'press' && message.press in labels)
      add(conversation, { from: 'person', text: labels[message.press]! });
    if (thinkMs) await new Promise((resolve) => setTimeout(resolve, thinkMs));
    const reply = replyTo(message);
    if (reply) await say(conversation, { from: 'bot', reply });
    if (message.kind === 'press' && message.press === 'ask_admin') {
      const view = newTicket(1042 + tickets.size, message.person, now());
      tickets.set(view.id, view);
      conversationOfTicket.set(view.id, conversation);
      await ping(view.id, 'opened');
    }
  }

  async function act(action: IncomingAction): Promise<void> {
    const ticket = tickets.get(action.ticket);
    const next = ticket ? moveTicket(ticket, action.action) : null;
    if (!ticket || !next) return;
    const by = action.person.name;
    const event: TicketEvent = {
      ticket: ticket.id,
      at: now(),
      actor: by,
      action: action.action,
      before: ticket.state,
      after: next,
      text: action.text || null,
    };
    const claimedBy = action.action === 'not_mine' ? null : (ticket.claimedBy ?? by);
    tickets.set(ticket.id, {
      ...ticket,
      state: next,
      claimedBy,
      stateText: stateText(next, claimedBy),
      version: ticket.version + 1,
      updatedAt: now(),
      actions: actionsFor(next),
      history: [...ticket.history, event],
    });
    const conversation = conversationOfTicket.get(ticket.id);
    if (conversation) {
      if (action.action === 'claim')
        await say(conversation, { from: 'bot', reply: told(`${by} is on it now (${ticket.number}).`) });
      if (action.action === 'reply') await say(conversation, { from: 'admin', name: by, text: action.text });
      if (action.action === 'resolve') {
        if (action.text) await say(conversation, { from: 'admin', name: by, text: action.text });
        await say(conversation, {
          from: 'bot',
          reply: told(`${by} marked ${ticket.number} as resolved. Glad that you are back in.`),
        });
      }
    }
    await ping(ticket.id, 'updated');
  }

  const inbox: Inbox = {
    async receive(incoming) {
      if (keys.has(incoming.key)) return 'duplicate';
      keys.add(incoming.key);
      received.push(incoming);
      setImmediate(() => void (incoming.kind === 'ticket_action' ? act(incoming) : answer(incoming)));
      return 'recorded';
    },
  };
  const reader: DeskReader = {
    chat: async (conversation, after) =>
      entries.filter((entry) => entry.conversation === conversation && entry.id > after),
    ticketViews: async () => [...tickets.values()],
  };
  const web: WebPlatform = createWebPlatform({
    inbox,
    reader,
    clock: { now },
    mask: fakeMask,
    loopback,
    assets,
    log: silent,
  });
  const server: HttpServer = createHttpServer({
    host: '127.0.0.1',
    port,
    mounts: [{ router: web.router }],
    health: { store: () => {} },
    log: silent,
  });
  const { url, port: taken } = await server.listen();
  return { url, port: taken, received, entries, tickets, web, say, close: () => server.close() };
}

const labels: Record<string, string> = {
  ask_admin: 'Ask an administrator',
  not_solved: 'Still stuck',
  solved: 'It worked',
  'choose:iam': 'IAM user',
};

const reply = (name: string, say: string[], rest: Partial<Reply> = {}): Reply => ({
  name,
  say: say.map((text) => [{ text }]),
  buttons: [],
  links: [],
  ...rest,
});
const told = (text: string) => reply('phrases/ticket-news', [text]);

function replyTo(message: IncomingMessage): Reply | null {
  if (message.kind === 'file')
    return reply('phrases/no-files', [
      'I cannot read files or pictures. Tell me in words what the screen says; the exact error text helps most.',
    ]);
  if (message.kind === 'press') {
    switch (message.press) {
      case 'hello':
      case 'start_over':
        return reply(
          'phrases/greeting',
          [
            'Hello. I help people get back into AWS. Tell me in your own words what happens when you try to sign in, or pick one of these.',
          ],
          {
            note: [{ text: 'I will never ask you for a password or a code.' }],
            buttons: [
              { id: 'choose:signin.cannot_sign_in', label: 'I cannot sign in' },
              { id: 'choose:mfa.lost', label: 'Lost or broken MFA device' },
              { id: 'choose:password.forgot', label: 'Forgotten password' },
              { id: 'choose:signin.find_portal_url', label: 'Where do I sign in?' },
              { id: 'person', label: 'A person, please' },
            ],
          },
        );
      case 'ask_admin':
        return reply(
          'phrases/handed-over',
          [
            'Done. I have asked an administrator of your AWS account, with everything you told me.',
            'You are number one in line. I will write here as soon as somebody takes it.',
          ],
          {
            note: [{ text: 'Your ticket is ' }, { text: 'D-1042', bold: true }, { text: '.' }],
          },
        );
      case 'not_solved':
        return reply(
          'mfa-lost/iam/only-your-administrator',
          ['Then only an administrator of your AWS account can help.'],
          {
            steps: {
              first: 1,
              items: [
                [{ text: 'They check that it is really you, in a way you both already know.' }],
                [
                  { text: 'They open ' },
                  { text: 'IAM → Users → your name → Security credentials', bold: true },
                  { text: ' and remove the lost device.' },
                ],
                [{ text: 'You sign in with your password and register the new phone at once.' }],
              ],
            },
            note: [
              {
                text: 'AWS Support cannot do this: they do not change IAM users of a customer’s account, whoever asks.',
              },
            ],
            buttons: [
              { id: 'ask_admin', label: 'Ask an administrator' },
              { id: 'start_over', label: 'Start over' },
            ],
            links: [
              {
                label: 'Lost MFA devices, IAM guide',
                url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_lost-or-broken.html',
              },
              {
                label: 'Troubleshooting sign-in',
                url: 'https://docs.aws.amazon.com/signin/latest/userguide/troubleshooting-sign-in-issues.html',
              },
            ],
          },
        );
      default:
        return message.press === 'solved'
          ? reply('phrases/solved', ['Good to hear. I am here if it comes back.'])
          : replyTo({ ...message, kind: 'text', text: '', secrets: [] });
    }
  }
  return reply(
    'mfa-lost/iam/another-device',
    [
      'You sign in as an IAM user, and the device with your codes is gone.',
      'Before we call anybody: is there a second device?',
    ],
    {
      steps: {
        first: 1,
        items: [
          [{ text: 'On the MFA page, press ' }, { text: 'Try another MFA method', bold: true }, { text: '.' }],
          [{ text: 'Use any other key, phone or app that you once registered. An IAM user can have up to eight.' }],
        ],
      },
      buttons: [
        { id: 'solved', label: 'It worked' },
        { id: 'not_solved', label: 'Still stuck' },
        { id: 'person', label: 'A person, please' },
      ],
      links: [{ label: 'MFA in IAM', url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html' }],
    },
  );
}

const stateText = (state: TicketView['state'], by: string | null): string =>
  ({
    open: 'open',
    claimed: `taken by ${by}`,
    waiting_for_user: 'waiting for the employee',
    waiting_for_aws: 'waiting for AWS',
    resolved: `resolved by ${by}`,
    cancelled: 'taken back',
  })[state];

function actionsFor(state: TicketView['state']): TicketView['actions'] {
  if (state === 'resolved' || state === 'cancelled') return [];
  const rest: TicketView['actions'] = [
    { id: 'reply', label: 'Reply' },
    { id: 'resolve', label: 'Resolve' },
    { id: 'note', label: 'Note' },
  ];
  return state === 'open'
    ? [{ id: 'claim', label: 'Claim' }, ...rest]
    : [...rest, { id: 'not_mine', label: 'Not mine' }];
}

export const newTicket = (id: number, person: Person, at: number, rest: Partial<TicketView> = {}): TicketView => ({
  id,
  number: ticketNumber(id),
  version: 1,
  state: 'open',
  stateText: 'open',
  claimedBy: null,
  urgent: false,
  title: 'Lost or broken MFA device',
  role: 'account-admin',
  roleText: 'an administrator of the AWS account',
  person: { name: person.name, id: person.id, platform: 'web desk' },
  notVerified: 'The bot did not check who this is. A name in a chat proves nothing.',
  facts: [
    { label: 'Signs in as', value: 'IAM user' },
    { label: 'Device', value: 'Phone with an authenticator app' },
    { label: 'Account', value: '111122223333 (example-prod)' },
  ],
  words: ['lost my phone, no mfa for aws, iam user i think'],
  tried: ['Another registered device: did not help'],
  rule: {
    id: 'mfa-lost-iam-user/iam-user',
    user: 'IAM user',
    reason:
      'Only an administrator of the same account can remove the device of an IAM user. AWS Support does not change IAM users.',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_lost-or-broken.html',
  },
  verify:
    'Call the person back on the number that HR has, or see them on video with somebody who knows them. Not on a number given in this chat.',
  guide: {
    title: 'Remove a lost MFA device of an IAM user',
    console: [
      [
        { text: 'Open ' },
        { text: 'IAM', bold: true },
        { text: ' → ' },
        { text: 'Users', bold: true },
        { text: ' and choose the person.' },
      ],
      [
        { text: 'Open ' },
        { text: 'Security credentials', bold: true },
        { text: ' → Multi-factor authentication, select the lost device, ' },
        { text: 'Remove', bold: true },
        { text: '.' },
      ],
      [{ text: 'Stay with the person until the new device is registered.' }],
    ],
    cli: [
      'aws iam list-mfa-devices --user-name <user-name>',
      'aws iam deactivate-mfa-device --user-name <user-name> --serial-number <device-arn>',
      'aws iam delete-virtual-mfa-device --serial-number <device-arn>',
    ],
    permissions: ['iam:ListMFADevices', 'iam:DeactivateMFADevice', 'iam:DeleteVirtualMFADevice'],
    mind: [
      [
        {
          text: 'Whoever holds the password has the account until a new device is registered. If the phone was stolen, reset the password too.',
        },
      ],
    ],
    links: [
      {
        label: 'Lost MFA devices, IAM guide',
        url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_lost-or-broken.html',
      },
    ],
  },
  actions: actionsFor('open'),
  createdAt: at,
  updatedAt: at,
  history: [{ ticket: id, at, actor: person.name, action: 'opened', before: null, after: 'open', text: null }],
  ...rest,
});

if (require.main === module) {
  void startFakeDesk({ port: Number(process.env.PORT ?? 3978), thinkMs: 700 }).then(({ url }) => console.log(url));
}
