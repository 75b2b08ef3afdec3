import { type Kysely, sql } from 'kysely';
import { type Conversation, conversationSchema, newConversation } from '../core/conversation';
import { CodedError } from '../core/errors';
import type { Role } from '../core/escalation';
import { type Incoming, incomingSchema, type Platform } from '../core/message';
import type { ChatEntry, ChatLine, OutboxRow, Outgoing, Store, TurnCommit } from '../core/ports';
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

/** The store's promises in SQL that both dialects speak. A turn is one transaction: all of it lands, or none. */
export class KyselyStore implements Store {
  constructor(
    private readonly db: Kysely<Tables>,
    private readonly onClose: () => Promise<void>,
  ) {}

  async record(incoming: Incoming): Promise<boolean> {
    const result = await this.db
      .insertInto('inbox')
      .values({
        key: incoming.key,
        conversation: incoming.conversation,
        at: incoming.at,
        json: JSON.stringify(incoming),
        state: 'new',
      })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .executeTakeFirst();
    return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
  }

  async pending(): Promise<Incoming[]> {
    const rows = await this.db
      .selectFrom('inbox')
      .select(['key', 'json'])
      .where('state', '=', 'new')
      .orderBy('at')
      .execute();
    const read = rows.map((row) => ({ key: row.key, result: incomingSchema.safeParse(JSON.parse(row.json)) }));
    // A row that this version cannot read must not keep the others waiting for ever.
    const unreadable = read.filter(({ result }) => !result.success).map(({ key }) => key);
    if (unreadable.length > 0)
      await this.db.updateTable('inbox').set({ state: 'failed' }).where('key', 'in', unreadable).execute();
    return read.flatMap(({ result }) => (result.success ? [result.data as Incoming] : []));
  }

  async loadConversation(id: string): Promise<{ conversation: Conversation; version: number }> {
    const row = await this.db
      .selectFrom('conversations')
      .select(['json', 'version'])
      .where('id', '=', id)
      .executeTakeFirst();
    return row
      ? { conversation: conversationSchema.parse(JSON.parse(row.json)), version: row.version }
      : { conversation: newConversation(), version: 0 };
  }

  async commitTurn(turn: TurnCommit): Promise<{ ticket: Ticket | null }> {
    return this.db.transaction().execute(async (trx) => {
      let ticket: Ticket | null = null;
      let conversation = turn.conversation;
      if (turn.change) ticket = await changeTicket(trx, turn.change, turn.at);
      if (turn.open) {
        ticket = await openTicket(trx, turn);
        conversation = { ...conversation, tickets: [...conversation.tickets, ticket.id] };
      }
      await saveConversation(trx, turn, conversation);
      if (turn.said) await addChat(trx, turn.conversationId, turn.at, conversation.turn, turn.said);
      for (const [index, line] of turn.replies(conversation.turn, ticket).entries()) {
        await addChat(trx, turn.conversationId, turn.at, conversation.turn, line);
        const reply: Outgoing = {
          kind: 'reply',
          platform: turn.platform,
          conversation: turn.conversationId,
          turn: conversation.turn,
          line,
        };
        await enqueue(trx, `${turn.key}/reply/${index}`, reply, turn.at);
      }
      if (ticket && (turn.open || turn.change)) {
        for (const destination of turn.destinations) {
          await enqueue(
            trx,
            `${turn.key}/ping/${destination}`,
            { kind: 'ping', destination, ticket: ticket.id, what: turn.open ? 'opened' : 'updated' },
            turn.at,
          );
        }
      }
      const done = await trx
        .updateTable('inbox')
        .set({ state: 'done' })
        .where('key', '=', turn.key)
        .where('state', '=', 'new')
        .executeTakeFirst();
      if (done.numUpdatedRows !== 1n)
        throw new CodedError('TURN_CONFLICT', `The message ${turn.key} was handled already.`);
      return { ticket };
    });
  }

