import { isLoopback, readSettings } from '../../src/config';
import { CodedError } from '../../src/core/errors';

/** What is wrong with an environment, one line each; null where it can be used. */
function faults(env: Record<string, string>): string[] | null {
  try {
    readSettings(env);
    return null;
  } catch (error) {
    if (!(error instanceof CodedError) || error.code !== 'SETTINGS_FAULTY') throw error;
    return error.message
      .split('\n')
      .filter((row) => row.startsWith(' - '))
      .map((row) => row.slice(3));
  }
}

const slack = { SLACK_BOT_TOKEN: 'xoxb-1-abc', SLACK_SIGNING_SECRET: '0123456789abcdef' };
const teams = { TEAMS_APP_ID: '11111111-2222-3333-4444-555555555555', TEAMS_APP_PASSWORD: 'a~secret.value' };

describe('without any setting', () => {
  test('the web desk on this machine, and no chat platform', () => {
    expect(readSettings({})).toEqual({
      port: 3978,
      host: '127.0.0.1',
      dataDir: './data',
      databaseUrl: null,
      logLevel: 'info',
      limits: { perPerson: 20, perWorkspace: 3000 },
      organizationFile: null,
      publicUrl: null,
      signIn: null,
      mail: null,
      awsSupportCases: false,
      heartbeatUrl: null,
      slack: null,
      teams: null,
    });
  });

  test('a blank setting is none', () => {
    const blank = Object.fromEntries(
      ['PORT', 'HOST', 'DATA_DIR', 'LOG_LEVEL', 'PUBLIC_URL', 'SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_API_URL']
        .concat(['TEAMS_APP_ID', 'TEAMS_APP_PASSWORD', 'TEAMS_SERVICE_URLS', 'TEAMS_ALLOW_ANONYMOUS', 'DATABASE_URL'])
        .map((name) => [name, '  ']),
    );
    expect(readSettings(blank)).toEqual(readSettings({}));
  });
});

describe('sign-in to the web desk', () => {
  const oidc = {
    PUBLIC_URL: 'https://desk.example.com',
    OIDC_ISSUER: 'https://login.example.com',
    OIDC_CLIENT_ID: 'helpdesk',
    OIDC_CLIENT_SECRET: 'a secret of some length',
  };

  test('a provider, and what it calls administrators', () => {
    expect(readSettings(oidc).signIn).toMatchObject({ roleClaim: 'roles', adminRole: 'helpdesk-admin' });
    expect(readSettings({ PUBLIC_URL: oidc.PUBLIC_URL }).signIn).toBeNull();
  });

  test.each([
    [{ OIDC_CLIENT_SECRET: '' }, 'OIDC_CLIENT_SECRET is missing, though other OIDC settings are there'],
    [{ OIDC_CLIENT_SECRET: 'short' }, 'OIDC_CLIENT_SECRET must have 16 characters or more: cookies are sealed with it'],
    [{ OIDC_ISSUER: 'http://login.example.com' }, 'OIDC_ISSUER must be https; plain http is accepted on loopback only'],
    [{ PUBLIC_URL: '' }, 'PUBLIC_URL is missing: the address that people open the desk at'],
    [{ PUBLIC_URL: 'http://desk.example.com' }, 'PUBLIC_URL must be https where people sign in'],
    [{ PUBLIC_URL: 'https://desk.example.com/x' }, 'PUBLIC_URL must have no path where people sign in'],
    [{ OIDC_SCOPE: 'profile' }, 'OIDC_SCOPE must contain openid'],
  ])('%j', (change, problem) => {
    expect(faults({ ...oidc, ...change })).toEqual([problem]);
  });
});

