import { isIP } from 'node:net';
import { z } from 'zod';
import { CodedError } from './core/errors';

/** Settings from the environment, typed. Names and defaults are those of the README's table. */
export interface Settings {
  port: number;
  host: string;
  dataDir: string;
  /** Where PostgreSQL is; null: the embedded store. */
  databaseUrl: string | null;
  logLevel: string;
  /** How much may come in within a minute; 0 sets no limit. */
  limits: { perPerson: number; perWorkspace: number };
  organizationFile: string | null;
  publicUrl: string | null;
  /** Null: the web desk has no sign-in, and stays on this machine. */
  signIn: SignInSettings | null;
  /** Null: no e-mail is sent. */
  mail: MailSettings | null;
  /** Cases may be opened with AWS Support by API. */
  awsSupportCases: boolean;
  /** Called as long as all is well; null: nobody outside is told. */
  heartbeatUrl: string | null;
  /** Null when no Slack setting is there. */
  slack: SlackSettings | null;
  /** Null when no Teams setting is there. */
  teams: TeamsSettings | null;
}

/** The company's OpenID Connect provider, for the web desk. */
export interface SignInSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  scope: string;
  roleClaim: string;
  adminRole: string;
  publicUrl: string;
}

export interface MailSettings {
  url: string;
  from: string;
}

export interface SlackSettings {
  botToken: string;
  /** Needed for events over HTTP; null in Socket Mode. */
  signingSecret: string | null;
  /** Present: Socket Mode. */
  appToken: string | null;
  apiUrl: string;
}

export interface TeamsSettings {
  /** Empty in anonymous mode. */
  appId: string;
  appPassword: string;
  /** Null: the bot is registered for many tenants. */
  tenantId: string | null;
  /** Serves a local emulator without tokens; on loopback only. */
  anonymous: boolean;
  /** Null: the public cloud's own. */
  loginUrl: string | null;
  openIdMetadataUrl: string | null;
  tokenIssuer: string | null;
  oauthScope: string | null;
  /** Hosts, besides Microsoft's own, that may be sent a token. */
  serviceHosts: string[];
}

const blankIsAbsent = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);

