import { z } from 'zod';
import type { PlatformLog } from '../../core/platform';
import { type ChatLine, chatSubject, type PlatformMemory, type Post } from '../../core/ports';
import type { TeamsAddress } from './address';
import type { BotService, OutgoingMessage, Spot } from './bot-service';
import { failureOf, isGone, isTooBig } from './failures';
import type { Pacing } from './pacing';
import { hasButtons, smallerCard, turnMessages } from './render';

export interface Said {
  conversation: string;
  turn: number;
  lines: readonly ChatLine[];
  /** The outbox row it comes from. */
  key: string;
  /** Put in the place of the message whose button was pressed. */
  replaces: boolean;
}

const shownSchema = z.object({
  /** The conversation id of Teams that the message is in. */
  at: z.string(),
  lines: z.array(z.custom<ChatLine>((value) => typeof value === 'object' && value !== null)),
  key: z.string(),
  /** The person has pressed something below it: what comes next must stand below that. */
  passed: z.boolean().optional(),
});
type Shown = z.infer<typeof shownSchema>;
type LivePost = Post & { shown: Shown };

/**
 * In each conversation one message of the bot has live buttons: the newest. A press changes it in place, so that a
 * scenario does not leave a pile of cards; words make a new one, and the old one keeps its words without the buttons.
 */
export class LivePosts {
  constructor(
    private readonly service: BotService,
    private readonly memory: PlatformMemory,
    private readonly pacing: Pacing,
    private readonly log: PlatformLog,
  ) {}

  /** @throws whatever kept it from being shown */
  async show(said: Said, address: TeamsAddress & { conversation: string }): Promise<void> {
    const posts = await this.posts(said.conversation);
    const before = posts.find(({ shown }) => shown.key === said.key);
    const current = before?.id ?? (await this.put(said, posts.at(-1), address));
    const isNew = hasButtons(said.lines);
    const old = posts.filter((post) => post.id !== current && (isNew || post.version < said.turn));
    const failures = await this.takeAllButtons(old, address);
    // Tried again only where the next try will find this answer in its place, so that it is not said twice.
    if (failures.length > 0 && isNew) throw failures[0];
  }

  /** A button of `message` was pressed. If that is not the newest live one, the answer is to stand below it. */
  async pressed(conversation: string, message: string): Promise<void> {
    const posts = await this.posts(conversation);
    const newest = posts.at(-1);
    if (newest && newest.id !== message && !newest.shown.passed)
      await this.memory.savePost(kept(newest, { ...newest.shown, passed: true }, newest.version));
  }

  private async put(said: Said, newest: LivePost | undefined, address: TeamsAddress & { conversation: string }) {
    if (said.replaces && newest && !newest.shown.passed && (await this.change(said, newest, address))) return newest.id;
    const { conversation: at, serviceUrl } = address;
    const id = await this.draw(said, true, async (messages) => {
      let last = '';
      for (const message of messages)
        last = await this.pacing.run(at, () => this.service.send({ serviceUrl, conversation: at }, message));
      return last;
    });
    const shown: Shown = { at, lines: [...said.lines], key: said.key };
    if (hasButtons(said.lines))
      await this.memory.savePost(kept({ subject: chatSubject(said.conversation), id }, shown, said.turn));
    return id;
  }

  /** False when the message is gone, or when all of it does not fit into one. */
  private async change(said: Said, post: LivePost, address: TeamsAddress): Promise<boolean> {
    const { at } = post.shown;
    try {
      const changed = await this.draw(said, true, async ([message, ...more]) => {
        if (more.length > 0) return false;
        await this.update({ serviceUrl: address.serviceUrl, conversation: at }, post.id, message!);
        return true;
      });
      if (!changed) return false;
    } catch (error) {
      if (!isGone(error)) throw error;
      await this.memory.dropPost(post.subject, post.id);
      return false;
    }
    if (!hasButtons(said.lines)) await this.memory.dropPost(post.subject, post.id);
    else await this.memory.savePost(kept(post, { at, lines: [...said.lines], key: said.key }, said.turn));
    return true;
  }

  /** Returns what may go better another time. */
  private async takeAllButtons(posts: readonly LivePost[], address: TeamsAddress): Promise<unknown[]> {
    const failures: unknown[] = [];
    for (const post of posts) {
      try {
        await this.takeButtons(post, address);
      } catch (error) {
        failures.push(error);
      }
    }
    return failures;
  }

  /** @throws only what another try may mend */
  private async takeButtons(post: LivePost, { serviceUrl }: TeamsAddress): Promise<void> {
    const { at, lines } = post.shown;
    const words = turnMessages(lines, { turn: post.version, live: false }).at(-1)!;
    try {
      await this.update({ serviceUrl, conversation: at }, post.id, words);
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind === 'temporary') throw error;
      if (!isGone(error)) this.log.warn({ error: failure.error }, 'a message in Teams keeps buttons that are dead');
    }
    await this.memory.dropPost(post.subject, post.id);
  }

  private update(spot: Spot, id: string, message: OutgoingMessage): Promise<void> {
    return this.pacing.run(spot.conversation, () => this.service.update(spot, id, message));
  }

  private async draw<T>(said: Said, live: boolean, show: (messages: OutgoingMessage[]) => Promise<T>): Promise<T> {
    const card = { turn: said.turn, conversation: said.conversation, live };
    try {
      return await show(turnMessages(said.lines, card));
    } catch (error) {
      if (!isTooBig(error)) throw error;
      return show(turnMessages(said.lines, { ...card, limit: smallerCard }));
    }
  }

  private async posts(conversation: string): Promise<LivePost[]> {
    const posts = await this.memory.posts(chatSubject(conversation));
    return posts.flatMap((post) => {
      const shown = shownSchema.safeParse(post.ref);
      return shown.success ? [{ ...post, shown: shown.data }] : [];
    });
  }
}

const kept = ({ subject, id }: Pick<Post, 'subject' | 'id'>, shown: Shown, version: number): Post => ({
  subject,
  id,
  ref: shown,
  version,
});
