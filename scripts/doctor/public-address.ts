import { isLoopback, type Settings } from '../../src/config';
import { check, type Report } from './check';
import { below, type Way, wayOf } from './endpoint';

const known = {
  'public-url-missing': {
    kind: 'warning',
    fault: 'PUBLIC_URL is not set, so nobody can tell whether the platforms reach the service.',
    remedy: 'Set it to the address that you entered on the platform, without /slack/events or /api/messages.',
  },
  'public-url-has-path': {
    kind: 'fault',
    fault: 'PUBLIC_URL ends in the path of one platform.',
    remedy: 'Leave /slack/events and /api/messages out of it: they are added where they belong.',
  },
  'public-url-loopback': {
    kind: 'fault',
    fault: 'PUBLIC_URL names this machine only; no platform can call it.',
    remedy: 'Set it to an https address that is reached from the internet. For Slack, Socket Mode needs none.',
  },
  'public-url-not-https': {
    kind: 'fault',
    fault: 'PUBLIC_URL is plain http; the platforms call https only.',
    remedy: 'Put a proxy with a certificate before the service and set PUBLIC_URL to its https address.',
  },
  'public-url-certificate': {
    kind: 'fault',
    fault: 'The certificate of PUBLIC_URL is not trusted:',
    remedy:
      'Use a certificate of a public authority, for this very name, with its intermediate certificates, and not past its date.',
  },
  'public-url-unreachable': {
    kind: 'fault',
    fault: 'PUBLIC_URL cannot be reached from here:',
    remedy:
      'Start the service and look at DNS, firewall and proxy. Where a network cannot reach its own public address, run this from outside.',
  },
  'host-loopback': {
    kind: 'warning',
    fault: 'The service listens on a loopback address while PUBLIC_URL is elsewhere.',
    remedy: 'That is right with a proxy on this machine. Without one, set HOST=0.0.0.0.',
  },
  'public-url-redirected': {
    kind: 'fault',
    fault: 'PUBLIC_URL answers with a redirect, which platforms do not follow.',
    remedy: 'Set it to the final address; keep sign-in pages away from /slack/events and /api/messages.',
  },
  'public-url-elsewhere': {
    kind: 'warning',
    fault: 'Another program answers at <PUBLIC_URL>/healthz.',
    remedy:
      'Let your proxy pass all of it to this service. If it passes /slack/events and /api/messages alone on purpose, this is no harm.',
  },
  'public-url-failing': {
    kind: 'fault',
    fault: 'PUBLIC_URL fails.',
    remedy:
      'A status of 502 to 504 comes from a proxy that cannot reach the service: start it, and compare HOST and PORT with the proxy’s target.',
  },
} as const;
type Id = keyof typeof known;

/** Whether the address that platforms are told leads to this service. */
export const publicAddress = check<Id>('public address', known, async ({ settings, network }, report) => {
  if (!settings || !isCalled(settings)) return;
  const bad = faultOfAddress(settings);
  if (bad || settings.publicUrl === null) return report.found(bad ?? 'public-url-missing');
  const way = wayOf(await network.ask(below(settings.publicUrl, 'healthz')));
  if (way.kind === 'arrived' && isHealthy(way.answer.json))
    return report.ok(`${settings.publicUrl} leads to a running service`);
  tellWay(way, report);
  if (isLoopback(settings.host) && !isLoopback(new URL(settings.publicUrl).hostname))
    report.found('host-loopback', `HOST is ${settings.host}.`);
});

function tellWay(way: Way, report: Report<Id>): void {
  switch (way.kind) {
    case 'certificate':
      return report.found('public-url-certificate', `${way.reason}.`);
    case 'unreachable':
      return report.found('public-url-unreachable', `${way.reason}.`);
    case 'redirected':
      return report.found('public-url-redirected', `It leads to ${way.to}.`);
    case 'failing':
      return report.found('public-url-failing', `The status is ${way.status}.`);
    default:
      report.found('public-url-elsewhere');
  }
}

/** PUBLIC_URL, where it can be called at all; null where that check has already said why not. */
export const callableUrl = (settings: Settings | null): string | null =>
  settings && faultOfAddress(settings) === null ? settings.publicUrl : null;

function faultOfAddress(settings: Settings): Id | null {
  if (settings.publicUrl === null) return null;
  const { protocol, hostname, pathname } = new URL(settings.publicUrl);
  if (/\/(slack\/events|api\/messages)\/*$/.test(pathname)) return 'public-url-has-path';
  if (playsHere(settings)) return null;
  if (isLoopback(hostname)) return 'public-url-loopback';
  return protocol === 'https:' ? null : 'public-url-not-https';
}

/** Whether a platform calls the service, and not only the service the platform. */
const isCalled = ({ slack, teams }: Settings): boolean =>
  (slack !== null && slack.appToken === null) || (teams !== null && !teams.anonymous);

/** Slack or Teams themselves are stand-ins on this machine, which reach every address on it. */
const playsHere = ({ slack, teams }: Settings): boolean =>
  [slack?.apiUrl, teams?.loginUrl].some((url) => url && isLoopback(new URL(url).hostname));

const isHealthy = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'ok' in body && body.ok === true;
