import type { Respond } from './bolt-app';
import {
  type ConversationValue,
  isOpenTicket,
  isTicketAction,
  readValue,
  SHOW_STEPS,
  type TicketValue,
} from './button-values';
import { addressOf, impliedAddress, privateConversation, userOf } from './keys';
import { faultOf, type Modal, readPurpose, stepsModal, WORDS_INPUT, wordsModal } from './modals';
import { ofHomePress, ofPress, ofTicketPress, ofTicketWords, type PressPlace } from './parse-press';
import type { BlockAction, PayloadUser, ViewSubmission } from './payloads';
import { arrivalOf, type ReceiveParts, record } from './record';

/** A button: of a conversation, of the Home tab, or of a ticket's card. */
export async function onPress(parts: ReceiveParts, payload: BlockAction, respond: Respond): Promise<undefined> {
  const [action] = payload.actions;
  const value = readValue(action?.value);
  const team = teamOf(parts, payload);
  if (!action || !value || !team) return ignored(parts, 'unknown_action');
  if ('ticket' in value) return onTicket(parts, payload, team, action.action_id, value);
  if (userOf(value.c) !== payload.user.id) {
    parts.background.run('say whose button it is', () => respond(parts.words.notYourButton));
    return;
  }
  if (payload.container.type === 'view') return onHome(parts, payload, team, action.action_id);
  return onConversation(parts, payload, team, action.action_id, value);
}

async function onConversation(
  parts: ReceiveParts,
  payload: BlockAction,
  team: string,
  press: string,
  { c: conversation, t: turn }: ConversationValue,
): Promise<undefined> {
  const place = placeOf(payload, team);
  if (!place) return ignored(parts, 'unknown_action');
  const thread = place.thread ?? impliedAddress(conversation).thread;
  const isShared = conversation !== privateConversation(team, payload.user.id);
  // Where nobody told who reads along, outsiders may.
  const outsiders = isShared && (addressOf(await parts.memory.address(conversation))?.outsiders ?? true);
  const incoming = ofPress({ ...place, thread, outsiders }, conversation, { id: press, turn }, arrivalOf(parts));
  await parts.live.pressed(conversation, place.ts);
  await record(parts, incoming, { channel: place.channel, ts: thread ?? place.ts });
}

async function onHome(
  parts: ReceiveParts,
  { user, trigger_id }: BlockAction,
  team: string,
  press: string,
): Promise<undefined> {
  const incoming = ofHomePress(team, user, press, trigger_id, arrivalOf(parts));
  await parts.live.pressed(incoming.conversation, null);
  if ((await record(parts, incoming)) === 'recorded') parts.homes.pressed(incoming.person, incoming.conversation);
}

async function onTicket(
  parts: ReceiveParts,
  payload: BlockAction,
  team: string,
  action: string,
  value: TicketValue,
): Promise<undefined> {
  if (isOpenTicket(action)) return openTicket(parts, payload, team, value);
  const place = placeOf(payload, team);
  if (!place) return ignored(parts, 'unknown_action');
  if (action === SHOW_STEPS) {
    const view = await parts.reader.ticketView(value.ticket);
    if (view) await openModal(parts, payload.trigger_id, stepsModal(view));
    return;
  }
  if (!isTicketAction(action)) return ignored(parts, 'unknown_action');
  if (action === 'claim' || action === 'not_mine') {
    await record(parts, ofTicketPress(place, value, action, arrivalOf(parts)));
    return;
  }
  const { ts: card, channel } = place;
  await openModal(parts, payload.trigger_id, wordsModal({ ...value, action, card, channel }));
}

/** From the Home tab. Changes nothing; so it needs no turn, and may be pressed again where it failed. */
function openTicket(
  parts: ReceiveParts,
  { user, trigger_id: trigger }: BlockAction,
  team: string,
  { ticket }: TicketValue,
): undefined {
  const { background, homes, tickets } = parts;
  const { person, conversation } = ofHomePress(team, user, 'open_ticket', trigger, arrivalOf(parts));
  background.run('show a ticket to an administrator', async () => {
    if (!(await homes.maySeeQueue(person))) return ignored(parts, 'queue_of_others');
    await tickets.show(user.id, ticket, trigger);
    homes.pressed(person, conversation);
  });
}

/** At once: what gives the right to open a modal lives for three seconds. If it fails, Slack shows that the press did. */
async function openModal({ client }: ReceiveParts, trigger: string, view: Modal): Promise<void> {
  await client.views.open({ trigger_id: trigger, view });
}

/** The words of a reply, a note or a resolution were sent off. What is wrong with them is shown in the modal. */
export async function onWords(parts: ReceiveParts, payload: ViewSubmission): Promise<object | undefined> {
  const { view, user } = payload;
  const about = readPurpose(view.private_metadata);
  const team = teamOf(parts, payload);
  if (!about || !team) return ignored(parts, 'unknown_view');
  const text = (view.state.values[WORDS_INPUT]?.[WORDS_INPUT]?.value ?? '').trim();
  const fault = faultOf(about.action, text);
  if (fault) return { response_action: 'errors', errors: { [WORDS_INPUT]: fault } };
  await record(parts, ofTicketWords(team, user, view.id, about, text, arrivalOf(parts)));
  return undefined;
}

/** In channels shared with another company a payload may name that company's workspace; ours is what counts. */
const teamOf = (
  { credentials }: ReceiveParts,
  { team, user }: { team?: { id: string } | null | undefined; user: PayloadUser },
): string | null => credentials.identity?.team ?? team?.id ?? user.team_id ?? null;

function placeOf({ container, message, user }: BlockAction, team: string): Omit<PressPlace, 'outsiders'> | null {
  const { channel_id: channel, message_ts: ts, thread_ts } = container;
  return channel && ts ? { team, user, channel, ts, thread: thread_ts ?? message?.thread_ts } : null;
}

function ignored({ log, refused }: ReceiveParts, reason: string): undefined {
  log.info({ reason }, 'Slack: ignored what it cannot be about');
  refused('slack', reason);
}
