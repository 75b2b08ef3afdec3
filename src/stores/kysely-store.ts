import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { type Conversation, conversationSchema, newConversation } from '../core/conversation';
import type { OnCallOverride } from '../core/duty';
import type { StoreLevels } from '../core/levels';
import type { Address, Incoming, Person, Platform } from '../core/message';
import { type Forgotten, type KeptFor, keptKinds, type PersonalData } from '../core/personal-data';
import type {
  AuditOrder,
  ChatEntry,
  ChatLine,
  OutboxRow,
  Outgoing,
  Post,
  RaisedAlarm,
  Store,
  Taker,
  TakingBack,
  TurnCommit,
} from '../core/ports';
import type { Ticket, TicketEvent, TicketState } from '../core/ticket';
import { openAlarms } from './alarm-rows';
import { audit } from './audit';
import { addChat, chatAfter } from './chat-rows';
import { saveConversation } from './conversation-rows';
import { forgetMessage } from './forget-message';
import { forgetPerson, holdPerson } from './forget-person';
import type { Transact } from './group-commit';
import { handBack } from './hand-back';
import {
  closeIncoming,
  endIncoming,
  incomingOf,
  insertIncoming,
  keepAddress,
  pendingIncoming,
  saveAddress,
  takeIncoming,
} from './inbox-rows';
import { addFacts, judgeWords, missedWords, ticketTimes, turnCounts } from './insight-rows';
import { levelsOf } from './levels';
import { endOutgoing } from './outbox-ends';
import { enqueue, enqueueGone, enqueuePings, enqueueReport } from './outbox-rows';
import { addOverride, overridesBetween, removeOverride } from './override-rows';
import { personalDataOf, personsNamed } from './person-rows';
import { type Swept, sweeps } from './retention-rows';
import { say } from './said-and-answered';
import { wordsOf } from './sql-words';
import type { Tables } from './tables';
import { advanceTickets } from './ticket-advance';
import { followersOf } from './ticket-bundles';
import { changeTicket, openTicket, ticketOf } from './ticket-rows';
import { giveUpCalls } from './unreached';

/** The store's promises in SQL that both dialects speak. A turn is one transaction: all of it lands, or none. */
export class KyselyStore implements Store {
  /** Writes of a single statement: they need no transaction around them. */
  private readonly write: Transact;
  private readonly transact: Transact;

  /** @param together commits all writes in its own way; by default each is committed for itself */
  constructor(
    private readonly db: Kysely<Tables>,
    private readonly onClose: () => Promise<void>,
    together?: Transact,
  ) {
    this.transact = together ?? ((work) => db.transaction().execute(work));
    this.write = together ?? ((work) => work(db));
  }

  get shared(): boolean {
    return wordsOf(this.db).shared;
  }

  async record(incoming: Incoming, taker?: Taker): Promise<'known' | 'waits' | 'taken'> {
    const { conversation, address, at } = incoming;
    if (!address) return this.write((db) => insertIncoming(db, incoming, taker));
    return this.transact(async (trx) => {
      const result = await insertIncoming(trx, incoming, taker);
      if (result !== 'known') await saveAddress(trx, conversation, address, at);
      return result;
    });
  }

  async takeInbox(taker: Taker, limit: number, evenLeased = false): Promise<Incoming[]> {
    return this.write((db) => takeIncoming(db, taker, limit, evenLeased));
  }

