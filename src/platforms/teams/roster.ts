import { LRUCache } from 'lru-cache';
import type { PlatformLog } from '../../core/platform';
import type { Clock } from '../../core/ports';
import type { TeamsAddress } from './address';
import type { BotService, Member, Spot } from './bot-service';
import { chatOf } from './keys';
import type { Places } from './places';
import { withinLimit } from './within-limit';

const KEPT_MS = 60_000;
const LIMIT_MS = 2_000;
const KEPT_PLACES = 200;

/** Who is in a team, channel or chat. Asked once a minute at most; while Teams does not answer, the last list counts. */
export class Roster {
  private readonly lists: LRUCache<string, Member[], Spot>;

  constructor(
    service: BotService,
    private readonly places: Places,
    private readonly log: PlatformLog,
    clock: Clock,
  ) {
    this.lists = new LRUCache({
      max: KEPT_PLACES,
      ttl: KEPT_MS,
      ttlResolution: 0,
      perf: clock,
      allowStaleOnFetchRejection: true,
      noDeleteOnFetchRejection: true,
      fetchMethod: (_key, _stale, { context }) => service.members(context),
    });
  }

  /** Members of the place with this id; for a channel those of its team. Null when nothing can be found out in time. */
  async of(id: string): Promise<Member[] | null> {
    const known = await this.places.find(id);
    // A channel that never spoke is asked for at the service that carries the others.
    const place = known ?? (id.startsWith('19:') ? await this.places.service() : null);
    if (!place || place.gone || known?.scope === 'personal') return null;
    return this.at({ ...place, conversation: place.conversation ?? id });
  }

  /** Those who see what is posted there. */
  async peopleAt(place: TeamsAddress): Promise<Member[]> {
    return (place.scope === 'personal' ? null : await this.at(place)) ?? [];
  }

  private async at({ serviceUrl, conversation, team }: TeamsAddress): Promise<Member[] | null> {
    if (conversation === null) return null;
    const key = team ?? chatOf(conversation);
    try {
      const fetched = this.lists.fetch(key, { context: { serviceUrl, conversation: key } });
      return (await withinLimit(fetched, LIMIT_MS)) ?? null;
    } catch (error) {
      this.log.warn({ place: key, error: String(error) }, 'Teams does not tell who is in a place');
      return null;
    }
  }
}
