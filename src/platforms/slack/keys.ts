import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Address } from '../../core/message';

/**
 * Names of conversations and of what came in. A private conversation belongs to the person and not to a channel of
 * Slack's, so that a thread can hand over to it; in a thread each person has a conversation of their own.
 */

export const privateConversation = (team: string, user: string): string => `slack:${team}:${user}`;

export const sharedConversation = (team: string, channel: string, thread: string, user: string): string =>
  `slack:${team}:${channel}:${thread}:${user}`;

/** A person's id in the rest of the bot. Slack's user ids are unique, but other platforms have ids too. */
export const personId = privateConversation;

/** Slack's id of the person a conversation or a person's id belongs to. */
export const userOf = (id: string): string => id.slice(id.lastIndexOf(':') + 1);

/** How Slack reaches a conversation. Without a channel: the person alone, in the direct messages with them. */
const slackAddress = z.object({
  team: z.string(),
  user: z.string(),
  channel: z.string().optional(),
  thread: z.string().optional(),
  /** People of another company are among the readers. */
  outsiders: z.boolean().optional(),
});
export type SlackAddress = z.infer<typeof slackAddress>;

export const addressOf = (address: Address | null): SlackAddress | null => slackAddress.safeParse(address).data ?? null;

/** The address as far as the conversation's id tells it, for one that Slack never told. */
export function impliedAddress(conversation: string): SlackAddress {
  const [, team = '', ...rest] = conversation.split(':');
  const [channel, thread, user] = rest;
  return rest.length === 3 ? { team, channel: channel!, thread: thread!, user: user! } : { team, user: rest[0] ?? '' };
}

/** Direct channels of one person and the bot. */
export const isDirect = (channel: string): boolean => channel.startsWith('D');

/**
 * Idempotency keys. Slack sends again what was not acked, and tells one mention twice (as message and as mention, with
 * two event ids), so what a key is made of is the thing itself and not the event.
 */
export const messageKey = (team: string, channel: string, ts: string): string => `slack:${team}:${channel}:${ts}`;
/** Slack tells the time of an edit in whole seconds, within which a person can correct themselves twice. */
export const editKey = (message: string, editedAt: string, text: string): string =>
  `${message}:edit:${editedAt}:${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
export const deleteKey = (message: string): string => `${message}:delete`;
/** The greeting happens once for ever. */
export const helloKey = (team: string, user: string): string => `slack:${team}:hello:${user}`;
/** Twice the same button on the same message is one press, whatever ids the clicks have. */
export const pressKey = (
  team: string,
  channel: string,
  ts: string,
  user: string,
  turn: number,
  press: string,
): string => `slack:${team}:press:${channel}:${ts}:${user}:${turn}:${press}`;
/** What Slack gives a trigger for (a command, a shortcut, a press in the home view) is done once for each. */
export const triggerKey = (team: string, trigger: string): string => `slack:${team}:trigger:${trigger}`;
export const ticketActionKey = (team: string, user: string, ticket: number, version: number, action: string): string =>
  `slack:${team}:ticket:${ticket}:${version}:${action}:${user}`;
/** A modal can be sent off once. */
export const viewKey = (team: string, view: string): string => `slack:${team}:view:${view}`;
