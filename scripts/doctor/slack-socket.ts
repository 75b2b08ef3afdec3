import { check } from './check';

/** Whether Slack would let the service listen over Socket Mode. Asks for an address; no connection is opened. */
export const slackSocket = check(
  'Slack Socket Mode',
  {
    'slack-app-token-refused': {
      kind: 'fault',
      fault: 'Slack refuses the app-level token.',
      remedy:
        'Make a new one under Basic Information › App-Level Tokens with the scope connections:write, of the same app as the bot token.',
    },
    'slack-app-token-scope': {
      kind: 'fault',
      fault: 'The app-level token may not open connections.',
      remedy: 'Make a new one under Basic Information › App-Level Tokens and give it the scope connections:write.',
    },
    'slack-socket-refused': {
      kind: 'fault',
      fault: 'Slack opens no connection for this app:',
      remedy:
        'Switch Socket Mode on in your app’s settings (page Socket Mode), or unset SLACK_APP_TOKEN to get events over HTTP.',
    },
  },
  async ({ slack }, report) => {
    const token = slack?.settings.appToken;
    // A bot token that does not work is said already, and it may be the same cause.
    if (!slack || !token || (await slack.auth()).kind !== 'ok') return;
    const answer = await slack.call('apps.connections.open', {}, token);
    if (answer.kind === 'ok') return report.ok('Slack offers a connection');
    if (answer.kind !== 'refused') return;
    if (['missing_scope', 'not_allowed_token_type', 'no_permission'].includes(answer.error))
      return report.found('slack-app-token-scope', `Its word for it is ${answer.error}.`);
    if (['invalid_auth', 'not_authed', 'token_revoked', 'token_expired', 'account_inactive'].includes(answer.error))
      return report.found('slack-app-token-refused', `Its word for it is ${answer.error}.`);
    report.found('slack-socket-refused', `${answer.error}.`);
  },
);
