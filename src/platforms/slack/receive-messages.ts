import type { IncomingMessage } from '../../core/message';
import { cardRefSchema, cardSubject } from '../../core/ports';
import { type Arrival, botUserOf, teamOf } from './arrival';
import type { Respond } from './bolt-app';
import { addressOf, isDirect, privateConversation } from './keys';
import { ofCommand, ofHomeOpened, ofMention, ofMessage, ofShortcut } from './parse';
import { ofThread, threadOf } from './parse-thread';
import type { HomeOpenedEvent, MentionEvent, MessageEvent, MessageShortcut, SlashCommand } from './payloads';
import { escaped } from './plain-text';
import { arrivalOf, type ReceiveParts, record } from './record';
import type { Anchor } from './typing';

export async function onMessage(parts: ReceiveParts, payload: MessageEvent): Promise<undefined> {
  const arrival = arrivalOf(parts, botUserOf(payload));
  if (await isBelowCard(parts, payload, arrival)) return;
  const incoming = ofMessage(payload, arrival);
  if (!incoming) return;
  const isNew = incoming.kind !== 'edit' && incoming.kind !== 'delete';
  await record(parts, incoming, isNew ? anchorOf(payload.event) : undefined);
}

export async function onMention(parts: ReceiveParts, payload: MentionEvent): Promise<undefined> {
  const arrival = arrivalOf(parts, botUserOf(payload));
  if (await isBelowCard(parts, payload, arrival)) return;
  const told = ofMention(payload, arrival);
  if (!told) return;
  const result = await record(parts, told.message, anchorOf(payload.event));
  // Slack tells of an edited mention again. Only if we know the message from before is it a change.
  if (result === 'duplicate' && told.edit) await record(parts, told.edit);
}

/** Whoever writes below a ticket's card talks with the employee, and not with the bot. */
async function isBelowCard(
  parts: ReceiveParts,
  payload: MessageEvent | MentionEvent,
  arrival: Arrival,
): Promise<boolean> {
  const thread = threadOf(payload);
  if (!thread) return false;
  const [card] = await parts.memory.posts(cardSubject('slack', thread.channel, thread.root));
  const ref = cardRefSchema.safeParse(card?.ref).data;
  if (!ref) return false;
  const incoming = ofThread(payload, { ...ref, id: thread.root }, arrival);
  if (incoming) await record(parts, incoming);
  return true;
}

const anchorOf = (event: { channel: string; ts?: string; thread_ts?: string | undefined }): Anchor | undefined => {
  const ts = event.thread_ts ?? event.ts;
  return ts ? { channel: event.channel, ts } : undefined;
};

/** Somebody opened the bot. The first time counts, once for ever; the Home tab is drawn whenever they look at it. */
export async function onHomeOpened(parts: ReceiveParts, payload: HomeOpenedEvent): Promise<undefined> {
  const { tab = 'messages', view } = payload.event;
  const hello = ofHomeOpened(payload, arrivalOf(parts));
  if (tab === 'messages' || view === undefined) await record(parts, hello);
  if (tab === 'home') parts.homes.opened(hello.person, hello.conversation);
}

export async function onCommand(parts: ReceiveParts, payload: SlashCommand): Promise<object | undefined> {
  const own = privateConversation(teamOf(payload, arrivalOf(parts)), payload.user_id);
  const known = isDirect(payload.channel_id) ? addressOf(await parts.memory.address(own)) : null;
  const isHere = known?.channel === payload.channel_id;
  const incoming = ofCommand(payload, isHere ? payload.channel_id : null, arrivalOf(parts));
  await parts.live.pressed(own, null);
  await record(parts, incoming);
  return isHere ? undefined : { response_type: 'ephemeral', text: escaped(parts.words.answeredPrivately) };
}

export async function onShortcut(parts: ReceiveParts, payload: MessageShortcut, respond: Respond): Promise<undefined> {
  const team = parts.credentials.identity?.team ?? payload.team?.id ?? payload.user.team_id;
  if (!team) throw new Error('a shortcut of no workspace');
  const incoming: IncomingMessage = ofShortcut(payload, team, arrivalOf(parts));
  await parts.live.pressed(incoming.conversation, null);
  const result = await record(parts, incoming);
  if (result === 'recorded' && !isDirect(payload.channel.id))
    parts.background.run('say where the answer is', () => respond(parts.words.answeredPrivately));
}
