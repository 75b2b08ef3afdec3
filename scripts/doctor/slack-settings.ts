import { check } from './check';
import { isQuoted, settingFaults } from './settings';

/** What a pasted value is, by its beginning; null when it looks like nothing known. */
function tokenKind(value: string): string | null {
  const kinds: [RegExp, string][] = [
    [/^xoxb-/, 'a bot token'],
    [/^xoxp-/, 'a user token'],
    [/^xapp-/, 'an app-level token'],
    [/^xoxe\.xoxb-/, 'a bot token that expires'],
    [/^xoxe\.xoxp-/, 'a configuration or user token that expires'],
    [/^xoxe-/, 'a refresh token'],
    [/^xox[a-z]-/, 'a token of a browser session or an old kind of app'],
    [/^[0-9a-f]{32}$/, 'a signing or client secret'],
    [/^https?:/, 'an address'],
  ];
  return kinds.find(([pattern]) => pattern.test(value))?.[1] ?? null;
}
const looksLike = (value: string): string => `It looks like ${tokenKind(value) ?? 'nothing that Slack gives out'}.`;

const known = {
  'slack-token-kind': {
    kind: 'fault',
    fault: 'SLACK_BOT_TOKEN holds another thing than a bot token.',
    remedy: 'Copy “Bot User OAuth Token” (xoxb-…) from the page OAuth & Permissions of your app.',
  },
  'slack-token-rotating': {
    kind: 'fault',
    fault: 'SLACK_BOT_TOKEN is a token that expires after twelve hours, because token rotation is on.',
    remedy:
      'Rotation cannot be taken back for an app. Make a new app from manifests/slack.yaml, which leaves it off, and use its bot token.',
  },
  'slack-app-token-kind': {
    kind: 'fault',
    fault: 'SLACK_APP_TOKEN holds another thing than an app-level token.',
    remedy:
      'Make one under Basic Information › App-Level Tokens with the scope connections:write and copy it (xapp-…), or unset SLACK_APP_TOKEN to get events over HTTP.',
  },
  'slack-signing-secret-form': {
    kind: 'fault',
    fault: 'SLACK_SIGNING_SECRET is no signing secret: that is 32 letters and digits.',
    remedy:
      'Copy “Signing Secret” from Basic Information › App Credentials; not the client secret, not the verification token.',
  },
  'slack-signing-secret-reused': {
    kind: 'fault',
    fault: 'SLACK_SIGNING_SECRET has the same value as another setting.',
    remedy: 'Copy “Signing Secret” from Basic Information › App Credentials; each setting has a value of its own.',
  },
  'slack-two-ways': {
    kind: 'warning',
    fault:
      'SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both there, so events come by Socket Mode and /slack/events is not served.',
    remedy: 'Unset SLACK_APP_TOKEN to get events over HTTP, or SLACK_SIGNING_SECRET to say that you mean Socket Mode.',
  },
  'slack-settings-faulty': {
    kind: 'fault',
    fault: 'A setting of Slack cannot be used:',
    remedy: 'Correct it; docs/set-up-slack.md says where each value comes from.',
  },
} as const;
type Id = keyof typeof known;
interface Judged {
  setting: string;
  id: Id;
  detail?: string;
}
type Values = Record<'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN' | 'SLACK_SIGNING_SECRET' | 'TEAMS_APP_PASSWORD', string>;

/** Whether the values are of the right kind; no call is needed to see that. */
export const slackSettings = check<Id>('Slack settings', known, ({ env, settings }, report) => {
  const value = (name: string) => (isQuoted(env[name]) ? '' : (env[name]?.trim() ?? ''));
  const values: Values = {
    SLACK_BOT_TOKEN: value('SLACK_BOT_TOKEN'),
    SLACK_APP_TOKEN: value('SLACK_APP_TOKEN'),
    SLACK_SIGNING_SECRET: value('SLACK_SIGNING_SECRET'),
    TEAMS_APP_PASSWORD: value('TEAMS_APP_PASSWORD'),
  };
  const judged = [botToken(values), appToken(values), signingSecret(values), ways(values)].filter(
    (one) => one !== null,
  );
  for (const { id, detail } of judged) report.found(id, detail);
  const said = new Set([
    ...judged.map(({ setting }) => setting),
    ...Object.keys(env).filter((name) => isQuoted(env[name])),
  ]);
  const unsaid = settingFaults(env).filter(({ name }) => name.startsWith('SLACK_') && !said.has(name));
  for (const { text } of unsaid) report.found('slack-settings-faulty', text);
  const { slack } = settings ?? {};
  if (slack && judged.length + unsaid.length === 0)
    report.ok(slack.appToken ? 'for Socket Mode' : 'for events over HTTP at /slack/events');
});

function botToken({ SLACK_BOT_TOKEN: token }: Values): Judged | null {
  if (token === '' || token.startsWith('xoxb-')) return null;
  const setting = 'SLACK_BOT_TOKEN';
  return token.startsWith('xoxe.xoxb-')
    ? { setting, id: 'slack-token-rotating' }
    : { setting, id: 'slack-token-kind', detail: looksLike(token) };
}

function appToken({ SLACK_APP_TOKEN: token }: Values): Judged | null {
  if (token === '' || token.startsWith('xapp-')) return null;
  return { setting: 'SLACK_APP_TOKEN', id: 'slack-app-token-kind', detail: looksLike(token) };
}

function signingSecret({ SLACK_SIGNING_SECRET: secret, ...others }: Values): Judged | null {
  if (secret === '') return null;
  const setting = 'SLACK_SIGNING_SECRET';
  const twin = Object.entries(others).find(([, value]) => value === secret)?.[0];
  if (twin) return { setting, id: 'slack-signing-secret-reused', detail: `It is that of ${twin}.` };
  if (/^[0-9a-z]{32}$/i.test(secret)) return null;
  const detail = tokenKind(secret) ? looksLike(secret) : `This has ${secret.length} characters.`;
  return { setting, id: 'slack-signing-secret-form', detail };
}

function ways({ SLACK_APP_TOKEN: token, SLACK_SIGNING_SECRET: secret }: Values): Judged | null {
  return token && secret ? { setting: '', id: 'slack-two-ways' } : null;
}
