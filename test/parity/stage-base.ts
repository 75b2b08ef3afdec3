import type { Organization } from '../../src/core/organization';
import type { ChatEntry, ChatLine } from '../../src/core/ports';
import { ticketNumber } from '../../src/core/ticket';
import type { RunningBot } from './running-bot';
import type {
  AdminAction,
  Exchange,
  Forgery,
  Home,
  HttpAnswer,
  Person,
  PlatformName,
  Room,
  Said,
  SentFile,
  Shown,
  Stage,
  Thread,
  TicketFacts,
  Trouble,
  TroubleKind,
} from './stage';
import { missingWords } from './words-shown';

/** A place as one person sees it. */
export type Place = Thread | Room | 'private';

/** What stages have in common: who said what when, and whether all of it is on the screen. */
export abstract class StageBase implements Stage {
  abstract readonly platform: PlatformName;
  private made = 0;
  private people: Person[] = [];

  constructor(
    readonly bot: RunningBot,
    /** Read by the bot at every turn, so that each behaviour can have an administrators' channel of its own. */
    protected readonly organization: Organization,
  ) {}

  // What each platform does in its own way ------------------------------------------------------------------------
  abstract employee(name?: string): Person;
  abstract guest(name?: string): Person;
  abstract barelyKnown(name?: string): Person;
  abstract outsider(name?: string): Person;
  abstract admin(name?: string): Person;
  abstract adminByName(name?: string): Person;
  abstract guestAmongAdmins(name?: string): Person;
  abstract visitorAmongAdmins(name?: string): Person;
  abstract adminByGroup(name?: string): Person;
  abstract room(...members: Person[]): Room;
  abstract group(...members: Person[]): Room;
  abstract adminsPlace(): Room;
  abstract sharedRoom(...members: Person[]): Room;
  abstract addsTo(room: Room, person: Person): Promise<void>;
  abstract chat(person: Person): Shown[];
  abstract shown(where: Room | Thread): Shown[];
  abstract everything(room: Room): string;
  abstract cards(): Shown[];
  abstract cardFor(person: Person, card: Shown): Shown;
  abstract isTyping(person: Person): boolean;
  abstract spoken(): number;
  abstract trouble(kind: TroubleKind, where?: Person | Room): Trouble;
  abstract forge(kind: Forgery): Promise<HttpAnswer>;
  abstract until<T>(condition: () => T | Promise<T>, what: string): Promise<NonNullable<T>>;
  abstract stepsOf(admin: Person, card: Shown): Promise<string>;
  abstract opensHome(person: Person): Promise<Home>;
  /** Faults of the bot that the fake saw since the last call. */
  abstract takeViolations(): string[];
  /** A new administrators' channel, so that no behaviour sees the tickets of another. */
  abstract newAdminsRoom(): Promise<void>;
  abstract end(): Promise<void>;

  protected abstract open(person: Person): Promise<Said>;
  protected abstract say(person: Person, place: Place, text: string, mention: boolean): Promise<Said>;
  protected abstract mentionHeardTwice(person: Person, place: Place, text: string): Promise<Said>;
  protected abstract sendFile(person: Person, place: Place, file: SentFile): Promise<Said>;
  protected abstract edit(said: Said, text: string): Promise<void>;
  protected abstract delete(said: Said): Promise<void>;
  protected abstract touch(said: Said): Promise<void>;
  protected abstract press(person: Person, action: string, on: Shown, old: boolean): Promise<Said>;
  /** The same message, its first button changed into another. */
  protected abstract withButton(on: Shown, action: string): Shown;
  protected abstract act(
    person: Person,
    action: AdminAction,
    card: Shown,
    text: string,
    choice: string | undefined,
  ): Promise<Said>;
  protected abstract actOnCopy(person: Person, action: AdminAction, card: Shown): Promise<Said>;
  protected abstract again(said: Said, as: 'the same' | 'new'): Promise<void>;
  protected abstract typeCommand(person: Person, where: Room, words: string): Promise<Said>;
  protected abstract askHelpWith(person: Person, said: Said): Promise<Said>;
  protected abstract pressHome(person: Person, action: string): Promise<Said>;
  /** The platform took what was said. */
  protected abstract wasTaken(said: Said): boolean;
  protected abstract placeOf(message: Shown): Thread | 'private';
  protected abstract conversationOf(person: Person, place: Thread | 'private'): string;
  /** Words this person alone was shown among others, or as the answer to a press; oldest first. */
  protected abstract wordsAlone(person: Person): string[];
  protected abstract quiet(): Promise<void>;

