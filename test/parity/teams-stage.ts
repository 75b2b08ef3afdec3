import { buttonsOf } from '../fakes/teams/card-json';
import type {
  Activity,
  Delivery,
  FakeTeams,
  Pressed,
  Place as TeamsPlace,
  Shown as TeamsShown,
  Thread as TeamsThread,
} from '../fakes/teams/teams';
import { cardButtons, cardLinks, cardText, hiddenText } from './card-text';
import type {
  AdminAction,
  Forgery,
  Home,
  HttpAnswer,
  Person,
  Room,
  Said,
  SentFile,
  Shown,
  Thread,
  Trouble,
  TroubleKind,
} from './stage';
import type { Place } from './stage-base';
import { forgeTeams } from './teams-forgeries';
import { chatOf, placeOf as placeOfRoom, TeamsPeople, userOf } from './teams-people';
import { teamsTrouble } from './teams-trouble';

interface TeamsSaid extends Said {
  deliveries: (Delivery | Pressed)[];
  messageId: string | null;
}
interface MessageShown extends Shown {
  message: TeamsShown;
}

const inputOf: Partial<Record<AdminAction, string>> = {
  reply: 'reply_text',
  note: 'note_text',
  resolve: 'resolve_text',
  reassign: 'reassign_text',
};
const spoke = new Set(['send', 'reply', 'update', 'delete']);

/** People on Microsoft Teams, with the bot behind the fake's Connector. */
export class TeamsStage extends TeamsPeople {
  private violationsSeen = 0;
  private readonly messages = new Map<string, string[]>();

  // What people do --------------------------------------------------------------------------------------------------
  protected async open(person: Person): Promise<Said> {
    return this.done(person, 'private', await this.teams.installs(userOf(person), chatOf(person)));
  }
  protected async say(person: Person, place: Place, text: string, mention: boolean): Promise<Said> {
    const where = this.where(person, place);
    const user = userOf(person);
    const delivery = mention ? await this.teams.mentions(user, where, text) : await this.teams.says(user, where, text);
    return this.done(person, this.placeOfDelivery(place, delivery), [delivery], delivery.activity.id);
  }
  protected mentionHeardTwice(): Promise<Said> {
    throw new Error('Teams delivers a mention in one way only');
  }
  protected async sendFile(person: Person, place: Place, { name, picture, text }: SentFile): Promise<Said> {
    const file = { name, ...(picture ? { image: true } : {}), ...(text ? { text } : {}) };
    const delivery = await this.teams.sharesFile(userOf(person), this.where(person, place), file);
    return this.done(person, this.placeOfDelivery(place, delivery), [delivery], delivery.activity.id);
  }
  protected async edit(said: Said, text: string): Promise<void> {
    await this.teams.edits(userOf(said.by), messageIdOf(said), text);
  }
  protected async delete(said: Said): Promise<void> {
    await this.teams.deletes(userOf(said.by), messageIdOf(said));
  }
  protected async touch(said: Said): Promise<void> {
    // Teams tells of a preview as of an edit with the same words.
    const { activity } = deliveriesOf(said)[0]!;
    await this.teams.post({ ...activity, type: 'messageUpdate', timestamp: new Date().toISOString() });
  }
  protected async press(person: Person, action: string, on: Shown, old: boolean): Promise<Said> {
    const { message } = on as MessageShown;
    const pressed = old
      ? await this.invoke(person, on as MessageShown, message.id, this.placeHere(message), action)
      : await this.teams.presses(userOf(person), message.id, action);
    return this.pressed(person, this.placeOf(on), pressed);
  }
  protected withButton(on: Shown, action: string): Shown {
    const message = structuredClone((on as MessageShown).message);
    const button = buttonsOf(message.card ?? {}).find(({ action: { verb } }) => verb !== undefined);
    if (button)
      Object.assign(button.action, { verb: action, data: { ...(button.action.data as object), press: action } });
    return { ...(on as MessageShown), message } as MessageShown;
  }
  protected async act(
    person: Person,
    action: AdminAction,
    card: Shown,
    text: string,
    choice: string | undefined,
  ): Promise<Said> {
    const { message } = card as MessageShown;
    const input = inputOf[action];
    const typed = {
      ...(input && text !== '' ? { [input]: text } : {}),
      ...(choice === undefined ? {} : { [`${action}_choice`]: choice }),
    };
    const pressed = await this.invoke(person, card as MessageShown, message.id, this.placeHere(message), action, typed);
    return this.pressed(person, this.placeOf(card), pressed);
  }
  protected async actOnCopy(person: Person, action: AdminAction, card: Shown): Promise<Said> {
    const id = String(Date.now());
    const pressed = await this.invoke(person, card as MessageShown, id, chatOf(person), action);
    return this.pressed(person, this.placeOf(card), pressed);
  }
  /** A press on a card as it was once seen, wherever it stands now. */
  private async invoke(
    person: Person,
    { message: { card } }: MessageShown,
    messageId: string,
    place: TeamsPlace,
    actionId: string,
    typed: Record<string, string> = {},
  ): Promise<Pressed> {
    const found = buttonsOf(card ?? {}).find(({ action }) => action.verb === actionId);
    if (!found) throw new Error(`the card had no button ${actionId}`);
    const { title, verb, data } = found.action;
    const activity = this.teams.activity(userOf(person), place, {
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: {
        action: { type: 'Action.Execute', title, verb, data: { ...(data as object), ...typed } },
        trigger: 'manual',
      },
      replyToId: messageId,
    });
    const posted = await this.teams.post(activity);
    const { type, value } = (posted.body ?? {}) as { type?: string; value?: unknown };
    const told = type === 'application/vnd.microsoft.activity.message' ? { message: String(value) } : {};
    const refused = type === 'application/vnd.microsoft.error' ? { error: (value as { message: string }).message } : {};
    return { delivered: true, ...posted, ...told, ...refused, activity: activity as Activity, place };
  }
  protected async again(said: Said, as: 'the same' | 'new'): Promise<void> {
    for (const delivery of deliveriesOf(said)) {
      const fresh = as === 'new' && delivery.activity.type === 'invoke';
      if (fresh) await this.teams.pressesAgain(delivery as Pressed);
      else await this.teams.resends(delivery, as === 'new' ? 'new-id' : 'same-id');
    }
  }
  protected typeCommand(): Promise<Said> {
    throw new Error('Teams has no commands that bots are told of');
  }
  protected askHelpWith(): Promise<Said> {
    throw new Error('the app has no message extension');
  }
  async stepsOf(_admin: Person, card: Shown): Promise<string> {
    return hiddenText((card as MessageShown).message.card);
  }
  async opensHome(person: Person): Promise<Home> {
    const before = this.chat(person).length;
    await this.say(person, 'private', 'home', false);
    await this.settled();
    await this.until(() => this.chat(person).length > before, 'the home card');
    const { text, buttons } = this.newestInChat(person);
    return { text, buttons };
  }
  protected async pressHome(person: Person, action: string): Promise<Said> {
    return this.press(person, action, this.newestInChat(person), false);
  }
  private newestInChat(person: Person): Shown {
    const newest = this.chat(person).at(-1);
    if (!newest) throw new Error(`${person.name} sees nothing of the bot`);
    return newest;
  }
  protected wasTaken(said: Said): boolean {
    return deliveriesOf(said).every(({ status }) => status === 200 || status === 202);
  }

