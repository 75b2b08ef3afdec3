import { isLoopback, type TeamsSettings } from '../../src/config';
import { cloudOf } from '../../src/platforms/teams/cloud';
import { check } from './check';
import { isQuoted, settingFaults } from './settings';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether the values are of the right kind and belong together; no call is needed to see that. */
export const teamsSettings = check(
  'Teams settings',
  {
    'teams-app-id-form': {
      kind: 'fault',
      fault: 'TEAMS_APP_ID is no application id.',
      remedy:
        'Copy “Application (client) ID” from the Overview page of the app registration: 32 digits in five groups.',
    },
    'teams-secret-is-id': {
      kind: 'fault',
      fault: 'TEAMS_APP_PASSWORD holds the id of a client secret, not its value.',
      remedy:
        'Under Certificates & secrets copy the column “Value”. It is shown once only: if it is hidden, make a new client secret.',
    },
    'teams-tenant-form': {
      kind: 'fault',
      fault: 'TEAMS_TENANT_ID is no tenant id.',
      remedy:
        'Copy “Directory (tenant) ID” from the Overview page of the app registration, not the name of the directory.',
    },
    'teams-tenant-missing': {
      kind: 'warning',
      fault: 'TEAMS_TENANT_ID is not set, which fits only a bot that was registered for many tenants.',
      remedy:
        'Set it to “Directory (tenant) ID” of the app registration. New bots can be made for a single tenant only.',
    },
    'teams-cloud-mixed': {
      kind: 'fault',
      fault: 'The settings of the Microsoft cloud do not belong together:',
      remedy:
        'Set TEAMS_LOGIN_URL, TEAMS_OPENID_METADATA_URL, TEAMS_TOKEN_ISSUER and TEAMS_OAUTH_SCOPE all four, or none of them; docs/set-up-teams.md lists them for each cloud.',
    },
    'teams-anonymous': {
      kind: 'warning',
      fault: 'TEAMS_ALLOW_ANONYMOUS lets everybody on this machine speak for anybody.',
      remedy:
        'It is meant for a local emulator. Unset it, and set TEAMS_APP_ID and TEAMS_APP_PASSWORD, before people use the bot.',
    },
    'teams-anonymous-public': {
      kind: 'fault',
      fault: 'TEAMS_ALLOW_ANONYMOUS is on while PUBLIC_URL says that the service is reached from outside.',
      remedy: 'Unset TEAMS_ALLOW_ANONYMOUS at once: anybody could act as an administrator.',
    },
    'teams-service-urls': {
      kind: 'fault',
      fault: 'TEAMS_SERVICE_URLS names something that may not be sent a token.',
      remedy: 'Write host names or https addresses, separated by commas; plain http is accepted on loopback only.',
    },
    'teams-settings-faulty': {
      kind: 'fault',
      fault: 'A setting of Teams cannot be used:',
      remedy: 'Correct it; docs/set-up-teams.md says where each value comes from.',
    },
  },
  ({ env, settings }, report) => {
    const told = new Set(Object.keys(env).filter((name) => isQuoted(env[name])));
    const value = (name: string) => (told.has(name) ? '' : (env[name]?.trim() ?? ''));
    const wrong = (name: string, form: RegExp) =>
      value(name) !== '' && !form.test(value(name)) && Boolean(told.add(name));
    if (wrong('TEAMS_APP_ID', guid)) report.found('teams-app-id-form');
    if (wrong('TEAMS_TENANT_ID', guid)) report.found('teams-tenant-form');
    if (guid.test(value('TEAMS_APP_PASSWORD'))) {
      told.add('TEAMS_APP_PASSWORD');
      report.found('teams-secret-is-id');
    }
    for (const { name, text } of settingFaults(env)) {
      if (!name.startsWith('TEAMS_') || told.has(name)) continue;
      told.add(name);
      if (name === 'TEAMS_SERVICE_URLS') report.found('teams-service-urls');
      else report.found('teams-settings-faulty', text);
    }
    const { teams, publicUrl } = settings ?? {};
    if (!teams) return;
    if (teams.anonymous) {
      const outside = publicUrl && !isLoopback(new URL(publicUrl).hostname);
      report.found(outside ? 'teams-anonymous-public' : 'teams-anonymous');
      return;
    }
    const clouds = cloudsOf(teams);
    if (new Set(Object.values(clouds)).size > 1) report.found('teams-cloud-mixed', inWords(clouds));
    else if (teams.tenantId === null) report.found('teams-tenant-missing');
    else if (told.size === 0) report.ok(`app ${teams.appId} of tenant ${teams.tenantId}`);
  },
);

/** Which of Microsoft's clouds each address belongs to; others, as those of a test service, are left out. */
function cloudsOf(teams: TeamsSettings): Record<string, string> {
  const { tokenUrl, metadataUrl, issuer, scope } = cloudOf(teams);
  const addresses = {
    TEAMS_LOGIN_URL: tokenUrl,
    TEAMS_OPENID_METADATA_URL: metadataUrl,
    TEAMS_TOKEN_ISSUER: issuer,
    TEAMS_OAUTH_SCOPE: scope,
  };
  const entries = Object.entries(addresses).flatMap(([name, url]) => {
    const host = URL.canParse(url) ? new URL(url).hostname : url;
    const ending = /\b(?:microsoftonline|botframework)\b.*\.(com|us|cn)$/.exec(host)?.[1];
    return ending ? [[name, cloudNames[ending] ?? ending] as const] : [];
  });
  return Object.fromEntries(entries);
}

const cloudNames: Record<string, string> = { com: 'public', us: 'US government', cn: '21Vianet (China)' };

const inWords = (clouds: Record<string, string>): string =>
  `${Object.entries(clouds)
    .map(([name, cloud]) => `${name} is of the ${cloud} cloud`)
    .join(', ')}.`;
