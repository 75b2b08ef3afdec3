import type { IncomingMessage, Person } from '../../core/message';
import { readText } from './incoming-text';
import { personId, privateConversation, type SlackAddress } from './keys';
import type { MessageEvent, PayloadUser, Said } from './payloads';

/** What parsing needs to know besides the payload. */
export interface Arrival {
  at: number;
  mask: (text: string) => { text: string; kinds: string[] };
  /** The workspace the token is for; null until Slack has confirmed the token. */
  team: string | null;
  /** The bot's own user id, as far as it is known. */
  botUser: string | null;
}

/** What every message of a person has. */
export type Base = Omit<Extract<IncomingMessage, { kind: 'file' }>, 'kind' | 'name'>;

/** Nothing but the bot's name, or a bare command, is a greeting. */
export function wordsOrHello(base: Base, raw: string, names: readonly string[], arrival: Arrival): IncomingMessage {
  const { text, kinds } = arrival.mask(readText(raw, arrival.botUser));
  const files = names.map((name) => arrival.mask(name).text);
  if (text === '') {
    return files.length
      ? { ...base, kind: 'file', name: files.join(', ') }
      : { ...base, kind: 'press', press: 'hello' };
  }
  return { ...base, kind: 'text', text, secrets: kinds, ...(files.length ? { files } : {}) };
}

/** For what reaches a person's private conversation from elsewhere. */
export function alone(address: SlackAddress, name: string, arrival: Arrival): Omit<Base, 'key'> {
  const { team, user } = address;
  return {
    platform: 'slack',
    conversation: privateConversation(team, user),
    person: personOf(team, user, name, true, arrival),
    at: arrival.at,
    address,
  };
}

/** The workspace that installed the app; in shared channels the event's own team may be another one. */
export const teamOf = (
  { team_id, authorizations }: Pick<MessageEvent, 'team_id' | 'authorizations'>,
  arrival: Arrival,
): string => arrival.team ?? authorizations?.[0]?.team_id ?? team_id;

/** The bot's user id as an event tells it. */
export const botUserOf = ({ authorizations }: Pick<MessageEvent, 'authorizations'>): string | null =>
  authorizations?.find(({ is_bot }) => is_bot)?.user_id ?? null;

/** What the payload alone tells; the directory knows better. */
export const isMember = (homeTeam: string | null | undefined, team: string): boolean => !homeTeam || homeTeam === team;

export const personOf = (team: string, user: string, name: string, member: boolean, arrival: Arrival): Person => ({
  id: personId(team, user),
  name: arrival.mask(name).text,
  member,
});

export const nameOf = ({ id, name, username }: PayloadUser): string => name ?? username ?? id;

export const filesOf = (files: Said['files']): string[] => (files ?? []).map(({ name }) => name ?? 'file');
