import { LRUCache } from 'lru-cache';
import type { Person } from '../../core/message';
import type { PlatformParts } from '../../core/platform';
import type { Directory } from '../../core/ports';
import type { Background } from './background';
import { userOf } from './keys';
import type { Pacing } from './pacing';
import { renderHome } from './render-home';
import type { WebClient } from './web-api';

export interface HomesParts extends Pick<PlatformParts, 'reader' | 'words' | 'admins'> {
  client: WebClient;
  pacing: Pacing;
  directory: Directory;
  background: Background;
}

interface OpenHome {
  person: Person;
  conversation: string;
  /** Said on top after a press. */
  notice: string | null;
  seesQueue: boolean;
}

/** Who opened their Home tab within this time gets it kept up to date. */
const OPEN = { max: 1_000, ttl: 30 * 60_000 };
/** Several changes within this time are shown at once. */
const GATHER_MS = 300;

/** The Home tabs that people have open. Slack shows what was published last, so they are drawn again when news come. */
export class Homes {
  private readonly open = new LRUCache<string, OpenHome>(OPEN);
  private readonly due = new Set<string>();

  constructor(private readonly parts: HomesParts) {}

  opened(person: Person, conversation: string): void {
    const user = userOf(person.id);
    this.open.set(user, { person, conversation, notice: null, seesQueue: this.open.get(user)?.seesQueue ?? false });
    this.redraw(user);
  }

  /** Something was pressed there, and is answered in the Messages tab. */
  pressed(person: Person, conversation: string): void {
    const user = userOf(person.id);
    const { answeredPrivately: notice } = this.parts.words;
    this.open.set(user, { person, conversation, notice, seesQueue: this.open.get(user)?.seesQueue ?? false });
    this.redraw(user);
  }

  /** Without a list of administrators everybody may act on a card they see, but not everybody may see all tickets. */
  async maySeeQueue(person: Person): Promise<boolean> {
    const { admins, directory } = this.parts;
    return admins !== null && (await directory.isAdmin(person));
  }

  /** Something was said to this person, perhaps about a request of theirs. */
  personChanged(user: string): void {
    if (this.open.has(user)) this.redraw(user);
  }

  /** A ticket has changed. */
  queueChanged(): void {
    for (const [user, { seesQueue }] of this.open.entries()) if (seesQueue) this.redraw(user);
  }

  private redraw(user: string): void {
    if (this.due.has(user)) return;
    this.due.add(user);
    this.parts.background.later(GATHER_MS, 'draw a home view', async () => {
      this.due.delete(user);
      await this.publish(user);
    });
  }

  private async publish(user: string): Promise<void> {
    const home = this.open.get(user);
    if (!home) return;
    const { client, pacing, reader, words, directory } = this.parts;
    home.seesQueue = await this.maySeeQueue(home.person);
    const person = await directory.look(home.person, null);
    const view = renderHome(
      await reader.home(person, home.conversation, home.seesQueue),
      home.conversation,
      words.home,
      home.notice,
    );
    await pacing.call('views.publish', () => client.views.publish({ user_id: user, view }));
  }
}
