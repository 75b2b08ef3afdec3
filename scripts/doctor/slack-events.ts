import { createHmac, randomUUID } from 'node:crypto';
import { check } from './check';
import { below, wayOf } from './endpoint';
import { callableUrl } from './public-address';

/**
 * Does what Slack does when it verifies a Request URL, signed with this deployment's own secret. That proves the way
 * from the public address to the running service, and that both hold the same secret.
 */
export const slackEvents = check(
  'Slack events',
  {
    'slack-events-unreachable': {
      kind: 'fault',
      fault: 'The address for Slack’s events cannot be reached:',
      remedy:
        'Start the service, and let your proxy pass /slack/events to it. From a network without a way in, use Socket Mode (SLACK_APP_TOKEN).',
    },
    'slack-events-redirected': {
      kind: 'fault',
      fault: 'The address for Slack’s events answers with a redirect, which Slack does not follow.',
      remedy:
        'Set PUBLIC_URL, and the Request URL in Slack, to the final address (https, the right host, no sign-in page before it).',
    },
    'slack-events-not-served': {
      kind: 'fault',
      fault: 'The running service does not serve /slack/events.',
      remedy: 'Start it with the same SLACK_… settings; in Socket Mode (SLACK_APP_TOKEN set) it does not serve them.',
    },
    'slack-events-elsewhere': {
      kind: 'fault',
      fault: 'Another program answers at the address for Slack’s events.',
      remedy:
        'Let your proxy pass /slack/events to this service unchanged, and enter exactly <PUBLIC_URL>/slack/events in Slack.',
    },
    'slack-events-failing': {
      kind: 'fault',
      fault: 'The address for Slack’s events fails.',
      remedy:
        'A status of 502 to 504 comes from a proxy that cannot reach the service; with 500 look at the service’s log.',
    },
    'slack-signing-secret-differs': {
      kind: 'fault',
      fault: 'The running service refuses a request signed with this SLACK_SIGNING_SECRET.',
      remedy:
        'The service runs with another secret than this one: set both to “Signing Secret” (Basic Information › App Credentials) and start it again. A proxy that changes the body of requests has the same effect.',
    },
    'slack-events-no-challenge': {
      kind: 'fault',
      fault: 'The address for Slack’s events did not give the challenge back, so Slack would not verify it.',
      remedy: 'Let your proxy pass requests and answers of /slack/events unchanged.',
    },
  },
  async ({ settings, network }, report) => {
    const { slack } = settings ?? {};
    const publicUrl = callableUrl(settings);
    if (!slack?.signingSecret || slack.appToken || !publicUrl) return;
    const url = below(publicUrl, 'slack/events');
    const challenge = randomUUID();
    const way = wayOf(await network.ask(url, signed(slack.signingSecret, { type: 'url_verification', challenge })));
    switch (way.kind) {
      case 'unreachable':
      case 'certificate':
        return report.found('slack-events-unreachable', `${way.reason}.`);
      case 'redirected':
        return report.found('slack-events-redirected', `It leads to ${way.to}.`);
      case 'not-served':
        return report.found('slack-events-not-served');
      case 'elsewhere':
        return report.found('slack-events-elsewhere', `${url} answers ${way.status}.`);
      case 'failing':
        return report.found('slack-events-failing', `The status is ${way.status}.`);
      case 'arrived':
        if (way.answer.status === 401) return report.found('slack-signing-secret-differs');
        if (way.answer.status >= 400)
          return report.found('slack-events-elsewhere', `${url} answers ${way.answer.status}.`);
        if (!way.answer.text.includes(challenge)) return report.found('slack-events-no-challenge');
        report.ok(`${url} gives Slack’s challenge back: enter it as Request URL`);
    }
  },
);

function signed(secret: string, payload: object) {
  const body = JSON.stringify(payload);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    method: 'POST' as const,
    headers: {
      'content-type': 'application/json',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
    },
    body,
  };
}
