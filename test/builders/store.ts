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

export const textMessage = (
  key: string,
  parts: Partial<Extract<IncomingMessage, { kind: 'text' }>> = {},
): IncomingMessage => ({
  key,
  platform: 'web',
  conversation: 'c1',
  person: { id: 'ada', name: 'Ada', member: true },
  at: 1000,
  kind: 'text',
  text: 'lost my phone',
  secrets: [],
  ...parts,
});

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
  const { ticket } = await turn(store, key, { open: { role: 'account-admin', details: ticketDetails() }, ...parts });
  return ticket!;
}