describe('e-mail and AWS Support', () => {
  const mail = { SMTP_URL: 'smtps://bot:secret@mail.example.com', MAIL_FROM: 'Helpdesk <helpdesk@example.com>' };

  test('a server and an address stand together', () => {
    expect(readSettings(mail).mail).toEqual({ url: mail.SMTP_URL, from: mail.MAIL_FROM });
    expect(faults({ SMTP_URL: mail.SMTP_URL })).toEqual(['MAIL_FROM is missing: the address that mails come from']);
    expect(faults({ MAIL_FROM: mail.MAIL_FROM })).toEqual(['SMTP_URL is missing, though MAIL_FROM is there']);
  });

  test.each([
    ['https://mail.example.com', 'SMTP_URL'],
    ['mail.example.com:587', 'SMTP_URL'],
    ['smtp://', 'SMTP_URL'],
    ['smtp://mail.example.com?tls=none', 'SMTP_URL'],
    ['smtp://bot:p#w@mail.example.com', 'SMTP_URL'],
  ])('%s is no mail server, and is not repeated', (url, name) => {
    const found = faults({ ...mail, SMTP_URL: url });
    expect(found).toEqual([expect.stringContaining(`${name} must be smtps://`)]);
    expect(found!.join()).not.toContain('mail.example.com');
  });

  test.each(['helpdesk', 'Helpdesk <helpdesk>', 'a@b.c, d@e.f', 'x@example.com\r\nBcc: y@example.com'])(
    '“%s” is nobody to send as',
    (from) => {
      expect(faults({ ...mail, MAIL_FROM: from })).toEqual(['MAIL_FROM must be an address, or Name <address>']);
    },
  );

  test('cases are opened by API only where that is said', () => {
    expect(readSettings({ AWS_SUPPORT_CASES: '1' }).awsSupportCases).toBe(true);
    expect(readSettings({ AWS_SUPPORT_CASES: '0' }).awsSupportCases).toBe(false);
    expect(faults({ AWS_SUPPORT_CASES: 'yes' })).toEqual(['AWS_SUPPORT_CASES must be 1 or absent']);
  });
});

describe('Slack', () => {
  test('over HTTP: a bot token and the signing secret', () => {
    expect(readSettings(slack)).toMatchObject({
      slack: {
        botToken: 'xoxb-1-abc',
        signingSecret: '0123456789abcdef',
        appToken: null,
        apiUrl: 'https://slack.com/api/',
      },
      teams: null,
    });
  });

  test('in Socket Mode: a bot token and an app token', () => {
    expect(readSettings({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: ' xapp-1 ' }).slack).toMatchObject({
      signingSecret: null,
      appToken: 'xapp-1',
    });
  });

  test('elsewhere: GovSlack, or a test workspace', () => {
    const at = (url: string) => readSettings({ ...slack, SLACK_API_URL: url }).slack?.apiUrl;
    expect(at('https://slack-gov.com/api/')).toBe('https://slack-gov.com/api/');
    expect(at('http://127.0.0.1:4000/api/')).toBe('http://127.0.0.1:4000/api/');
  });

  test.each([
    [
      'no bot token',
      { SLACK_SIGNING_SECRET: 'x' },
      ['SLACK_BOT_TOKEN is missing, though other Slack settings are there'],
    ],
    [
      'only an address',
      { SLACK_API_URL: 'https://slack.com/api/' },
      ['SLACK_BOT_TOKEN is missing, though other Slack settings are there'],
    ],
    [
      'no way in',
      { SLACK_BOT_TOKEN: 'xoxb-1' },
      ['SLACK_SIGNING_SECRET (events over HTTP) or SLACK_APP_TOKEN (Socket Mode) is missing'],
    ],
    [
      'a user token',
      { ...slack, SLACK_BOT_TOKEN: 'xoxp-1' },
      ['SLACK_BOT_TOKEN must be a bot token (xoxb-…) from the page OAuth & Permissions'],
    ],
    [
      'a token in place of the signing secret',
      { ...slack, SLACK_SIGNING_SECRET: 'xoxb-1' },
      ['SLACK_SIGNING_SECRET holds a token; copy “Signing Secret” from the page Basic Information'],
    ],
    [
      'an app token in place of the signing secret',
      { ...slack, SLACK_SIGNING_SECRET: 'xapp-1' },
      ['SLACK_SIGNING_SECRET holds a token; copy “Signing Secret” from the page Basic Information'],
    ],
    [
      'a bot token in place of the app token',
      { ...slack, SLACK_APP_TOKEN: 'xoxb-1' },
      ['SLACK_APP_TOKEN must be an app-level token (xapp-…) with the scope connections:write'],
    ],
    [
      'plain http to somewhere else',
      { ...slack, SLACK_API_URL: 'http://slack.example.com/api/' },
      ['SLACK_API_URL must be https; plain http is accepted on loopback only'],
    ],
    ['no address at all', { ...slack, SLACK_API_URL: 'slack.com' }, ['SLACK_API_URL must be an https address']],
  ])('%s', (_fault, env, expected) => {
    expect(faults(env)).toEqual(expected);
  });
});

