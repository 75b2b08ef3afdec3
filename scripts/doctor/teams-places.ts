import type { TeamsSettings } from '../../src/config';
import type { Store } from '../../src/core/ports';
import { readAddress } from '../../src/platforms/teams/address';
import { anyPlace, placeOf } from '../../src/platforms/teams/keys';
import { isTrusted } from '../../src/platforms/teams/service-hosts';
import { check } from './check';
import { inWords, type Named, namedOn } from './places';

/** A channel or a group chat. */
const place = /^19:[^;%\s]+@thread\.(tacv2|v2|skype)$/;
/** A person by the directory's id, or by Teams' own. */
const person = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|29:\S+)$/i;

const known = {
  'teams-id-form': {
    kind: 'fault',
    fault: 'The organisation file names something in Teams that is no id:',
    remedy:
      'Of a channel take the part of its link (… › Get link to channel) between /channel/ and the next slash, with %3A written as “:” and %40 as “@”: 19:…@thread.tacv2. Of a person take “Object ID” from their page in Entra ID.',
  },
  'teams-not-installed': {
    kind: 'fault',
    fault: 'The bot has heard from nowhere in Teams yet, so it cannot write to this place:',
    remedy:
      'Start the service, then add the app to that team (Apps › your app › Add to a team); if it is there already, mention the bot in the channel once.',
  },
  'teams-place-unmet': {
    kind: 'warning',
    fault:
      'The bot has heard from elsewhere in Teams, but not from this place. It can write there only if the app was added:',
    remedy: 'If in doubt, mention the bot in that channel once: then it knows.',
  },
  'teams-person-unmet': {
    kind: 'fault',
    fault: 'The bot has never met this person, so it cannot write to them:',
    remedy: 'Have them write to the bot in Teams once, or install the app for them by a setup policy.',
  },
  'teams-removed': {
    kind: 'fault',
    fault: 'The app was removed from there, so the bot cannot write any more:',
    remedy: 'Add the app again, or name another destination in the organisation file.',
  },
  'teams-service-url-refused': {
    kind: 'fault',
    fault: 'Teams was last met at an address that may not be sent a token:',
    remedy: 'If the host is one of your cloud, name it in TEAMS_SERVICE_URLS.',
  },
} as const;
type Id = keyof typeof known;

/** Whether the bot can write to every destination: Teams lets it, once the app was added there. */
export const teamsPlaces = check<Id>(
  'Teams people and places',
  known,
  async ({ settings, organization, store: open }, report) => {
    const { teams } = settings ?? {};
    const named = organization ? namedOn('teams', organization) : [];
    if (!teams || named.length === 0) return;
    const store = await open().catch(() => null);
    let sound = 0;
    for (const one of named) {
      const seen = await look(teams, store, one);
      if (seen) report.found(seen.id, seen.detail);
      else sound++;
    }
    if (sound === named.length) report.ok(`${sound} looked at: the bot may write to each destination`);
  },
);

async function look(teams: TeamsSettings, store: Store | null, one: Named): Promise<{ id: Id; detail: string } | null> {
  const detail = `${inWords(one)}.`;
  if (!place.test(one.id) && !person.test(one.id)) return { id: 'teams-id-form', detail };
  if (!one.destination) return null;
  const address = readAddress((await store?.address(placeOf(one.id))) ?? null);
  if (!address) return { id: await unmet(store, one.id), detail };
  if (address.gone) return { id: 'teams-removed', detail };
  if (isTrusted(address.serviceUrl, { added: teams.serviceHosts, anonymous: teams.anonymous })) return null;
  return { id: 'teams-service-url-refused', detail: `${hostOf(address.serviceUrl)}, for ${detail}` };
}

/** A person of the directory has to come first; of others the service is known once anybody has. */
async function unmet(store: Store | null, id: string): Promise<Id> {
  if (!/^(19|29):/.test(id)) return 'teams-person-unmet';
  return (await store?.address(anyPlace)) ? 'teams-place-unmet' : 'teams-not-installed';
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : 'no address at all');
