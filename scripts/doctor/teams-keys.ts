import { cloudOf } from '../../src/platforms/teams/cloud';
import { check } from './check';

/** Whether the keys are there by which the service knows that a message comes from Teams. */
export const teamsKeys = check(
  'Teams signing keys',
  {
    'teams-metadata-unreachable': {
      kind: 'fault',
      fault:
        'The address that tells how Teams signs its messages cannot be reached, so every message would be refused:',
      remedy:
        'Let this machine make https connections to the host (firewall, DNS). Check TEAMS_OPENID_METADATA_URL if it is set.',
    },
    'teams-metadata-elsewhere': {
      kind: 'fault',
      fault: 'TEAMS_OPENID_METADATA_URL leads to something that is no OpenID description.',
      remedy: 'Unset it, or give the whole address; docs/set-up-teams.md lists it for each cloud.',
    },
    'teams-issuer-differs': {
      kind: 'fault',
      fault:
        'The OpenID description is of another issuer than the one that is expected, so every message would be refused.',
      remedy: 'Set TEAMS_TOKEN_ISSUER and TEAMS_OPENID_METADATA_URL for the same cloud, or unset both.',
    },
    'teams-keys-unreachable': {
      kind: 'fault',
      fault: 'The signing keys themselves cannot be read:',
      remedy: 'Let this machine make https connections to that host too.',
    },
  },
  async ({ settings, network }, report) => {
    const { teams } = settings ?? {};
    if (!teams || teams.anonymous) return;
    const { metadataUrl, issuer: expected } = cloudOf(teams);
    const answer = await network.ask(metadataUrl);
    if (answer.kind === 'unreachable') return report.found('teams-metadata-unreachable', `${answer.reason}.`);
    const { issuer, jwks_uri: keysUrl } = (answer.json ?? {}) as { issuer?: unknown; jwks_uri?: unknown };
    if (answer.status !== 200 || typeof issuer !== 'string' || typeof keysUrl !== 'string' || !URL.canParse(keysUrl))
      return report.found('teams-metadata-elsewhere', `${new URL(metadataUrl).host} answers ${answer.status}.`);
    if (issuer !== expected) return report.found('teams-issuer-differs', `It says ${issuer}, expected is ${expected}.`);
    const keys = await network.ask(keysUrl);
    if (keys.kind === 'unreachable') return report.found('teams-keys-unreachable', `${keys.reason}.`);
    const list = (keys.json as { keys?: unknown } | undefined)?.keys;
    if (!Array.isArray(list) || list.length === 0)
      return report.found('teams-keys-unreachable', `${new URL(keysUrl).host} answers ${keys.status} without keys.`);
    report.ok(`${list.length} of ${issuer}`);
  },
);
