import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { packageRoot } from '../src/package-files';
import { PackageFaulty, teamsPackage } from './teams-package/package';

const usage = `Use: npm run teams-package -- --app-id <guid> --domain <host>

  --app-id <guid>      Application (client) ID of the bot's registration; else TEAMS_APP_ID
  --domain <host>      where the service is reached, e.g. helpdesk.example.com; else the host of PUBLIC_URL
  --name <text>        what people see in Teams, at most 30 characters; else “AWS sign-in helpdesk”
  --full-name <text>   at most 100 characters; else the name
  --developer <text>   who runs it, at most 32 characters; else “IT helpdesk”
  --website <url>      where people read about it; else https://<host>
  --privacy <url>      your privacy notice; else the website
  --terms <url>        your terms of use; else the website
  --version <1.2.3>    raise it when you upload a changed package; else the version of this program
  --schema 1.19        for clouds that refuse the newer manifest
  --out <file>         else dist/teams-app.zip`;

const options = {
  'app-id': { type: 'string' },
  domain: { type: 'string' },
  name: { type: 'string' },
  'full-name': { type: 'string' },
  developer: { type: 'string' },
  website: { type: 'string' },
  privacy: { type: 'string' },
  terms: { type: 'string' },
  version: { type: 'string' },
  schema: { type: 'string' },
  out: { type: 'string' },
  help: { type: 'boolean' },
} as const;

/**
 * `npm run teams-package`: makes the app package to upload in Teams.
 * @returns what to tell the person; throws PackageFaulty with every fault
 */
export function makeTeamsPackage(args: string[], env: NodeJS.ProcessEnv): string {
  const given = read(args);
  if (given.help) return usage;
  const root = packageRoot();
  const { appId, domain } = identity(given, env);
  const website = given.website ?? `https://${domain}`;
  const name = given.name ?? 'AWS sign-in helpdesk';
  const file = resolve(given.out ?? join(root, 'dist', 'teams-app.zip'));
  const zip = teamsPackage({
    folder: join(root, 'manifests', 'teams'),
    schema: schemaOf(given.schema),
    values: {
      'app-id': appId,
      domain,
      name,
      'full-name': given['full-name'] ?? name,
      developer: given.developer ?? 'IT helpdesk',
      website,
      privacy: given.privacy ?? website,
      terms: given.terms ?? website,
      version: given.version ?? ownVersion(root),
    },
  });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, zip);
  return `wrote ${file} (${zip.length} bytes) for app ${appId}
Upload it in the Teams admin centre (Teams apps › Manage apps › Actions › Upload new app), or in Teams itself
(Apps › Manage your apps › Upload an app). docs/set-up-teams.md goes on from there.`;
}

function read(args: string[]) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new PackageFaulty([`${(error as Error).message}\n\n${usage}`]);
  }
}

function identity(given: { 'app-id'?: string; domain?: string }, env: NodeJS.ProcessEnv) {
  const appId = (given['app-id'] ?? env.TEAMS_APP_ID ?? '').trim();
  const publicUrl = env.PUBLIC_URL?.trim() ?? '';
  const domain = (given.domain ?? (URL.canParse(publicUrl) ? new URL(publicUrl).host : '')).trim();
  const missing: string[] = [];
  if (!appId) missing.push('the app id is missing; say --app-id <guid> or set TEAMS_APP_ID');
  if (!domain) missing.push('the host is missing; say --domain helpdesk.example.com or set PUBLIC_URL');
  if (missing.length > 0) throw new PackageFaulty(missing);
  return { appId: appId.toLowerCase(), domain: domain.toLowerCase() };
}

function schemaOf(given: string | undefined): '1.19' | '1.25' {
  if (given === undefined || given === '1.25') return '1.25';
  if (given === '1.19') return given;
  throw new PackageFaulty([`--schema ${given} is none that this program writes; 1.25 (the default) or 1.19`]);
}

const ownVersion = (root: string): string =>
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;

if (require.main === module) {
  try {
    console.log(makeTeamsPackage(process.argv.slice(2), process.env));
  } catch (error) {
    if (!(error instanceof PackageFaulty)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