  // What they share -----------------------------------------------------------------------------------------------
  opens(person: Person): Promise<Exchange> {
    return this.witness(person, 'private', () => this.open(person));
  }
  says(person: Person, text: string): Promise<Exchange> {
    return this.witness(person, 'private', () => this.say(person, 'private', text, false));
  }
  chats(person: Person, where: Room | Thread, text: string): Promise<Exchange> {
    return this.witness(person, where, () => this.say(person, where, text, false));
  }
  mentions(person: Person, where: Room | Thread, text: string): Promise<Exchange> {
    return this.witness(person, where, () => this.say(person, where, text, true));
  }
  mentionsHeardTwice(person: Person, where: Room, text: string): Promise<Exchange> {
    return this.witness(person, where, () => this.mentionHeardTwice(person, where, text));
  }
  sendsFile(person: Person, file: SentFile, where?: Room): Promise<Exchange> {
    return this.witness(person, where ?? 'private', () => this.sendFile(person, where ?? 'private', file));
  }
  edits(said: Said, text: string): Promise<Exchange> {
    return this.afterwards(said, () => this.edit(said, text));
  }
  deletes(said: Said): Promise<Exchange> {
    return this.afterwards(said, () => this.delete(said));
  }
  touches(said: Said): Promise<Exchange> {
    return this.afterwards(said, () => this.touch(said));
  }
  repeated({ said }: { said: Said }): Promise<Exchange> {
    return this.afterwards(said, () => this.again(said, 'the same'));
  }
  repeatedAnew({ said }: Exchange): Promise<Exchange> {
    return this.afterwards(said, () => this.again(said, 'new'));
  }
  presses(person: Person, action: string, on = this.newestWith(person, action)): Promise<Exchange> {
    return this.witness(person, this.placeOf(on), () => this.press(person, action, on, false));
  }
  pressesOld(person: Person, action: string, on: Shown): Promise<Exchange> {
    return this.witness(person, this.placeOf(on), () => this.press(person, action, on, true));
  }
  pressesMadeUp(person: Person, action: string): Promise<Exchange> {
    const on = this.chat(person).findLast(({ buttons }) => buttons.length > 0);
    if (!on) throw new Error(`${person.name} sees no button to change into ${action}`);
    return this.pressesOld(person, action, this.withButton(on, action));
  }
  pressesTwice(person: Person, action: string, on = this.newestWith(person, action)): Promise<Exchange> {
    return this.witness(person, this.placeOf(on), async () => {
      const both = [this.press(person, action, on, true), this.press(person, action, on, true)] as const;
      return (await Promise.all(both))[0];
    });
  }
  acts(person: Person, action: AdminAction, card: Shown, text = '', choice?: string): Promise<Exchange> {
    return this.witness(person, this.placeOf(card), () => this.act(person, action, card, text, choice));
  }
  actsOnCopy(person: Person, action: AdminAction, card: Shown): Promise<Exchange> {
    return this.witness(person, this.placeOf(card), () => this.actOnCopy(person, action, card));
  }
  command(person: Person, where: Room, words: string): Promise<Exchange> {
    return this.witness(person, 'private', () => this.typeCommand(person, where, words));
  }
  helpWith(person: Person, said: Said): Promise<Exchange> {
    return this.witness(person, 'private', () => this.askHelpWith(person, said));
  }
  pressesHome(person: Person, action: string): Promise<Exchange> {
    return this.witness(person, 'private', () => this.pressHome(person, action));
  }
  async receipt(person: Person, text: string): Promise<{ taken: boolean; said: Said }> {
    const said = await this.say(person, 'private', text, false);
    return { taken: this.wasTaken(said), said };
  }

  /** The bot's name for a person's private conversation. */
  conversationIn(person: Person): string {
    return this.conversationOf(person, 'private');
  }
  async namesInPrivate(person: Person): Promise<string[]> {
    return namesIn(await this.bot.store.chat(this.conversationOf(person, 'private'), 0));
  }
  kept(person: Person): Promise<string> {
    return this.keptIn(this.conversationOf(person, 'private'));
  }
  async keptInRooms(person: Person): Promise<string> {
    const own = this.conversationOf(person, 'private');
    const user = own.slice(own.lastIndexOf(':'));
    const rows = this.bot.rows('SELECT DISTINCT conversation AS id FROM inbox WHERE conversation LIKE ?', `%${user}`);
    const others = rows.map(({ id }) => String(id)).filter((id) => id !== own);
    return (await Promise.all(others.map((id) => this.keptIn(id)))).join('\n');
  }

  stored(table: string): unknown[] {
    return this.bot.rows(`SELECT * FROM ${table}`);
  }
  private async keptIn(conversation: string): Promise<string> {
    const rows = keptWhere.flatMap((sql) => this.bot.rows(sql, conversation));
    return rows.map(({ json }) => String(json)).join('\n');
  }
  async tickets(person: Person): Promise<TicketFacts[]> {
    const { store } = this.bot;
    const found = await store.tickets({
      closed: true,
      limit: 50,
      conversation: this.conversationOf(person, 'private'),
    });
    return Promise.all(
      found.reverse().map(async ({ id, state, role, claimedBy, details }) => ({
        id,
        number: ticketNumber(id),
        state,
        role,
        claimedBy,
        person: details.person.name,
        words: details.words,
        history: (await store.history(id)).map(({ actor, action, text }) => ({ actor, action, text })),
      })),
    );
  }

  async settled(): Promise<void> {
    await this.quiet();
    await this.bot.settled();
    await this.quiet();
  }

  protected introduced<P extends Person>(person: P): P {
    this.people.push(person);
    return person;
  }

