import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { neededScopes } from '../../src/platforms/slack';
import { type Button, bodyOf, counted, listening, type Peer, type Prepared, padded, personIn, spoiled } from './peer';

const team = 'T0BENCH0001';
const app = 'A0BENCH0001';
const bot = 'U0BENCHBOT1';
const secret = 'the-signing-secret-of-the-bench';

const userOf = (person: number): string => `U0BENCH${padded(person)}`;
const channelOf = (person: number): string => `D0BENCH${padded(person)}`;

let counter = 0;
const nextTs = (): string => `${Math.floor(Date.now() / 1000)}.${String(++counter).padStart(6, '0')}`;

/** Slack: the Web API on one side, signed events and interactions on the other. */
export async function startSlackPeer(): Promise<Peer> {
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const method = new URL(request.url ?? '', 'http://slack').pathname.replace('/api/', '');
    counted(peer.calls, method);
    const trouble = peer.trouble();
    if (spoiled(trouble, response)) return;
    const answer = answerTo(peer, method, new URLSearchParams(body), trouble === 'dropped after');
    const send = () => {
      if (trouble === 'dropped after') return response.socket?.destroy();
      response.setHeader('content-type', 'application/json');
      response.setHeader('x-oauth-scopes', neededScopes.join(','));
      response.end(JSON.stringify({ ok: true, ...answer }));
    };
    if (peer.answersAfterMs > 0) setTimeout(send, peer.answersAfterMs);
    else send();
  });
  const port = await listening(server);
  const peer: Peer = {
    settings: {
      SLACK_BOT_TOKEN: 'xoxb-bench',
      SLACK_SIGNING_SECRET: secret,
      SLACK_API_URL: `http://127.0.0.1:${port}/api/`,
    },
    path: '/slack/events',
    says,
    presses,
    onShown: () => undefined,
    calls: new Map(),
    answersAfterMs: 0,
    trouble: () => null,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return peer;
}

function answerTo(peer: Peer, method: string, given: URLSearchParams, untold: boolean): object {
  switch (method) {
    case 'auth.test':
      return { team_id: team, user_id: bot, bot_id: 'B0BENCH0001', user: 'helpdesk', team: 'Example Corp' };
    case 'bots.info':
      return { bot: { id: 'B0BENCH0001', app_id: app } };
    case 'users.info': {
      const user = given.get('user') ?? '';
      return { user: { id: user, team_id: team, name: 'ada', real_name: 'Ada Lovelace', deleted: false } };
    }
    case 'conversations.open':
      return { channel: { id: channelOf(personIn(given.get('users') ?? '')) } };
    case 'chat.postMessage':
    case 'chat.update': {
      const channel = given.get('channel') ?? '';
      const isNew = method === 'chat.postMessage';
      const message = isNew ? nextTs() : (given.get('ts') ?? '');
      const metadata = given.get('metadata');
      if (isNew) remember(channel, message, metadata);
      const mark = () => metadata ?? `${given.get('text')}${given.get('blocks')}`;
      peer.onShown({
        person: personIn(channel),
        message,
        isNew,
        buttons: buttonsIn(given.get('blocks')),
        mark,
        untold,
      });
      return { channel, ts: message };
    }
    case 'conversations.history': {
      const messages = (lately.get(given.get('channel') ?? '') ?? []).map(([ts, metadata]) => ({
        ...{ type: 'message', ts, user: bot, bot_id: 'B0BENCH0001', app_id: app, text: 'as it was shown' },
        ...(metadata === null ? {} : { metadata: JSON.parse(metadata) as object }),
      }));
      return { messages: messages.reverse(), has_more: false };
    }
    default:
      return {};
  }
}

/** The last messages of each channel, and the bot's mark on them: it looks there after a call of which it heard nothing. */
const lately = new Map<string, [ts: string, metadata: string | null][]>();
function remember(channel: string, ts: string, metadata: string | null): void {
  const kept = lately.get(channel) ?? [];
  kept.push([ts, metadata]);
  lately.set(channel, kept.slice(-20));
}

interface SlackBlock {
  type: string;
  elements?: { action_id?: string; value?: string }[];
}

function buttonsIn(blocks: string | null): Button[] {
  // Looking is cheaper than reading: most messages of the bare apps have no blocks, and old ones no buttons.
  if (!blocks?.includes('"actions"')) return [];
  return (JSON.parse(blocks) as SlackBlock[])
    .filter(({ type }) => type === 'actions')
    .flatMap(({ elements = [] }) => elements.map(({ action_id = '', value }) => ({ id: action_id, brings: value })));
}

function says(person: number, words: string): Prepared {
  const ts = nextTs();
  const user = userOf(person);
  return signed(
    'application/json',
    JSON.stringify({
      token: 'verification',
      team_id: team,
      context_team_id: team,
      context_enterprise_id: null,
      api_app_id: app,
      event: {
        type: 'message',
        user,
        text: words,
        ts,
        client_msg_id: `client-${ts}`,
        team,
        blocks: [
          {
            type: 'rich_text',
            block_id: 'b1',
            elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: words }] }],
          },
        ],
        channel: channelOf(person),
        channel_type: 'im',
        event_ts: ts,
      },
      type: 'event_callback',
      event_id: `Ev${ts.replace('.', '')}`,
      event_time: Math.floor(Date.now() / 1000),
      authorizations: [
        { enterprise_id: null, team_id: team, user_id: bot, is_bot: true, is_enterprise_install: false },
      ],
      is_ext_shared_channel: false,
      event_context: `4-${ts}`,
    }),
  );
}

function presses(person: number, on: string, { id, brings }: Button): Prepared {
  const channel = channelOf(person);
  const now = nextTs();
  const payload = JSON.stringify({
    type: 'block_actions',
    user: { id: userOf(person), username: 'ada', name: 'ada', team_id: team },
    api_app_id: app,
    token: 'verification',
    team: { id: team, domain: 'example-corp' },
    enterprise: null,
    is_enterprise_install: false,
    trigger_id: `trigger.${now}`,
    container: { type: 'message', message_ts: on, channel_id: channel, is_ephemeral: false },
    channel: { id: channel, name: 'directmessage' },
    message: { type: 'message', user: bot, ts: on, text: 'as it was shown' },
    response_url: 'https://hooks.slack.example/actions',
    actions: [
      {
        action_id: id,
        block_id: 'b2',
        type: 'button',
        text: { type: 'plain_text', text: id },
        value: brings,
        action_ts: now,
      },
    ],
  });
  return signed('application/x-www-form-urlencoded', new URLSearchParams({ payload }).toString());
}

/** As Slack signs. Good for five minutes. */
function signed(type: string, text: string): Prepared {
  const body = Buffer.from(text);
  const timestamp = Math.floor(Date.now() / 1000);
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex');
  return {
    headers: {
      'content-type': type,
      'content-length': body.length,
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${digest}`,
    },
    body,
  };
}
