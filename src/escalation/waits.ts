import type { Organization } from '../core/organization';
import type { Ticket } from '../core/ticket';
import { isClosed } from '../core/ticket';
import { nameOf, routeFor } from './on-call';

/** How long a ticket waits and what comes next by itself. Times of day and not lengths: a card is read when it is read. */
export function waitsFor(ticket: Ticket, organization: Organization): string[] {
  if (isClosed(ticket.state)) return [];
  const at = (time: number) => timeIn(organization.timezone ?? 'UTC', time);
  const since = `Waits since ${at(ticket.createdAt)}.`;
  return ticket.next ? [since, nextOf(ticket, organization, at(ticket.next.at))] : [since];
}

function nextOf(ticket: Ticket, organization: Organization, when: string): string {
  const { next, tier, role, claimedBy, details } = ticket;
  const need = { role, urgent: details.severity === 'urgent', account: details.slots.account_id ?? null };
  const tiers = routeFor(organization, need)?.tiers ?? [];
  switch (next!.what) {
    case 'escalate': {
      const called = tiers[tier]?.to;
      return called
        ? `If nobody takes it, ${called.map((name) => nameOf(organization, name)).join(' and ')} will be called at ${when}.`
        : `If nobody takes it, everybody is called again at ${when}.`;
    }
    case 'remind':
      return `${claimedBy ?? 'Whoever has it'} is reminded at ${when}.`;
    case 'return':
      return `Goes back to everybody at ${when} if nothing is done.`;
    case 'wake':
      return `Laid aside until ${when}.`;
    case 'ask_user':
      return `${details.person.name} is asked again at ${when}.`;
    case 'ask_aws':
      return `Asked about the answer of AWS at ${when}.`;
  }
}

function timeIn(timeZone: string, at: number): string {
  const words = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);
  return `${words} (${timeZone})`;
}
