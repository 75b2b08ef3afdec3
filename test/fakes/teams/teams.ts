import { eventId, fileAttachments, type SharedFile, typed } from './activities';
import type { CardAction, CardInput } from './card-json';
import { type Effect, effectOf, filledIn, pressable } from './press';
import { type FakeTeamsOptions, TeamsService } from './service';
import { type Delivery, TeamsTenant } from './tenant';
import { chatOf, type Person, type Place, type Thread } from './world';

export type { Activity } from './activities';
export type { Call } from './calls';
export { type Fault, type FaultOrder, fault, type OrderedFault, type Route } from './faults';
export type { Shown } from './screen';
export type { FakeTeamsOptions } from './service';
export type { TokenKind } from './signing';
export type { Delivery, PostOptions } from './tenant';
export type { Channel, GroupChat, Person, PersonalChat, Place, Team, Thread } from './world';

/** What came back, and what the person who pressed now sees: the bot's answer has been checked by then. */
export interface Pressed extends Delivery, Effect {}

export interface SaysOptions {
  locale?: string;
  /** Answer in this thread of a channel, instead of beginning a new one. */
  thread?: Thread;
  /** `activity.text` exactly so, for odd spacing and entities. */
  rawText?: string;
}

/**
 * Microsoft Teams as a bot meets it, with people in it. Strict: whatever real Teams would refuse, garble or show
 * wrongly ends in `violations`. What people do here is POSTed to the bot, signed, in the shapes of real Teams.
 */
export class FakeTeams extends TeamsTenant {
  static async start(options: FakeTeamsOptions = {}): Promise<FakeTeams> {
    return new FakeTeams(await TeamsService.listen(options.port), options);
  }

  // What people do ----------------------------------------------------------------------------------------------

  /** Types a message. In channels and group chats the bot gets it only if mentioned: see `mentions`. */
  says(person: Person, place: Place, text: string, options: SaysOptions = {}): Promise<Delivery> {
    return this.writes(person, place, text, false, options);
  }
  /** Types `@Bot text`. */
  mentions(person: Person, place: Place, text: string, options: SaysOptions = {}): Promise<Delivery> {
    return this.writes(person, place, text, true, options);
  }
  /** Shares a file or a picture; in channels and group chats with a mention. */
  sharesFile(person: Person, place: Place, file: SharedFile): Promise<Delivery> {
    const attachments = fileAttachments(file, this.serviceUrl, person);
    return this.writes(person, place, file.text ?? '', chatOf(place).kind !== 'personal', {}, attachments);
  }

  private async writes(
    person: Person,
    where: Place,
    text: string,
    mentionsBot: boolean,
    { thread, locale, rawText }: SaysOptions,
    attachments: unknown[] = [],
  ): Promise<Delivery> {
    const id = this.world.nextMessageId();
    const begun = thread ?? where;
    const place = begun.kind === 'channel' ? this.world.thread(begun, id) : begun;
    this.mustBeIn(person, place);
    const written = typed(this.bot, text, mentionsBot);
    const activity = this.activity(person, place, {
      ...written,
      type: 'message',
      id,
      ...(locale ? { locale } : {}),
      ...(rawText === undefined ? {} : { text: rawText }),
      attachments: [...attachments, ...(written.attachments as unknown[])],
    });
    const rootId = place.kind === 'thread' ? { rootId: place.rootId } : {};
    this.screen.add({ id, conversation: place.id, from: person.name, fromId: person.id, text, mentionsBot, ...rootId });
    this.happened();
    return this.handsOver(activity, place, mentionsBot || chatOf(place).kind === 'personal');
  }

  /** Changes an own message. The bot is told if it was told of the message. */
  async edits(person: Person, messageId: string, text: string): Promise<Delivery> {
    const { message, place } = this.ownMessage(person, messageId);
    this.screen.edit(message, { text });
    this.happened();
    const activity = this.activity(person, place, {
      ...typed(this.bot, text, message.mentionsBot),
      type: 'messageUpdate',
      id: messageId,
      channelData: { eventType: 'editMessage' },
    });
    return this.handsOver(activity, place, this.connector.delivered.has(messageId));
  }
  async deletes(person: Person, messageId: string): Promise<Delivery> {
    const { message, place } = this.ownMessage(person, messageId);
    message.deleted = true;
    this.happened();
    const activity = this.activity(person, place, {
      type: 'messageDelete',
      id: messageId,
      channelData: { eventType: 'softDeleteMessage' },
    });
    return this.handsOver(activity, place, this.connector.delivered.has(messageId));
  }
  /** Bots hear of reactions to their own messages only. */
  async reacts(person: Person, messageId: string, reaction = 'like'): Promise<Delivery> {
    const { message, place } = this.message(messageId);
    const activity = this.activity(person, place, {
      type: 'messageReaction',
      reactionsAdded: [{ type: reaction }],
      replyToId: messageId,
    });
    return this.handsOver(activity, place, message.from === 'bot');
  }