  // What can be seen ------------------------------------------------------------------------------------------------
  chat(person: Person): Shown[] {
    return this.byBot(chatOf(person), person);
  }
  shown(where: Room | Thread): Shown[] {
    return this.byBot('room' in where ? this.threadPlace(where) : placeOfRoom(where as Room));
  }
  everything(room: Room): string {
    return this.teams
      .shown(placeOfRoom(room))
      .map(({ text, card }) => `${text}\n${card ? cardText(card) : ''}`)
      .join('\n');
  }
  cards(): Shown[] {
    return this.byBot(this.adminsRoom.place).filter((one) => {
      const { id, conversation } = (one as MessageShown).message;
      return conversation.endsWith(`;messageid=${id}`);
    });
  }
  cardFor(person: Person, card: Shown): Shown {
    const { id, conversation } = (card as MessageShown).message;
    const seen = this.teams.shown(conversation, { as: userOf(person) }).find((message) => message.id === id);
    if (!seen) throw new Error('the card is gone');
    return this.asShown(seen);
  }
  isTyping(person: Person): boolean {
    return this.teams.isTypingIn(chatOf(person));
  }
  spoken(): number {
    return this.teams.calls.filter(({ route, body }) => spoke.has(route) && !isTypingSign(body)).length;
  }
  takeViolations(): string[] {
    const all = this.teams.violations.slice(this.violationsSeen);
    this.violationsSeen = this.teams.violations.length;
    return all;
  }
  trouble(kind: TroubleKind, where?: Person | Room): Trouble {
    const place = where && ('chat' in where ? chatOf(where as Person) : placeOfRoom(where as Room));
    return teamsTrouble({ teams: this.teams, bot: this.bot, kind, conversation: place?.id });
  }
  forge(kind: Forgery): Promise<HttpAnswer> {
    const nobody = this.person('Nobody');
    return forgeTeams(this.teams, nobody.user, nobody.chat, kind);
  }
  until<T>(condition: () => T | Promise<T>, what: string): Promise<NonNullable<T>> {
    return untilAsync(this.teams, condition, what);
  }