describe('Teams', () => {
  test('the public cloud, for many tenants', () => {
    expect(readSettings(teams)).toMatchObject({
      slack: null,
      teams: {
        appId: teams.TEAMS_APP_ID,
        appPassword: teams.TEAMS_APP_PASSWORD,
        tenantId: null,
        anonymous: false,
        loginUrl: null,
        openIdMetadataUrl: null,
        tokenIssuer: null,
        oauthScope: null,
        serviceHosts: [],
      },
    });
  });

  test('one tenant, in a sovereign cloud', () => {
    const env = {
      ...teams,
      TEAMS_TENANT_ID: '99999999-8888-7777-6666-555555555555',
      TEAMS_LOGIN_URL: 'https://login.microsoftonline.us/tenant',
      TEAMS_OPENID_METADATA_URL: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
      TEAMS_TOKEN_ISSUER: 'https://api.botframework.us',
      TEAMS_OAUTH_SCOPE: 'https://api.botframework.us/.default',
      TEAMS_SERVICE_URLS:
        'https://smba.infra.gov.teams.microsoft.us/teams, other.example.com:8443\nhttp://127.0.0.1:5000',
    };
    expect(readSettings(env).teams).toEqual({
      appId: teams.TEAMS_APP_ID,
      appPassword: teams.TEAMS_APP_PASSWORD,
      tenantId: env.TEAMS_TENANT_ID,
      anonymous: false,
      loginUrl: env.TEAMS_LOGIN_URL,
      openIdMetadataUrl: env.TEAMS_OPENID_METADATA_URL,
      tokenIssuer: env.TEAMS_TOKEN_ISSUER,
      oauthScope: env.TEAMS_OAUTH_SCOPE,
      serviceHosts: ['smba.infra.gov.teams.microsoft.us', 'other.example.com:8443', '127.0.0.1:5000'],
    });
  });

  test.each(['TEAMS_LOGIN_URL', 'TEAMS_OPENID_METADATA_URL', 'TEAMS_TOKEN_ISSUER'])(
    '%s: https, or plain http on loopback',
    (name) => {
      for (const url of ['https://a.example.com/x', 'http://127.0.0.1:1/x', 'http://localhost:1', 'http://[::1]:1/'])
        expect(faults({ ...teams, [name]: url })).toBeNull();
      for (const url of ['http://a.example.com/x', 'http://127.example.com', 'http://localhost.example.com'])
        expect(faults({ ...teams, [name]: url })).toEqual([
          `${name} must be https; plain http is accepted on loopback only`,
        ]);
      for (const url of ['a.example.com', 'ftp://a.example.com'])
        expect(faults({ ...teams, [name]: url })).toContain(`${name} must be an https address`);
    },
  );

  test.each([
    ['no id', { TEAMS_APP_PASSWORD: 'x' }, ['TEAMS_APP_ID is missing, though other Teams settings are there']],
    ['no password', { TEAMS_APP_ID: 'x' }, ['TEAMS_APP_PASSWORD is missing, though other Teams settings are there']],
    [
      'only an address',
      { TEAMS_LOGIN_URL: 'https://a.example.com' },
      [
        'TEAMS_APP_ID is missing, though other Teams settings are there',
        'TEAMS_APP_PASSWORD is missing, though other Teams settings are there',
      ],
    ],
    [
      'the id of the secret in place of its value',
      { ...teams, TEAMS_APP_PASSWORD: '11111111-2222-3333-4444-555555555555' },
      ['TEAMS_APP_PASSWORD holds the id of a client secret; copy its Value instead'],
    ],
    [
      'hosts that are none',
      { ...teams, TEAMS_SERVICE_URLS: 'http://a.example.com' },
      ['TEAMS_SERVICE_URLS lists host names or https addresses, separated by commas'],
    ],
    [
      'a switch that is no switch',
      { ...teams, TEAMS_ALLOW_ANONYMOUS: 'yes' },
      ['TEAMS_ALLOW_ANONYMOUS must be 1 or absent'],
    ],
  ])('%s', (_fault, env, expected) => {
    expect(faults(env)).toEqual(expected);
  });
});

