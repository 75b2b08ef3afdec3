import { cloudOf } from '../../../src/platforms/teams/cloud';
import { isTooDeep } from '../../../src/platforms/teams/json-depth';
import { isTrusted } from '../../../src/platforms/teams/service-hosts';
import type { TeamsSettings } from '../../../src/platforms/teams/settings';

describe('hosts that may be sent a token', () => {
  const rule = { added: ['127.0.0.1:4000', 'relay.example', 'tls.example:8443'], anonymous: false };

  it.each([
    'https://smba.trafficmanager.net/emea/tenant/',
    'https://smba.onyx.prod.teams.trafficmanager.net/',
    'https://smba.infra.gcc.teams.microsoft.com/teams',
    'https://smba.infra.gov.teams.microsoft.us/teams',
    'https://smba.infra.dod.teams.microsoft.us/teams',
    'https://frontend.botapi.msg.infra.teams.microsoftonline.cn/',
    'https://webchat.botframework.com/',
    'https://directline.botframework.us/',
    'https://SMBA.TrafficManager.net/amer/',
    'https://relay.example/x',
    'https://tls.example:8443/',
    'http://127.0.0.1:4000/emea/',
  ])('%s', (url) => expect(isTrusted(url, rule)).toBe(true));

  it.each([
    'https://evil.example/',
    'https://smba.trafficmanager.net.evil.example/',
    'https://evil-smba.trafficmanager.net/',
    'https://teams.microsoft.com.evil.example/',
    'https://notteams.microsoft.com/',
    'https://xbotframework.com/',
    'https://smba.trafficmanager.net@evil.example/',
    'https://user:pass@smba.trafficmanager.net/',
    'https://smba.trafficmanager.net:8443/',
    'http://smba.trafficmanager.net/',
    'http://relay.example/',
    'https://tls.example/',
    'http://127.0.0.1:4001/',
    'http://localhost:4000/',
    'ftp://smba.trafficmanager.net/',
    'javascript:alert(1)',
    'smba.trafficmanager.net',
    '',
  ])('and none else: %s', (url) => expect(isTrusted(url, rule)).toBe(false));

  it('an emulator may be anywhere on this machine, and only there', () => {
    const local = { added: [], anonymous: true };
    for (const url of [
      'http://localhost:56150/_connector',
      'http://127.0.0.1:1/',
      'http://[::1]:5/',
      'https://localhost/',
    ])
      expect(isTrusted(url, local)).toBe(true);
    for (const url of ['http://10.0.0.1/', 'http://127.0.0.1.evil.example/', 'http://localhost.evil.example/'])
      expect(isTrusted(url, local)).toBe(false);
  });
});

describe('clouds', () => {
  const settings: TeamsSettings = {
    appId: 'app',
    appPassword: 'x',
    tenantId: null,
    anonymous: false,
    loginUrl: null,
    openIdMetadataUrl: null,
    tokenIssuer: null,
    oauthScope: null,
    serviceHosts: [],
  };

  it('are the public one unless told otherwise', () => {
    expect(cloudOf(settings)).toEqual({
      tokenUrl: 'https://login.microsoftonline.com/botframework.com/oauth2/v2.0/token',
      scope: 'https://api.botframework.com',
      issuer: 'https://api.botframework.com',
      metadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
    });
    expect(cloudOf({ ...settings, tenantId: 'contoso' }).tokenUrl).toBe(
      'https://login.microsoftonline.com/contoso/oauth2/v2.0/token',
    );
  });

  it('of the US government have a shared tenant of their own', () => {
    const government = {
      ...settings,
      loginUrl: 'https://login.microsoftonline.us/',
      oauthScope: 'https://api.botframework.us/.default',
    };
    expect(cloudOf(government)).toMatchObject({
      tokenUrl: 'https://login.microsoftonline.us/MicrosoftServices.onmicrosoft.us/oauth2/v2.0/token',
      scope: 'https://api.botframework.us',
    });
  });
});

describe('nesting', () => {
  const deep = (json: string, limit?: number) => isTooDeep(Buffer.from(json), limit);

  it.each<[string, boolean]>([
    ['{"a":[1,2,{"b":"[[[[[[[[[["}]}', false],
    [`${'['.repeat(64)}${']'.repeat(64)}`, false],
    [`${'['.repeat(65)}${']'.repeat(65)}`, true],
    ['{"a":'.repeat(70), true],
    [`"${'['.repeat(1_000)}"`, false],
    [`"\\"${'['.repeat(1_000)}"`, false],
    ['[],'.repeat(1_000), false],
    ['', false],
  ])('%#', (json, expected) => expect(deep(json)).toBe(expected));
});
