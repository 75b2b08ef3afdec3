import type { EscalationTimes } from './duty';
import type { Role } from './escalation';
import type { Advance, FloodRule, TicketChange } from './ports';
import type { NextStep, Ticket, TicketDetails } from './ticket';

/** What one call of a tier means at a given time. */
export interface TierCall {
  /** `slack:C…`, `teams:19:…`, `email:…`: the ways to them that are connected. Empty where only the web desk shows tickets. */
  places: string[];
  /** The file names somebody, but nobody answers at this time: they are away, or nobody is on call. */
  nobody: boolean;
  /** The time asked about, or, where they do not work then, when they do next. */
  startsAt: number;
  /** When those called at `startsAt` have had their time. */
  claimBy: number;
  /** How often they are called before the next tier is. */
  repeat: number;
}

type Routed = Pick<Ticket, 'role' | 'details'>;

/** Who is called for a ticket, in which order; as the organisation file and whoever is on call have it. */
export interface Routes {
  /** At least one, even if it is the web desk alone. */
  tiers(ticket: Routed): number;
  /** @param tier from 1 */
  call(ticket: Routed, tier: number, at: number): TierCall;
  followUp(ticket: Routed): EscalationTimes;
  /** Places of a destination, a colleague or a schedule by its name; empty where it is unknown or not connected. */
  placesOf(name: string, at: number): string[];
  /** Where else the people of a place are told when it cannot be reached. */
  standIns(place: string): string[];
  /** Where the people are who look after the desk itself: the first tier of the default route. */
  watchers(at: number): string[];
  /** Places that show every ticket. */
  everywhere: readonly string[];
}

/** How a ticket begins. */
export interface Opening {
  state: 'open' | 'waiting_for_aws';
  tier: number;
  places: string[];
  next: { what: NextStep; at: number };
  /** When its first tier is called: now, or when their hours begin. */
  startsAt: number;
  /** When it counts as one of many; null: never. */
  flood: FloodRule | null;
}

/** An administrator's or an employee's action, as far as it steers what happens next. */
export interface SteeringAction {
  action: string;
  /** Of a reassignment `role:<role>` or `to:<destination, colleague or schedule>`; of a snooze `30m`, `4h`, `1d` or `aws`; of resolving the outcome. */
  choice?: string | undefined;
  /** The place of the card it was pressed on. */
  place?: string | undefined;
}

export interface Steered {
  set: TicketChange;
  /** Words below the card for those who must look at it again: a changed card makes no sound. */
  words: Advance['words'];
}

/** The rules of what happens to a ticket by itself, as turns need them. */
export interface TicketCourse {
  opening(role: Role, details: TicketDetails, at: number): Promise<Opening>;
  after(ticket: Ticket, action: SteeringAction, at: number): Promise<Steered>;
}
