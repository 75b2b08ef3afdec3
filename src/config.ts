import { isIP } from 'node:net';
import { z } from 'zod';
import { CodedError } from './core/errors';

/** Settings from the environment, typed. Names and defaults are those of the README's table. */
export interface Settings {
  port: number;
  host: string;
  dataDir: string;
  logLevel: string;
  organizationFile: string | null;
  publicUrl: string | null;
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
  LOG_LEVEL: z.preprocess(
    blankIsAbsent,
    z
      .enum(
        ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
        'must be one of fatal, error, warn, info, debug, trace, silent',
      )
      .default('info'),
  ),
  ORGANIZATION_FILE: z.preprocess(blankIsAbsent, z.string().optional()),
  PUBLIC_URL: z.preprocess(
    blankIsAbsent,
    z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
  ),
});

/** Settings of the contract that later parts of the product read. Set today, they would be ignored in silence; so we say so. */
const notYetServed = [
  'DATABASE_URL',
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'TEAMS_APP_ID',
  'TEAMS_APP_PASSWORD',
];

/** Reads the environment. Throws one error that lists every fault; values are never printed, they may be secret. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const result = schema.safeParse(env);
  const faults = result.success ? [] : result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  faults.push(
    ...notYetServed
      .filter((name) => env[name]?.trim())
      .map((name) => `${name} is set, but this version serves the web desk and the embedded store only; unset it`),
  );
  if (faults.length > 0 || !result.success)
    throw new CodedError('SETTINGS_FAULTY', faults.map((fault) => `\n  - ${fault}`).join(''));
  const { PORT, HOST, DATA_DIR, LOG_LEVEL, ORGANIZATION_FILE, PUBLIC_URL } = result.data;
  return {
    port: PORT,
    host: HOST,
    dataDir: DATA_DIR,
    logLevel: LOG_LEVEL,
    organizationFile: ORGANIZATION_FILE ?? null,
    publicUrl: PUBLIC_URL ?? null,
  };
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