  async failTurn(
    key: string,
    conversationId: string,
    platform: Platform,
    at: number,
    apology: ChatLine,
  ): Promise<void> {
    await this.db.transaction().execute(async (trx) => {
      const given = await trx
        .updateTable('inbox')
        .set({ state: 'failed' })
        .where('key', '=', key)
        .where('state', '=', 'new')
        .executeTakeFirst();
      // Somebody else handled the message in the meantime: then there is nothing to be sorry for.
      if (given.numUpdatedRows !== 1n) return;
      const row = await trx
        .selectFrom('conversations')
        .select('json')
        .where('id', '=', conversationId)
        .executeTakeFirst();
      const turn = row ? conversationSchema.parse(JSON.parse(row.json)).turn : 0;
      await addChat(trx, conversationId, at, turn, apology);
      await enqueue(
        trx,
        `${key}/apology`,
        { kind: 'reply', platform, conversation: conversationId, turn, line: apology },
        at,
      );
    });
  }

  async finish(key: string): Promise<void> {
    await this.db.updateTable('inbox').set({ state: 'done' }).where('key', '=', key).execute();
  }

  async ticket(id: number): Promise<Ticket | null> {
    const row = await this.db.selectFrom('tickets').selectAll().where('id', '=', id).executeTakeFirst();
    return row ? ticketOf(row) : null;
  }

  async tickets({ closed, limit }: { closed: boolean; limit: number }): Promise<Ticket[]> {
    const all = this.db.selectFrom('tickets').selectAll().orderBy('id', 'desc').limit(limit);
    const rows = await (closed ? all : all.where('state', 'not in', ['resolved', 'cancelled'])).execute();
    return rows.map(ticketOf);
  }

  async history(ticket: number): Promise<TicketEvent[]> {
    const rows = await this.db
      .selectFrom('ticket_history')
      .selectAll()
      .where('ticket', '=', ticket)
      .orderBy('id')
      .execute();
    return rows.map(({ id: _id, ...event }) => ({
      ...event,
      at: Number(event.at),
      before: event.before as TicketState | null,
      after: event.after as TicketState,
    }));
  }

  async chat(conversation: string, after: number): Promise<ChatEntry[]> {
    const rows = await this.db
      .selectFrom('chat')
      .selectAll()
      .where('conversation', '=', conversation)
      .where('id', '>', after)
      .orderBy('id')
      .execute();
    return rows.map((row) => ({
      id: row.id,
      conversation: row.conversation,
      at: Number(row.at),
      turn: row.turn,
      line: JSON.parse(row.json) as ChatLine,
    }));
  }

  async takeOutbox(owner: string, now: number, leaseUntil: number, limit: number): Promise<OutboxRow[]> {
    const due = this.db
      .selectFrom('outbox')
      .select('id')
      // Written out, because the partial index over what is still to be sent only serves a condition without parameters.
      .where(sql<boolean>`state IN ('ready', 'sending')`)
      .where('due_at', '<=', now)
      .where((where) => where.or([where('lease_until', 'is', null), where('lease_until', '<', now)]))
      .orderBy('due_at')
      .orderBy('id')
      .limit(limit);
    const rows = await this.db
      .updateTable('outbox')
      .set({ state: 'sending', lease_owner: owner, lease_until: leaseUntil, attempts: sql<number>`attempts + 1` })
      .where('id', 'in', due)
      .returningAll()
      .execute();
    return rows
      .sort((a, b) => a.id - b.id)
      .map((row) => ({
        id: row.id,
        key: row.key,
        outgoing: JSON.parse(row.json) as Outgoing,
        state: row.state,
        attempts: row.attempts,
        dueAt: Number(row.due_at),
      }));
  }

  async finishOutbox(id: number, owner: string, result: Parameters<Store['finishOutbox']>[2]): Promise<boolean> {
    const values =
      result.kind === 'sent'
        ? { state: 'sent' as const, error: null, lease_owner: null, lease_until: null }
        : result.kind === 'retry'
          ? { state: 'ready' as const, due_at: result.dueAt, error: result.error, lease_owner: null, lease_until: null }
          : { state: 'failed' as const, error: result.error, lease_owner: null, lease_until: null };
    const done = await this.db
      .updateTable('outbox')
      .set(values)
      .where('id', '=', id)
      .where('lease_owner', '=', owner)
      .executeTakeFirst();
    return done.numUpdatedRows === 1n;
  }

