import { inspect } from 'node:util';
import type { FakeSlack, SlackMessage, SlackUser, SlackView } from './slack';

/** Plays a person in the fake workspace from lines of text, and tells what that person gets to see. */

const help = `  anything          say it, as the person and in the place shown
  /as NAME          be somebody else (ada, bob, grace, alan, boss, guest, outsider)
  /in PLACE         dm, or a channel (general, admins, shared)
  /thread           answer in the thread of the last message; again: leave it
  /press LABEL      press a button, by label or action id
  /edit TEXT        change what you said last here
  /delete           take it back
  /choose ID VALUE  choose from a menu
  /fill ID=VALUE    submit the open form; several fields apart by ;
  /home             open the Home tab
  /shortcut ID      use a shortcut on the last message
  /help             this list
  /anything else    a slash command`;

type Person = keyof FakeSlack['people'];
type Place = keyof FakeSlack['channels'] | 'dm';

export class Prompt {
  private person: Person = 'ada';
  private place: Place = 'dm';
  private thread: string | undefined;
  private readonly told = new Map<string, string>();
  private violations = 0;
  private readonly unwatch: () => void;

  constructor(
    private readonly slack: FakeSlack,
    private readonly print: (line: string) => void,
  ) {
    this.unwatch = slack.watch(() => this.show());
  }

  stop(): void {
    this.unwatch();
  }

  get label(): string {
    return `${this.person} in ${this.place}${this.thread ? ' (thread)' : ''}> `;
  }

  /** Does what a line says; what is wrong with it is told, not thrown. */
  async line(line: string): Promise<void> {
    try {
      await this.act(line.trim());
    } catch (error) {
      this.print(`! ${error instanceof Error ? error.message : inspect(error)}`);
    }
  }

  private get user(): SlackUser {
    return this.slack.people[this.person];
  }

  private get channel(): string {
    return this.place === 'dm' ? this.slack.dm(this.user) : this.slack.channels[this.place].id;
  }

  private async act(line: string): Promise<void> {
    const [word = '', ...words] = line.split(/\s+/);
    const rest = words.join(' ');
    const last = this.visible().at(-1);
    switch (word) {
      case '':
        return;
      case '/help':
        return this.print(help);
      case '/as':
        if (!(rest in this.slack.people)) throw new Error(`nobody is called ${rest}`);
        this.person = rest as Person;
        this.thread = undefined;
        return this.show();
      case '/in':
        if (rest !== 'dm' && !(rest in this.slack.channels)) throw new Error(`there is no ${rest}`);
        this.place = rest as Place;
        this.thread = undefined;
        return this.show();
      case '/thread':
        this.thread = this.thread ? undefined : (last?.thread_ts ?? last?.ts);
        return;
      case '/press':
        return this.taken(await this.slack.presses(this.user, this.with(rest), rest));
      case '/edit':
        return this.taken(await this.slack.edits(this.mine(), rest));
      case '/delete':
        return this.taken(await this.slack.deletes(this.mine()));
      case '/choose':
        return this.taken(
          await this.slack.selects(this.user, this.with(words[0] ?? ''), words[0] ?? '', words[1] ?? ''),
        );
      case '/fill': {
        const view = this.slack.modals(this.user).at(-1);
        if (!view) throw new Error('no form is open');
        const fields = rest
          .split(';')
          .filter(Boolean)
          .map((field) => {
            const [id = '', ...value] = field.split('=');
            return [id.trim(), value.join('=').trim()];
          });
        return this.taken(await this.slack.submits(view, Object.fromEntries(fields) as Record<string, string>));
      }
      case '/home':
        await this.slack.opensHome(this.user);
        return;
      case '/shortcut':
        return this.taken(await this.slack.shortcut(this.user, rest, last));
      default:
        if (word.startsWith('/')) return this.taken(await this.slack.command(this.user, this.channel, word, rest));
        return this.say(line);
    }
  }

  /** The newest message of the person here. */
  private mine(): SlackMessage {
    const said = this.visible().findLast(({ user }) => user === this.user.id);
    if (!said) throw new Error('you have said nothing here');
    return said;
  }

  private async say(line: string): Promise<void> {
    const saying = this.slack.says(this.user, this.channel, line, this.thread ? { thread: this.thread } : {});
    if (this.slack.requestUrl || this.slack.sockets.count > 0) this.taken(await saying);
    else this.print('! no bot is connected yet; it hears this as soon as it is');
  }

  private taken({ status, error }: { status: number; error?: string }): void {
    if (status !== 200) this.print(`! the app did not take it: ${error ?? status}`);
  }

  private visible(): SlackMessage[] {
    const { slack, channel } = this;
    const all = [...slack.posted(channel), ...slack.ephemeral(channel, this.user)];
    return all.sort((a, b) => (a.ts < b.ts ? -1 : 1));
  }

  private views(): SlackView[] {
    const home = this.slack.home(this.user);
    return [...this.slack.modals(this.user), ...(home ? [home] : [])];
  }

  /** The newest thing on the screen that has such a button or menu. */
  private with(name: string): SlackMessage | SlackView {
    const screen = [...this.visible().reverse(), ...this.views()];
    const found =
      screen.find((it) =>
        this.slack.buttons(it).some(({ label, action_id }) => label === name || action_id === name),
      ) ?? screen.find((it) => JSON.stringify(it.blocks ?? []).includes(`"action_id":"${name}"`));
    if (!found) throw new Error(`nothing here is called ${name}`);
    return found;
  }

  /** Prints what is new or has changed on this person's screen. */
  private show(): void {
    const { slack } = this;
    for (const message of this.visible()) {
      if (message.bot_id)
        this.tell(`${this.channel} ${message.ts}`, message.ephemeral_to ? 'bot, to you alone' : 'bot', message);
    }
    for (const view of this.views()) this.tell(view.id, view.type === 'home' ? 'home' : 'form', view);
    for (const violation of slack.violations.slice(this.violations)) this.print(`! violation: ${violation}`);
    this.violations = slack.violations.length;
  }

  private tell(key: string, who: string, on: SlackMessage | SlackView): void {
    const buttons = this.slack.buttons(on).map(({ label }) => `[${label}]`);
    const links = this.slack.links(on).map(({ label, url }) => (label === url ? url : `${label}: ${url}`));
    const text = [this.slack.reads(on), ...links.map((link) => `→ ${link}`), buttons.join(' ')]
      .filter(Boolean)
      .join('\n');
    const before = this.told.get(key);
    if (before === text) return;
    this.told.set(key, text);
    this.print(`${who}${before === undefined ? '' : ' (changed)'}: ${text.replaceAll('\n', '\n     ')}`);
  }
}
