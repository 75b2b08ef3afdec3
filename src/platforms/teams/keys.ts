import { createHash } from 'node:crypto';

/** How conversations, people and inputs of Teams are called in the rest of the bot. */

/** One person alone with the bot; by person and not by chat, so that a thread can hand over to it. */
export const privateConversation = (tenant: string, user: string): string => `teams:${tenant}:${user}`;

/** One person's own conversation among others: in a thread of a channel, or in a group chat. */
export const sharedConversation = (tenant: string, chat: string, root: string | null, user: string): string =>
  `teams:${tenant}:${chat}:${root ?? '-'}:${user}`;

/** The channel or chat that a conversation id of Teams names, without its thread. */
export const chatOf = (conversation: string): string => conversation.split(';messageid=', 1)[0]!;
export const rootOf = (conversation: string): string | null => conversation.split(';messageid=')[1] ?? null;

/** The name under which a ticket's pings go to a channel, a chat or a person. */
export const destinationOf = (id: string): string => `teams:${id}`;

/** Under this name an address tells how a place or a person is reached that a ping may go to. */
export const placeOf = (id: string): string => `teams-place:${id}`;
/** The service that spoke to us last: good for places that never did. */
export const anyPlace = placeOf('*');

export const messageKey = (conversation: string, message: string): string => `teams:${conversation}:${message}`;

/** A message can be changed more than once; a change that is sent again must not count again. */
export const editKey = (message: string, timestamp: string, text: string): string =>
  `${message}:edit:${digest(`${timestamp}\n${text}`)}`;
export const deleteKey = (message: string): string => `${message}:delete`;

export const helloKey = (tenant: string, user: string): string => `teams:hello:${tenant}:${user}`;

/** The same button of the same message in the same turn: once, by whatever id the press arrives. */
export const pressKey = (message: string, conversation: string, turn: number, press: string): string =>
  `teams:press:${message}:${conversation}:${turn}:${press}`;

/** Words are part of it: another reply on the same version of the ticket is another reply. */
export const actionKey = (
  message: string,
  user: string,
  ticket: number,
  version: number,
  action: string,
  text: string,
) => `teams:action:${message}:${user}:${ticket}:${version}:${action}:${digest(text)}`;

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 16);
