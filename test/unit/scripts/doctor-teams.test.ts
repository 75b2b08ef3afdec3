import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { teamsEndpoint } from '../../../scripts/doctor/teams-endpoint';
import { teamsKeys } from '../../../scripts/doctor/teams-keys';
import { teamsPlaces } from '../../../scripts/doctor/teams-places';
import { teamsSignIn } from '../../../scripts/doctor/teams-sign-in';
import type { TeamsAddress } from '../../../src/platforms/teams/address';
import { openSqliteStore } from '../../../src/stores/sqlite';
import { FakeTeams, fault } from '../../fakes/teams/teams';
import { found, hasty, ids, nobody, ourNotFound, saying, serve, stopServing, textOf } from './doctor-findings';

describe('what the doctor finds in Teams', () => {
  let teams: FakeTeams;
  let folder: string;
  beforeEach(async () => {
    teams = await FakeTeams.start();
    folder = mkdtempSync(join(tmpdir(), 'doctor-teams-'));
  });
  afterEach(async () => {
    stopServing();
    await teams.stop();
    rmSync(folder, { recursive: true });
    expect(teams.violations).toEqual([]);
  });

  const env = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({ DATA_DIR: folder, ...teams.settings(), ...more });

  describe('about the sign-in', () => {
    const signIn = (more: NodeJS.ProcessEnv = {}) => ids(env(more), [teamsSignIn]);

    it('gets a token when all is well, and asks for none where there is nothing to ask', async () => {
      expect(await signIn()).toEqual(['ok']);
      expect(await ids({}, [teamsSignIn])).toEqual([]);
      expect(await ids({ TEAMS_ALLOW_ANONYMOUS: '1' }, [teamsSignIn])).toEqual([]);
    });

    it.each([
      ['invalid', 'teams-secret-wrong'],
      ['expired', 'teams-secret-expired'],
      ['app-deleted', 'teams-app-unknown'],
    ] as const)('tells what became of the registration: %s', async (state, id) => {
      teams.secretBecomes(state);
      expect(await signIn()).toEqual([id]);
    });

    it('tells a wrong secret, app and tenant apart', async () => {
      expect(await signIn({ TEAMS_APP_PASSWORD: 'another8Q~secret' })).toEqual(['teams-secret-wrong']);
      const other = '3fa85f64-5717-4562-b3fc-2c963f66afa6';
      expect(await signIn({ TEAMS_APP_ID: other })).toEqual(['teams-app-unknown']);
      expect(await signIn({ TEAMS_TENANT_ID: other })).toEqual(['teams-tenant-unknown']);
      // A single-tenant app without its tenant asks where nobody knows it.
      expect(await signIn({ TEAMS_TENANT_ID: '' })).toEqual(['teams-app-unknown']);
    });

    it.each([
      [7000112, 'teams-app-disabled'],
      [7000229, 'teams-app-absent'],
      [500011, 'teams-scope-wrong'],
      [53003, 'teams-login-refused'],
    ])('knows the number %i', async (code, id) => {
      const entra = await serve(saying(400, { error: 'x', error_description: `AADSTS${code}: in many words` }));
      expect(await signIn({ TEAMS_LOGIN_URL: entra })).toEqual([id]);
    });

    it('tells whether Entra ID, nobody or somebody else answers', async () => {
      const ailing = teams.fails('token', fault.unavailable());
      expect(await signIn()).toEqual(['teams-login-ailing']);
      ailing.lift();
      const stuck = teams.fails('token', fault.hang());
      expect(await ids(env(), [teamsSignIn], hasty())).toEqual(['teams-login-unreachable']);
      stuck.lift();
      expect(await signIn({ TEAMS_LOGIN_URL: await nobody() })).toEqual(['teams-login-unreachable']);
      expect(await signIn({ TEAMS_LOGIN_URL: await serve(saying(200, '<html>Sign in')) })).toEqual([
        'teams-login-elsewhere',
      ]);
    });
  });

  describe('about the signing keys', () => {
    const keys = (more: NodeJS.ProcessEnv = {}) => ids(env(more), [teamsKeys]);

    it('finds them', async () => {
      expect(await keys()).toEqual(['ok']);
      expect(await ids({}, [teamsKeys])).toEqual([]);
    });

    it('tells what is in the way of them', async () => {
      expect(await keys({ TEAMS_OPENID_METADATA_URL: await nobody() })).toEqual(['teams-metadata-unreachable']);
      expect(await keys({ TEAMS_OPENID_METADATA_URL: await serve(saying(200, '<html>')) })).toEqual([
        'teams-metadata-elsewhere',
      ]);
      const without = teams.fails('keys', fault.serverError());
      expect(await keys()).toEqual(['teams-keys-unreachable']);
      without.lift();
      teams.fails('keys', fault.droppedBefore());
      expect(await keys()).toEqual(['teams-keys-unreachable']);
    });

    it('sees that the issuer is another', async () => {
      const set = { TEAMS_TOKEN_ISSUER: 'https://api.botframework.us' };
      expect(await keys(set)).toEqual(['teams-issuer-differs']);
      expect(await textOf('teams-issuer-differs', env(set), [teamsKeys])).toContain('https://api.botframework.com');
    });
  });

  describe('about the messaging endpoint', () => {
    const endpoint = (url: string, more: NodeJS.ProcessEnv = {}) =>
      ids(env({ PUBLIC_URL: url, ...more }), [teamsEndpoint]);

    it('is content when what nobody signed is refused', async () => {
      expect(await endpoint(await serve(saying(401, {})))).toEqual(['ok']);
      expect(await ids(env(), [teamsEndpoint])).toEqual([]);
    });

    it('tells where the way ends', async () => {
      expect(await endpoint(await nobody())).toEqual(['teams-endpoint-unreachable']);
      expect(await endpoint(await serve(saying(302, '', { location: '/login' })))).toEqual([
        'teams-endpoint-redirected',
      ]);
      expect(await endpoint(await serve(ourNotFound))).toEqual(['teams-endpoint-not-served']);
      expect(await endpoint(await serve(saying(404, '<html>')))).toEqual(['teams-endpoint-elsewhere']);
      expect(await endpoint(await serve(saying(400, {})))).toEqual(['teams-endpoint-elsewhere']);
      expect(await endpoint(await serve(saying(503, '<html>')))).toEqual(['teams-endpoint-failing']);
      expect(await endpoint(await serve(saying(200, {})))).toEqual(['teams-endpoint-open']);
    });

    it('asks at the right address, and nothing that anybody would act upon', async () => {
      const asked: string[] = [];
      const url = await serve((request, response) => {
        request
          .setEncoding('utf8')
          .on('data', (body: string) => asked.push(`${request.method} ${request.url} ${body}`));
        request.on('end', () => response.writeHead(401).end());
      });
      expect(await endpoint(`${url}/helpdesk`)).toEqual(['ok']);
      expect(asked).toEqual([expect.stringMatching(/^POST \/helpdesk\/api\/messages \{"type":"event"/)]);
    });

    it('sends nothing to a service that believes everybody', async () => {
      const anonymous = { TEAMS_ALLOW_ANONYMOUS: '1', PUBLIC_URL: await nobody(), DATA_DIR: folder };
      expect(await ids(anonymous, [teamsEndpoint])).toEqual([]);
    });
  });

  describe('about people and places', () => {
    const channel = '19:abcdef@thread.tacv2';
    const lead = '3fa85f64-5717-4562-b3fc-2c963f66afa6';

    const organization = (yaml: string): NodeJS.ProcessEnv => {
      const file = join(folder, 'organization.yaml');
      writeFileSync(file, `version: 1\n${yaml}`);
      return env({ ORGANIZATION_FILE: file });
    };
    const destination = (id: string) =>
      ids(organization(`destinations: { admins: { teams: "${id}" } }\n`), [teamsPlaces]);

    /** As the service remembers a place once it has heard from there. */
    async function met(id: string, more: Partial<TeamsAddress> = {}): Promise<void> {
      const address: TeamsAddress = {
        serviceUrl: teams.serviceUrl,
        tenant: teams.tenantId,
        scope: 'channel',
        conversation: id,
        team: null,
        bot: `28:${teams.appId}`,
        user: null,
        ...more,
      };
      const store = await openSqliteStore(folder);
      await store.saveAddress(`teams-place:${id}`, address, 1);
      await store.close();
    }

    it('is content where the bot was added', async () => {
      await met(channel);
      await met(lead, { scope: 'personal' });
      const yaml = `destinations: { admins: { teams: "${channel}" }, lead: { teams: "${lead}" } }\nadmins: { teams: ["19:other@thread.v2"] }\n`;
      expect(await ids(organization(yaml), [teamsPlaces])).toEqual(['ok']);
      expect(await ids(organization(''), [teamsPlaces])).toEqual([]);
    });

    it('names places and people that were never met, even before there is a store', async () => {
      expect(await destination(channel)).toEqual(['teams-not-installed']);
      expect(await destination('29:1abc')).toEqual(['teams-not-installed']);
      expect(await destination(lead)).toEqual(['teams-person-unmet']);
    });

    it('is milder once somebody else was met, by whom the way is known', async () => {
      await met('*', { conversation: null });
      expect(await destination(channel)).toEqual(['teams-place-unmet']);
      expect(await destination('29:1abc')).toEqual(['teams-place-unmet']);
      expect(await destination(lead)).toEqual(['teams-person-unmet']);
    });

    it('knows where the app was taken away', async () => {
      await met(channel, { gone: true });
      expect(await destination(channel)).toEqual(['teams-removed']);
    });

    it('knows a service that may not be sent a token', async () => {
      await met(channel, { serviceUrl: 'https://smba.example.com/emea/' });
      expect(await destination(channel)).toEqual(['teams-service-url-refused']);
      const findings = await found(organization(`destinations: { admins: { teams: "${channel}" } }\n`), [teamsPlaces]);
      expect(findings[0]?.text).toContain('smba.example.com');
    });

    it.each([
      'Helpdesk admins',
      '19%3aabcdef%40thread.tacv2',
      `${channel};messageid=1700000000000`,
      'https://teams.microsoft.com/l/channel/19%3aabcdef%40thread.tacv2/General',
      'C0HELPDESK1',
    ])('knows what is no id: %s', async (id) => {
      expect(await destination(id)).toEqual(['teams-id-form']);
    });
  });
});
