import type { Content } from '../core/content';
import { isPerson, type Role } from '../core/escalation';
import type { FloodRule } from '../core/ports';
import type { TicketDetails } from '../core/ticket';

const withinMs = 10 * 60_000;
/** So many people with the same trouble may each have their own; the next are a crowd. */
const usuallyAlone = 5;

/**
 * When tickets stand behind one another: the same problem of the same account for the same people to solve. Where the
 * scenario may well be an outage, from the second one on. What is urgent is never one of many.
 */
export function floodRule(content: Content, role: Role, details: TicketDetails): FloodRule | null {
  if (details.severity === 'urgent' || !isPerson(role)) return null;
  const mayBeOutage = content.byIntent.get(details.intent)?.may_be_outage ?? false;
  return {
    key: [details.intent, role, details.slots.account_id ?? ''].join(' '),
    alone: mayBeOutage ? 1 : usuallyAlone,
    withinMs,
  };
}