  protected placeOf(shown: Shown): Thread | 'private' {
    return this.threadOf((shown as MessageShown).message.conversation);
  }
  private threadOf(conversation: string): Thread | 'private' {
    const [id, root] = conversation.split(';messageid=');
    const room = this.rooms.find(({ place }) => place.id === id);
    return room ? { room, root: root ?? '-' } : 'private';
  }
  protected conversationOf(person: Person, place: Thread | 'private'): string {
    const { aadObjectId, id, userRole } = userOf(person);
    const key = userRole === 'anonymous' ? id : aadObjectId;
    const { tenantId } = this.teams;
    return place === 'private'
      ? `teams:${tenantId}:${key}`
      : `teams:${tenantId}:${placeOfRoom(place.room).id}:${place.root}:${key}`;
  }
  protected wordsAlone(person: Person): string[] {
    return this.messages.get(person.id) ?? [];
  }
  protected async quiet(): Promise<void> {
    // A press is answered in the request itself, and everything else the bot says goes through its outbox.
  }

  private where(person: Person, place: Place): TeamsPlace {
    if (place === 'private') return chatOf(person);
    return 'room' in place ? this.threadPlace(place) : placeOfRoom(place as Room);
  }
  private threadPlace({ room, root }: Thread): TeamsPlace {
    const place = placeOfRoom(room);
    return place.kind === 'channel' ? this.teams.thread(place, root) : place;
  }
  private placeHere({ conversation }: TeamsShown): TeamsPlace {
    const thread = this.threadOf(conversation);
    if (thread !== 'private') return this.threadPlace(thread);
    const chat = this.chatById.get(conversation);
    if (!chat) throw new Error(`there is no conversation ${conversation}`);
    return chat;
  }
  private placeOfDelivery(place: Place, { place: where }: Delivery): Thread | 'private' {
    return place === 'private' ? place : this.threadOf((where as TeamsThread).id);
  }
  private pressed(person: Person, place: Thread | 'private', pressed: Pressed): Said {
    const told = pressed.message ?? pressed.error;
    if (told) this.messages.set(person.id, [...this.wordsAlone(person), told]);
    return this.done(person, place, [pressed]);
  }
  private done(
    by: Person,
    place: Thread | 'private',
    deliveries: (Delivery | Pressed)[],
    messageId: string | null = null,
  ): TeamsSaid {
    return { by, place, deliveries, messageId };
  }
  private byBot(place: TeamsPlace, viewer?: Person): Shown[] {
    return this.teams
      .shown(place, viewer ? { as: userOf(viewer) } : {})
      .filter(({ from, deleted }) => from === 'bot' && !deleted)
      .map((message) => this.asShown(message));
  }
  private asShown(message: TeamsShown): MessageShown {
    const { id, conversation, text, card, summary } = message;
    return {
      id,
      text: card ? [text, cardText(card)].filter(Boolean).join('\n') : text,
      plain: summary ?? text,
      buttons: card ? cardButtons(card) : [],
      links: card ? cardLinks(card) : [],
      isCard: conversation.split(';')[0] === this.adminsRoom.place.id,
      message,
    };
  }
}

const isTypingSign = (body: unknown): boolean => (body as { type?: string } | undefined)?.type === 'typing';

const deliveriesOf = (said: Said): (Delivery | Pressed)[] => (said as TeamsSaid).deliveries;
function messageIdOf(said: Said): string {
  const { messageId } = said as TeamsSaid;
  if (messageId === null) throw new Error('that was no message');
  return messageId;
}

/** The fake looks at conditions that answer at once; ours may have to ask the bot. */
async function untilAsync<T>(teams: FakeTeams, condition: () => T | Promise<T>, what: string): Promise<NonNullable<T>> {
  let value: T | undefined;
  let looking = false;
  const look = (): boolean => {
    if (!looking) {
      looking = true;
      void Promise.resolve()
        .then<T>(condition)
        .then((found) => {
          value = found;
        })
        .catch(() => {})
        .finally(() => {
          looking = false;
        });
    }
    return Boolean(value);
  };
  await teams.until(look, what);
  return value as unknown as NonNullable<T>;
}