  /** What must hold in every private chat after every behaviour; begins anew with the next people. */
  takeChatFaults({ mayLeaveTwins = false } = {}): string[] {
    return this.people.splice(0).flatMap((person) => chatFaults(person, this.chat(person), mayLeaveTwins));
  }

  /** A name nobody else has, so that what is seen can be told apart. */
  protected newName(given: string | undefined, kind: string): string {
    this.made += 1;
    return given ?? `${kind} ${this.made}`;
  }

  /** Messages of the bot in a place, as this person sees them. */
  private seen(person: Person, place: Place): Shown[] {
    return place === 'private' ? this.chat(person) : this.shown(place);
  }

  private newestWith(person: Person, action: string): Shown {
    const messages = this.chat(person);
    const found = messages.findLast(({ buttons }) => buttons.some(({ id }) => id === action));
    if (found) return found;
    const there = messages.at(-1)?.buttons.map(({ id }) => id) ?? [];
    throw new Error(`${person.name} sees no button ${action}, only: ${there.join(', ') || 'none'}`);
  }

  private async afterwards(said: Said, act: () => Promise<void>): Promise<Exchange> {
    return this.witness(said.by, said.place, async () => {
      await act();
      return said;
    });
  }

  /** Does something, waits for all that follows, and tells what changed. */
  private async witness(person: Person, where: Place, act: () => Promise<Said>): Promise<Exchange> {
    const lineBefore = this.bot.lastChatLine();
    const wordsBefore = new Map(this.seen(person, where).map(({ id, text }) => [id, text]));
    const privateBefore = new Set(this.chat(person).map(({ id }) => id));
    const aloneBefore = this.wordsAlone(person).length;
    const said = await act();
    await this.settled();
    const { place } = said;
    const seen = this.seen(person, place);
    const entries = await this.entriesSince(person, place, lineBefore);
    this.checkShown(entries, seen);
    const newest = seen.at(-1);
    const newInPrivate = () => this.chat(person).filter(({ id }) => place !== 'private' && !privateBefore.has(id));
    const newAlone = () => this.wordsAlone(person).slice(aloneBefore);
    return {
      names: namesIn(entries),
      get answer() {
        if (!newest) throw new Error(`${person.name} sees nothing of the bot there`);
        return newest;
      },
      news: seen.filter(({ id, text }) => wordsBefore.get(id) !== text),
      get alone() {
        return [...newAlone(), ...newInPrivate().map(({ text }) => text)];
      },
      said,
      get thread() {
        if (place === 'private') throw new Error('that was said in private');
        return place;
      },
    };
  }

  private entriesSince(person: Person, place: Thread | 'private', line: number): Promise<ChatEntry[]> {
    return this.bot.store.chat(this.conversationOf(person, place), line);
  }

  /** Every word of every answer must have arrived on the screen, unless the platform is in trouble. */
  private checkShown(entries: readonly ChatEntry[], seen: readonly Shown[]): void {
    if (this.bot.troubles > 0 || this.bot.isHeld) return;
    const lines = entries.map(({ line }) => line).filter(({ from }) => from !== 'person');
    const missing = missingWords(lines as Exclude<ChatLine, { from: 'person' }>[], seen);
    if (missing.length === 0) return;
    const screen = seen.slice(-3).map(({ text }) => `  ${JSON.stringify(text)}`);
    throw new Error(
      `not on the screen: ${missing.map((text) => JSON.stringify(text)).join(', ')}\n${screen.join('\n')}`,
    );
  }
}

/** Every place of the store where words of a conversation may stand. */
const keptWhere = [
  'SELECT json FROM inbox WHERE conversation = ?',
  'SELECT json FROM chat WHERE conversation = ?',
  'SELECT json FROM conversations WHERE id = ?',
  'SELECT json FROM tickets WHERE conversation = ?',
  `SELECT text AS json FROM ticket_history
    WHERE ticket IN (SELECT id FROM tickets WHERE conversation = ?) AND text IS NOT NULL`,
];

function chatFaults({ name }: Person, chat: readonly Shown[], mayLeaveTwins: boolean): string[] {
  // A look at the home page and a ticket's card are no part of the conversation; their buttons work at any time.
  const isApart = ({ id }: { id: string }) => id.startsWith('topic:') || id === 'note';
  const alive = chat.filter(({ buttons }) => buttons.length > 0 && !buttons.some(isApart));
  const silent = chat.filter(({ plain }) => plain.trim() === '');
  return [
    ...(alive.length > 1 && !mayLeaveTwins ? [`${name} sees ${alive.length} messages with buttons`] : []),
    ...silent.map(({ text }) => `${name} was sent a message without a plain form: ${text.slice(0, 60)}`),
  ];
}

/** A list of this side's own making: the test's world tells arrays of the machine's own world from its own. */
const namesIn = (entries: readonly ChatEntry[]): string[] =>
  [...entries].flatMap(({ line }) =>
    line.from === 'bot' ? [line.reply.name] : line.from === 'admin' ? [`${line.name} (administrator)`] : [],
  );
