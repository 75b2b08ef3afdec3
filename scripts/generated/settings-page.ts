import { readSettings, type SettingName, settingNames } from '../../src/config';

interface Words {
  group: 'The service' | 'The web desk' | 'Other ways out' | 'The store' | 'Slack' | 'Microsoft Teams';
  what: string;
  /** Where it is no literal value that `readSettings` gives. */
  otherwise?: string;
  secret?: true;
}

/** What each setting is for. A setting that is missing here does not compile. */
const words: Record<SettingName, Words> = {
  PORT: {
    group: 'The service',
    what: 'The port of everything: platforms, web desk, health, figures. `0` takes any free one.',
  },
  HOST: {
    group: 'The service',
    what: 'The address to listen on. On any but a loopback address the web desk is closed, unless people sign in to it (`OIDC_ISSUER`).',
  },
  LOG_LEVEL: {
    group: 'The service',
    what: '`fatal`, `error`, `warn`, `info`, `debug`, `trace` or `silent`. Logs are JSON lines on standard error.',
  },
  MESSAGES_PER_PERSON: {
    group: 'The service',
    what: 'How many messages of one person are handled in a minute; `0` for any number.',
    otherwise: '`20`',
  },
  MESSAGES_PER_WORKSPACE: {
    group: 'The service',
    what: 'The same for a whole workspace or tenant.',
    otherwise: '`3000`',
  },
  ORGANIZATION_FILE: {
    group: 'The service',
    what: 'The file with this company’s facts: addresses, contacts, who is pinged, who may act.',
    otherwise: 'none: nobody but the web desk hears of tickets',
  },
  PUBLIC_URL: {
    group: 'The service',
    what: 'The https address at which Slack and Teams reach the service. The doctor tests it.',
  },
  HEARTBEAT_URL: {
    group: 'The service',
    what: 'An https address that is called (POST) every half minute as long as all is well, for a service that raises an alarm when it hears nothing.',
  },
  OIDC_ISSUER: {
    group: 'The web desk',
    what: 'People sign in to the desk with this provider, and the desk then serves other machines too. Needs `PUBLIC_URL`.',
  },
  OIDC_CLIENT_ID: { group: 'The web desk', what: 'The client that is registered with the provider.' },
  OIDC_CLIENT_SECRET: { group: 'The web desk', what: 'Its secret; cookies are sealed with it too.', secret: true },
  OIDC_SCOPE: { group: 'The web desk', what: 'What is asked for.', otherwise: '`openid profile email`' },
  OIDC_ROLE_CLAIM: { group: 'The web desk', what: 'The claim that lists somebody’s roles.', otherwise: '`roles`' },
  OIDC_ADMIN_ROLE: {
    group: 'The web desk',
    what: 'The role that makes an administrator.',
    otherwise: '`helpdesk-admin`',
  },
  SMTP_URL: {
    group: 'Other ways out',
    what: 'A mail server: `smtps://user:password@host` or `smtp://host:587`.',
    secret: true,
  },
  MAIL_FROM: { group: 'Other ways out', what: 'The address mails come from.' },
  AWS_SUPPORT_CASES: {
    group: 'Other ways out',
    what: '`1` lets destinations with `aws_support` open cases with AWS Support by API.',
    otherwise: 'none: no case is opened',
  },
  DATA_DIR: {
    group: 'The store',
    what: 'The folder of the embedded store. With PostgreSQL it holds nothing that must last.',
  },
  DATABASE_URL: {
    group: 'The store',
    what: '`postgres://user:password@host:port/database`, with `sslmode` and `sslrootcert` as libpq knows them. For more than one process.',
    otherwise: 'none: the embedded store',
    secret: true,
  },
  SLACK_BOT_TOKEN: { group: 'Slack', what: '`xoxb-…`. Present: Slack is served.', secret: true },
  SLACK_SIGNING_SECRET: {
    group: 'Slack',
    what: 'Proves that requests to `/slack/events` come from Slack. Needed for events over HTTP.',
    secret: true,
  },
  SLACK_APP_TOKEN: {
    group: 'Slack',
    what: '`xapp-…`. Present: Socket Mode, which needs no public address.',
    secret: true,
  },
  SLACK_API_URL: {
    group: 'Slack',
    what: 'Another Slack: GovSlack, or a test service.',
    otherwise: '`https://slack.com/api/`',
  },
  TEAMS_APP_ID: {
    group: 'Microsoft Teams',
    what: 'The app registration. Present: Teams is served at `/api/messages`.',
  },
  TEAMS_APP_PASSWORD: {
    group: 'Microsoft Teams',
    what: 'The value of its client secret, not the secret’s id.',
    secret: true,
  },
  TEAMS_TENANT_ID: {
    group: 'Microsoft Teams',
    what: 'The one tenant that is served.',
    otherwise: 'none: the bot is registered for many tenants',
  },
  TEAMS_LOGIN_URL: {
    group: 'Microsoft Teams',
    what: 'Where tokens come from, in another Microsoft cloud or a test service.',
    otherwise: 'the public cloud’s',
  },
  TEAMS_OPENID_METADATA_URL: {
    group: 'Microsoft Teams',
    what: 'Where the keys are described that sign what Teams sends.',
    otherwise: 'the public cloud’s',
  },
  TEAMS_TOKEN_ISSUER: { group: 'Microsoft Teams', what: 'Who signs it.', otherwise: 'the public cloud’s' },
  TEAMS_OAUTH_SCOPE: {
    group: 'Microsoft Teams',
    what: 'What outgoing tokens are for.',
    otherwise: 'the public cloud’s',
  },
  TEAMS_SERVICE_URLS: {
    group: 'Microsoft Teams',
    what: 'Hosts, besides Microsoft’s own, that may be sent a token; separated by commas.',
  },
  TEAMS_ALLOW_ANONYMOUS: {
    group: 'Microsoft Teams',
    what: '`1` serves a local emulator without tokens, on a loopback `HOST` only.',
  },
};

/** What the service takes where nothing is set, as it says itself. */
function defaults(): Partial<Record<SettingName, string>> {
  const { port, host, dataDir, logLevel } = readSettings({});
  return { PORT: String(port), HOST: host, DATA_DIR: dataDir, LOG_LEVEL: logLevel };
}

/** `docs/settings.md`: every setting, in groups. */
export function settingsPage(): string {
  const given = defaults();
  const row = (name: SettingName): string => {
    const { what, otherwise, secret } = words[name];
    const value = given[name];
    return `| \`${name}\` | ${value === undefined ? (otherwise ?? 'none') : `\`${value}\``} | ${what}${secret ? ' **Secret.**' : ''} |`;
  };
  const groups = [...new Set(settingNames.map((name) => words[name].group))].sort(
    (a, b) => order.indexOf(a) - order.indexOf(b),
  );
  const sections = groups.map((group) => {
    const rows = settingNames.filter((name) => words[name].group === group).map(row);
    return `## ${group}\n\n| Setting | Default | What it is |\n| --- | --- | --- |\n${rows.join('\n')}`;
  });
  return `<!-- Generated from src/config.ts and scripts/generated/settings-page.ts by \`npm run docs\`; do not edit. -->

# Settings

From the environment, and from nowhere else; none is needed. All are read at the start, and every fault is told at once,
without the values, which may be secret. \`npm run doctor\` says whether they work together.
[.env.example](../.env.example) is a file to begin with: \`node --env-file=.env dist/src/main.js\`.

${sections.join('\n\n')}
`;
}

const order: Words['group'][] = [
  'The service',
  'The store',
  'The web desk',
  'Slack',
  'Microsoft Teams',
  'Other ways out',
];
