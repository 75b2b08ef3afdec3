import type { PlatformLog } from '../../core/platform';
import type { Outgoing, PlatformMemory, PlatformSender } from '../../core/ports';
import { type FailedDelivery, isGone, slackWord, waitAskedFor } from './failures';
import { addressOf, impliedAddress, isDirect, userOf } from './keys';
import type { LivePosts } from './live-posts';
import type { Messages, Spot } from './messages';
import { hasButtons, type Page } from './pages';
import { renderReply } from './render-reply';

export interface SenderParts {
  messages: Messages;
  live: LivePosts;
  memory: PlatformMemory;
  log: PlatformLog;
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
  try {
    // A word in between, which belongs to the same turn and offers nothing, leaves the turn's buttons alone.
    const isOffer = pages.some(hasButtons);
    await live.retire(before.filter(({ id, version }) => !shown.has(id) && (isOffer || version < turn)));
  } catch (error) {
    // The answer is there; nobody must wait for tidiness.
    if (attempt < TRIES_FOR_OLD_BUTTONS) throw error;
  }
}

interface Try {
  spot: Spot;
  key: string;
  attempt: number;
  before: Awaited<ReturnType<LivePosts['of']>>;
}

/** Puts the pages there, each once, however often it is tried. Returns the ids of the messages that show them. */
async function show(parts: SenderParts, outgoing: Reply, pages: readonly Page[], now: Try): Promise<Set<string>> {
  const { messages, live } = parts;
  const { spot, attempt, before } = now;
  const there = attempt > 1 ? await messages.find(spot) : new Map<string, string>();
  const ids = new Set<string>();
  for (const [index, page] of pages.entries()) {
    const key = index === 0 ? now.key : `${now.key}#${index + 1}`;
    const kept = before.find((post) => post.ref.key === key)?.id;
    const id =
      kept ??
      there.get(key) ??
      (index === 0 ? await inPlace(parts, outgoing, page, now) : null) ??
      (await messages.post(spot, page, key));
    await live.keep(outgoing.conversation, id, spot, page, key, outgoing.turn);
    ids.add(id);
  }
  return ids;
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
    if (waitAskedFor(error) === null) throw error;
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
