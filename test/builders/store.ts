import { type Conversation, newConversation } from '../../src/core/conversation';
import type { IncomingMessage, Reply } from '../../src/core/message';
import type { ChatLine, Store, TurnCommit } from '../../src/core/ports';
import type { Ticket, TicketDetails } from '../../src/core/ticket';

export const reply = (text: string, parts: Partial<Reply> = {}): Reply => ({
  name: 'phrases/greeting',
  say: [[{ text }]],
  buttons: [],
  links: [],
  ...parts,
});

export const botLine = (text: string): ChatLine => ({ from: 'bot', reply: reply(text) });

/** What every message has, by default from Ada in her chat `c1`. */
export const envelope = (key: string) => ({
  key,
  platform: 'web' as const,
  conversation: 'c1',
  person: { id: 'ada', name: 'Ada', member: true },
  at: 1000,
});

type Message<K extends IncomingMessage['kind']> = Extract<IncomingMessage, { kind: K }>;

export const textMessage = (key: string, parts: Partial<Message<'text'>> = {}): Message<'text'> => ({
  ...envelope(key),
  kind: 'text',
  text: 'lost my phone',
  secrets: [],
  ...parts,
});

export const pressMessage = (key: string, press: string, parts: Partial<Message<'press'>> = {}): Message<'press'> => ({
  ...envelope(key),
  kind: 'press',
  press,
  ...parts,
});

export const fileMessage = (key: string, name: string, parts: Partial<Message<'file'>> = {}): Message<'file'> => ({
  ...envelope(key),
  kind: 'file',
  name,
  ...parts,
});

/** The message `of`, changed to other words. */
export const editMessage = (
  key: string,
  of: string,
  text: string,
  parts: Partial<Message<'edit'>> = {},
): Message<'edit'> => ({ ...envelope(key), kind: 'edit', of, text, secrets: [], ...parts });

export const deleteMessage = (key: string, of: string, parts: Partial<Message<'delete'>> = {}): Message<'delete'> => ({
  ...envelope(key),
  kind: 'delete',
  of,
  ...parts,
});

/** What was said in `from` and goes on in the conversation of this message. */
export const movedMessage = (
  key: string,
  from: string,
  input: IncomingMessage,
  parts: Partial<Message<'moved'>> = {},
): Message<'moved'> => ({ ...envelope(key), kind: 'moved', from, input, state: newConversation(), ...parts });

export const ticketDetails = (parts: Partial<TicketDetails> = {}): TicketDetails => ({
  person: { id: 'ada', name: 'Ada', member: true },
  platform: 'web',
  intent: 'mfa.lost',
  title: 'Lost or broken MFA device',
  severity: 'normal',
  slots: { account_type: 'iam' },
  words: ['lost my phone'],
  tried: [],
  rules: ['mfa-lost-iam-user/iam-user'],
  guide: 'remove-iam-mfa',
  follows: null,
  ...parts,
});

export const conversation = (parts: Partial<Conversation> = {}): Conversation => ({
  ...newConversation(),
  turn: 1,
  ...parts,
});

export const turnCommit = (key: string, parts: Partial<TurnCommit> = {}): TurnCommit => ({
  key,
  at: 2000,
  conversationId: 'c1',
  platform: 'web',
  conversation: conversation(),
  expectedVersion: 0,
  said: { from: 'person', text: 'lost my phone' },
  replies: () => [botLine('Hello.')],
  open: null,
  change: null,
  destinations: [],
  ...parts,
});

/** Records a message and commits its turn on top of what is there. */
export async function turn(
  store: Store,
  key: string,
  parts: Partial<TurnCommit> = {},
): Promise<{ ticket: Ticket | null }> {
  const commit = turnCommit(key, parts);
  await store.record(textMessage(key, { conversation: commit.conversationId }));
  const { version } = await store.loadConversation(commit.conversationId);
  return store.commitTurn({ ...commit, expectedVersion: parts.expectedVersion ?? version });
}

/** A store that already holds one open ticket. */
export async function openTicket(store: Store, key = 'open', parts: Partial<TurnCommit> = {}): Promise<Ticket> {
  const { ticket } = await turn(store, key, {
    open: { role: 'account-admin', details: ticketDetails() },
    destinations: ['desk'],
    ...parts,
  });
  return ticket!;
}
