import { randomBytes } from 'node:crypto';
import type { Content } from '../core/content';
import { CodedError } from '../core/errors';
import type { Role } from '../core/escalation';
import type { Incoming, IncomingAction, IncomingMessage, Reply } from '../core/message';
import type { Organization } from '../core/organization';
import type { ChatLine, Clock, Inbox, Store, TurnCommit, Understander } from '../core/ports';
import type { SecretKind } from '../core/secrets';
import { type Ticket, ticketNumber } from '../core/ticket';
import { respond, type TurnInput } from './respond';
import { actOnTicket } from './ticket-action';
import { phrase } from './wording';

export interface TurnsOptions {
  store: Store;
  clock: Clock;
  understander: Understander;
  /** Read at each turn, so that content can change while the bot runs. */
  content: () => Content;
  organization: () => Organization;
  /** Names of the destinations a role's pings go to. */
  destinations: (role: Role) => string[];
  /** Something was committed that must leave. */
  onCommitted: () => void;
  onFailed: (reference: string, incoming: Incoming, error: unknown) => void;
}

const tries = 3;

/**
 * From the inbox row to the commit: one turn at a time for each conversation, each turn all or nothing. A message is
 * recorded before `receive` resolves, so a crash after that loses nothing: `resume` finds it again.
 */
export class Turns implements Inbox {
  private readonly queues = new Map<string, Promise<void>>();

  constructor(private readonly options: TurnsOptions) {}

  async receive(incoming: Incoming): Promise<'recorded' | 'duplicate'> {
    if (!(await this.options.store.record(incoming))) return 'duplicate';
    await this.enqueue(incoming);
    return 'recorded';
  }

  /** Takes up what a crash left behind. Returns how many. */
  async resume(): Promise<number> {
    const pending = await this.options.store.pending();
    for (const incoming of pending) await this.enqueue(incoming);
    return pending.length;
  }

  /** Resolves when everything received so far is handled. */
  async idle(): Promise<void> {
    while (this.queues.size > 0) await Promise.all(this.queues.values());
  }

  private async enqueue(incoming: Incoming): Promise<void> {
    // An administrator's action belongs to the employee's conversation: both sides wait in one queue.
    const ticket = incoming.kind === 'ticket_action' ? await this.options.store.ticket(incoming.ticket) : null;
    const queue = ticket?.conversation ?? incoming.conversation;
    const tail = (this.queues.get(queue) ?? Promise.resolve()).then(() => this.handle(incoming));
    this.queues.set(queue, tail);
    void tail.finally(() => {
      if (this.queues.get(queue) === tail) this.queues.delete(queue);
    });
  }

  /** Never rejects: whatever goes wrong in a turn is told to the person and to the log. */
  private async handle(incoming: Incoming): Promise<void> {
    try {
      for (let attempt = 1; ; attempt++) {
        try {
          if (incoming.kind === 'ticket_action') await this.ticketTurn(incoming);
          else await this.messageTurn(incoming);
          break;
        } catch (error) {
          if (!(error instanceof CodedError && error.code === 'TURN_CONFLICT') || attempt === tries) throw error;
        }
      }
    } catch (error) {
      await this.failed(incoming, error);
    }
    this.options.onCommitted();
  }

  private async messageTurn(incoming: IncomingMessage): Promise<void> {
    const { store, clock, understander } = this.options;
    const content = this.options.content();
    const { conversation, version } = await store.loadConversation(incoming.conversation);
    const tickets = (await Promise.all(conversation.tickets.map((id) => store.ticket(id)))).filter(
      (ticket) => ticket !== null,
    );
    const outcome = respond(
      {
        content,
        understander,
        organization: this.options.organization(),
        now: clock.now(),
        person: incoming.person,
        platform: incoming.platform,
        tickets,
      },
      conversation,
      inputOf(incoming),
    );
    const role = outcome.open?.role ?? outcome.change?.ticket.role;
    await store.commitTurn({
      key: incoming.key,
      at: clock.now(),
      conversationId: incoming.conversation,
      platform: incoming.platform,
      conversation: outcome.conversation,
      expectedVersion: version,
      said: saidBy(incoming, conversation.buttons),
      replies: (_turn, opened) => outcome.replies.map((reply) => ({ from: 'bot', reply: withTicket(reply, opened) })),
      open: outcome.open,
      change: outcome.change && { actor: incoming.person.name, ...outcome.change },
      destinations: role ? this.options.destinations(role) : [],
    });
  }

  private async ticketTurn(incoming: IncomingAction): Promise<void> {
    const { store, clock } = this.options;
    const ticket = await store.ticket(incoming.ticket);
    const { conversation, version } = ticket
      ? await store.loadConversation(ticket.conversation)
      : { conversation: null, version: 0 };
    const outcome = ticket && conversation ? actOnTicket(this.options.content(), conversation, ticket, incoming) : null;
    if (!ticket || !outcome) {
      await store.finish(incoming.key);
      return;
    }
    const commit: TurnCommit = {
      key: incoming.key,
      at: clock.now(),
      conversationId: ticket.conversation,
      platform: ticket.details.platform,
      conversation: outcome.conversation,
      expectedVersion: version,
      said: null,
      replies: () => outcome.lines,
      open: null,
      change: { ticket, actor: incoming.person.name, action: incoming.action, text: outcome.text },
      destinations: this.options.destinations(ticket.role),
    };
    await store.commitTurn(commit);
  }

  private async failed(incoming: Incoming, error: unknown): Promise<void> {
    const reference = randomBytes(4).toString('hex');
    this.options.onFailed(reference, incoming, error);
    const apology: ChatLine = { from: 'bot', reply: phrase(this.options.content(), 'turn-failed', { reference }) };
    try {
      if (incoming.kind === 'ticket_action') await this.options.store.finish(incoming.key);
      else
        await this.options.store.failTurn(
          incoming.key,
          incoming.conversation,
          incoming.platform,
          this.options.clock.now(),
          apology,
        );
    } catch (storeError) {
      // The store itself is gone: the row stays `new`, and the next start takes it up again.
      this.options.onFailed(reference, incoming, storeError);
    }
  }
}

function inputOf(incoming: IncomingMessage): TurnInput {
  switch (incoming.kind) {
    case 'text':
      return { kind: 'text', text: incoming.text, secrets: incoming.secrets as SecretKind[] };
    case 'press':
      return { kind: 'press', press: incoming.press, turn: incoming.turn };
    case 'file':
      return { kind: 'file' };
  }
}

/** How the person's part stands in the chat log: a press as the label that was pressed. */
function saidBy(incoming: IncomingMessage, buttons: readonly { id: string; label: string }[]): ChatLine | null {
  if (incoming.kind === 'text') return { from: 'person', text: incoming.text };
  if (incoming.kind === 'file') return { from: 'person', text: `(file: ${incoming.name})` };
  const label = buttons.find((button) => button.id === incoming.press)?.label;
  return label === undefined ? null : { from: 'person', text: label };
}

/** The number exists only once the ticket is written, so it is put in by the commit. */
function withTicket(reply: Reply, ticket: Ticket | null): Reply {
  if (!ticket || !reply.name.startsWith('phrases/handed-over')) return reply;
  const number = ticketNumber(ticket.id);
  return {
    ...reply,
    say: reply.say.map((words) => words.map((span) => (span.text === '{ticket}' ? { ...span, text: number } : span))),
  };
}