describe('everybody let in, for a local emulator', () => {
  const anonymous = { TEAMS_ALLOW_ANONYMOUS: '1' };

  test('needs no credentials', () => {
    expect(readSettings(anonymous).teams).toMatchObject({ anonymous: true, appId: '', appPassword: '' });
    expect(readSettings({ ...anonymous, HOST: 'localhost' }).teams).toMatchObject({ anonymous: true });
  });

  test.each(['0.0.0.0', '::', '10.0.0.5', 'bot.example.com'])('is refused at %s', (HOST) => {
    expect(faults({ ...anonymous, HOST })).toEqual([
      'TEAMS_ALLOW_ANONYMOUS lets everybody in, so it needs HOST=127.0.0.1',
    ]);
  });

  test('is refused beside real credentials', () => {
    expect(faults({ ...anonymous, ...teams })).toEqual([
      'TEAMS_ALLOW_ANONYMOUS is for a local emulator; unset it, because TEAMS_APP_ID is set',
    ]);
  });

  test('0 is off', () => {
    expect(readSettings({ TEAMS_ALLOW_ANONYMOUS: '0' }).teams).toBeNull();
    expect(faults({ ...teams, TEAMS_ALLOW_ANONYMOUS: '0', HOST: '0.0.0.0' })).toBeNull();
  });
});

test('both platforms at once', () => {
  expect(readSettings({ ...slack, ...teams })).toMatchObject({
    slack: { botToken: slack.SLACK_BOT_TOKEN },
    teams: { appId: teams.TEAMS_APP_ID },
  });
});

test('every fault is told at once, and no value of any', () => {
  const env = {
    PORT: 'secret-port',
    HOST: 'secret host',
    LOG_LEVEL: 'secret-level',
    PUBLIC_URL: 'secret-url',
    SLACK_BOT_TOKEN: 'secret-token',
    SLACK_SIGNING_SECRET: 'xoxb-secret',
    TEAMS_APP_PASSWORD: '11111111-2222-3333-4444-555555555555',
    TEAMS_LOGIN_URL: 'http://secret.example.com',
    DATABASE_URL: 'mysql://secret-user@secret.host/db',
  };
  const told = faults(env)!;
  for (const name of Object.keys(env)) expect(told.filter((row) => row.startsWith(name))).toHaveLength(1);
  expect(told.join()).toContain('TEAMS_APP_ID is missing');
  expect(told.join()).not.toMatch(/secret-|xoxb-s|secret\.|\/\/secret|1111/);
});

describe('DATABASE_URL', () => {
  test.each([
    'postgres://helpdesk:p%40ss@db.example.com:5432/helpdesk',
    'postgresql://db/helpdesk?sslmode=verify-full&sslrootcert=/etc/ca.pem',
    'postgres://helpdesk@/helpdesk?host=/var/run/postgresql',
    'postgresql:///helpdesk?host=/var/run/postgresql',
    'postgres://[::1]:5432/helpdesk?sslmode=disable',
  ])('%s', (url) => {
    expect(readSettings({ DATABASE_URL: ` ${url} ` }).databaseUrl).toBe(url);
  });

  test.each([
    ['another database', 'mysql://u:secret@h/db', 'must be postgres://user:password@host:port/database'],
    ['words', 'host=h user=u password=secret', 'must be postgres://user:password@host:port/database'],
    ['a # in the password', 'postgres://u:se#cret@h/db', expect.stringContaining('as %23 (#)')],
    ['a / in the password', 'postgres://u:se/cret@h/db', expect.stringContaining('%2F (/)')],
    ['a port that is none', 'postgres://u:secret@h:port/db', expect.stringContaining('cannot be read')],
    ['half a TLS', 'postgres://u:secret@h/db?sslmode=prefer', expect.stringContaining('disable, require, verify-ca')],
    ['nothing to verify by', 'postgres://u:secret@h/db?sslmode=verify-ca', expect.stringContaining('sslrootcert')],
  ])('%s', (_fault, url, expected) => {
    const [told, ...others] = faults({ DATABASE_URL: url })!;
    expect([told!.replace(/^DATABASE_URL /, ''), others]).toEqual([expected, []]);
    expect(told).not.toMatch(/secret|cret@/);
  });
});

test.each([
  ['127.0.0.1', true],
  ['127.8.9.10', true],
  ['localhost', true],
  ['LOCALHOST', true],
  ['::1', true],
  ['[::1]', true],
  ['0.0.0.0', false],
  ['::', false],
  ['128.0.0.1', false],
  ['127.0.0.1.example.com', false],
  ['127.example.com', false],
  ['localhost.example.com', false],
])('%s is loopback: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});