  /** Presses a button of the card as that person sees it now, by title or verb; fails if there is none. */
  async presses(
    person: Person,
    messageId: string,
    titleOrVerb: string,
    inputs: Record<string, string> = {},
  ): Promise<Pressed> {
    const { place, action, inputs: fields } = this.button(person, messageId, titleOrVerb);
    if (action.type === 'Action.Submit') return this.sendsSubmit(person, messageId, place, action.data, fields, inputs);
    if (action.type !== 'Action.Execute')
      throw new Error(`“${titleOrVerb}” is an ${action.type}: it tells the bot nothing`);
    return this.invokesAction(person, messageId, place, action, filledIn(action.data, fields, inputs), 'manual');
  }
  /** The same from a client that knows no Action.Execute: it sends the fallback, an Action.Submit. */
  async submits(
    person: Person,
    messageId: string,
    titleOrVerb: string,
    inputs: Record<string, string> = {},
  ): Promise<Delivery> {
    const { place, action, inputs: fields } = this.button(person, messageId, titleOrVerb);
    const submit = (action.type === 'Action.Submit' ? action : action.fallback) as CardAction | undefined;
    if (submit?.type !== 'Action.Submit') throw new Error(`“${titleOrVerb}” has no fallback Action.Submit`);
    return this.sendsSubmit(person, messageId, place, submit.data, fields, inputs);
  }
  /** The same press once more, from a screen that still shows the old card. */
  async pressesAgain(earlier: Pressed): Promise<Pressed> {
    const id = eventId();
    const delivery = await this.handsOver({ ...earlier.activity, id }, earlier.place);
    return { ...delivery, ...(delivery.activity.type === 'invoke' ? this.effect(delivery) : {}) };
  }
  /** The client's own refresh of a card whose `refresh.userIds` names this person. */
  async refreshes(person: Person, messageId: string): Promise<Pressed> {
    const { message, place } = this.message(messageId);
    const refresh = this.screen.cardFor(message, person)?.refresh as
      | { action: CardAction; userIds?: string[] }
      | undefined;
    if (!refresh) throw new Error('the card has no refresh');
    if (refresh.userIds && !refresh.userIds.includes(person.id))
      throw new Error(`the card does not refresh for ${person.name}`);
    return this.invokesAction(
      person,
      messageId,
      place,
      refresh.action,
      filledIn(refresh.action.data, [], {}),
      'automatic',
    );
  }

  private async invokesAction(
    person: Person,
    messageId: string,
    place: Place,
    { title, verb, id }: CardAction,
    data: Record<string, unknown>,
    trigger: 'manual' | 'automatic',
  ): Promise<Pressed> {
    const named = { ...(title === undefined ? {} : { title }), ...(id === undefined ? {} : { id }) };
    const activity = this.activity(person, place, {
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', ...named, verb, data }, trigger },
      replyToId: messageId,
      channelData: { source: { name: 'message' }, legacy: { replyToId: `1:${messageId}` } },
    });
    const delivery = await this.handsOver(activity, place);
    return { ...delivery, ...this.effect(delivery) };
  }
  private effect(delivery: Delivery): Effect {
    if (!delivery.delivered) return {};
    const { place, activity } = delivery;
    const effect = effectOf(delivery, this.connector.setting(place), (text) => void this.violations.push(text));
    const message = this.screen.find(String(activity.replyToId));
    // Only the person who pressed sees it; everybody else goes on seeing what the message holds.
    if (effect.card && message) message.views.set((activity.from as { id: string }).id, effect.card);
    this.happened();
    return effect;
  }
  private sendsSubmit(
    person: Person,
    messageId: string,
    place: Place,
    data: unknown,
    fields: CardInput[],
    inputs: Record<string, string>,
  ): Promise<Delivery> {
    const activity = this.activity(person, place, {
      type: 'message',
      id: this.world.nextMessageId(),
      value: filledIn(data, fields, inputs),
      replyToId: messageId,
      channelData: { source: { name: 'message' }, legacy: { replyToId: `1:${messageId}` } },
    });
    return this.handsOver(activity, place);
  }

  private message(id: string) {
    const message = this.screen.find(id);
    const place = message && this.world.findPlace(message.conversation);
    if (!message || !place) throw new Error(`there is no message ${id}`);
    if (message.deleted) throw new Error(`message ${id} is deleted`);
    return { message, place };
  }
  private ownMessage(person: Person, id: string) {
    const found = this.message(id);
    if (found.message.fromId !== person.id) throw new Error(`message ${id} is not ${person.name}’s`);
    return found;
  }
  private button(person: Person, messageId: string, titleOrVerb: string) {
    const { message, place } = this.message(messageId);
    this.mustBeIn(person, place);
    const card = this.screen.cardFor(message, person);
    if (!card) throw new Error(`message ${messageId} is no card: “${message.text}”`);
    return { place, ...pressable(card, titleOrVerb) };
  }
}
