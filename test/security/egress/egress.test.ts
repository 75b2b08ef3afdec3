import { httpsOnly } from '../../../src/cards/inert-text';
import { isTrusted } from '../../../src/platforms/teams/service-hosts';
import { knowledge } from '../../builders/bot';
import { held, inRegister } from '../register';

/** Whom the bot may send people to. A new one is added here, by somebody who has looked at it. */
const hosts = new Set([
  'docs.aws.amazon.com',
  'aws.amazon.com',
  'repost.aws',
  'support.aws.amazon.com',
  'console.aws.amazon.com',
  'signin.aws.amazon.com',
  'health.aws.amazon.com',
  'portal.aws.amazon.com',
  'settings.aws.com',
  'www.amazon.com',
]);

test(inRegister('egress.links'), () => {
  const { content } = knowledge();
  const urls = [...content.links.values()].map(({ url }) => url);
  const sources = [...content.rules.values()].map(({ source }) => source);
  expect(urls.length).toBeGreaterThanOrEqual(held('egress.links').links);
  expect(
    [...new Set([...urls, ...sources].map((url) => new URL(url).host))].filter((host) => !hosts.has(host)),
  ).toEqual([]);
  expect([...urls, ...sources].filter((url) => httpsOnly(url, 2_000) === null)).toEqual([]);
});

test(inRegister('egress.service-urls'), () => {
  const hostile = [
    'https://evil.example/',
    'https://smba.trafficmanager.net.evil.example/',
    'https://evil.example/smba.trafficmanager.net',
    'https://smba.trafficmanager.net@evil.example/',
    'https://user:pw@smba.trafficmanager.net/',
    'http://smba.trafficmanager.net/',
    'https://evil-smba.trafficmanager.net/',
    'https://teams.microsoft.com.evil.example/',
    'https://eviltteams.microsoft.com/',
    'https://botframework.com.evil.example/',
    'https://evilbotframework.com/',
    'https://smba.trafficmanager.net:8443/',
    'https://127.0.0.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://[::1]/',
    'https://metadata.google.internal/',
    'https://smbа.trafficmanager.net/',
    'https://trafficmanager.net/',
    'ftp://smba.trafficmanager.net/',
    'javascript:alert(1)',
    'https://',
    '',
  ];
  const rule = { added: ['added.example'], anonymous: false };
  expect(hostile.length).toBeGreaterThanOrEqual(held('egress.service-urls').addresses);
  expect(hostile.filter((url) => isTrusted(url, rule))).toEqual([]);
  for (const url of [
    'https://smba.trafficmanager.net/emea/',
    'https://added.example/',
    'https://emea.ng.msg.teams.microsoft.com/',
  ])
    expect([url, isTrusted(url, rule)]).toEqual([url, true]);
});
