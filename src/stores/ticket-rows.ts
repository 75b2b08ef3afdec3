import type { Kysely } from 'kysely';
import { CodedError } from '../core/errors';
import type { Role } from '../core/escalation';
import type { TurnCommit } from '../core/ports';
import {
  moveTicket,
  type Ticket,
  type TicketDetails,
  type TicketEvent,
  type TicketState,
  ticketDetailsSchema,
} from '../core/ticket';
import type { Tables } from './tables';

type TicketRow = Omit<Tables['tickets'], 'id'> & { id: number };

export async function openTicket(trx: Kysely<Tables>, { open, at, conversationId }: TurnCommit): Promise<Ticket> {
  const { role, details } = open!;
  const values = {
    conversation: conversationId,
    state: 'open',
    version: 1,
    role,
    claimed_by: null,
    claimed_by_id: null,
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
    after: 'open',
    text: details.words.at(-1) ?? null,
  });
  return ticketOf(row);
}

/** Guarded by state and version: of two people who claim at once, one wins; whoever is late changes nothing. */
export async function changeTicket(
  trx: Kysely<Tables>,
  { ticket, actor, action, text }: NonNullable<TurnCommit['change']>,
  at: number,
): Promise<Ticket> {
  const after = moveTicket(ticket, action);
  if (after === null)
    throw new CodedError('TURN_CONFLICT', `Ticket ${ticket.id} cannot be changed by ${action} any more.`);
  const row = await trx
    .updateTable('tickets')
    .set({ state: after, ...ownerAfter(ticket, actor, action), version: ticket.version + 1, updated_at: at })
    .where('id', '=', ticket.id)
    .where('version', '=', ticket.version)
    .returningAll()
    .executeTakeFirst();
  if (!row) throw new CodedError('TURN_CONFLICT', `Ticket ${ticket.id} has moved on.`);
  await addHistory(trx, { ticket: ticket.id, at, actor: actor.name, action, before: ticket.state, after, text });
  return ticketOf(row);
}

/** Who replies or resolves first has the ticket, as if it had been claimed. */
function ownerAfter(
  { claimedBy, claimedById }: Ticket,
  { id, name }: NonNullable<TurnCommit['change']>['actor'],
  action: string,
): Pick<TicketRow, 'claimed_by' | 'claimed_by_id'> {
  const takes = action === 'claim' || (claimedBy === null && (action === 'reply' || action === 'resolve'));
  if (takes) return { claimed_by: name, claimed_by_id: id };
  return action === 'not_mine'
    ? { claimed_by: null, claimed_by_id: null }
    : { claimed_by: claimedBy, claimed_by_id: claimedById };
}

async function addHistory(trx: Kysely<Tables>, event: TicketEvent): Promise<void> {
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
  createdAt: Number(row.created_at),
  updatedAt: Number(row.updated_at),
});
