import { isWithAws } from '../core/aws-cases';
import type { Content, PhraseName } from '../core/content';
import type { Advance, Alarm, TicketChange } from '../core/ports';
import { isClosed, type NextStep, type Ticket, type TicketState, ticketNumber } from '../core/ticket';
import type { Routes } from '../core/ticket-course';
import { asksAboutAws, asksOfUser, lookAtLeaderMs, restAfter, tryAgainMs } from './follow-up';
import { atWork, tierOf, together, usualStep } from './steering';
import { sentence } from './words';

export interface PolicyParts {
  content: Content;
  routes: Routes;
  now: number;
}

/** Who it is in the history when nobody but the engine did it. */
export const engine = 'helpdesk';

/** The steps that make sense in a state. Another one is left from a version that knew no steps, and is replaced. */
const steps: Record<TicketState, readonly NextStep[]> = {
  open: ['escalate', 'wake'],
  claimed: ['remind', 'return', 'wake'],
  waiting_for_user: ['ask_user', 'wake'],
  waiting_for_aws: ['ask_aws', 'wake'],
  resolved: [],
  cancelled: [],
};

/**
 * What happens to a ticket now by itself. Pure: the same ticket at the same time gives the same answer in every process.
 * Null when it is not time yet.
 * @param leader the ticket it stands behind
 */
export function decide(parts: PolicyParts, ticket: Ticket, leader: Ticket | null): Advance | null {
  if (isClosed(ticket.state)) return null;
  if (ticket.bundle !== null) return follow(parts, ticket, leader);
  const { next } = ticket;
  if (!next || !Number.isFinite(next.at) || !steps[ticket.state].includes(next.what)) return mend(parts, ticket);
  if (next.what === 'escalate' && ticket.unreached.length > 0) {
    const others = newStandIns(parts, ticket);
    if (others.length > 0) return standIn(ticket, others);
    if (isOutOfReach(parts, ticket)) return escalate(parts, ticket, true);
  }
  if (next.at > parts.now) return null;
  switch (next.what) {
    case 'escalate':
      return escalate(parts, ticket, false);
    case 'remind':
      return remind(parts, ticket);
    case 'return':
      return giveBack(parts, ticket);
    case 'wake':
      return wake(parts, ticket);
    case 'ask_user':
      return askUser(parts, ticket);
    case 'ask_aws':
      return askAws(parts, ticket);
  }
}

/** None of the tier's own places could be reached. The web desk does not count: perhaps nobody looks at it. */
function isOutOfReach({ routes, now }: PolicyParts, ticket: Ticket): boolean {
  if (ticket.tier === 0) return false;
  const { places } = routes.call(ticket, tierOf(routes, ticket), now);
  const all = together(places, ...places.map((place) => routes.standIns(place)));
  const called = all.filter((place) => ticket.places.includes(place));
  return called.length > 0 && called.every((place) => ticket.unreached.includes(place));
}

/** Other ways to the same people, where the first ones failed. */
const newStandIns = ({ routes }: PolicyParts, { unreached, places }: Ticket): string[] =>
  together(...unreached.map((place) => routes.standIns(place))).filter((place) => !places.includes(place));

const standIn = (ticket: Ticket, others: string[]): Advance => ({
  ...change(ticket, { places: [...ticket.places, ...others], next: ticket.next }),
  history: { actor: engine, action: 'another_way', text: others.join(', ') },
  calls: others,
});

