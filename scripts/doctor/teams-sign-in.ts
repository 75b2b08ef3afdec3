import { cloudOf } from '../../src/platforms/teams/cloud';
import { check } from './check';

const known = {
  'teams-login-unreachable': {
    kind: 'fault',
    fault: 'The sign-in service cannot be reached from here:',
    remedy:
      'Let this machine make https connections to the host (firewall, DNS). A proxy named by HTTPS_PROXY is not used. Check TEAMS_LOGIN_URL if it is set.',
  },
  'teams-login-elsewhere': {
    kind: 'fault',
    fault: 'Whoever answers is not the sign-in service.',
    remedy:
      'Unset TEAMS_LOGIN_URL, or correct it; docs/set-up-teams.md lists it for each cloud. A filtering proxy gives the same picture.',
  },
  'teams-login-ailing': {
    kind: 'warning',
    fault: 'The sign-in service does not answer properly.',
    remedy: 'Run this again in a few minutes; look at https://azure.status.microsoft.',
  },
  'teams-secret-wrong': {
    kind: 'fault',
    fault: 'The client secret is wrong (AADSTS7000215).',
    remedy:
      'Make a new client secret under Certificates & secrets of the app whose id is TEAMS_APP_ID and set TEAMS_APP_PASSWORD to its Value (not its Secret ID).',
  },
  'teams-secret-expired': {
    kind: 'fault',
    fault: 'The client secret has expired (AADSTS7000222).',
    remedy:
      'Make a new client secret under Certificates & secrets, set TEAMS_APP_PASSWORD to its Value, and note the new date.',
  },
  'teams-app-unknown': {
    kind: 'fault',
    fault: 'The tenant knows no app with the id TEAMS_APP_ID (AADSTS700016).',
    remedy:
      'Compare TEAMS_APP_ID and TEAMS_TENANT_ID with “Application (client) ID” and “Directory (tenant) ID” on the Overview page of one app registration. A single-tenant app needs TEAMS_TENANT_ID.',
  },
  'teams-tenant-unknown': {
    kind: 'fault',
    fault: 'There is no such tenant in this cloud (AADSTS90002).',
    remedy:
      'Copy “Directory (tenant) ID” again; for a sovereign cloud set the four addresses of docs/set-up-teams.md too.',
  },
  'teams-app-disabled': {
    kind: 'fault',
    fault: 'The app is switched off in the tenant (AADSTS7000112).',
    remedy: 'In Entra ID under Enterprise applications open the app and set “Enabled for users to sign-in?” to Yes.',
  },
  'teams-app-absent': {
    kind: 'fault',
    fault: 'The app is registered but not present in the tenant (AADSTS7000229).',
    remedy: 'An administrator of the tenant makes its enterprise application: az ad sp create --id <TEAMS_APP_ID>.',
  },
  'teams-scope-wrong': {
    kind: 'fault',
    fault: 'The sign-in service does not know the audience asked for.',
    remedy: 'Unset TEAMS_OAUTH_SCOPE, or correct it; docs/set-up-teams.md lists it for each cloud.',
  },
  'teams-login-refused': {
    kind: 'fault',
    fault: 'The sign-in service refuses this app:',
    remedy: 'Look the code up at https://login.microsoftonline.com/error.',
  },
} as const;
type Id = keyof typeof known;

/** Whether Entra ID gives this app a token, as it must before the bot can say a word. The token is thrown away. */
export const teamsSignIn = check<Id>('Teams sign-in', known, async ({ settings, network }, report) => {
  const { teams } = settings ?? {};
  if (!teams || teams.anonymous) return;
  const { tokenUrl, scope } = cloudOf(teams);
  const answer = await network.ask(tokenUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: teams.appId,
      client_secret: teams.appPassword,
      scope: `${scope}/.default`,
    }).toString(),
    trustedClock: true,
  });
  if (answer.kind === 'unreachable') return report.found('teams-login-unreachable', `${answer.reason}.`);
  if (answer.status === 429 || answer.status >= 500)
    return report.found('teams-login-ailing', `The status is ${answer.status}.`);
  const body = typeof answer.json === 'object' && answer.json !== null ? answer.json : {};
  if ('access_token' in body) return report.ok(`the tenant gives app ${teams.appId} a token`);
  const code = /AADSTS(\d+)/.exec('error_description' in body ? String(body.error_description) : '')?.[1];
  if (code === undefined) return report.found('teams-login-elsewhere', `The status is ${answer.status}.`);
  const id = byCode[code];
  if (id) report.found(id);
  else report.found('teams-login-refused', `AADSTS${code}.`);
});

const byCode: Readonly<Record<string, Id>> = {
  '7000215': 'teams-secret-wrong',
  '7000222': 'teams-secret-expired',
  '700016': 'teams-app-unknown',
  // The same mistake, said by the endpoint that all many-tenant apps share.
  '50194': 'teams-app-unknown',
  '90002': 'teams-tenant-unknown',
  '900021': 'teams-tenant-unknown',
  '900023': 'teams-tenant-unknown',
  '7000229': 'teams-app-absent',
  '7000112': 'teams-app-disabled',
  '70011': 'teams-scope-wrong',
  '500011': 'teams-scope-wrong',
};
