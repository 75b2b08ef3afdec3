/** What an administrator may do with a ticket, by its action id. */
export const ticketActions = ['claim', 'reply', 'note', 'resolve', 'reassign', 'snooze', 'not_mine'] as const;
export type TicketAction = (typeof ticketActions)[number];
