/** What an administrator may do with a ticket, by its action id. */
export const ticketActions = ['claim', 'reply', 'note', 'resolve', 'reassign', 'snooze', 'not_mine'] as const;
export type TicketAction = (typeof ticketActions)[number];

/** What is put on record beside them: somebody looked into it, did a check of identity, approved of a reset. */
export const recordActions = ['seen', 'check', 'approve'] as const;
export type RecordAction = (typeof recordActions)[number];

/** How long a ticket may be laid aside. `aws`: until AWS has answered. */
export const snoozes = ['30m', '2h', 'morning', 'aws'] as const;
export type Snooze = (typeof snoozes)[number];

/**
 * Where a ticket may go on to: a role, a place that the organisation file names (a destination, a colleague, whoever is on
 * call), or one administrator by the platform's id.
 */
export type Reassignment = { to: 'role' | 'place' | 'person'; name: string };

const written = { role: 'role', place: 'to', person: 'person' } as const;
export const writeReassignment = ({ to, name }: Reassignment): string => `${written[to]}:${name}`;

/** Null for what is no such choice. */
export function readReassignment(choice: string | undefined): Reassignment | null {
  const [, kind, name] = /^(role|to|person):(.+)$/s.exec(choice ?? '') ?? [];
  if (kind === undefined || name === undefined) return null;
  return { to: kind === 'to' ? 'place' : (kind as 'role' | 'person'), name };
}
