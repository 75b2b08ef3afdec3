/**
 * Where our access token may be sent. The address comes with each message; whoever could name any address would be
 * handed a token that speaks for the bot. So only Microsoft's own hosts get one, and those the settings add.
 */
const exact = new Set([
  'smba.trafficmanager.net',
  'smba.onyx.prod.teams.trafficmanager.net',
  'frontend.botapi.msg.infra.teams.microsoftonline.cn',
]);
/** Public cloud and GCC; GCC High and DoD (`smba.infra.gov.…`, `smba.infra.dod.…`); other channels of the service. */
const below = ['.teams.microsoft.com', '.teams.microsoft.us', '.botframework.com', '.botframework.us'];

export interface HostRule {
  /** Hosts of the settings, with their port where it is not the usual one. */
  added: readonly string[];
  /** A local emulator may be anywhere on this machine. */
  anonymous: boolean;
}

export function isTrusted(serviceUrl: string, { added, anonymous }: HostRule): boolean {
  if (!URL.canParse(serviceUrl)) return false;
  const { protocol, host, hostname, username, password } = new URL(serviceUrl);
  if (username || password) return false;
  const isLocal = isThisMachine(hostname);
  if (protocol !== 'https:' && !(protocol === 'http:' && isLocal)) return false;
  if (anonymous && isLocal) return true;
  return added.includes(host) || exact.has(host) || below.some((ending) => host.endsWith(ending));
}

const isThisMachine = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