  async close(): Promise<void> {
    await this.onClose();
  }
}

async function saveConversation(trx: Kysely<Tables>, turn: TurnCommit, conversation: Conversation): Promise<void> {
  const values = { version: turn.expectedVersion + 1, json: JSON.stringify(conversation), updated_at: turn.at };
  if (turn.expectedVersion === 0) {
    const result = await trx
      .insertInto('conversations')
      .values({ id: turn.conversationId, platform: turn.platform, ...values })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    if (result.numInsertedOrUpdatedRows === 1n) return;
  } else {
    const result = await trx
      .updateTable('conversations')
      .set(values)
      .where('id', '=', turn.conversationId)
      .where('version', '=', turn.expectedVersion)
      .executeTakeFirst();
    if (result.numUpdatedRows === 1n) return;
  }
  throw new CodedError('TURN_CONFLICT', `Conversation ${turn.conversationId} has moved on.`);
}

async function openTicket(trx: Kysely<Tables>, { open, at, conversationId }: TurnCommit): Promise<Ticket> {
  const { role, details } = open!;
  const values = {
    conversation: conversationId,
    state: 'open',
    version: 1,
    role,
    claimed_by: null,
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
async function changeTicket(
  trx: Kysely<Tables>,
  { ticket, actor, action, text }: NonNullable<TurnCommit['change']>,
  at: number,
): Promise<Ticket> {
  const after = moveTicket(ticket, action);
  if (after === null)
    throw new CodedError('TURN_CONFLICT', `Ticket ${ticket.id} cannot be changed by ${action} any more.`);
  const claimedBy =
    action === 'claim'
      ? actor
      : action === 'not_mine'
        ? null
        : action === 'reply' || action === 'resolve'
          ? (ticket.claimedBy ?? actor)
          : ticket.claimedBy;
  const row = await trx
    .updateTable('tickets')
    .set({ state: after, claimed_by: claimedBy, version: ticket.version + 1, updated_at: at })
    .where('id', '=', ticket.id)
    .where('version', '=', ticket.version)
    .returningAll()
    .executeTakeFirst();
  if (!row) throw new CodedError('TURN_CONFLICT', `Ticket ${ticket.id} has moved on.`);
  await addHistory(trx, { ticket: ticket.id, at, actor, action, before: ticket.state, after, text });
  return ticketOf(row);
}

async function addHistory(trx: Kysely<Tables>, event: TicketEvent): Promise<void> {
  await trx.insertInto('ticket_history').values(event).execute();
}

async function addChat(
  trx: Kysely<Tables>,
  conversation: string,
  at: number,
  turn: number,
  line: ChatLine,
): Promise<void> {
  await trx
    .insertInto('chat')
    .values({ conversation, at, turn, json: JSON.stringify(line) })
    .execute();
}

/** A key seen before is left as it is: the thing is on its way, or has left already. */
async function enqueue(trx: Kysely<Tables>, key: string, outgoing: Outgoing, at: number): Promise<void> {
  await trx
    .insertInto('outbox')
    .values({
      key,
      json: JSON.stringify(outgoing),
      state: 'ready',
      attempts: 0,
      due_at: at,
      lease_owner: null,
      lease_until: null,
      error: null,
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
}

const ticketOf = (row: TicketRow): Ticket => ({
  id: row.id,
  conversation: row.conversation,
  state: row.state as TicketState,
  version: row.version,
  role: row.role as Role,
  claimedBy: row.claimed_by,
  details: ticketDetailsSchema.parse(JSON.parse(row.json)) as TicketDetails,
  createdAt: Number(row.created_at),
  updatedAt: Number(row.updated_at),
});
