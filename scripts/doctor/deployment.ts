import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { readSettings, type Settings } from '../../src/config';
import { readOrganization } from '../../src/content/organization';
import type { Organization } from '../../src/core/organization';
import type { Store } from '../../src/core/ports';
import { schemaAge } from '../../src/stores/migrate';
import { openPostgresStore } from '../../src/stores/postgres';
import { lookAtPostgres } from '../../src/stores/postgres-look';
import { openSqliteStore } from '../../src/stores/sqlite';
import { Network } from './network';
import { SlackApi } from './slack-api';

/** A deployment as its environment describes it, with what several checks look at. Nothing in it is changed. */
export interface Deployment {
  env: NodeJS.ProcessEnv;
  /** Null when they are so faulty that nothing can be said; without the platform whose settings are at fault otherwise. */
  settings: Settings | null;
  /** Null when its file is faulty. */
  organization: Organization | null;
  network: Network;
  /** Null when Slack is not set up. */
  slack: SlackApi | null;
  /** The embedded store's file; null where there is none to look at. */
  storeFile: string | null;
  /** Null when there is none yet, or none that this version could open without changing it. */
  store(): Promise<Store | null>;
  close(): Promise<void>;
}

/** How long one address may take to answer. */
const networkLimitMs = 5_000;

export function readDeployment(env: NodeJS.ProcessEnv, network = new Network(networkLimitMs)): Deployment {
  const settings = readableSettings(env);
  const storeFile = settings && settings.databaseUrl === null ? join(settings.dataDir, 'helpdesk.sqlite') : null;
  let opened: Promise<Store | null> | undefined;
  return {
    env,
    settings,
    organization: readableOrganization(env),
    network,
    slack: settings?.slack ? new SlackApi(settings.slack, network) : null,
    storeFile,
    store: () => {
      opened ??= settings ? openAsItIs(settings) : Promise.resolve(null);
      return opened;
    },
    close: async () => (await opened?.catch(() => null))?.close(),
  };
}

/** The settings, if need be without the platform that is at fault, so that the other can still be looked at. */
function readableSettings(env: NodeJS.ProcessEnv): Settings | null {
  const without = (...prefixes: string[]) =>
    Object.fromEntries(Object.entries(env).filter(([name]) => !prefixes.some((prefix) => name.startsWith(prefix))));
  for (const candidate of [env, without('SLACK_'), without('TEAMS_'), without('SLACK_', 'TEAMS_')]) {
    try {
      return readSettings(candidate);
    } catch {
      // What is at fault is said by the checks of the settings.
    }
  }
  return null;
}

function readableOrganization(env: NodeJS.ProcessEnv): Organization | null {
  try {
    return readOrganization(env.ORGANIZATION_FILE?.trim() || null);
  } catch {
    return null;
  }
}

async function openAsItIs({ dataDir, databaseUrl }: Settings): Promise<Store | null> {
  if (databaseUrl !== null)
    return (await lookAtPostgres(databaseUrl)).schema === 'current' ? openPostgresStore(databaseUrl) : null;
  const file = join(dataDir, 'helpdesk.sqlite');
  if (!existsSync(file) || isOfEarlierVersion(file)) return null;
  return openSqliteStore(dataDir);
}

/** Opening the store of an earlier version would bring it up to date, and a look must change nothing. */
export function isOfEarlierVersion(file: string): boolean {
  try {
    const database = new Database(file, { readonly: true, fileMustExist: true });
    try {
      const rows = database.prepare('SELECT name FROM kysely_migration').all() as { name: string }[];
      return schemaAge(rows.map(({ name }) => name)) === 'earlier';
    } finally {
      database.close();
    }
  } catch {
    // Opening it in earnest says best what is wrong with it.
    return false;
  }
}