  async pending(): Promise<Incoming[]> {
    return this.write(pendingIncoming);
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
    return this.transact(async (trx) => {
      // First, so that whoever else plays the same message waits here, and finds it done.
      await endIncoming(trx, turn.key);
      let ticket: Ticket | null = null;
      let conversation = turn.conversation;
      if (turn.change) ticket = await changeTicket(trx, turn.change, turn.at);
      if (turn.open) {
        ticket = await openTicket(trx, turn);
        conversation = { ...conversation, tickets: [...conversation.tickets, ticket.id] };
      }
      await saveConversation(trx, turn, conversation);
      await say(trx, turn, turn.replies(conversation.turn, ticket));
      if (ticket) await enqueueCards(trx, turn, ticket);
      for (const [index, outgoing] of (turn.also?.(ticket) ?? []).entries())
        await enqueue(trx, `${turn.key}/also/${index}`, outgoing, turn.at);
      await addFacts(trx, turn);
      if (turn.next) {
        await insertIncoming(trx, turn.next);
        if (turn.next.address) await keepAddress(trx, turn.next.conversation, turn.next.address);
      }
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
    await this.transact(async (trx) => {
      // Somebody else handled the message in the meantime: then there is nothing to be sorry for.
      if (!(await closeIncoming(trx, key, 'failed'))) return;
      const row = await wordsOf(trx)
        .held(trx.selectFrom('conversations').select('json').where('id', '=', conversationId))
        .executeTakeFirst();
      const turn = row ? conversationSchema.parse(JSON.parse(row.json)).turn : 0;
      await addChat(trx, conversationId, at, turn, [{ line: apology, key: null }]);
      await enqueue(
        trx,
        `${key}/apology`,
        { kind: 'reply', platform, conversation: conversationId, turn, lines: [apology], replaces: false },
        at,
      );
    });
  }

  async finish(key: string, word?: Parameters<Store['finish']>[1]): Promise<void> {
    await this.transact(async (trx) => {
      const isMine = await closeIncoming(trx, key, 'done');
      if (isMine && word) await enqueue(trx, `${key}/notice`, word.outgoing, word.at);
    });
  }

  async incoming(key: string): Promise<Incoming | null> {
    return incomingOf(this.db, key);
  }

  async refuse(key: string, { at, outgoing }: Parameters<Store['refuse']>[1]): Promise<void> {
    await this.transact(async (trx) => {
      const given = await trx.deleteFrom('inbox').where('key', '=', key).where('state', '=', 'new').executeTakeFirst();
      // What somebody else handled in the meantime needs no further word.
      if (given.numDeletedRows === 1n) await enqueue(trx, `${key}/notice/${at}`, outgoing, at);
    });
  }

  async forget({ key, of, at }: TakingBack): Promise<void> {
    await this.transact(async (trx) => {
      for (const { id, places } of await forgetMessage(trx, of)) {
        await enqueuePings(trx, `${key}/${id}`, id, 'updated', places, at);
        await enqueueGone(trx, key, { ticket: id, word: of, places }, at);
      }
      await closeIncoming(trx, key, 'done');
    });
  }

  async personalData(person: string): Promise<PersonalData> {
    return personalDataOf(this.db, person);
  }

  async personsNamed(name: string): Promise<Person[]> {
    return personsNamed(this.db, name);
  }

  async forgetPerson(person: string, at: number, turn?: TurnCommit): Promise<Forgotten> {
    return this.transact(async (trx) => {
      if (!turn) return forgetPerson(trx, person, { key: `forget/${randomUUID()}`, at });
      await endIncoming(trx, turn.key);
      await holdPerson(trx, person);
      // Refused here already where another turn was faster.
      await saveConversation(trx, turn, turn.conversation);
      const done = await forgetPerson(trx, person, { key: turn.key, at, conversation: turn.conversationId });
      await saveConversation(trx, { ...turn, expectedVersion: 0 }, turn.conversation);
      await say(trx, turn, turn.replies(turn.conversation.turn, null));
      return done;
    });
  }

  async sweep(before: KeptFor): Promise<Record<keyof KeptFor, number>> {
    const deleted = { conversations: 0, requests: 0, review: 0, figures: 0 };
    for (const kind of keptKinds)
      for (const one of sweeps[kind])
        for (let next: number | null = 0; next !== null; ) {
          const after: number = next;
          const swept: Swept = await this.transact((trx) => one(trx, before[kind], after));
          if (one === sweeps[kind][0]) deleted[kind] += swept.deleted;
          next = swept.next;
        }
    return deleted;
  }

  async address(conversation: string): Promise<Address | null> {
    const row = await this.db
      .selectFrom('addresses')
      .select('json')
      .where('conversation', '=', conversation)
      .executeTakeFirst();
    return row ? (JSON.parse(row.json) as Address) : null;
  }

  async saveAddress(conversation: string, address: Address, at: number): Promise<void> {
    await this.write((db) => saveAddress(db, conversation, address, at));
  }

  async posts(subject: string): Promise<Post[]> {
    const rows = await this.db.selectFrom('posts').selectAll().where('subject', '=', subject).orderBy('seq').execute();
    return rows.map(({ id, json, version }) => ({ subject, id, ref: JSON.parse(json) as Address, version }));
  }

  async savePost({ subject, id, ref, version }: Post): Promise<void> {
    const json = JSON.stringify(ref);
    await this.write((db) =>
      db
        .insertInto('posts')
        .values({ subject, id, json, version })
        .onConflict((conflict) => conflict.columns(['subject', 'id']).doUpdateSet({ json, version }))
        .execute(),
    );
  }

  async dropPost(subject: string, id: string): Promise<void> {
    await this.write((db) => db.deleteFrom('posts').where('subject', '=', subject).where('id', '=', id).execute());
  }

  async advanceTickets(...[now, limit, decide]: Parameters<Store['advanceTickets']>): Promise<number> {
    return this.transact((trx) => advanceTickets(trx, now, limit, decide));
  }

  async giveUpCalls(before: number): Promise<number> {
    return this.transact((trx) => giveUpCalls(trx, before));
  }

  async audit(order: AuditOrder): Promise<RaisedAlarm[]> {
    return this.transact((trx) => audit(trx, order));
  }

  async alarms(): Promise<RaisedAlarm[]> {
    return openAlarms(this.db);
  }

  async followers(ticket: number): Promise<number> {
    return followersOf(this.db, ticket);
  }

  async ticket(id: number): Promise<Ticket | null> {
    // A number that no database can count up to would be an error there.
    if (!Number.isSafeInteger(id)) return null;
    const row = await this.db.selectFrom('tickets').selectAll().where('id', '=', id).executeTakeFirst();
    return row ? ticketOf(row) : null;
  }

  async tickets({ closed, limit, conversation }: Parameters<Store['tickets']>[0]): Promise<Ticket[]> {
    const newest = this.db.selectFrom('tickets').selectAll().orderBy('id', 'desc').limit(limit);
    const all = conversation === undefined ? newest : newest.where('conversation', '=', conversation);
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
    return chatAfter(this.db, conversation, after);
  }

  turnCounts = (from: number, to: number, now: number) => turnCounts(this.db, from, to, now);
  ticketTimes = (from: number, to: number) => ticketTimes(this.db, from, to);
  missedWords = (filter: Parameters<Store['missedWords']>[0]) => missedWords(this.db, filter);
  judgeWords: Store['judgeWords'] = (ids, verdict) => this.write((db) => judgeWords(db, ids, verdict));
  queueReport: Store['queueReport'] = (outgoing, at) => this.write((db) => enqueueReport(db, outgoing, at));

  async takeOutbox(
    owner: string,
    now: number,
    leaseUntil: number,
    limit: number,
    except: readonly string[] = [],
  ): Promise<OutboxRow[]> {
    const ready = this.db
      .selectFrom('outbox')
      .select('id')
      // Written out, because the partial index over what is still to be sent only serves a condition without parameters.
      .where(sql<boolean>`state IN ('ready', 'sending')`)
      .where('due_at', '<=', now)
      .where((where) => where.or([where('lease_until', 'is', null), where('lease_until', '<', now)]))
      // Only the head of each lane: what was said first arrives first, also when it has to be tried again.
      .where(
        sql<boolean>`NOT EXISTS (SELECT 1 FROM outbox AS earlier WHERE earlier.lane = outbox.lane
          AND earlier.id < outbox.id AND earlier.state IN ('ready', 'sending'))`,
      )
      .orderBy('rank')
      .orderBy('due_at')
      .orderBy('id')
      .limit(limit);
    const due = except.length > 0 ? ready.where('platform', 'not in', except) : ready;
    const rows = await this.write((db) =>
      db
        .with('due', () => wordsOf(db).heldIfFree(due))
        .updateTable('outbox')
        .set({ state: 'sending', lease_owner: owner, lease_until: leaseUntil, attempts: sql<number>`attempts + 1` })
        .where('id', 'in', (from) => from.selectFrom('due').select('id'))
        .returningAll()
        .execute(),
    );
    return rows
      .sort((a, b) => a.rank - b.rank || a.id - b.id)
      .map((row) => ({
        id: row.id,
        key: row.key,
        outgoing: JSON.parse(row.json) as Outgoing,
        state: row.state,
        attempts: row.attempts,
        dueAt: Number(row.due_at),
      }));
  }

  async finishOutbox(...[id, owner, result]: Parameters<Store['finishOutbox']>): Promise<boolean> {
    const write = result.kind === 'failed' ? this.transact : this.write;
    return write((db) => endOutgoing(db, id, owner, result));
  }

  async addOverride(override: Omit<OnCallOverride, 'id'>): Promise<OnCallOverride> {
    return this.write((db) => addOverride(db, override));
  }

  async overrides(from: number, until: number): Promise<OnCallOverride[]> {
    return overridesBetween(this.db, from, until);
  }

  async removeOverride(id: number): Promise<boolean> {
    return Number.isSafeInteger(id) && this.write((db) => removeOverride(db, id));
  }

  async handBack(owner: string): Promise<void> {
    await this.transact((trx) => handBack(trx, owner));
  }

  async levels(): Promise<StoreLevels> {
    return levelsOf(this.db);
  }

  async close(): Promise<void> {
    await this.onClose();
  }
}

/** The card is put where it is not yet, and brought up to date where it is. */
async function enqueueCards(trx: Kysely<Tables>, { key, at, open, change }: TurnCommit, ticket: Ticket): Promise<void> {
  const known = open ? [] : (change?.ticket.places ?? []);
  const added = ticket.places.filter((place) => !known.includes(place));
  const rank = ticket.details.severity === 'urgent' ? 0 : 1;
  await enqueuePings(trx, key, ticket.id, 'opened', added, at, { rank });
  await enqueuePings(trx, key, ticket.id, 'updated', known, at);
}
