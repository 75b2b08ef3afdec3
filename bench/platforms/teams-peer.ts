import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer } from 'node:http';
import { type Button, bodyOf, counted, listening, type Peer, type Prepared, padded, personIn, spoiled } from './peer';

const tenant = '11111111-2222-4333-8444-555555555555';
const appId = '66666666-7777-4888-8999-000000000000';
const bot = `28:${appId}`;
const kid = 'the-key-of-the-bench';
const issuer = 'https://api.botframework.com';
const metadataPath = '/v1/.well-known/openidconfiguration';

const conversationOf = (person: number): string => `a:bench-${padded(person)}`;
const accountOf = (person: number) => ({
  id: `29:bench-${padded(person)}`,
  aadObjectId: `00000000-0000-4000-8000-0000000${padded(person)}`,
  name: 'Ada Lovelace',
});

let counter = Date.now();
const nextId = (): string => String(++counter);

/** Teams: the Bot Connector, its keys and the token endpoint on one side, activities with real tokens on the other. */
export async function startTeamsPeer(): Promise<Peer> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keys = [{ ...publicKey.export({ format: 'jwk' }), use: 'sig', kid, x5t: kid, endorsements: ['msteams'] }];
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const path = new URL(request.url ?? '', 'http://teams').pathname;
    const isCall = path.startsWith('/amer/v3/');
    const trouble = isCall ? peer.trouble() : null;
    if (spoiled(trouble, response)) return;
    const untold = trouble === 'dropped after';
    const parts = path.slice('/amer/v3/'.length).split('/').map(decodeURIComponent);
    const answer = isCall ? answerTo(peer, request.method ?? '', parts, body, untold) : credentials(path);
    const send = () => {
      if (untold) return response.socket?.destroy();
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer));
    };
    if (peer.answersAfterMs > 0) setTimeout(send, peer.answersAfterMs);
    else send();
  });
  const origin = `http://127.0.0.1:${await listening(server)}`;
  const serviceUrl = `${origin}/amer/`;

  const credentials = (path: string): object => {
    if (path === metadataPath)
      return {
        issuer,
        jwks_uri: `${origin}/v1/keys`,
        id_token_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: ['private_key_jwt'],
      };
    if (path === '/v1/keys') return { keys };
    return { token_type: 'Bearer', expires_in: 3599, access_token: 'a.token.nobody-checks' };
  };

  // The real service uses a token for about an hour, too; whoever receives it checks it each time.
  let token = { text: '', renewAt: 0 };
  const tokenNow = (): string => {
    const now = Math.floor(Date.now() / 1000);
    if (now < token.renewAt) return token.text;
    const parts = [
      { typ: 'JWT', alg: 'RS256', kid },
      { serviceurl: serviceUrl, iss: issuer, aud: appId, nbf: now - 60, exp: now + 3600 },
    ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
    const signature = sign('sha256', Buffer.from(parts.join('.')), privateKey).toString('base64url');
    token = { text: `${parts.join('.')}.${signature}`, renewAt: now + 1800 };
    return token.text;
  };

  const prepared = (person: number, rest: object): Prepared => {
    const body = Buffer.from(JSON.stringify({ ...frame(person, serviceUrl), ...rest }));
    return {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-length': body.length,
        authorization: `Bearer ${tokenNow()}`,
      },
      body,
    };
  };

  const peer: Peer = {
    settings: {
      TEAMS_APP_ID: appId,
      TEAMS_APP_PASSWORD: 'the-secret-of-the-bench',
      TEAMS_TENANT_ID: tenant,
      TEAMS_LOGIN_URL: `${origin}/login`,
      TEAMS_OPENID_METADATA_URL: `${origin}${metadataPath}`,
      TEAMS_TOKEN_ISSUER: issuer,
      TEAMS_OAUTH_SCOPE: 'https://api.botframework.com',
      TEAMS_SERVICE_URLS: new URL(origin).host,
    },
    path: '/api/messages',
    says: (person, words) =>
      prepared(person, {
        type: 'message',
        id: nextId(),
        text: words,
        textFormat: 'plain',
        attachments: [{ contentType: 'text/html', content: `<p>${words}</p>` }],
      }),
    presses: (person, on, { id, brings }) =>
      prepared(person, {
        type: 'invoke',
        id: `f:${randomUUID()}`,
        name: 'adaptiveCard/action',
        value: { action: { type: 'Action.Execute', title: id, verb: id, data: brings }, trigger: 'manual' },
        replyToId: on,
      }),
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

/** What all activities of one person in their personal chat have. */
function frame(person: number, serviceUrl: string): object {
  const now = new Date().toISOString();
  return {
    timestamp: now,
    localTimestamp: now,
    localTimezone: 'Europe/Berlin',
    channelId: 'msteams',
    serviceUrl,
    from: accountOf(person),
    conversation: { conversationType: 'personal', tenantId: tenant, id: conversationOf(person) },
    recipient: { id: bot, name: 'Helpdesk' },
    entities: [{ type: 'clientInfo', locale: 'en-US', country: 'DE', platform: 'Windows', timezone: 'Europe/Berlin' }],
    locale: 'en-US',
    channelData: { tenant: { id: tenant } },
  };
}

/** `conversations/{id}/activities…` and `conversations/{id}/members/{id}` are all that is asked for. */
function answerTo(
  peer: Peer,
  method: string,
  [, conversation = '', what, id]: string[],
  body: string,
  untold: boolean,
): object {
  const person = personIn(conversation);
  if (what === 'members') {
    counted(peer.calls, 'member');
    return { ...accountOf(person), tenantId: tenant, userRole: 'user' };
  }
  const isNew = method === 'POST';
  const activity = JSON.parse(body) as OutgoingActivity;
  const message = isNew ? nextId() : (id ?? '');
  counted(peer.calls, activity.type === 'typing' ? 'typing' : isNew ? 'send' : 'update');
  if (activity.type === 'message') {
    const mark = () => `${activity.text ?? ''}${JSON.stringify(activity.attachments)}`;
    peer.onShown({ person, message, isNew, buttons: buttonsIn(activity), mark, untold });
  }
  return { id: message };
}

interface OutgoingActivity {
  type: string;
  text?: string;
  attachments?: { content?: unknown }[];
}

/** Buttons may stand in rows anywhere in the card. */
function buttonsIn({ attachments = [] }: OutgoingActivity): Button[] {
  const found: Button[] = [];
  const look = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(look);
    else if (typeof part === 'object' && part !== null) {
      const { type, verb, data, fallback: _fallback, ...rest } = part as Record<string, unknown>;
      if (type === 'Action.Execute') found.push({ id: String(verb), brings: data });
      else Object.values(rest).forEach(look);
    }
  };
  for (const { content } of attachments) look(content);
  return found;
}
