import type { Kysely } from 'kysely';
import { carrierOf, type Outgoing } from '../core/ports';
import type { Tables } from './tables';

/** A key seen before is left as it is: the thing is on its way, or has left already. */
export async function enqueue(trx: Kysely<Tables>, key: string, outgoing: Outgoing, at: number): Promise<void> {
  await trx
    .insertInto('outbox')
    .values({
      key,
      lane: laneOf(outgoing),
      platform: carrierOf(outgoing),
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

export async function enqueuePings(
  trx: Kysely<Tables>,
  key: string,
  ticket: number,
  what: 'opened' | 'updated',
  destinations: readonly string[],
  at: number,
): Promise<void> {
  for (const destination of destinations)
    await enqueue(trx, `${key}/ping/${destination}`, { kind: 'ping', destination, ticket, what }, at);
}

/** What must arrive in order shares a lane: one conversation, or one ticket's card in one place and the words below it. */
function laneOf(outgoing: Outgoing): string {
  switch (outgoing.kind) {
    case 'reply':
      return `chat:${outgoing.conversation}`;
    case 'notice':
      return `notice:${outgoing.conversation}:${outgoing.person.id}`;
    case 'ping':
    case 'thread':
      return `ping:${outgoing.destination}:${outgoing.ticket}`;
  }
}
