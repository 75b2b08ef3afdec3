import type { Person as CorePerson } from '../../src/core/message';
import { replyText } from '../../src/core/message';
import { noOrganization, type Organization } from '../../src/core/organization';
import type { ChatEntry, ChatLine } from '../../src/core/ports';
import { summarise } from '../../src/core/situation-summary';
import { pingText } from '../../src/escalation/ticket-view';
import type { Heard } from '../../src/rehearsal/rehearsal';
import { knowledge } from '../builders/bot';
import type { RunningBot } from '../parity/running-bot';
import type { AdminAction, Person, Shown } from '../parity/stage';
import type { StageBase } from '../parity/stage-base';
import { company } from '../parity/theatre';
import { missingWords } from '../parity/words-shown';
import type { Actor } from './play';
import type { Transcript } from './transcript';

/** As the rehearsal knows it: a company that has told nothing about itself, but for where its administrators are. */
export const silentCompany = (): Organization => {
  const { destinations, routes, admins } = company();
  return { ...noOrganization, destinations, routes, admins };
};

type Said = Exclude<ChatLine, { from: 'person' }>;

/**
 * The people of one transcript on Slack or Teams. What they do goes through the fake and over HTTP; what the bot
 * answered is read from its store, as on the terminal, and must stand on the screen as well.
 */
export class PlatformActor implements Actor {
  readonly clock: Actor['clock'];
  readonly helpdesk: Actor['helpdesk'];
  private readonly employee: Person;
  private readonly admins = new Map<string, Person>();
  private lastLine: number;
  private cardsBefore = new Map<string, string>();

  constructor(
    private readonly stage: StageBase,
    private readonly bot: RunningBot,
    transcript: Transcript,
  ) {
    this.clock = bot;
    this.helpdesk = { ticketView: (id) => bot.service.helpdesk.ticketView(id) };
    const { name, member } = transcript.person;
    this.employee = member ? stage.employee(name) : stage.guest(name);
    // Who may act is known for a minute, so administrators are there before any card is.
    for (const { who, input } of transcript.turns)
      if (who && typeof input === 'object' && input && 'ticket' in input) this.adminNamed(who);
    this.lastLine = bot.lastChatLine();
  }

  async say(_conversation: string, _person: CorePerson, text: string): Promise<Heard> {
    await this.stage.says(this.employee, text);
    return this.heard();
  }

  async press(_conversation: string, _person: CorePerson, press: string): Promise<Heard> {
    const isOffered = this.stage.chat(this.employee).some(({ buttons }) => buttons.some(({ id }) => id === press));
    if (isOffered) await this.stage.presses(this.employee, press);
    else await this.stage.pressesMadeUp(this.employee, press);
    return this.heard();
  }

  async sendFile(_conversation: string, _person: CorePerson, name: string): Promise<Heard> {
    await this.stage.sendsFile(this.employee, { name });
    return this.heard();
  }

  async act(_conversation: string, admin: CorePerson, id: number, action: AdminAction, text = ''): Promise<Heard> {
    const view = await this.helpdesk.ticketView(id);
    const card = this.stage.cards().find((one) => view && one.text.includes(view.number));
    if (!card) throw new Error(`there is no card of ticket ${id}`);
    await this.stage.acts(this.adminNamed(admin.name), action, card, text);
    return this.heard();
  }

  takeFailures(): unknown[] {
    return this.bot.takeFaults().map((fault) => new Error(fault));
  }

  async heard(): Promise<Heard> {
    // The clock is moved by hand, so what is due by it is done by hand too.
    await this.bot.service.helpdesk.cycle.tick();
    await this.stage.settled();
    const id = this.stage.conversationIn(this.employee);
    const { store } = this.bot;
    const entries = await store.chat(id, this.lastLine);
    this.lastLine = this.bot.lastChatLine();
    const lines = entries.map(({ line }: ChatEntry) => line).filter((line): line is Said => line.from !== 'person');
    this.mustStandOnScreen(lines);
    const { conversation: state } = await store.loadConversation(id);
    const tickets = (await Promise.all(state.tickets.map((ticket) => store.ticket(ticket)))).filter(
      (ticket) => ticket !== null,
    );
    return {
      lines,
      replies: lines.flatMap((line) => (line.from === 'bot' ? [line.reply] : [])),
      sent: await this.cardsSent(),
      summary: summarise(knowledge().content, state, tickets),
      asks: state.awaiting.kind !== 'nothing',
      ticket: tickets.at(-1) ?? null,
    };
  }

  private mustStandOnScreen(lines: readonly Said[]): void {
    const shown = this.stage.chat(this.employee);
    const missing = missingWords(lines, shown);
    if (missing.length === 0) return;
    const words = lines.map((line) => (line.from === 'bot' ? replyText(line.reply) : line.text));
    throw new Error(`said, but not shown: ${missing.join(' | ')}\n  of ${words.join(' | ')}\n${told(shown)}`);
  }

  /** Cards that are new, or changed by what the employee did: an administrator's own press is no news to them. */
  private async cardsSent(): Promise<Heard['sent']> {
    const before = this.cardsBefore;
    const cards = this.stage.cards();
    this.cardsBefore = new Map(cards.map(({ id, text }) => [id, text]));
    const sent: Heard['sent'] = [];
    for (const card of cards.filter(({ id, text }) => before.get(id) !== text)) {
      const id = Number(/\bD-(\d+)\b/.exec(card.text)?.[1]);
      const view = await this.helpdesk.ticketView(id);
      if (!view) throw new Error(`a card of no ticket: ${card.text}`);
      const last = view.history.at(-1)?.action;
      if (before.has(card.id) && last !== 'user_message' && last !== 'cancelled') continue;
      sent.push({ to: 'admin', role: view.role, ticket: view.number, text: pingText(view) });
    }
    return sent;
  }

  private adminNamed(name: string): Person {
    const admin = this.admins.get(name) ?? this.stage.admin(name);
    this.admins.set(name, admin);
    return admin;
  }
}

const told = (shown: readonly Shown[]): string =>
  shown
    .slice(-3)
    .map(({ text }) => `  ${JSON.stringify(text)}`)
    .join('\n');
