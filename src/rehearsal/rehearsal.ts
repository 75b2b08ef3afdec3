import { createHelpdesk, type Helpdesk } from '../app';
import type { Content } from '../core/content';
import { roles } from '../core/escalation';
import type { Incoming, Person, Reply } from '../core/message';
import { noOrganization, type Organization } from '../core/organization';
import type { ChatLine, Clock, Outgoing, Store, Understander } from '../core/ports';
import { maskSecrets } from '../core/secrets';
import { type Summary, summarise } from '../core/situation-summary';
import type { Ticket } from '../core/ticket';
import type { TicketAction } from '../core/ticket-actions';
import { pingText } from '../escalation/ticket-view';

export interface RehearsalOptions {
  content: Content;
  understander: Understander;
  organization?: Organization;
  store: Store;
  /** Milliseconds since 1970 at which the rehearsal begins. */
  startAt?: number;
}

/** What one input brought about. */
export interface Heard {
  lines: ChatLine[];
  replies: Reply[];
  sent: { to: string; role: string; ticket: string; text: string }[];
  summary: Summary;
  asks: boolean;
  ticket: Ticket | null;
}

/** A clock that moves only when told to. */
export class MovableClock implements Clock {
  constructor(private time: number) {}
  now(): number {
    return this.time;
  }
  advance(milliseconds: number): void {
    this.time += milliseconds;
  }
}

/**
 * The whole bot, from the inbox row to the outbox, played step by step with a clock that is moved by hand. `converse`,
 * the transcripts and the terminal chat run on it; it takes no shortcut around the store.
 */
export class Rehearsal {
  readonly clock: MovableClock;
  readonly helpdesk: Helpdesk;
  private readonly delivered: Outgoing[] = [];
  private readonly failures: unknown[] = [];
  private count = 0;

  constructor(private readonly options: RehearsalOptions) {
    this.clock = new MovableClock(options.startAt ?? Date.UTC(2026, 10, 23, 9));
    const deliver = async (outgoing: Outgoing) => {
      this.delivered.push(outgoing);
      return { kind: 'sent' as const };
    };
    this.helpdesk = createHelpdesk({
      content: options.content,
      understander: options.understander,
      organization: options.organization ?? noOrganization,
      store: options.store,
      clock: this.clock,
      senders: new Map([['console', { send: deliver }]]),
      destinations: new Map([['desk', { ping: deliver }]]),
      onTurnFailed: (_reference, _incoming, error) => this.failures.push(error),
      onDeliveryFailed: (_row, error) => this.failures.push(new Error(error)),
      onCycleFailed: (error) => this.failures.push(error),
      onAuditFailed: (error) => this.failures.push(error),
    });
  }

  /** Errors met behind the scenes since the last call. */
  takeFailures(): unknown[] {
    return this.failures.splice(0);
  }

  say(conversation: string, person: Person, text: string): Promise<Heard> {
    const masked = maskSecrets(text);
    return this.play({
      ...this.envelope(conversation, person),
      kind: 'text',
      text: masked.text,
      secrets: masked.kinds,
    });
  }

  press(conversation: string, person: Person, press: string, turn?: number): Promise<Heard> {
    return this.play({
      ...this.envelope(conversation, person),
      kind: 'press',
      press,
      ...(turn === undefined ? {} : { turn }),
    });
  }

  sendFile(conversation: string, person: Person, name: string): Promise<Heard> {
    return this.play({ ...this.envelope(conversation, person), kind: 'file', name });
  }

  act(conversation: string, person: Person, ticket: number, action: TicketAction, text = ''): Promise<Heard> {
    const masked = maskSecrets(text);
    return this.play({
      ...this.envelope(conversation, person),
      kind: 'ticket_action',
      ticket,
      action,
      text: masked.text,
      secrets: masked.kinds,
    });
  }

  /** The label or action id of a button on offer, as its id; null if there is none. */
  async buttonId(conversation: string, labelOrId: string): Promise<string | null> {
    const { conversation: state } = await this.options.store.loadConversation(conversation);
    const wanted = labelOrId.trim().toLowerCase();
    return state.buttons.find(({ id, label }) => id === labelOrId || label.toLowerCase() === wanted)?.id ?? null;
  }

  /** Where the conversation stands, and what left since the last call; without a conversation, to whomever it left. */
  async heard(conversation: string): Promise<Heard> {
    await this.helpdesk.turns.idle();
    await this.helpdesk.cycle.tick();
    await this.helpdesk.outbox.settled();
    const { conversation: state } = await this.options.store.loadConversation(conversation);
    const tickets = (await Promise.all(state.tickets.map((id) => this.options.store.ticket(id)))).filter(
      (ticket) => ticket !== null,
    );
    const outgoing = this.delivered.splice(0);
    const lines = outgoing.flatMap((item) =>
      item.kind === 'reply' && (conversation === '' || item.conversation === conversation) ? item.lines : [],
    );
    const sent: Heard['sent'] = [];
    for (const item of outgoing) {
      if (item.kind !== 'ping') continue;
      const view = await this.helpdesk.ticketView(item.ticket);
      if (!view) continue;
      const last = view.history.at(-1);
      // A change that an administrator made is theirs already; what the employee added is news to them.
      if (item.what === 'updated' && last?.action !== 'user_message' && last?.action !== 'cancelled') continue;
      const text =
        item.what === 'opened' ? pingText(view) : `${view.number} ${view.person.name}: ${last?.text ?? view.stateText}`;
      sent.push({ to: roles[view.role].group, role: view.role, ticket: view.number, text });
    }
    return {
      lines,
      replies: lines.flatMap((line) => (line.from === 'bot' ? [line.reply] : [])),
      sent,
      summary: summarise(this.options.content, state, tickets),
      asks: state.awaiting.kind !== 'nothing',
      ticket: tickets.at(-1) ?? null,
    };
  }

  private async play(incoming: Incoming): Promise<Heard> {
    await this.helpdesk.turns.receive(incoming);
    return this.heard(incoming.conversation);
  }

  private envelope(conversation: string, person: Person) {
    this.count += 1;
    return { key: `rehearsal-${this.count}`, platform: 'console' as const, conversation, person, at: this.clock.now() };
  }
}
