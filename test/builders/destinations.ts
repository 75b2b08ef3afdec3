import type { Outgoing, Store, ThreadLine } from '../../src/core/ports';
import { maskSecrets } from '../../src/core/secrets';
import type { TicketView } from '../../src/core/ticket-view';
import type { DestinationParts } from '../../src/destinations/parts';
import { pingText } from '../../src/escalation/ticket-view';
import { openSqliteStore } from '../../src/stores/sqlite';
import { ticketView } from './ticket-view';

/** What a destination is given, over a real store, with one ticket that a test may change. */
export interface DestinationEdge {
  store: Store;
  parts: DestinationParts;
  /** How the ticket stands from now on. */
  ticket(parts?: Partial<TicketView>): TicketView;
}

export async function destinationEdge(): Promise<DestinationEdge> {
  const store = await openSqliteStore(':memory:');
  let view: TicketView | null = ticketView();
  return {
    store,
    parts: {
      memory: store,
      ticket: async (id) => (view && view.id === id ? { view, text: pingText(view) } : null),
      clock: { now: () => Date.parse('2026-12-01T10:00:00Z') },
      mask: maskSecrets,
    },
    ticket: (parts = {}) => {
      view = ticketView(parts);
      return view;
    },
  };
}

export const pingTo = (
  destination: string,
  what: 'opened' | 'updated' = 'opened',
): Extract<Outgoing, { kind: 'ping' }> => ({ kind: 'ping', destination, ticket: 1042, what });

export const wordsTo = (
  destination: string,
  line: ThreadLine,
  what: 'new' | 'changed' | 'gone' = 'new',
): Extract<Outgoing, { kind: 'thread' }> => ({ kind: 'thread', destination, ticket: 1042, word: 'w1', what, line });