function escalate(parts: PolicyParts, ticket: Ticket, outOfReach: boolean): Advance {
  const { routes, now } = parts;
  const tiers = routes.tiers(ticket);
  if (!outOfReach && ticket.tier > 0 && ticket.tier <= tiers) {
    const again = routes.call(ticket, ticket.tier, now);
    if (ticket.asked + 1 < again.repeat) return call(parts, ticket, ticket.tier, ticket.asked + 1, null);
  }
  const later = Array.from({ length: Math.max(0, tiers - ticket.tier) }, (_, index) => ticket.tier + 1 + index).filter(
    (tier) => !routes.call(ticket, tier, now).nobody,
  );
  if (!outOfReach) {
    const [tier] = later;
    if (tier === undefined) return ticket.tier === 0 ? nobodyReached(parts, ticket) : nobodyTookIt(parts, ticket);
    return whenAtWork(parts, ticket, tier, ticket.tier === 0 ? null : 'ticket-next-tier');
  }
  // Those who cannot be reached are no reason to wait for the morning if anybody else is at work.
  const tier = later.find((one) => routes.call(ticket, one, now).startsAt <= now);
  return tier === undefined ? nobodyReached(parts, ticket) : call(parts, ticket, tier, 0, 'ticket-next-reachable');
}

/** The tier is called now, or when its hours begin. */
function whenAtWork(parts: PolicyParts, ticket: Ticket, tier: number, tells: PhraseName | null): Advance {
  const { startsAt } = parts.routes.call(ticket, tier, parts.now);
  if (startsAt <= parts.now) return call(parts, ticket, tier, 0, tells);
  return quietly(ticket, { what: 'escalate', at: startsAt });
}

function call(parts: PolicyParts, ticket: Ticket, tier: number, asked: number, tells: PhraseName | null): Advance {
  const { routes, now } = parts;
  const { places, claimBy } = routes.call(ticket, tier, now);
  const known = places.filter((place) => ticket.places.includes(place) && !ticket.unreached.includes(place));
  const set = {
    tier,
    asked,
    unreached: [],
    places: together(ticket.places, places),
    next: { what: 'escalate' as const, at: claimBy },
  };
  return {
    ...change(ticket, set),
    history: { actor: engine, action: 'escalated', text: tierText(ticket, tier, asked) },
    calls: places.filter((place) => !known.includes(place)),
    // A card that is there already makes no sound.
    words: words(parts, ticket, known, 'desk-still-waiting', 'open'),
    tells: tells && sentence(parts.content, tells, values(parts, ticket)),
  };
}

function tierText(ticket: Ticket, tier: number, asked: number): string {
  const again = asked > 0 ? `, call ${asked + 1}` : '';
  return `tier ${tier}${again}${ticket.round > 0 ? `, round ${ticket.round + 1}` : ''}`;
}

/** The whole chain was called in vain: the truth for the employee, an alarm for whoever runs the desk, and a rest. */
function nobodyTookIt(parts: PolicyParts, ticket: Ticket): Advance {
  const rest = restAfter(ticket.round, ticket.details.severity === 'urgent');
  const next = { what: 'escalate' as const, at: atWork(parts.routes, ticket, parts.now + rest) };
  return {
    ...change(ticket, { tier: 0, asked: 0, round: ticket.round + 1, next }),
    history: { actor: engine, action: 'nobody_took_it', text: null },
    tells: ticket.round === 0 ? sentence(parts.content, 'ticket-nobody-took', values(parts, ticket)) : null,
    alarm: alarm(ticket, 'unclaimed', 'everybody on its route was called and nobody took it'),
  };
}

function nobodyReached(parts: PolicyParts, ticket: Ticket): Advance {
  const next = { what: 'escalate' as const, at: parts.now + tryAgainMs };
  // `unreached` stays, so that the next call posts the card anew and does not whisper below one that never arrived.
  return {
    ...change(ticket, { tier: 0, asked: 0, round: ticket.round + 1, next }),
    history: { actor: engine, action: 'nobody_reached', text: ticket.unreached.join(', ') || null },
    tells: isNewlyOutOfReach(ticket) ? sentence(parts.content, 'ticket-nobody-reached', values(parts, ticket)) : null,
    alarm: alarm(ticket, 'unreachable', `nobody on its route can be reached${listed(ticket.unreached)}`),
  };
}

const listed = (places: readonly string[]): string => (places.length > 0 ? ` (${places.join(', ')})` : '');

/** Said once: each further try in vain is no news. */
const isNewlyOutOfReach = ({ round }: Ticket): boolean => round === 0;

