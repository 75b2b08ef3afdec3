import { neededScopes } from '../../src/platforms/slack/scopes';
import { check } from './check';

/** Whether Slack takes the bot token, and whether it may do all that the bot does. */
export const slackToken = check(
  'Slack bot token',
  {
    'slack-unreachable': {
      kind: 'fault',
      fault: 'Slack’s Web API cannot be reached from here:',
      remedy:
        'Let this machine make https connections to the host (firewall, DNS). A proxy named by HTTPS_PROXY is not used. Unset SLACK_API_URL unless you mean another Slack than slack.com.',
    },
    'slack-not-slack': {
      kind: 'fault',
      fault: 'Whoever answers at SLACK_API_URL is not Slack’s Web API.',
      remedy:
        'Unset SLACK_API_URL, or give it whole: https://slack.com/api/, for GovSlack https://slack-gov.com/api/. A filtering proxy on the way gives the same picture.',
    },
    'slack-ailing': {
      kind: 'warning',
      fault: 'Slack is there but does not answer properly.',
      remedy: 'Look at https://slack-status.com and run this again in a few minutes.',
    },
    'slack-token-refused': {
      kind: 'fault',
      fault: 'Slack refuses the bot token.',
      remedy:
        'Copy “Bot User OAuth Token” again, whole, from OAuth & Permissions of the app that is installed in this workspace.',
    },
    'slack-token-revoked': {
      kind: 'fault',
      fault: 'The bot token was revoked or has run out: the app was removed, or installed anew.',
      remedy: 'Install the app again (Install App) and copy the new bot token.',
    },
    'slack-account-inactive': {
      kind: 'fault',
      fault: 'The bot’s account in the workspace is switched off.',
      remedy:
        'Have a workspace owner allow the app again (Tools & settings › Manage apps), install it anew and copy the new bot token.',
    },
    'slack-not-a-bot': {
      kind: 'fault',
      fault: 'The token works but belongs to no bot.',
      remedy:
        'Use “Bot User OAuth Token” (xoxb-…); if there is none, add the bot user of manifests/slack.yaml and install the app again.',
    },
    'slack-refused': {
      kind: 'fault',
      fault: 'Slack refuses to work with this app:',
      remedy:
        'Look the word up in https://docs.slack.dev/reference/methods/auth.test, or ask a workspace owner whether the app is allowed.',
    },
    'slack-scope-missing': {
      kind: 'fault',
      fault: 'The bot token lacks scopes:',
      remedy:
        'Add them under OAuth & Permissions › Bot Token Scopes (or paste manifests/slack.yaml under App Manifest), then install the app again: a scope holds only from then on.',
    },
  },
  async ({ slack }, report) => {
    if (!slack) return;
    const answer = await slack.auth();
    if (answer.kind === 'unreachable') return report.found('slack-unreachable', `${answer.reason}.`);
    if (answer.kind === 'foreign') return report.found('slack-not-slack', `The status is ${answer.status}.`);
    if (answer.kind === 'ailing') return report.found('slack-ailing', `The status is ${answer.status}.`);
    if (answer.kind === 'refused') {
      const id = refusals[answer.error] ?? 'slack-refused';
      return report.found(id, `Its word for it is ${answer.error}.`);
    }
    const { team, user, bot_id: botId } = answer.body;
    if (typeof botId !== 'string') return report.found('slack-not-a-bot');
    const missing = answer.scopes ? neededScopes.filter((scope) => !answer.scopes?.includes(scope)) : [];
    if (missing.length > 0) report.found('slack-scope-missing', `${missing.join(', ')}.`);
    else report.ok(`it is ${user} of the workspace ${team}, with every scope it needs`);
  },
);

const refusals: Record<string, 'slack-token-refused' | 'slack-token-revoked' | 'slack-account-inactive'> = {
  invalid_auth: 'slack-token-refused',
  not_authed: 'slack-token-refused',
  token_revoked: 'slack-token-revoked',
  token_expired: 'slack-token-revoked',
  account_inactive: 'slack-account-inactive',
};
