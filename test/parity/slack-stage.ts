import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { repository } from '../builders/bot';
import { type Delivery, FakeSlack, type SlackChannel, type SlackMessage } from '../fakes/slack/slack';
import { forgeSlack } from './slack-forgeries';
import { channelOf, SlackPeople, type SlackRoom, userOf } from './slack-people';
import { slackTrouble } from './slack-trouble';
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

interface SlackSaid extends Said {
  message: SlackMessage | null;
  deliveries: Delivery[];
}
interface SlackShown extends Shown {
  message: SlackMessage;
}

const spoke = /^(chat\.|response_url|views\.)/;

/** The fake of Slack as the manifest in this repository sets it up. */
export const startFakeSlack = (): Promise<FakeSlack> =>
  FakeSlack.start({ manifest: parse(readFileSync(join(repository, 'manifests/slack.yaml'), 'utf8')) as unknown });

export const slackEnv = (slack: FakeSlack): Record<string, string> => ({
  SLACK_BOT_TOKEN: slack.botToken,
  SLACK_SIGNING_SECRET: slack.signingSecret,
  SLACK_API_URL: slack.apiUrl,
});

/** People on Slack, with the bot behind the fake's HTTP. */
export class SlackStage extends SlackPeople {
  private violationsSeen = 0;

