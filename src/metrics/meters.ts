import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** Seconds from a thousandth to a minute: receipts are owed in three seconds, people expect an answer in two. */
const seconds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30, 60];

/**
 * Everything the bot counts itself. A new figure is a line here, and what counts it; docs/metrics.md is made from this.
 * Labels have few values each: never an id of a person, a conversation or a ticket.
 */
export function createMeters(registry: Registry) {
  const registers = [registry];
  const counter = <T extends string>(name: string, help: string, labelNames: readonly T[]) =>
    new Counter({ name, help, labelNames, registers });
  const gauge = <T extends string>(name: string, help: string, labelNames: readonly T[]) =>
    new Gauge({ name, help, labelNames, registers });
  const histogram = <T extends string>(name: string, help: string, labelNames: readonly T[]) =>
    new Histogram({ name, help, labelNames, buckets: seconds, registers });
  return {
    // Coming in and being answered
    received: counter('helpdesk_received_total', 'What came in and was recorded, by platform and kind', [
      'platform',
      'kind',
    ]),
    refused: counter('helpdesk_refused_total', 'What was refused or ignored at a platform, by reason', [
      'platform',
      'reason',
    ]),
    understood: counter('helpdesk_understood_total', 'What the classifier made of typed words', ['decision', 'intent']),
    turns: histogram('helpdesk_turn_seconds', 'From taking up what came in until its turn was committed or given up', [
      'platform',
    ]),
    turnFailures: counter('helpdesk_turn_failures_total', 'Turns that threw; the person reads an apology', [
      'platform',
    ]),
    // Going out
    deliveries: histogram('helpdesk_delivery_seconds', 'One try to deliver something, by platform and how it ended', [
      'platform',
      'result',
    ]),
    deliveryDelay: histogram('helpdesk_delivery_delay_seconds', 'From being due until the first try began', [
      'platform',
    ]),
    failures: counter('helpdesk_delivery_failures_total', 'Tries to deliver something that failed, by platform', [
      'platform',
    ]),
    givenUp: counter('helpdesk_deliveries_given_up_total', 'What could not be delivered and is not tried again', [
      'platform',
    ]),
    // What waits, asked of the store at each scrape
    inboxWaiting: gauge('helpdesk_inbox_waiting', 'Recorded and not yet handled', []),
    inboxOldest: gauge('helpdesk_inbox_oldest_seconds', 'Age of the oldest message that is not yet handled', []),
    outboxWaiting: gauge('helpdesk_outbox_waiting', 'What must leave and has not, by platform', ['platform']),
    outboxOldest: gauge('helpdesk_outbox_oldest_seconds', 'How long the first of it has been due', ['platform']),
    outboxRetrying: gauge('helpdesk_outbox_retrying', 'How much of it has failed at least once', ['platform']),
    tickets: gauge('helpdesk_tickets', 'Tickets that are neither resolved nor cancelled, by state', ['state']),
    // The store
    storeUp: gauge('helpdesk_store_up', '1 when the store answered this scrape, else 0', []),
    storeCalls: histogram('helpdesk_store_seconds', 'One call to the store, waiting included', ['call']),
    storeFailures: counter('helpdesk_store_failures_total', 'Calls to the store that failed, by error code', [
      'call',
      'code',
    ]),
    build: gauge('helpdesk_build_info', 'Always 1; the version that runs is its label', ['version']),
  };
}

export type Meters = ReturnType<typeof createMeters>;
