import { readSettings } from '../../../src/config';
import { CodedError } from '../../../src/core/errors';
import { incomingSchema } from '../../../src/core/message';
import { organizationSchema } from '../../../src/core/organization';
import { sealed } from '../../../src/core/sealed';
import { maskSecrets } from '../../../src/core/secrets';
import type { Arrival } from '../../../src/platforms/slack/arrival';
import { readValue } from '../../../src/platforms/slack/button-values';
import { isForeign } from '../../../src/platforms/slack/foreign';
import { readText } from '../../../src/platforms/slack/incoming-text';
import { readPurpose } from '../../../src/platforms/slack/modals';
import { ofCommand, ofHomeOpened, ofMention, ofMessage, ofShortcut } from '../../../src/platforms/slack/parse';
import {
  blockAction,
  describe as describeBody,
  homeOpenedEvent,
  mentionEvent,
  messageEvent,
  messageShortcut,
  slashCommand,
  viewSubmission,
} from '../../../src/platforms/slack/payloads';
import {
  deedSchema,
  envelopeSchema,
  fileNamesOf,
  invokeSchema,
  messageSchema,
} from '../../../src/platforms/teams/activity';
import { Unauthorized } from '../../../src/platforms/teams/bot-service';
import { isTooDeep } from '../../../src/platforms/teams/json-depth';
import { arrivalOf, toDelete, toEdit, toMessage } from '../../../src/platforms/teams/parse';
import { executedData, pressedBy } from '../../../src/platforms/teams/press-data';
import { isTrusted } from '../../../src/platforms/teams/service-hosts';
import { refuseImplausible } from '../../../src/platforms/teams/token-shape';
import {
  BadRequest,
  fileBody,
  messageBody,
  toMessage as ofWeb,
  parse,
  ticketBody,
  ticketPath,
  toAction,
  toFile,
} from '../../../src/platforms/web/parse';

/** A parser of the edge: valid inputs to start from, and what must hold of any other. It throws where it does not. */
export interface Target {
  name: string;
  seeds: readonly string[];
  run(bytes: Buffer): void;
}

const json = (value: unknown): string => JSON.stringify(value);
/** What is no JSON never gets past the parser of bodies. */
function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
function mayThrow(kinds: readonly (abstract new (...parts: never[]) => Error)[], run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!kinds.some((kind) => error instanceof kind)) throw error;
  }
}
function insist(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}
/** Whatever comes out of a platform is something the inbox takes, and without secrets. */
function insistOnIncoming(incoming: unknown): void {
  const read = incomingSchema.parse(incoming);
  const safe = sealed(read, maskSecrets, (text) => `digest-${text.length}`);
  incomingSchema.parse(safe);
}

const arrival: Arrival = { at: 1, mask: maskSecrets, team: 'T1', botUser: 'U0BOT' };
const wrapper = {
  team_id: 'T1',
  api_app_id: 'A1',
  authorizations: [{ team_id: 'T1', user_id: 'U0BOT', is_bot: true }],
};
const event = {
  type: 'message',
  channel: 'D1',
  channel_type: 'im',
  user: 'U1',
  text: 'lost <@U0BOT> <https://a.b|c> &lt;',
  ts: '1.1',
  files: [{ name: 'a.png' }],
};
const user = { id: 'U1', name: 'ada', team_id: 'T1' };
const activity = {
  type: 'message',
  id: '1',
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/x/',
  timestamp: '2026-01-01T00:00:00Z',
  from: { id: '29:1', name: 'Ada', aadObjectId: 'a-1' },
  recipient: { id: '28:b', name: 'Bot' },
  conversation: { id: '19:x@thread.tacv2;messageid=1', conversationType: 'channel', tenantId: 't1' },
  channelData: { tenant: { id: 't1' }, team: { id: '19:team' }, channel: { id: '19:x', type: 'shared' } },
  text: '<at>Bot</at> lost my phone',
  entities: [{ type: 'mention', mentioned: { id: '28:b', name: 'Bot' }, text: '<at>Bot</at>' }],
  attachments: [{ contentType: 'image/png', name: 'x.png' }],
};
const teamsParts = { mask: maskSecrets, clock: { now: () => 1 }, anonymous: false };
const token = (head: object, body: object): string =>
  `Bearer ${[head, body].map((part) => Buffer.from(json(part)).toString('base64url')).join('.')}.c2ln`;
const hosts = ['smba.trafficmanager.net', 'localhost', '127.0.0.1'];
const web = { conversation: 'c1', at: 1, mask: maskSecrets, visitor: null };