function remind(parts: PolicyParts, ticket: Ticket): Advance {
  const { routes, now } = parts;
  const next = { what: 'return' as const, at: atWork(routes, ticket, now + routes.followUp(ticket).return) };
  return {
    ...change(ticket, { asked: 1, next }),
    history: { actor: engine, action: 'reminded', text: null },
    words: words(parts, ticket, ownerPlaces(parts, ticket), 'desk-idle', 'claimed'),
  };
}

function giveBack(parts: PolicyParts, ticket: Ticket): Advance {
  const open: Ticket = { ...ticket, state: 'open', tier: tierOf(parts.routes, ticket) };
  const { claimBy } = parts.routes.call(open, open.tier, parts.now);
  const set = { tier: open.tier, asked: 0, unreached: [], takenAt: null };
  return {
    ...change(ticket, { ...set, next: { what: 'escalate', at: claimBy } }),
    state: 'open',
    owner: null,
    history: { actor: engine, action: 'returned', text: ticket.claimedBy },
    words: words(parts, ticket, outwardPlaces(parts, ticket), 'desk-open-again', 'open'),
    tells: sentence(parts.content, 'ticket-returned', values(parts, ticket)),
  };
}

function wake(parts: PolicyParts, ticket: Ticket): Advance {
  const { routes, now } = parts;
  const woken = { ...ticket, asked: 0 };
  const places = ticket.state === 'open' ? outwardPlaces(parts, ticket) : ownerPlaces(parts, ticket);
  return {
    ...change(ticket, { asked: 0, next: usualStep(routes, woken, now) }),
    history: { actor: engine, action: 'woken', text: null },
    words: words(parts, ticket, places, 'desk-awake', ticket.state),
  };
}

function askUser(parts: PolicyParts, ticket: Ticket): Advance {
  const { routes, now } = parts;
  const asksThem = ticket.asked < asksOfUser;
  const wait = routes.followUp(ticket).askUser * (asksThem ? 1 : 3);
  const next = { what: 'ask_user' as const, at: asksThem ? now + wait : atWork(routes, ticket, now + wait) };
  return {
    ...change(ticket, { asked: ticket.asked + 1, next }),
    history: { actor: engine, action: asksThem ? 'asked_user' : 'reminded', text: null },
    words: asksThem ? [] : words(parts, ticket, ownerPlaces(parts, ticket), 'desk-no-answer', 'waiting_for_user'),
    tells: asksThem ? sentence(parts.content, 'ticket-waits-for-you', values(parts, ticket)) : null,
  };
}

function askAws(parts: PolicyParts, ticket: Ticket): Advance {
  const { routes, now } = parts;
  if (isWithAws(ticket)) return askOwnCase(parts, ticket);
  const next = { what: 'ask_aws' as const, at: atWork(routes, ticket, now + routes.followUp(ticket).askAws) };
  return {
    ...change(ticket, { asked: ticket.asked + 1, next }),
    history: { actor: engine, action: 'asked_about_aws', text: null },
    words: words(parts, ticket, ownerPlaces(parts, ticket), 'desk-has-aws-answered', 'waiting_for_aws'),
    tells: ticket.asked === 0 ? sentence(parts.content, 'ticket-waits-for-aws', values(parts, ticket)) : null,
  };
}

/** The employee sent the form by themselves, so it is they who are asked; not for ever. */
function askOwnCase(parts: PolicyParts, ticket: Ticket): Advance {
  const { content, routes, now } = parts;
  if (ticket.asked >= asksAboutAws)
    return {
      ...change(ticket, { next: null }),
      state: 'cancelled',
      history: { actor: engine, action: 'asks_no_more', text: null },
      tells: sentence(content, 'aws-asks-no-more', values(parts, ticket)),
    };
  // Each time twice as long: 1, 2, 4 days.
  const wait = routes.followUp(ticket).askAws * 2 ** ticket.asked;
  return {
    ...change(ticket, { asked: ticket.asked + 1, next: { what: 'ask_aws', at: now + wait } }),
    history: { actor: engine, action: 'asked_about_aws', text: null },
    tells: sentence(content, 'aws-answered-yet', values(parts, ticket)),
  };
}