  // What people do --------------------------------------------------------------------------------------------------
  protected async open(person: Person): Promise<Said> {
    const delivery = await this.slack.opensHome(userOf(person), 'messages');
    return this.done(person, 'private', delivery ? [delivery] : []);
  }
  protected async say(person: Person, place: Place, text: string, mention: boolean): Promise<Said> {
    const [channel, thread] = this.where(person, place);
    const options = thread ? { thread } : {};
    const said = mention
      ? await this.slack.mentions(userOf(person), channel, text, options)
      : await this.slack.says(userOf(person), channel, text, options);
    return this.done(person, this.placeOfMessage(place, said.message), said.deliveries, said.message);
  }
  protected async mentionHeardTwice(person: Person, place: Place, text: string): Promise<Said> {
    this.slack.subscriptions.add('message.channels');
    try {
      return await this.say(person, place, text, true);
    } finally {
      this.slack.subscriptions.delete('message.channels');
    }
  }
  protected async sendFile(person: Person, place: Place, { name, picture, text = '' }: SentFile): Promise<Said> {
    const [channel] = this.where(person, place);
    const named = place === 'private' ? text : `<@${this.slack.botUser.id}> ${text}`;
    const file = { name, mimetype: picture ? 'image/png' : 'application/pdf' };
    const said = await this.slack.sharesFile(userOf(person), channel, file, { text: named });
    return this.done(person, this.placeOfMessage(place, said.message), said.deliveries, said.message);
  }
  protected async edit(said: Said, text: string): Promise<void> {
    const mention = said.place === 'private' ? '' : `<@${this.slack.botUser.id}> `;
    await this.slack.edits(messageOf(said), `${mention}${text}`);
  }
  protected async delete(said: Said): Promise<void> {
    await this.slack.deletes(messageOf(said));
  }
  protected async touch(said: Said): Promise<void> {
    await this.slack.unfurls(messageOf(said));
  }
  protected async press(person: Person, action: string, on: Shown, old: boolean): Promise<Said> {
    const { message } = on as SlackShown;
    const delivery = await this.slack.presses(userOf(person), message, action, { asSeen: old });
    return this.done(person, this.placeOf(on), [delivery]);
  }
  protected withButton(on: Shown, action: string): Shown {
    const message = structuredClone((on as SlackShown).message);
    const elements = message.blocks?.flatMap(
      (block) => (block.elements as Record<string, unknown>[] | undefined) ?? [],
    );
    const button = elements?.find(({ type, url }) => type === 'button' && url === undefined);
    if (button) button.action_id = action;
    return { ...(on as SlackShown), message } as SlackShown;
  }
  protected async act(
    person: Person,
    action: AdminAction,
    card: Shown,
    text: string,
    choice: string | undefined,
  ): Promise<Said> {
    const pressed = await this.press(person, action, card, true);
    if (['claim', 'not_mine', 'check', 'approve'].includes(action.split(':')[0]!)) return pressed;
    await this.settled();
    const [modal] = this.slack.modals(userOf(person)).slice(-1);
    if (!modal) return pressed;
    const isPerson = choice?.startsWith('person:') ?? false;
    const picked = choice === undefined ? {} : isPerson ? { person: choice.slice('person:'.length) } : { choice };
    const delivery = await this.slack.submits(modal, { ...(text === '' ? {} : { words: text }), ...picked });
    return this.done(person, this.placeOf(card), [delivery]);
  }
  protected async actOnCopy(person: Person, action: AdminAction, card: Shown): Promise<Said> {
    const elsewhere = this.newRoom('channel', [person], { kind: 'private' });
    const { message } = card as SlackShown;
    const copy = { ...message, channel: elsewhere.channel.id, ts: this.slack.clock.ts() };
    const delivery = await this.slack.presses(userOf(person), copy, action, { asSeen: true });
    return this.done(person, this.placeOf(card), [delivery]);
  }
  protected async again(said: Said, as: 'the same' | 'new'): Promise<void> {
    for (const delivery of deliveriesOf(said)) {
      const sent = structuredClone(delivery.sent);
      if (as === 'new') {
        sent.payload.trigger_id = `${Date.now()}.again`;
        for (const action of (sent.payload.actions as { action_ts: string }[] | undefined) ?? [])
          action.action_ts = this.slack.clock.ts();
      }
      await this.slack.redelivers({ ...delivery, sent });
    }
  }
  protected async typeCommand(person: Person, where: Room, words: string): Promise<Said> {
    const delivery = await this.slack.command(userOf(person), channelOf(where), '/aws-help', words);
    return this.done(person, 'private', [delivery]);
  }
  protected async askHelpWith(person: Person, said: Said): Promise<Said> {
    const delivery = await this.slack.shortcut(userOf(person), 'help_with_this', messageOf(said));
    return this.done(person, 'private', [delivery]);
  }
  async stepsOf(admin: Person, card: Shown): Promise<string> {
    await this.slack.presses(userOf(admin), (card as SlackShown).message, 'steps');
    const modal = await this.slack.until(() => this.slack.modals(userOf(admin)).at(-1), { what: 'the steps' });
    await this.settled();
    return this.slack.reads(modal);
  }
  async opensHome(person: Person): Promise<Home> {
    const user = userOf(person);
    const before = this.slack.home(user)?.hash;
    await this.slack.opensHome(user, 'home');
    await this.settled();
    const drawn = () => this.slack.home(user)?.hash !== before;
    await this.slack.until(drawn, { what: 'the home tab' });
    const home = this.slack.home(user)!;
    return { text: this.slack.reads(home), buttons: buttonsIn(this.slack.buttons(home)) };
  }
  protected async pressHome(person: Person, action: string): Promise<Said> {
    const home = await this.slack.until(() => this.slack.home(userOf(person)), { what: 'the home tab' });
    return this.done(person, 'private', [await this.slack.presses(userOf(person), home, action)]);
  }
  protected wasTaken(said: Said): boolean {
    return deliveriesOf(said).every(({ status }) => status === 200);
  }

