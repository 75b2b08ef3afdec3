import type { PhraseName } from '../core/content';
import type { Line, Person, Reply } from '../core/message';
import { isClosed, isWith, type Ticket, type TicketEvent, ticketNumber } from '../core/ticket';
import type { DeskCommand } from './desk-commands';
import type { TurnParts } from './turn-parts';
import { phrase, type Values } from './wording';

/** At most so many tickets, and so many lines of a history, are listed in one answer. */
const longestList = 15;
const longestHistory = 25;
/** A queue is never longer than this, and so far back is searched. */
const mostOpen = 500;
const searched = 1_000;

/** The answer to an administrator's command. It reads the store, and changes nothing but who is on call. */
export async function deskAnswer(parts: TurnParts, command: DeskCommand, person: Person): Promise<Reply> {
  const { store } = parts;
  switch (command.kind) {
    case 'queue': {
      const open = (await store.tickets({ closed: false, limit: mostOpen })).filter(({ bundle }) => bundle === null);
      return listed(parts, ['desk-queue', 'desk-queue-empty'], inOrder(open), {});
    }
    case 'mine': {
      const open = await store.tickets({ closed: false, limit: mostOpen });
      const mine = open.filter((ticket) => isWith(ticket, person));
      return listed(parts, ['desk-mine', 'desk-mine-empty'], inOrder(mine), {});
    }
    case 'search':
      return listed(parts, ['desk-found', 'desk-found-none'], await found(parts, command.words), {
        words: command.words,
        among: String(searched),
      });
    case 'ticket':
      return whole(parts, command.id);
    case 'on-call':
      return onCall(parts);
    case 'override':
      return overridden(parts, command, person);
  }
}

/** Urgent ones first, then those nobody has, then by age. */
const inOrder = (tickets: readonly Ticket[]): Ticket[] =>
  [...tickets].sort(
    (a, b) =>
      Number(b.details.severity === 'urgent') - Number(a.details.severity === 'urgent') ||
      Number(b.claimedBy === null) - Number(a.claimedBy === null) ||
      a.id - b.id,
  );

async function found({ store }: TurnParts, words: string): Promise<Ticket[]> {
  const wanted = words.toLowerCase().split(' ').filter(Boolean);
  const all = await store.tickets({ closed: true, limit: searched });
  return all.filter(({ id, claimedBy, details }) => {
    const { title, person, slots, words: said } = details;
    const text = [ticketNumber(id), title, person.name, claimedBy ?? '', ...Object.values(slots), ...said]
      .join(' ')
      .toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

function listed(
  { content, organization }: TurnParts,
  [some, none]: [PhraseName, PhraseName],
  tickets: readonly Ticket[],
  values: Values,
): Reply {
  if (tickets.length === 0) return phrase(content(), none, values);
  const reply = phrase(content(), some, { ...values, count: String(tickets.length) });
  const rows = tickets.slice(0, longestList).map((ticket) => row(ticket, organization().timezone));
  const more = tickets.length - rows.length;
  return { ...reply, say: [...reply.say, ...rows, ...(more > 0 ? [[{ text: `… and ${more} more` }]] : [])] };
}

const row = (ticket: Ticket, zone: string | undefined): Line => [
  { text: `${ticketNumber(ticket.id)} `, bold: true },
  {
    text: [
      ...(ticket.details.severity === 'urgent' && !isClosed(ticket.state) ? ['URGENT'] : []),
      ticket.details.title,
      ticket.details.person.name,
      standing(ticket),
      `since ${timeIn(zone, ticket.createdAt)}`,
    ].join(' · '),
  },
];

function standing({ state, claimedBy, details, outcome }: Ticket): string {
  const by = claimedBy ?? 'nobody';
  switch (state) {
    case 'open':
      return 'nobody has it';
    case 'claimed':
      return `with ${by}`;
    case 'waiting_for_user':
      return `waits for ${details.person.name}, with ${by}`;
    case 'waiting_for_aws':
      return `waits for AWS, with ${by}`;
    case 'resolved':
      return `closed: ${(outcome ?? 'solved').replaceAll('_', ' ')}`;
    case 'cancelled':
      return 'taken back';
  }
}

/** One ticket with its history. */
async function whole({ store, content, organization }: TurnParts, id: number): Promise<Reply> {
  const ticket = await store.ticket(id);
  if (!ticket) return phrase(content(), 'desk-unknown', { ticket: ticketNumber(id) });
  const zone = organization().timezone;
  const events = await store.history(id);
  const { slots, words, tried } = ticket.details;
  const shown = events.slice(-longestHistory);
  return {
    ...phrase(content(), 'desk-ticket', {}),
    say: [
      row(ticket, zone),
      ...Object.entries(slots).map(
        ([name, value]): Line => [
          { text: `${name.replaceAll('_', ' ')}: `, bold: true },
          { text: value.replaceAll('_', ' ') },
        ],
      ),
      ...words.slice(-5).map((said): Line => [{ text: `“${said}”` }]),
      ...(tried.length ? [[{ text: `Tried or told: ${tried.map(({ step }) => step).join(', ')}` }]] : []),
      ...(shown.length < events.length ? [[{ text: `… ${events.length - shown.length} earlier left out` }]] : []),
      ...shown.map((event) => eventLine(event, zone)),
    ],
  };
}

const eventLine = ({ at, actor, action, text }: TicketEvent, zone: string | undefined): Line => [
  { text: `${timeIn(zone, at)} ` },
  { text: actor, bold: true },
  { text: `: ${action.replaceAll('_', ' ')}${text ? ` – ${text}` : ''}` },
];

async function onCall({ content, duty, organization }: TurnParts): Promise<Reply> {
  const now = (await duty?.now()) ?? [];
  if (now.length === 0) return phrase(content(), 'desk-no-schedule');
  const reply = phrase(content(), 'desk-on-call');
  const rows = now.map(
    ({ schedule, names, until }): Line => [
      { text: `${schedule}: `, bold: true },
      { text: `${names.join(', ') || 'NOBODY'}, until ${timeIn(organization().timezone, until)}` },
    ],
  );
  return { ...reply, say: [...reply.say, ...rows] };
}

async function overridden(
  { content, duty, clock, organization }: TurnParts,
  { schedule, person, forMs }: Extract<DeskCommand, { kind: 'override' }>,
  by: Person,
): Promise<Reply> {
  if (!duty) return phrase(content(), 'desk-no-schedule');
  const from = clock.now();
  const until = from + forMs;
  const fault = await duty.override({ schedule, person, from, until, by: by.name });
  if (fault) return phrase(content(), 'desk-override-fault', { fault });
  return phrase(content(), 'desk-override', { schedule, person, until: timeIn(organization().timezone, until) });
}

const timeIn = (timeZone: string | undefined, at: number): string =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: timeZone ?? 'UTC',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    ...(timeZone === undefined ? { timeZoneName: 'short' as const } : {}),
  }).format(at);
