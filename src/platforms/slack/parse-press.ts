import type { IncomingAction, IncomingMessage } from '../../core/message';
import { writeReassignment } from '../../core/ticket-actions';
import { type Arrival, alone, isMember, nameOf, personOf } from './arrival';
import type { DirectAction, TicketValue } from './button-values';
import {
  pressKey,
  privateConversation,
  type SlackAddress,
  sharedConversation,
  ticketActionKey,
  triggerKey,
  viewKey,
} from './keys';
import type { Filled, WordsPurpose } from './modals';
import type { PayloadUser } from './payloads';

export interface PressPlace {
  team: string;
  user: PayloadUser;
  channel: string;
  /** The message that carried the button. */
  ts: string;
  thread: string | undefined;
  outsiders: boolean;
}

/** A press on a message of the bot, by the person whose conversation it shows. */
export function ofPress(
  { team, user, channel, ts, thread, outsiders }: PressPlace,
  conversation: string,
  press: { id: string; turn: number | undefined },
  arrival: Arrival,
): IncomingMessage {
  const address: SlackAddress = { team, user: user.id, channel, ...(thread ? { thread } : {}) };
  const own = privateConversation(team, user.id);
  return {
    key: pressKey(team, channel, ts, user.id, press.turn ?? 0, press.id),
    platform: 'slack',
    conversation,
    person: personOf(team, user.id, nameOf(user), isMember(user.team_id, team), arrival),
    at: arrival.at,
    kind: 'press',
    press: press.id,
    ...(press.turn === undefined ? {} : { turn: press.turn }),
    ...(conversation === own
      ? { address }
      : {
          address: { ...address, outsiders },
          shared: { conversation: own, address: { team, user: user.id }, outsiders },
        }),
  };
}

/** A press in the home view belongs to the private conversation, whatever turn that is at. */
export function ofHomePress(
  team: string,
  user: PayloadUser,
  press: string,
  trigger: string,
  arrival: Arrival,
): IncomingMessage {
  return {
    ...alone({ team, user: user.id }, nameOf(user), arrival),
    key: triggerKey(team, trigger),
    kind: 'press',
    press,
  };
}

/** An administrator's press on a ticket's card. */
export function ofTicketPress(
  { team, user, channel, ts, thread }: Omit<PressPlace, 'outsiders'>,
  { ticket, v, at, choice }: TicketValue,
  action: DirectAction,
  arrival: Arrival,
): IncomingAction {
  return {
    ...onCard({ team, user, channel, ts, thread }, at, arrival),
    key: ticketActionKey(team, user.id, ticket, v, choice ? `${action}=${choice}` : action),
    ticket,
    action,
    ...(choice ? { choice } : {}),
    text: '',
    secrets: [],
  };
}

/** Words that were written into a modal. */
export function ofTicketWords(
  team: string,
  user: PayloadUser,
  view: string,
  { ticket, action, at, card, channel }: WordsPurpose,
  { text, choice, person }: Filled,
  arrival: Arrival,
): IncomingAction {
  const picked = person ? writeReassignment({ to: 'person', name: person }) : choice;
  const masked = arrival.mask(text);
  return {
    ...onCard({ team, user, channel, ts: card, thread: undefined }, at, arrival),
    key: viewKey(team, view),
    ticket,
    action,
    ...(picked ? { choice: picked } : {}),
    text: masked.text,
    secrets: masked.kinds,
  };
}

/** A conversation of its own: what an administrator is told about a card must not land in their private talk. */
function onCard(
  { team, user, channel, ts, thread }: Omit<PressPlace, 'outsiders'>,
  destination: string,
  arrival: Arrival,
): Omit<IncomingAction, 'key' | 'ticket' | 'action' | 'text' | 'secrets'> {
  const address: SlackAddress = { team, user: user.id, channel, ...(thread ? { thread } : {}) };
  return {
    platform: 'slack',
    conversation: sharedConversation(team, channel, ts, user.id),
    person: personOf(team, user.id, nameOf(user), isMember(user.team_id, team), arrival),
    at: arrival.at,
    address,
    kind: 'ticket_action',
    card: { destination, id: ts },
  };
}
