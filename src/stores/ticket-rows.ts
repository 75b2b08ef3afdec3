import type { Kysely, Selectable, Updateable } from 'kysely';
import { CodedError } from '../core/errors';
import type { Role } from '../core/escalation';
import type { TicketChange, TurnCommit } from '../core/ports';
import {
  isClosed,
  moveTicket,
  type NextStep,
  type Ticket,
  type TicketDetails,
  type TicketEvent,
  type TicketOutcome,
  type TicketState,
  ticketDetailsSchema,
} from '../core/ticket';
import type { Tables } from './tables';
import { countOneMore, leaderOf, tellFollowers } from './ticket-bundles';

type TicketRow = Selectable<Tables['tickets']>;

export async function openTicket(
  trx: Kysely<Tables>,
  { open, at, conversationId, destinations }: TurnCommit,
): Promise<Ticket> {
  const { role, details, next, tier = 1, flood, state = 'open' } = open!;
  const leader = flood ? await leaderOf(trx, flood, at) : null;
  const step = leader === null ? next : { what: 'wake' as const, at };
  const values = {
    conversation: conversationId,
    state,
    version: 1,
    role,
    claimed_by: null,
    claimed_by_id: null,
    next_what: step?.what ?? null,
    next_at: step?.at ?? null,
    tier: leader === null ? tier : 0,
    places: JSON.stringify(leader === null ? destinations : []),
    bundle: leader,
    taken_at: null,
    look_at: null,
    flood_key: flood?.key ?? null,
    outcome: null,
    seen_at: null,
    json: JSON.stringify(details),
    created_at: at,
    updated_at: at,
  };
  const row = await trx.insertInto('tickets').values(values).returningAll().executeTakeFirstOrThrow();
  await addHistory(trx, {
    ticket: row.id,
    at,
    actor: details.person.name,
    action: 'opened',
    before: null,
    after: state,
    text: details.words.at(-1) ?? null,
  });
  if (leader !== null) await countOneMore(trx, leader, at);
  return ticketOf(row);
}

/** Guarded by state and version: of two people who claim at once, one wins; whoever is late changes nothing. */
export async function changeTicket(
  trx: Kysely<Tables>,
  { ticket, actor, action, choice, text, set = {} }: NonNullable<TurnCommit['change']>,
  at: number,
): Promise<Ticket> {
  const after = moveTicket(ticket, action, choice);
  if (after === null)
    throw new CodedError('TURN_CONFLICT', `Ticket ${ticket.id} cannot be changed by ${action} any more.`);
  const row = await trx
    .updateTable('tickets')
    .set({
      state: after,
      look_at: null,
      ...ownerAfter(ticket, actor, action),
      ...columnsOf(isClosed(after) ? { ...set, next: null } : set),
      version: ticket.version + 1,
      updated_at: at,
    })
    .where('id', '=', ticket.id)
    .where('version', '=', ticket.version)
    .returningAll()
    .executeTakeFirst();
  if (!row) throw new CodedError('TURN_CONFLICT', `Ticket ${ticket.id} has moved on.`);
  await addHistory(trx, { ticket: ticket.id, at, actor: actor.name, action, before: ticket.state, after, text });
  const changed = ticketOf(row);
  await tellFollowers(trx, ticket, changed, at);
  return changed;
}

/** Who replies or resolves first has the ticket, as if it had been claimed. */
function ownerAfter(
  { claimedBy, claimedById }: Ticket,
  { id, name }: NonNullable<TurnCommit['change']>['actor'],
  action: string,
): Pick<TicketRow, 'claimed_by' | 'claimed_by_id'> {
  const takes = action === 'claim' || (claimedBy === null && (action === 'reply' || action === 'resolve'));
  if (takes) return { claimed_by: name, claimed_by_id: id };
  return action === 'not_mine' || action === 'reassign'
    ? { claimed_by: null, claimed_by_id: null }
    : { claimed_by: claimedBy, claimed_by_id: claimedById };
}

/** The columns behind what changes beside the state. */
export function columnsOf({
  next,
  places,
  unreached,
  takenAt,
  seenAt,
  ...same
}: TicketChange): Updateable<Tables['tickets']> {
  return {
    ...same,
    ...(unreached === undefined ? {} : { unreached: JSON.stringify(unreached) }),
    ...(takenAt === undefined ? {} : { taken_at: takenAt }),
    ...(next === undefined ? {} : { next_what: next?.what ?? null, next_at: next?.at ?? null }),
    ...(places === undefined ? {} : { places: JSON.stringify(places) }),
    ...(seenAt === undefined ? {} : { seen_at: seenAt }),
  };
}

export async function addHistory(trx: Kysely<Tables>, event: TicketEvent): Promise<void> {
  await trx.insertInto('ticket_history').values(event).execute();
}

export const ticketOf = (row: TicketRow): Ticket => ({
  id: row.id,
  conversation: row.conversation,
  state: row.state as TicketState,
  version: row.version,
  role: row.role as Role,
  claimedBy: row.claimed_by,
  claimedById: row.claimed_by_id,
  details: ticketDetailsSchema.parse(JSON.parse(row.json)) as TicketDetails,
  tier: row.tier,
  round: row.round,
  next: row.next_what === null ? null : { what: row.next_what as NextStep, at: Number(row.next_at) },
  asked: row.asked,
  places: JSON.parse(row.places) as string[],
  unreached: JSON.parse(row.unreached) as string[],
  takenAt: row.taken_at,
  bundle: row.bundle === null ? null : Number(row.bundle),
  outcome: row.outcome as TicketOutcome | null,
  seenAt: row.seen_at === null ? null : Number(row.seen_at),
  createdAt: Number(row.created_at),
  updatedAt: Number(row.updated_at),
});
