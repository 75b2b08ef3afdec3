import type { Respond } from './bolt-app';
import {
  actionOf,
  type ConversationValue,
  isAsking,
  isDirect,
  isOpenTicket,
  readValue,
  SHOW_STEPS,
  type TicketValue,
} from './button-values';
import { addressOf, impliedAddress, privateConversation, userOf } from './keys';
import {
  CHOICE_INPUT,
  type Filled,
  faultOf,
  type Modal,
  PERSON_INPUT,
  readPurpose,
  stepsModal,
  WORDS_INPUT,
  wordsModal,
} from './modals';
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
  id: string,
  value: TicketValue,
): Promise<undefined> {
  if (isOpenTicket(id)) return openTicket(parts, payload, team, value);
  const place = placeOf(payload, team);
  if (!place) return ignored(parts, 'unknown_action');
  if (id === SHOW_STEPS) {
    const view = await parts.reader.ticketView(value.ticket, value.at);
    if (view) await openModal(parts, payload.trigger_id, stepsModal(view));
    if (view && !view.seen) await record(parts, ofTicketPress(place, value, 'seen', arrivalOf(parts)));
    return;
  }
  const action = actionOf(id);
  if (isDirect(action)) {
    await record(parts, ofTicketPress(place, value, action, arrivalOf(parts)));
    return;
  }
  if (!isAsking(action)) return ignored(parts, 'unknown_action');
  const { ts: card, channel } = place;
  const { ticket, v, at } = value;
  const choices = await choicesOf(parts, value, action);
  await openModal(parts, payload.trigger_id, wordsModal({ ticket, v, at, action, card, channel }, choices));
}

/** What can be picked now; of a ticket that is closed by now nothing, and the words will be refused with a reason. */
async function choicesOf({ reader }: ReceiveParts, { ticket, at }: TicketValue, action: string) {
  if (action === 'reply' || action === 'note') return [];
  const view = await reader.ticketView(ticket, at);
  return view?.actions.find(({ id }) => id === action)?.choices ?? [];
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
  const filled = filledIn(view);
  const fault = faultOf(about.action, filled);
  if (fault) return { response_action: 'errors', errors: { [fault[0]]: fault[1] } };
  await record(parts, ofTicketWords(team, user, view.id, about, filled, arrivalOf(parts)));
  return undefined;
}

function filledIn({ state: { values } }: ViewSubmission['view']): Filled {
  const of = (input: string) => values[input]?.[input];
  return {
    text: (of(WORDS_INPUT)?.value ?? '').trim(),
    choice: of(CHOICE_INPUT)?.selected_option?.value,
    person: of(PERSON_INPUT)?.selected_user ?? undefined,
  };
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