  // What can be seen ------------------------------------------------------------------------------------------------
  chat(person: Person): Shown[] {
    return this.byBot(this.slack.dm(userOf(person)));
  }
  shown(where: Room | Thread): Shown[] {
    return 'room' in where ? this.byBot(channelOf(where.room), where.root) : this.byBot(channelOf(where));
  }
  everything(room: Room): string {
    return this.slack
      .posted(channelOf(room))
      .map((message) => this.slack.reads(message))
      .join('\n');
  }
  cards(): Shown[] {
    return this.byBot(this.adminsRoom.channel).filter((one) => !(one as SlackShown).message.thread_ts);
  }
  cardFor(_person: Person, card: Shown): Shown {
    const { message } = card as SlackShown;
    return this.asShown(this.slack.message(message.channel, message.ts) ?? message);
  }
  isTyping(person: Person): boolean {
    const channel = this.slack.dm(userOf(person));
    const signs = this.slack.callsOf('assistant.threads.setStatus').filter(({ args }) => args.channel_id === channel);
    return Boolean(signs.at(-1)?.args.status);
  }
  spoken(): number {
    return this.slack.calls.filter(({ method }) => spoke.test(method)).length;
  }
  takeViolations(): string[] {
    const all = this.slack.violations.slice(this.violationsSeen);
    this.violationsSeen = this.slack.violations.length;
    return all;
  }
  trouble(kind: TroubleKind, where?: Person | Room): Trouble {
    const channel = where && ('user' in where ? this.slack.dm(userOf(where as Person)) : channelOf(where as Room).id);
    return slackTrouble({ slack: this.slack, bot: this.bot, kind, channel });
  }
  forge(kind: Forgery): Promise<HttpAnswer> {
    return forgeSlack(this.slack, this.person('Nobody'), kind);
  }
  until<T>(condition: () => T | Promise<T>, what: string): Promise<NonNullable<T>> {
    return this.slack.until(condition, { what, limitMs: 20_000 });
  }

  protected placeOf(shown: Shown): Thread | 'private' {
    const { message } = shown as SlackShown;
    const room = this.rooms.get(message.channel);
    return room ? this.threadIn(room, message) : 'private';
  }
  protected conversationOf(person: Person, place: Thread | 'private'): string {
    const { id } = userOf(person);
    const team = this.slack.team.id;
    return place === 'private'
      ? `slack:${team}:${id}`
      : `slack:${team}:${channelOf(place.room).id}:${place.root}:${id}`;
  }
  protected wordsAlone(person: Person): string[] {
    const places = [this.slack.dm(userOf(person)), ...this.rooms.keys()];
    const told = places.flatMap((channel) => this.slack.ephemeral(channel, userOf(person)));
    return told.sort((a, b) => Number(a.ts) - Number(b.ts)).map((message) => this.slack.reads(message));
  }
  protected quiet(): Promise<void> {
    return this.slack.idle();
  }

  private where(person: Person, place: Place): [channel: string, thread: string | undefined] {
    if (place === 'private') return [this.slack.dm(userOf(person)), undefined];
    return 'room' in place ? [channelOf(place.room).id, place.root] : [channelOf(place).id, undefined];
  }
  private placeOfMessage(place: Place, message: SlackMessage): Thread | 'private' {
    if (place === 'private') return place;
    return this.threadIn(('room' in place ? place.room : place) as SlackRoom, message);
  }
  private threadIn(room: SlackRoom, { ts, thread_ts }: SlackMessage): Thread {
    return { room, root: thread_ts ?? ts };
  }
  private done(
    by: Person,
    place: Thread | 'private',
    deliveries: Delivery[],
    message: SlackMessage | null = null,
  ): SlackSaid {
    return { by, place, message, deliveries };
  }
  private byBot(channel: string | SlackChannel, thread?: string): Shown[] {
    return this.slack.posted(channel, { by: 'bot', ...(thread ? { thread } : {}) }).map((one) => this.asShown(one));
  }
  private asShown(message: SlackMessage): SlackShown {
    const { blocks: _, ...bare } = message;
    return {
      id: `${message.channel}/${message.ts}`,
      text: this.slack.reads(message),
      plain: this.slack.reads(bare),
      buttons: buttonsIn(this.slack.buttons(message)),
      links: this.slack.links(message),
      isCard: message.channel === this.adminsRoom.channel.id,
      message,
    };
  }
}

const buttonsIn = (buttons: { action_id: string; label: string; url?: string }[]): { id: string; label: string }[] =>
  buttons.filter(({ url }) => url === undefined).map(({ action_id, label }) => ({ id: action_id, label }));

const deliveriesOf = (said: Said): Delivery[] => (said as SlackSaid).deliveries;
function messageOf(said: Said): SlackMessage {
  const { message } = said as SlackSaid;
  if (!message) throw new Error('that was no message');
  return message;
}
