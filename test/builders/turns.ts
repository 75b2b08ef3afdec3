import { createHelpdesk, type Helpdesk } from '../../src/app';
import type { Incoming, Platform } from '../../src/core/message';
import { noOrganization } from '../../src/core/organization';
import type { ChatLine, Directory, Outgoing, Store } from '../../src/core/ports';
import { MovableClock } from '../../src/rehearsal/rehearsal';
import { knowledge } from './bot';

export interface TurnsWorldOptions {
  directory?: Partial<Directory>;
  /** Names of the places that get pings. */
  destinations?: string[];
}

/** Everybody is who they say, and may do everything. */
const trusting: Directory = { look: async (person) => person, isAdmin: async () => true };

/** The bot from the inbox to the outbox on a real store; what would leave is kept to be looked at. */
export class TurnsWorld {
  readonly failures: unknown[] = [];
  readonly sent: Outgoing[] = [];
  readonly clock = new MovableClock(5000);
  readonly helpdesk: Helpdesk;

  constructor(
    readonly store: Store,
    { directory = {}, destinations = ['desk'] }: TurnsWorldOptions = {},
  ) {
    const deliver = async (outgoing: Outgoing) => {
      this.sent.push(outgoing);
      return { kind: 'sent' as const };
    };
    const everywhere = <T>(value: T) =>
      new Map<Platform, T>(['web', 'slack', 'teams'].map((name) => [name as Platform, value]));
    this.helpdesk = createHelpdesk({
      ...knowledge(),
      organization: noOrganization,
      store,
      clock: this.clock,
      senders: everywhere({ send: deliver }),
      directories: everywhere({ ...trusting, ...directory }),
      destinations: new Map(destinations.map((name) => [name, { ping: deliver }])),
      onTurnFailed: (_reference, _incoming, error) => this.failures.push(error),
      onDeliveryFailed: (_row, error) => this.failures.push(error),
      onCycleFailed: (error) => this.failures.push(error),
      onAuditFailed: (error) => this.failures.push(error),
    });
  }

  /** Resolves when what was received is answered and has left. */
  async receive(...messages: Incoming[]): Promise<void> {
    for (const message of messages) await this.helpdesk.turns.receive(message);
    await this.settled();
  }

  async settled(): Promise<void> {
    await this.helpdesk.turns.idle();
    await this.helpdesk.outbox.settled();
  }

  /** What left since the last call. */
  takeSent(): Outgoing[] {
    return this.sent.splice(0);
  }

  /** Names of the replies and words of people, in one conversation. */
  async chat(conversation: string): Promise<string[]> {
    return (await this.store.chat(conversation, 0)).map(({ line }) => nameOf(line));
  }
}

export const nameOf = (line: ChatLine): string => (line.from === 'bot' ? line.reply.name : line.text);

/** What left, in short: names of what was said where, notices to whom, pings about what. */
export const inShort = (outgoing: Outgoing): string => {
  switch (outgoing.kind) {
    case 'reply':
      return `${outgoing.conversation}: ${outgoing.lines.map(nameOf).join(', ')}`;
    case 'notice':
      return `only ${outgoing.person.name}: ${outgoing.say.name}`;
    case 'ping':
      return `${outgoing.destination}: ${outgoing.what} ${outgoing.ticket}`;
    case 'alarm':
      return `${outgoing.destination}: alarm ${outgoing.key}`;
    case 'thread':
      return `${outgoing.destination}: below ${outgoing.ticket}, ${outgoing.what}`;
    case 'report':
      return `${outgoing.destination}: report ${outgoing.report.week}`;
  }
};
