import { z } from 'zod';
import type { PlatformLog } from '../../core/platform';
import { chatSubject, type PlatformMemory, type Post } from '../../core/ports';
import { isGone } from './failures';
import type { Messages, Spot } from './messages';
import { hasButtons, type Page, withoutButtons } from './pages';

const ref = z.object({
  channel: z.string(),
  thread: z.string().optional(),
  /** The outbox key it was last shown under. */
  key: z.string(),
  /** Not to be changed into the next answer: it offers nothing, or the person has pressed something below it. */
  passed: z.boolean().optional(),
  /** The same words without buttons, for the day it is over. */
  quiet: z.object({ text: z.string(), blocks: z.array(z.unknown()) }),
});
type Ref = Omit<z.infer<typeof ref>, 'quiet'> & { quiet: Page };

export interface LivePost extends Post {
  ref: Post['ref'] & Ref;
}

/**
 * The messages of a conversation whose buttons still work: one at a time. A new answer takes the buttons out of all
 * that came before it.
 */
export class LivePosts {
  constructor(
    private readonly memory: PlatformMemory,
    private readonly messages: Messages,
    private readonly log: PlatformLog,
  ) {}

  /** Oldest first. */
  async of(conversation: string): Promise<LivePost[]> {
    const posts = await this.memory.posts(chatSubject(conversation));
    return posts.filter((post): post is LivePost => ref.safeParse(post.ref).success);
  }

  /** Something was pressed: on this message, or (null) where there is none. If not on the newest live one, that is passed. */
  async pressed(conversation: string, message: string | null): Promise<void> {
    const newest = (await this.of(conversation)).at(-1);
    if (newest && newest.id !== message && !newest.ref.passed)
      await this.memory.savePost({ ...newest, ref: { ...newest.ref, passed: true } });
  }

  /** Shows another page in place of a live one. False when that message is not there any more. */
  async replace(post: LivePost, page: Page, key: string): Promise<boolean> {
    try {
      await this.messages.update(post.ref.channel, post.id, page, key);
      return true;
    } catch (error) {
      if (!isGone(error)) throw error;
      await this.memory.dropPost(post.subject, post.id);
      return false;
    }
  }

  /** Remembers what a message shows now: to take its buttons out one day, and not to say it twice. */
  async keep(conversation: string, id: string, spot: Spot, page: Page, key: string, turn: number): Promise<void> {
    const { channel, thread } = spot;
    const kept: Ref = {
      channel,
      ...(thread ? { thread } : {}),
      key,
      quiet: withoutButtons(page),
      ...(hasButtons(page) ? {} : { passed: true }),
    };
    await this.memory.savePost({ subject: chatSubject(conversation), id, ref: { ...kept }, version: turn });
  }

  /** Of a message that offers nothing nothing will change any more. */
  forget(conversation: string, id: string): Promise<void> {
    return this.memory.dropPost(chatSubject(conversation), id);
  }

  /** Takes the buttons out of these. What fails stays remembered, for the next answer to try again. */
  async retire(posts: readonly LivePost[]): Promise<void> {
    const failures: unknown[] = [];
    for (const post of posts) {
      try {
        if (await this.replace(post, post.ref.quiet, post.ref.key)) await this.memory.dropPost(post.subject, post.id);
      } catch (error) {
        this.log.info({ err: error, post: post.id }, 'the buttons of an older message are still there');
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  /** The same a while later, for those that are still there as they were. */
  async retireLater(conversation: string, posts: readonly LivePost[]): Promise<void> {
    const still = await this.of(conversation);
    await this.retire(
      posts.filter((post) => still.some(({ id, ref: { key } }) => id === post.id && key === post.ref.key)),
    );
  }
}