/** One of many about the same trouble: what happens to the first happens to it. */
function follow(parts: PolicyParts, ticket: Ticket, leader: Ticket | null): Advance {
  const { content, now } = parts;
  // The first one was taken back by its employee, or is its own matter again: this one goes its own way.
  if (!leader || leader.state === 'cancelled' || leader.bundle !== null) {
    return {
      ...change(ticket, { bundle: null, tier: 0, asked: 0, next: { what: 'escalate', at: now } }),
      history: { actor: engine, action: 'on_its_own', text: leader && ticketNumber(leader.id) },
    };
  }
  const owner = leader.claimedBy === null ? null : { id: leader.claimedById, name: leader.claimedBy };
  const said = { ...values(parts, leader), ticket: ticketNumber(ticket.id) };
  if (leader.state === 'resolved') {
    return {
      ...change(ticket, { next: null, outcome: leader.outcome }),
      state: 'resolved',
      owner,
      history: { actor: leader.claimedBy ?? engine, action: 'resolve', text: `with ${ticketNumber(leader.id)}` },
      tells: sentence(content, 'ticket-resolved', { ...said, outcome: '' }),
    };
  }
  const next = { what: 'wake' as const, at: now + lookAtLeaderMs };
  // Whom that one waits for says nothing about the others: for them somebody is on it.
  const state: TicketState = leader.state === 'open' ? 'open' : 'claimed';
  if (state === ticket.state && leader.claimedById === ticket.claimedById) return quietly(ticket, next);
  return {
    ...change(ticket, { next }),
    state,
    owner,
    history: { actor: engine, action: 'followed', text: ticketNumber(leader.id) },
    tells: sentence(content, owner ? 'ticket-claimed' : 'ticket-returned', said),
  };
}

/** Without a step that makes sense, nothing would ever happen to it again. */
function mend(parts: PolicyParts, ticket: Ticket): Advance {
  const { routes, now } = parts;
  const tier = ticket.state === 'open' ? tierOf(routes, ticket) : ticket.tier;
  const places =
    ticket.places.length > 0 ? ticket.places : together(routes.everywhere, routes.call(ticket, 1, now).places);
  return quietly(ticket, usualStep(routes, { ...ticket, tier }, now), { tier, places });
}

const quietly = (ticket: Ticket, next: NonNullable<Ticket['next']>, set: TicketChange = {}): Advance =>
  change(ticket, { ...set, next });

const change = (ticket: Ticket, set: Advance['set']): Advance => ({
  state: ticket.state,
  set,
  history: null,
  calls: [],
  words: [],
  tells: null,
  alarm: null,
});

function words(
  parts: PolicyParts,
  ticket: Ticket,
  places: readonly string[],
  name: PhraseName,
  state: TicketState,
): Advance['words'] {
  const say = sentence(parts.content, name, values(parts, ticket));
  return places.map((place) => ({ place, say, while: state }));
}

/** Where whoever has it took it; everywhere else it is not theirs to be reminded. */
const ownerPlaces = (parts: PolicyParts, ticket: Ticket): string[] =>
  ticket.takenAt === null ? outwardPlaces(parts, ticket) : [ticket.takenAt];

const outwardPlaces = ({ routes }: PolicyParts, { places }: Ticket): string[] =>
  places.filter((place) => !routes.everywhere.includes(place));

const values = ({ content }: PolicyParts, ticket: Ticket): Record<string, string> => ({
  ticket: ticketNumber(ticket.id),
  who: content.phrases.roles[ticket.role].who,
  admin: ticket.claimedBy ?? '',
  person: ticket.details.person.name,
  title: ticket.details.title,
});

const alarm = (ticket: Ticket, what: string, text: string): Alarm => ({
  key: `ticket/${ticket.id}/${what}`,
  text: `${ticketNumber(ticket.id)}: ${text}.`,
});
