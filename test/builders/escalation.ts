import { createHelpdesk, type Helpdesk } from '../../src/app';
import type { IncomingAction, Platform } from '../../src/core/message';
import type { Organization } from '../../src/core/organization';
import type { Delivery, Destination, Directory, Outgoing, Store } from '../../src/core/ports';
import type { Ticket } from '../../src/core/ticket';
import { MovableClock } from '../../src/rehearsal/rehearsal';
import { knowledge, person } from './bot';
import { adminAction } from './dialogue';
import { pressMessage } from './store';
import { inShort } from './turns';

export const minute = 60_000;
export const hour = 60 * minute;

/** Two tiers in Slack and Teams, as a small company has them. */
export const twoTiers: Organization = {
  version: 1,
  destinations: { admins: { slack: 'C1', teams: '19:a@thread.tacv2' }, lead: { slack: 'U1' } },
  routes: {
    default: {
      tiers: [
        { to: ['admins'], claim_within: '15m' },
        { to: ['lead'], claim_within: '30m' },
      ],
    },
  },
};

/** What a place answers to whoever sends something there. */
export type Behaviour = (attempt: number) => Promise<Delivery> | Delivery;

export const dead: Behaviour = () => ({ kind: 'permanent', error: 'channel_not_found' });
export const broken: Behaviour = () => ({ kind: 'temporary', error: 'internal_error' });
export const busy =
  (retryAfter: number): Behaviour =>
  () => ({ kind: 'temporary', error: 'rate limited', retryAfter });

export interface EscalationWorldOptions {
  organization?: Organization;
  startAt?: number;
  clock?: MovableClock;
}

/** The whole engine on a real store: platforms are edges that take what they are given, or fail as told. */
export class EscalationWorld {
  readonly clock: MovableClock;
  readonly failures: unknown[] = [];
  readonly failedDeliveries: string[] = [];
  readonly sent: Outgoing[] = [];
  /** By place, or by what comes before its colon. */
  readonly behaviours = new Map<string, Behaviour>();
  readonly helpdesk: Helpdesk;
  heartbeats = 0;
  private count = 0;

  constructor(
    readonly store: Store,
    {
      organization = twoTiers,
      startAt = Date.UTC(2026, 10, 23, 9),
      clock = new MovableClock(startAt),
    }: EscalationWorldOptions = {},
  ) {
    this.clock = clock;
    const deliver = async (outgoing: Outgoing, _key: string, attempt: number): Promise<Delivery> => {
      const place = 'destination' in outgoing ? outgoing.destination : outgoing.platform;
      const behaviour = this.behaviours.get(place) ?? this.behaviours.get(place.split(':', 1)[0]!);
      const delivery = (await behaviour?.(attempt)) ?? { kind: 'sent' };
      if (delivery.kind === 'sent') this.sent.push(outgoing);
      return delivery;
    };
    const destination: Destination = { ping: deliver, thread: deliver, alarm: deliver };
    const trusting: Directory = { look: async (who) => who, isAdmin: async () => true };
    const everywhere = <T>(value: T) =>
      new Map<Platform, T>(['web', 'slack', 'teams'].map((name) => [name as Platform, value]));
    this.helpdesk = createHelpdesk({
      ...knowledge(),
      organization,
      store,
      clock,
      senders: everywhere({ send: deliver }),
      directories: everywhere(trusting),
      destinations: new Map(['desk', 'slack', 'teams'].map((name) => [name, destination])),
      onTurnFailed: (_reference, _incoming, error) => this.failures.push(error),
      onDeliveryFailed: (row, error) => this.failedDeliveries.push(`${row?.key}: ${error}`),
      onCycleFailed: (error) => this.failures.push(error),
      onAuditFailed: (error) => this.failures.push(error),
      heartbeat: async () => {
        this.heartbeats += 1;
      },
    });
  }

  /** An employee with a lost device whom only an administrator can help; by presses alone. */
  async open(conversation = 'c1', name = 'Ada'): Promise<Ticket> {
    for (const press of ['topic:mfa.lost', 'choose:iam', 'ask_admin']) {
      await this.helpdesk.turns.receive(this.press(conversation, name, press));
      await this.helpdesk.turns.idle();
    }
    await this.cycle();
    const [ticket] = await this.store.tickets({ closed: false, limit: 1, conversation });
    return ticket!;
  }

  press(conversation: string, name: string, press: string) {
    this.count += 1;
    const key = `${conversation}-${this.count}`;
    return pressMessage(key, press, { conversation, person: person(name), at: this.clock.now() });
  }

  action(ticket: number, name: string, action: IncomingAction['action'], parts: Partial<IncomingAction> = {}) {
    this.count += 1;
    const key = `act-${ticket}-${name}-${this.count}`;
    return { ...adminAction(action), key, ticket, person: person(name), at: this.clock.now(), ...parts };
  }

  async act(...parts: Parameters<EscalationWorld['action']>): Promise<void> {
    await this.helpdesk.turns.receive(this.action(...parts));
    await this.cycle();
  }

  /** All that is due now, until nothing is. */
  async cycle(): Promise<void> {
    await this.helpdesk.turns.idle();
    await this.helpdesk.cycle.tick();
    await this.helpdesk.outbox.settled();
    await this.helpdesk.cycle.tick();
    await this.helpdesk.outbox.settled();
  }

  /** The auditor looks, and what it says leaves. */
  async audit(): Promise<void> {
    await this.helpdesk.auditor.look();
    await this.helpdesk.outbox.settled();
  }

  /** Time passes in steps, each with a cycle, as in earnest. */
  async wait(milliseconds: number, step = milliseconds): Promise<void> {
    for (let left = milliseconds; left > 0; left -= step) {
      this.clock.advance(Math.min(step, left));
      await this.cycle();
    }
  }

  /** What left since the last call, in short. */
  took(): string[] {
    return this.sent.splice(0).map(inShort);
  }

  /** Three more cycles bring nothing. */
  async staysQuiet(): Promise<string[]> {
    for (let i = 0; i < 3; i++) await this.wait(1000);
    return this.took();
  }
}