const schema = z.object({
  PORT: z.preprocess(
    blankIsAbsent,
    z.coerce
      .number('must be a number')
      .int('must be a whole number')
      .min(0, 'must be 0 to 65535')
      .max(65535, 'must be 0 to 65535')
      .default(3978),
  ),
  HOST: z.preprocess(
    blankIsAbsent,
    z.string().refine(isHost, 'must be an IP address or a host name').default('127.0.0.1'),
  ),
  DATA_DIR: z.preprocess(blankIsAbsent, z.string().default('./data')),
  DATABASE_URL: optionalText(
    z.string().superRefine((value, context) => {
      const fault = databaseFault(value);
      if (fault) context.addIssue(fault);
    }),
  ),
  LOG_LEVEL: z.preprocess(
    blankIsAbsent,
    z
      .enum(
        ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
        'must be one of fatal, error, warn, info, debug, trace, silent',
      )
      .default('info'),
  ),
  MESSAGES_PER_PERSON: wholeNumber(20),
  MESSAGES_PER_WORKSPACE: wholeNumber(3_000),
  ORGANIZATION_FILE: z.preprocess(blankIsAbsent, z.string().optional()),
  PUBLIC_URL: z.preprocess(
    blankIsAbsent,
    z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
  ),
  OIDC_ISSUER: secureUrl(),
  OIDC_CLIENT_ID: optionalText(z.string()),
  OIDC_CLIENT_SECRET: optionalText(z.string().min(16, 'must have 16 characters or more: cookies are sealed with it')),
  OIDC_SCOPE: optionalText(z.string().refine((value) => value.split(/\s+/).includes('openid'), 'must contain openid')),
  OIDC_ROLE_CLAIM: optionalText(z.string()),
  OIDC_ADMIN_ROLE: optionalText(z.string()),
  SMTP_URL: optionalText(
    z
      .string()
      .refine(isMailServer, 'must be smtps://user:password@host or smtp://host:587; write @ in a password as %40'),
  ),
  MAIL_FROM: optionalText(
    z
      .string()
      .regex(/^([^<>@\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/, 'must be an address, or Name <address>'),
  ),
  AWS_SUPPORT_CASES: optionalText(z.enum(['0', '1'], 'must be 1 or absent').transform((value) => value === '1')),
  HEARTBEAT_URL: secureUrl(),
  SLACK_BOT_TOKEN: optionalText(
    z.string().startsWith('xoxb-', 'must be a bot token (xoxb-…) from the page OAuth & Permissions'),
  ),
  SLACK_SIGNING_SECRET: optionalText(
    z
      .string()
      .refine(
        (value) => !/^x(ox[a-z]|app)-/.test(value),
        'holds a token; copy “Signing Secret” from the page Basic Information',
      ),
  ),
  SLACK_APP_TOKEN: optionalText(
    z.string().startsWith('xapp-', 'must be an app-level token (xapp-…) with the scope connections:write'),
  ),
  SLACK_API_URL: secureUrl(),
  TEAMS_APP_ID: optionalText(z.string()),
  TEAMS_APP_PASSWORD: optionalText(
    z.string().refine((value) => !isUuid(value), 'holds the id of a client secret; copy its Value instead'),
  ),
  TEAMS_TENANT_ID: optionalText(z.string()),
  TEAMS_LOGIN_URL: secureUrl(),
  TEAMS_OPENID_METADATA_URL: secureUrl(),
  TEAMS_TOKEN_ISSUER: secureUrl(),
  TEAMS_OAUTH_SCOPE: optionalText(z.string().min(1)),
  TEAMS_SERVICE_URLS: optionalText(
    z.string().transform((value, context) => {
      const hosts = value
        .split(/[\s,]+/)
        .filter(Boolean)
        .map(serviceHost);
      if (hosts.includes(null)) context.addIssue('lists host names or https addresses, separated by commas');
      return hosts.filter((host) => host !== null);
    }),
  ),
  TEAMS_ALLOW_ANONYMOUS: optionalText(z.enum(['0', '1'], 'must be 1 or absent').transform((value) => value === '1')),
});

/** A number a minute; 0 switches the limit off. */
function wholeNumber(byDefault: number) {
  return z.preprocess(
    blankIsAbsent,
    z.coerce.number('must be a number').int('must be a whole number').min(0, 'must be 0 or more').default(byDefault),
  );
}

/** Every setting there is. */
export type SettingName = keyof typeof schema.shape;
export const settingNames = Object.keys(schema.shape) as SettingName[];

function optionalText<T extends z.ZodType>(inner: T) {
  return z.preprocess((value) => blankIsAbsent(typeof value === 'string' ? value.trim() : value), inner.optional());
}

/** https; plain http only where nobody but this machine listens. */
function secureUrl() {
  return optionalText(
    z
      .url({ protocol: /^https?$/, error: 'must be an https address' })
      .refine(
        (value) => !URL.canParse(value) || new URL(value).protocol === 'https:' || isLoopback(new URL(value).hostname),
        'must be https; plain http is accepted on loopback only',
      ),
  );
}

const sslModes = ['disable', 'require', 'verify-ca', 'verify-full'];

/** What is wrong with the address of a database, without a word of it; null when it can be used. */
export function databaseFault(value: string): string | null {
  if (!/^postgres(ql)?:\/\//i.test(value)) return 'must be postgres://user:password@host:port/database';
  // A socket has no host: postgres://user@/database?host=/var/run/postgresql
  const text = value.replace(/@(?=[/?]|$)/, '@localhost');
  if (!URL.canParse(text) || new URL(text).hash !== '')
    return 'cannot be read; write special characters of the password as %23 (#), %2F (/), %3A (:), %40 (@)';
  const { searchParams } = new URL(text);
  const mode = searchParams.get('sslmode');
  if (mode !== null && !sslModes.includes(mode)) return `needs an sslmode of ${sslModes.join(', ')}, or none`;
  return mode === 'verify-ca' && !searchParams.has('sslrootcert') ? 'needs sslrootcert with sslmode=verify-ca' : null;
}

function isMailServer(value: string): boolean {
  if (!/^smtps?:\/\//i.test(value) || !URL.canParse(value)) return false;
  const { hostname, searchParams, hash } = new URL(value);
  const known = [...searchParams].every(([name, word]) => name === 'tls' && word === 'optional');
  return hostname !== '' && hash === '' && known;
}

const isUuid = (value: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);

/** The host (with its port) of an address or of a bare host name; null for anything else. */
function serviceHost(value: string): string | null {
  const text = value.includes('://') ? value : `https://${value}`;
  if (!URL.canParse(text)) return null;
  const { protocol, host, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname)) ? host : null;
}

const defaultSlackApi = 'https://slack.com/api/';

/** Reads the environment. Throws one error that lists every fault; values are never printed, they may be secret. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const result = schema.safeParse(env);
  const faults = result.success ? [] : result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  faults.push(...signInFaults(env), ...mailFaults(env), ...slackFaults(env), ...teamsFaults(env));
  if (faults.length > 0 || !result.success)
    throw new CodedError('SETTINGS_FAULTY', faults.map((fault) => `\n  - ${fault}`).join(''));
  const values = result.data;
  return {
    port: values.PORT,
    host: values.HOST,
    dataDir: values.DATA_DIR,
    databaseUrl: values.DATABASE_URL ?? null,
    logLevel: values.LOG_LEVEL,
    limits: { perPerson: values.MESSAGES_PER_PERSON, perWorkspace: values.MESSAGES_PER_WORKSPACE },
    organizationFile: values.ORGANIZATION_FILE ?? null,
    publicUrl: values.PUBLIC_URL ?? null,
    signIn:
      values.OIDC_ISSUER && values.PUBLIC_URL
        ? {
            issuer: values.OIDC_ISSUER,
            clientId: values.OIDC_CLIENT_ID ?? '',
            clientSecret: values.OIDC_CLIENT_SECRET ?? '',
            scope: values.OIDC_SCOPE ?? 'openid profile email',
            roleClaim: values.OIDC_ROLE_CLAIM ?? 'roles',
            adminRole: values.OIDC_ADMIN_ROLE ?? 'helpdesk-admin',
            publicUrl: values.PUBLIC_URL,
          }
        : null,
    mail: values.SMTP_URL ? { url: values.SMTP_URL, from: values.MAIL_FROM ?? '' } : null,
    awsSupportCases: values.AWS_SUPPORT_CASES ?? false,
    heartbeatUrl: values.HEARTBEAT_URL ?? null,
    slack: values.SLACK_BOT_TOKEN
      ? {
          botToken: values.SLACK_BOT_TOKEN,
          signingSecret: values.SLACK_SIGNING_SECRET ?? null,
          appToken: values.SLACK_APP_TOKEN ?? null,
          apiUrl: values.SLACK_API_URL ?? defaultSlackApi,
        }
      : null,
    teams:
      values.TEAMS_APP_ID || values.TEAMS_ALLOW_ANONYMOUS
        ? {
            appId: values.TEAMS_APP_ID ?? '',
            appPassword: values.TEAMS_APP_PASSWORD ?? '',
            tenantId: values.TEAMS_TENANT_ID ?? null,
            anonymous: values.TEAMS_ALLOW_ANONYMOUS ?? false,
            loginUrl: values.TEAMS_LOGIN_URL ?? null,
            openIdMetadataUrl: values.TEAMS_OPENID_METADATA_URL ?? null,
            tokenIssuer: values.TEAMS_TOKEN_ISSUER ?? null,
            oauthScope: values.TEAMS_OAUTH_SCOPE ?? null,
            serviceHosts: values.TEAMS_SERVICE_URLS ?? [],
          }
        : null,
  };
}

const isSet = (env: NodeJS.ProcessEnv) => (name: string) => Boolean(env[name]?.trim());

/** Settings that stand or fall together. */
function signInFaults(env: NodeJS.ProcessEnv): string[] {
  const has = isSet(env);
  if (!Object.keys(schema.shape).some((name) => name.startsWith('OIDC_') && has(name))) return [];
  const missing = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'].filter((name) => !has(name));
  const faults = missing.map((name) => `${name} is missing, though other OIDC settings are there`);
  const address = env.PUBLIC_URL?.trim() ?? '';
  if (!has('PUBLIC_URL')) faults.push('PUBLIC_URL is missing: the address that people open the desk at');
  else if (URL.canParse(address)) {
    const { protocol, hostname, pathname } = new URL(address);
    if (protocol !== 'https:' && !isLoopback(hostname)) faults.push('PUBLIC_URL must be https where people sign in');
    if (pathname !== '/') faults.push('PUBLIC_URL must have no path where people sign in');
  }
  return faults;
}

function mailFaults(env: NodeJS.ProcessEnv): string[] {
  const has = isSet(env);
  if (has('SMTP_URL') === has('MAIL_FROM')) return [];
  return has('SMTP_URL')
    ? ['MAIL_FROM is missing: the address that mails come from']
    : ['SMTP_URL is missing, though MAIL_FROM is there'];
}

function slackFaults(env: NodeJS.ProcessEnv): string[] {
  const has = isSet(env);
  const names = ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN', 'SLACK_API_URL'];
  if (!names.some(has)) return [];
  if (!has('SLACK_BOT_TOKEN')) return ['SLACK_BOT_TOKEN is missing, though other Slack settings are there'];
  return has('SLACK_SIGNING_SECRET') || has('SLACK_APP_TOKEN')
    ? []
    : ['SLACK_SIGNING_SECRET (events over HTTP) or SLACK_APP_TOKEN (Socket Mode) is missing'];
}

function teamsFaults(env: NodeJS.ProcessEnv): string[] {
  const has = isSet(env);
  const anonymous = env.TEAMS_ALLOW_ANONYMOUS?.trim() === '1';
  const names = Object.keys(schema.shape).filter(
    (name) => name.startsWith('TEAMS_') && name !== 'TEAMS_ALLOW_ANONYMOUS',
  );
  const faults: string[] = [];
  if (anonymous) {
    if (has('TEAMS_APP_ID'))
      faults.push('TEAMS_ALLOW_ANONYMOUS is for a local emulator; unset it, because TEAMS_APP_ID is set');
    if (!isLoopback(env.HOST?.trim() || '127.0.0.1'))
      faults.push('TEAMS_ALLOW_ANONYMOUS lets everybody in, so it needs HOST=127.0.0.1');
    return faults;
  }
  if (!names.some(has)) return [];
  if (!has('TEAMS_APP_ID')) faults.push('TEAMS_APP_ID is missing, though other Teams settings are there');
  if (!has('TEAMS_APP_PASSWORD')) faults.push('TEAMS_APP_PASSWORD is missing, though other Teams settings are there');
  return faults;
}

/** Only this machine can reach the service there. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'));
}

function isHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  return isIP(bare) !== 0 || /^(?!-)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*$/i.test(bare);
}
