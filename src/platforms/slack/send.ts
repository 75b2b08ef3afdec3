import type { Outgoing, PlatformMemory, PlatformSender } from '../../core/ports';
import type { Background } from './background';
import { type FailedDelivery, isGone, slackWord, TooSoon, waitAskedFor } from './failures';
import { addressOf, impliedAddress, isDirect, userOf } from './keys';
import type { LivePost, LivePosts } from './live-posts';
import type { Messages, Spot } from './messages';
import { hasButtons, type Page } from './pages';
import { renderReply } from './render-reply';

export interface SenderParts {
  messages: Messages;
  live: LivePosts;
  memory: PlatformMemory;
  background: Background;
  /** An answer has left for this conversation. */
  onAnswered: (conversation: string) => void;
  /** What a failure means. */
  deliveryAfter: (error: unknown) => Promise<FailedDelivery>;
}

type Reply = Extract<Outgoing, { kind: 'reply' }>;
type Notice = Extract<Outgoing, { kind: 'notice' }>;

/** Tries that are worth it for the buttons of older messages alone. */
const TRIES_FOR_OLD_BUTTONS = 3;

/** The way out to people. */
export function createSender(parts: SenderParts): PlatformSender {
  return {
    async send(outgoing, key, attempt) {
      try {
        if (outgoing.kind === 'notice') await notify(parts, outgoing, key, attempt);
        else await answer(parts, outgoing, key, attempt);
        return { kind: 'sent' };
      } catch (error) {
        return parts.deliveryAfter(error);
      }
    },
  };
}

async function answer(parts: SenderParts, outgoing: Reply, key: string, attempt: number): Promise<void> {
  const { live } = parts;
  const { conversation, turn } = outgoing;
  const pages = renderReply(outgoing.lines, conversation, turn);
  const spot = await spotOf(parts, conversation);
  const before = await live.of(conversation);
  const shown = await show(parts, outgoing, pages, { spot, key, attempt, before });
  parts.onAnswered(conversation);
  // A word in between, which belongs to the same turn and offers nothing, leaves the turn's buttons alone.
  const isOffer = pages.some(hasButtons);
  const over = before.filter(({ id, version }) => !shown.has(id) && (isOffer || version < turn));
  await retire(parts, conversation, over, attempt);
  for (const [id, page] of shown) if (!hasButtons(page)) await live.forget(conversation, id);
}

/** The answer is there: nobody must wait for tidiness. */
async function retire(
  { live, background }: SenderParts,
  conversation: string,
  posts: readonly LivePost[],
  attempt: number,
): Promise<void> {
  try {
    await live.retire(posts);
  } catch (error) {
    const wait = error instanceof TooSoon ? error.retryAfter : waitAskedFor(error);
    if (wait !== null) background.later(wait, 'take out old buttons', () => live.retireLater(conversation, posts));
    else if (attempt < TRIES_FOR_OLD_BUTTONS) throw error;
  }
}

interface Try {
  spot: Spot;
  key: string;
  attempt: number;
  before: LivePost[];
}

/** Puts the pages there, each once, however often it is tried. Returns them by the ids of their messages. */
async function show(parts: SenderParts, outgoing: Reply, pages: readonly Page[], now: Try): Promise<Map<string, Page>> {
  const { messages, live } = parts;
  const { spot, attempt, before } = now;
  const there = attempt > 1 ? await messages.find(spot) : new Map<string, string>();
  const shown = new Map<string, Page>();
  // Where nothing can fail after the first message, there is nothing to remember for another try.
  const isAll = pages.length === 1 && before.length === 0;
  for (const [index, page] of pages.entries()) {
    const key = index === 0 ? now.key : `${now.key}#${index + 1}`;
    const kept = before.find((post) => post.ref.key === key)?.id;
    const id =
      kept ??
      there.get(key) ??
      (index === 0 ? await inPlace(parts, outgoing, page, now) : null) ??
      (await messages.post(spot, page, key));
    if (hasButtons(page) || !isAll) await live.keep(outgoing.conversation, id, spot, page, key, outgoing.turn);
    shown.set(id, page);
  }
  return shown;
}

/** Changes the message whose button was pressed. Null when there is none, or Slack does not let us now. */
async function inPlace(
  { live }: SenderParts,
  { replaces }: Reply,
  page: Page,
  { spot, key, before }: Try,
): Promise<string | null> {
  const newest = before.at(-1);
  if (!replaces || !newest || newest.ref.passed) return null;
  if (newest.ref.channel !== spot.channel || newest.ref.thread !== spot.thread) return null;
  try {
    return (await live.replace(newest, page, key)) ? newest.id : null;
  } catch (error) {
    // Changes have a limit of their own; a new message is better than a late one.
    if (!(error instanceof TooSoon) && waitAskedFor(error) === null) throw error;
    return null;
  }
}

async function notify(parts: SenderParts, outgoing: Notice, key: string, attempt: number): Promise<void> {
  const { messages } = parts;
  const [page] = renderReply([{ from: 'bot', reply: outgoing.say }], outgoing.conversation);
  if (!page) return;
  const user = userOf(outgoing.person.id);
  const address = addressOf(outgoing.address);
  if (address?.channel && !isDirect(address.channel)) {
    try {
      return await messages.whisper({ channel: address.channel, thread: address.thread }, user, page);
    } catch (error) {
      if (!cannotWhisper.has(slackWord(error) ?? '') && !isGone(error)) throw error;
    }
  }
  const spot = { channel: await messages.directChannel(user) };
  if (attempt > 1 && (await messages.find(spot)).has(key)) return;
  await messages.post(spot, page, key);
}

const cannotWhisper = new Set(['channel_not_found', 'not_in_channel', 'user_not_in_channel', 'is_archived']);

const spotOf = async ({ memory, messages }: SenderParts, conversation: string): Promise<Spot> =>
  messages.spotOf(addressOf(await memory.address(conversation)) ?? impliedAddress(conversation));
