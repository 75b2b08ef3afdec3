import type { PlatformParts } from '../../core/platform';
import {
  type CardRef,
  cardSubject,
  type Delivery,
  type Destination,
  type Outgoing,
  type Post,
  ticketSubject,
} from '../../core/ports';
import { isClosed } from '../../core/ticket';
import type { TicketView } from '../../core/ticket-view';
import { type FailedDelivery, isGone } from './failures';
import type { Messages, Spot } from './messages';
import { type Page, pageOf } from './pages';
import { replyBlocks } from './render-reply';
import { renderReport } from './render-report';
import { renderTicket } from './render-ticket';
import { sayBelow } from './thread';

export interface PingParts extends Pick<PlatformParts, 'reader' | 'memory'> {
  messages: Messages;
  /** What administrators see of tickets has changed. */
  onChanged: () => void;
  /** What a failure means. */
  deliveryAfter: (error: unknown) => Promise<FailedDelivery>;
}

type Ping = Extract<Outgoing, { kind: 'ping' }>;

/** The way out to administrators: one card for each ticket and place, kept up to date. */
export function createDestination(parts: PingParts): Destination {
  return {
    async ping(outgoing, key, attempt) {
      try {
        const view = await parts.reader.ticketView(outgoing.ticket, outgoing.destination);
        if (!view) return { kind: 'permanent', error: `there is no ticket ${outgoing.ticket}` };
        await bringUpToDate(parts, outgoing, view, key, attempt);
        parts.onChanged();
        return { kind: 'sent' };
      } catch (error) {
        return parts.deliveryAfter(error);
      }
    },
    async thread(outgoing, key, attempt) {
      try {
        await sayBelow(parts, outgoing, key, attempt);
        return { kind: 'sent' };
      } catch (error) {
        return parts.deliveryAfter(error);
      }
    },
    report: ({ destination, report }, key, attempt) => post(parts, destination, renderReport(report), key, attempt),
    alarm: ({ destination, say }, key, attempt) =>
      post(parts, destination, pageOf(replyBlocks(say, destination)), key, attempt),
  };
}

/** A message of its own; one that an earlier try got through with is not posted again. */
async function post(
  { messages, deliveryAfter }: PingParts,
  destination: string,
  page: Page,
  key: string,
  attempt: number,
): Promise<Delivery> {
  try {
    const spot = await spotOf(messages, destination);
    const isThere = attempt > 1 && (await messages.find(spot)).has(key);
    if (!isThere) await messages.post(spot, page, key);
    return { kind: 'sent' };
  } catch (error) {
    return deliveryAfter(error);
  }
}

async function bringUpToDate(
  parts: PingParts,
  outgoing: Ping,
  view: TicketView,
  key: string,
  attempt: number,
): Promise<void> {
  const { memory, messages } = parts;
  const subject = ticketSubject(view.id, outgoing.destination);
  const page = renderTicket(view, outgoing.destination);
  const posts = await memory.posts(subject);
  let isThere = false;
  for (const post of posts) isThere = (await updated(parts, post, view.version, page, key)) || isThere;
  // Nobody needs to hear of a ticket that is over before they were told of it.
  if (isThere || isClosed(view.state)) return;
  const spot = await spotOf(messages, outgoing.destination);
  const found = attempt > 1 ? (await messages.find(spot)).get(key) : undefined;
  const id = found ?? (await messages.post(spot, page, key));
  // One that was found may show an older state than the one we know by now.
  const version = found ? view.version - 1 : view.version;
  const post: Post = { subject, id, ref: { channel: spot.channel }, version };
  // First, so that whatever is written below a card that is known finds its ticket.
  const ref: CardRef = { ticket: view.id, destination: outgoing.destination };
  await memory.savePost({ subject: cardSubject('slack', spot.channel, id), id, ref, version: 0 });
  await memory.savePost(post);
  if (found) await updated(parts, post, view.version, page, key);
}

/** False when the card is not there any more. */
async function updated(
  { memory, messages }: PingParts,
  post: Post,
  version: number,
  page: Page,
  key: string,
): Promise<boolean> {
  if (post.version >= version) return true;
  try {
    await messages.update(String(post.ref.channel), post.id, page, key);
  } catch (error) {
    if (!isGone(error)) throw error;
    await memory.dropPost(post.subject, post.id);
    return false;
  }
  await memory.savePost({ ...post, version });
  return true;
}

/** `slack:C…` is a channel, `slack:U…` a person. */
async function spotOf(messages: Messages, destination: string): Promise<Spot> {
  const id = destination.slice(destination.indexOf(':') + 1);
  return { channel: /^[UW]/.test(id) ? await messages.directChannel(id) : id };
}