export const targets: readonly Target[] = [
  {
    name: 'Slack messages',
    seeds: [
      json({ ...wrapper, event }),
      json({
        ...wrapper,
        event: {
          type: 'message',
          subtype: 'message_changed',
          channel: 'D1',
          message: { ...event, edited: { ts: '2.1' } },
          previous_message: event,
        },
      }),
      json({
        ...wrapper,
        event: {
          type: 'message',
          subtype: 'message_deleted',
          channel: 'D1',
          deleted_ts: '1.1',
          previous_message: event,
        },
      }),
    ],
    run: (bytes) => {
      const body = parsed(bytes);
      isForeign(body, null);
      describeBody(body);
      const { data } = messageEvent.safeParse(body);
      const incoming = data && ofMessage(data, arrival);
      if (incoming) insistOnIncoming(incoming);
    },
  },
  {
    name: 'Slack mentions, openings, commands and shortcuts',
    seeds: [
      json({ ...wrapper, event: { ...event, type: 'app_mention' } }),
      json({
        ...wrapper,
        event: { type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'messages', event_ts: '1.1' },
      }),
      json({
        team_id: 'T1',
        user_id: 'U1',
        user_name: 'ada',
        channel_id: 'C1',
        command: '/aws-help',
        text: 'mfa',
        trigger_id: '1.2.3',
      }),
      json({
        type: 'message_action',
        callback_id: 'help_with_this',
        trigger_id: '1',
        team: { id: 'T1' },
        user,
        channel: { id: 'C1' },
        message: event,
      }),
    ],
    run: (bytes) => {
      const body = parsed(bytes);
      const mention = mentionEvent.safeParse(body).data;
      const told = mention && ofMention(mention, arrival);
      if (told) insistOnIncoming(told.message);
      const opened = homeOpenedEvent.safeParse(body).data;
      if (opened) insistOnIncoming(ofHomeOpened(opened, arrival));
      const command = slashCommand.safeParse(body).data;
      if (command) insistOnIncoming(ofCommand(command, null, arrival));
      const shortcut = messageShortcut.safeParse(body).data;
      if (shortcut) insistOnIncoming(ofShortcut(shortcut, 'T1', arrival));
    },
  },
  {
    name: 'Slack buttons and modals',
    seeds: [
      json({
        type: 'block_actions',
        user,
        team: { id: 'T1' },
        trigger_id: '1',
        container: { type: 'message', channel_id: 'C1', message_ts: '1.1' },
        actions: [{ action_id: 'solved', value: json({ c: 'slack:T1:U1', t: 3 }) }],
      }),
      json({ ticket: 1001, v: 2, at: 'slack:C1' }),
      json({
        type: 'view_submission',
        user,
        team: { id: 'T1' },
        view: {
          id: 'V1',
          private_metadata: json({ ticket: 1001, v: 1, at: 'slack:C1', action: 'reply', card: '1.1', channel: 'C1' }),
          state: { values: { words: { words: { value: 'x' } } } },
        },
      }),
    ],
    run: (bytes) => {
      const body = parsed(bytes);
      const press = blockAction.safeParse(body).data;
      readValue(press?.actions[0]?.value);
      readValue(bytes.toString('utf8'));
      const submission = viewSubmission.safeParse(body).data;
      readPurpose(submission?.view.private_metadata ?? bytes.toString('utf8'));
    },
  },
  {
    name: 'Slack’s mark-up',
    seeds: [
      'hi <@U0BOT|bot> <!subteam^S1|@a> <#C1|x> <https://a.b|a.b> <mailto:a@b|a@b> &amp;&lt;',
      'lost <http://example.com|example.com>',
    ],
    run: (bytes) =>
      insist(!/<@U0BOT>/.test(readText(bytes.toString('utf8'), 'U0BOT')), 'its own mention is still there'),
  },
  {
    name: 'Teams activities',
    seeds: [
      json(activity),
      json({ ...activity, type: 'messageUpdate' }),
      json({
        ...activity,
        conversation: { id: 'a:1', conversationType: 'personal', tenantId: 't1' },
        from: { id: '29:2', name: 'x', tenantId: 't2' },
      }),
    ],
    run: (bytes) => {
      const body = parsed(bytes);
      envelopeSchema.safeParse(body);
      invokeSchema.safeParse(body);
      const { data } = messageSchema.safeParse(body);
      if (!data) return;
      fileNamesOf(data.attachments);
      const from = arrivalOf(deedSchema.parse(body), 't1', teamsParts);
      for (const incoming of [toMessage(data, from), toEdit(data, from), toDelete(data, from)])
        insistOnIncoming(incoming);
    },
  },
  {
    name: 'Teams buttons',
    seeds: [
      json({ press: 'solved', turn: 1, c: 'teams:t1:a' }),
      json({ ticket: 1001, action: 'reply', v: 1, reply_text: 'x' }),
      json({ home: 1 }),
      json({ action: { data: { refresh: 1001 } } }),
    ],
    run: (bytes) => {
      const body = parsed(bytes);
      pressedBy(body);
      pressedBy(executedData(body));
    },
  },
  {
    name: 'nested JSON',
    seeds: ['{"a":[1,{"b":"}]"}]}', '['.repeat(70) + ']'.repeat(70), '"\\""'],
    run: (bytes) => {
      const body = isTooDeep(bytes) ? undefined : parsed(bytes);
      insist(depthOf(body) <= 64, 'let through what is nested too deeply');
    },
  },
  {
    name: 'bearer tokens',
    seeds: [
      token({ alg: 'RS256', kid: 'k' }, { iss: 'https://api.botframework.com', exp: 1 }),
      token({ alg: 'none' }, {}),
      'Bearer x',
      'Basic abc',
    ],
    run: (bytes) =>
      mayThrow([Unauthorized], () => {
        refuseImplausible(bytes.toString('latin1'), { issuer: 'https://api.botframework.com', tenantId: 't1' });
      }),
  },
  {
    name: 'addresses that get a token',
    seeds: [
      'https://smba.trafficmanager.net/emea/',
      'https://europe.teams.microsoft.com/x',
      'http://127.0.0.1:3979/',
      'https://smba.trafficmanager.net@evil.example/',
      'https://evil.example/.botframework.com',
    ],
    run: (bytes) => {
      const url = bytes.toString('utf8');
      if (!isTrusted(url, { added: ['added.example:8443'], anonymous: false })) return;
      const { host, hostname, protocol, username } = new URL(url);
      const isOurs =
        host === 'added.example:8443' ||
        hosts.includes(hostname) ||
        /\.(?:teams\.microsoft|botframework)\.(?:com|us)(?::\d+)?$/.test(host) ||
        host.endsWith('teams.microsoftonline.cn') ||
        hostname === 'smba.onyx.prod.teams.trafficmanager.net';
      insist(isOurs && protocol === 'https:' && username === '', `trusts ${url}`);
    },
  },
  {
    name: 'requests of the desk',
    seeds: [
      json({ key: 'key-00001', name: 'Ada', text: 'lost my phone' }),
      json({ key: 'key-00001', name: 'Ada', press: 'solved', turn: 1 }),
      json({ key: 'key-00001', name: 'Ada', file: 'a.png' }),
      json({ id: '1001', action: 'claim', key: 'key-00001', name: 'Grace', text: 'x' }),
    ],
    run: (bytes) => {
      const body = parsed(bytes);
      mayThrow([BadRequest], () => insistOnIncoming(ofWeb(parse(messageBody, body), web)));
      mayThrow([BadRequest], () => insistOnIncoming(toFile(parse(fileBody, body), web)));
      mayThrow([BadRequest], () => {
        const { id, action, ...rest } = (body ?? {}) as Record<string, unknown>;
        insistOnIncoming(toAction(parse(ticketPath, { id, action }), parse(ticketBody, rest), web));
      });
    },
  },
  {
    name: 'words with secrets',
    seeds: [
      'my key is AKIAIOSFODNN7EXAMPLE and the password is hunter2, code 123456',
      'otpauth://totp/x?secret=JBSWY3DPEHPK3PXP https://a.b/?token=abcdef 4111 1111 1111 1111',
      '-----BEGIN RSA PRIVATE KEY-----\nMIIEabc\n-----END RSA PRIVATE KEY----- пароль: Kot12345 密码是abc12345',
      'setup key JBSW Y3DP EHPK 3PXP login: ada / Xk9!pq22 eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc',
    ],
    run: (bytes) => {
      const once = maskSecrets(bytes.toString('utf8'));
      insist(
        !/AKIA[A-Z0-9]{16}(?![A-Z0-9])/.test(once.text.replace(/[A-Z0-9](?=AKIA)/g, '')) ||
          /[A-Z0-9]AKIA/.test(once.text),
        'a key is left',
      );
      const twice = maskSecrets(once.text);
      insist(twice.text.length <= once.text.length + 40 * 20, 'masking grows');
    },
  },
  {
    name: 'settings',
    seeds: [
      'PORT=3978\nHOST=127.0.0.1\nDATABASE_URL=postgres://u:p@h:5432/d?sslmode=require\nTEAMS_SERVICE_URLS=a.example,https://b.example',
      'SLACK_BOT_TOKEN=xoxb-1\nSLACK_SIGNING_SECRET=s\nSLACK_API_URL=http://127.0.0.1:1/\nPUBLIC_URL=https://x.example',
    ],
    run: (bytes) =>
      mayThrow([CodedError], () => {
        const lines = bytes
          .toString('utf8')
          .split('\n')
          .map((line) => line.split(/=(.*)/s));
        readSettings(Object.fromEntries(lines.map(([name = '', value = '']) => [name, value])));
      }),
  },
  {
    name: 'the organisation file',
    seeds: [
      json({
        version: 1,
        timezone: 'Europe/Berlin',
        destinations: { a: { slack: 'C1' } },
        routes: { default: { tiers: [{ to: ['a'], claim_within: '15m' }] } },
        admins: { slack: ['C1'] },
        support_plans: [{ plan: 'business', until: '2026-12-31' }],
      }),
    ],
    run: (bytes) => void organizationSchema.safeParse(parsed(bytes)),
  },
];

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}
