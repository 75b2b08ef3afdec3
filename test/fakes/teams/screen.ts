import type { CardJson } from './card-json';
import { buttonsOf, wordsOf } from './card-json';
import type { Person } from './world';

/** One message as people see it now. */
export interface Shown {
  id: string;
  /** The conversation id it was sent to, of the thread in a channel. */
  conversation: string;
  /** 'bot', or the name of the person. */
  from: string;
  /** Teams' id of who wrote it. */
  fromId: string;
  text: string;
  textFormat?: string;
  /** The Adaptive Card as the viewer sees it. */
  card?: CardJson;
  /** What notifications say of the message. */
  summary?: string;
  edited: boolean;
  deleted: boolean;
  /** In a channel: the id of the post that it answers. */
  rootId?: string;
  /** Titles of the buttons of the card, in order. */
  buttons: string[];
  /** All that there is to read: the text, or the words of the card line by line. */
  words: string;
}

interface Message extends Omit<Shown, 'card' | 'buttons' | 'words'> {
  card?: CardJson | undefined;
  /** Cards that the bot answered presses with: each is seen by the person who pressed, until the message is edited. */
  views: Map<string, CardJson>;
  /** How the person's message was first sent, which an edit repeats. */
  mentionsBot: boolean;
}

export type NewMessage = Pick<Message, 'id' | 'conversation' | 'from' | 'fromId' | 'text'> &
  Partial<Pick<Message, 'textFormat' | 'card' | 'summary' | 'rootId' | 'mentionsBot'>>;

/** What stands on everybody's screens. */
export class Screen {
  private readonly byId = new Map<string, Message>();
  /** By chat; those of a channel's threads together. */
  private readonly byChat = new Map<string, Message[]>();
  private readonly typing = new Set<string>();

  add(message: NewMessage): void {
    this.typing.delete(message.conversation);
    const whole: Message = { edited: false, deleted: false, mentionsBot: false, views: new Map(), ...message };
    this.byId.set(whole.id, whole);
    const chat = chatIdOf(whole.conversation);
    const others = this.byChat.get(chat) ?? [];
    others.push(whole);
    this.byChat.set(chat, others);
  }
  find(id: string): Message | undefined {
    return this.byId.get(id);
  }
  /** Replaces what a message says, for everybody. */
  edit(message: Message, content: Pick<Partial<Message>, 'text' | 'textFormat' | 'card' | 'summary'>): void {
    message.text = content.text ?? '';
    message.card = content.card;
    if (content.textFormat !== undefined) message.textFormat = content.textFormat;
    if (content.summary !== undefined) message.summary = content.summary;
    message.edited = true;
    message.views.clear();
  }

  all(): readonly Message[] {
    return [...this.byId.values()];
  }

  startTyping(conversation: string): void {
    this.typing.add(conversation);
  }
  isTyping(conversation: string): boolean {
    return this.typing.has(conversation);
  }

  /** Messages of a conversation; of all its threads for a channel. */
  in(conversation: string, viewer: Person | undefined): Shown[] {
    return (this.byChat.get(chatIdOf(conversation)) ?? [])
      .filter((message) => message.conversation === conversation || message.conversation.startsWith(`${conversation};`))
      .map((message) => seen(message, viewer));
  }
  cardFor(message: Message, viewer: Person): CardJson | undefined {
    return message.views.get(viewer.id) ?? message.card;
  }
}

const chatIdOf = (conversation: string): string => conversation.split(';')[0]!;

function seen({ views, mentionsBot: _, card: base, ...message }: Message, viewer: Person | undefined): Shown {
  const card = message.deleted ? undefined : ((viewer && views.get(viewer.id)) ?? base);
  const text = message.deleted ? '' : message.text;
  return {
    ...message,
    text,
    words: card ? wordsOf(card).join('\n') : text,
    ...(card ? { card } : {}),
    buttons: card ? buttonsOf(card).map(({ action }) => action.title ?? '') : [],
  };
}
