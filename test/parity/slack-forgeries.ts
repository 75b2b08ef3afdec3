import { createHmac } from 'node:crypto';
import type { FakeSlack } from '../fakes/slack/slack';
import type { Forgery, HttpAnswer } from './stage';

const nowSeconds = (): number => Math.floor(Date.now() / 1000);

/** An event about a message in somebody's private chat, as Slack wraps it. */
function messageEvent(slack: FakeSlack, user: string, more: { team?: string; app?: string } = {}): string {
  const team = more.team ?? slack.team.id;
  const ts = `${nowSeconds()}.${String(Math.floor(Math.random() * 1e6)).padStart(6, '0')}`;
  return JSON.stringify({
    token: 'verification',
    team_id: team,
    context_team_id: team,
    api_app_id: more.app ?? slack.appId,
    event: {
      type: 'message',
      channel: slack.dm(user),
      channel_type: 'im',
      user,
      text: 'lost my mfa device',
      ts,
      event_ts: ts,
      team,
    },
    type: 'event_callback',
    event_id: `Ev${ts}`,
    event_time: nowSeconds(),
    authorizations: [{ enterprise_id: null, team_id: team, user_id: slack.botUser.id, is_bot: true }],
    is_ext_shared_channel: false,
  });
}

/** A press as Slack sends it, on a message nobody was ever shown. */
function press(slack: FakeSlack, user: string, action: { action_id: string; value: string }): string {
  const ts = `${nowSeconds()}.000100`;
  const payload = {
    type: 'block_actions',
    user: { id: user, username: 'nobody', name: 'nobody', team_id: slack.team.id },
    api_app_id: slack.appId,
    token: 'verification',
    team: { id: slack.team.id, domain: slack.team.domain },
    trigger_id: `${ts}.forged`,
    container: { type: 'message', message_ts: ts, channel_id: slack.dm(user), is_ephemeral: false },
    channel: { id: slack.dm(user), name: 'directmessage' },
    message: { type: 'message', ts, text: 'a message' },
    actions: [{ type: 'button', block_id: 'b', action_ts: ts, text: { type: 'plain_text', text: 'Press' }, ...action }],
  };
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
}

async function unsigned(slack: FakeSlack, body: string): Promise<HttpAnswer> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(slack.requestUrl!, { method: 'POST', body, headers });
  return { status: response.status, body: await response.text() };
}

/** Sends the bot something that is not what it says; `user` is somebody whose words nobody has heard yet. */
export async function forgeSlack(
  slack: FakeSlack,
  { user: { id: user } }: { user: { id: string } },
  kind: Forgery,
): Promise<HttpAnswer> {
  const body = messageEvent(slack, user);
  const contentType = 'application/x-www-form-urlencoded';
  switch (kind) {
    case 'unsigned':
      return unsigned(slack, body);
    case 'another key':
      return slack.post({ body, secret: 'another-secret-altogether' });
    case 'changed on the way':
      return slack.post({ body, signedBody: body.replace('lost my mfa device', 'lost nothing') });
    case 'too old':
      return slack.post({ body, timestamp: nowSeconds() - 400 });
    case 'from the future':
      return slack.post({ body, timestamp: nowSeconds() + 3600 });
    case 'for another app':
      return slack.post({ body: messageEvent(slack, user, { app: 'A0SOMEOTHER' }) });
    case 'other company':
      return slack.post({ body: messageEvent(slack, user, { team: 'T0ELSEWHERE' }) });
    case 'another algorithm': {
      const stamp = String(nowSeconds());
      const digest = createHmac('sha1', slack.signingSecret).update(`v0:${stamp}:${body}`).digest('hex');
      return slack.post({ body, headers: { 'x-slack-request-timestamp': stamp, 'x-slack-signature': `v0=${digest}` } });
    }
    case 'empty object':
      return unsigned(slack, '{}');
    case 'cut short':
      return slack.post({ body: body.slice(0, body.length / 2) });
    case 'no JSON':
      return slack.post({ body: 'hello there' });
    case 'very large':
      return slack.post({ body: JSON.stringify({ ...JSON.parse(body), padding: 'x'.repeat(5_000_000) }) });
    case 'very deep':
      return slack.post({ body: `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}` });
    case 'unknown event':
      return slack.post({ body: body.replace('"type":"message"', '"type":"something_new"') });
    case 'unknown button':
      return slack.post({ body: press(slack, user, { action_id: 'launch_rockets', value: 'now' }), contentType });
    case 'ticket that is not': {
      const value = JSON.stringify({ ticket: 999_999, v: 1, at: 'slack:C0NOWHERE01' });
      return slack.post({ body: press(slack, user, { action_id: 'claim', value }), contentType });
    }
    case 'no algorithm':
    case 'unknown key':
      throw new Error('Slack signs with one shared secret and one algorithm');
  }
}
