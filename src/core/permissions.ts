import type { Person, Platform } from './message';
import { isWith, type Ticket, type TicketState } from './ticket';
import type { RecordAction, TicketAction } from './ticket-actions';

/**
 * Who somebody is to a ticket. `requester`: it is about them. `holder`: an administrator who has it. `admin`: another
 * one. `member`: of the company, no administrator. `outsider`: a guest, or of another company. `unknown`: their platform
 * could not tell.
 */
export const ticketRoles = ['requester', 'holder', 'admin', 'member', 'outsider', 'unknown'] as const;
export type TicketRole = (typeof ticketRoles)[number];

/** Why an action is refused; the names are those of the words that say so. */
export type Refusal = 'action-own-ticket' | 'action-not-yours' | 'action-not-checked' | 'action-too-late';

type States = readonly TicketState[];
const underWay: States = ['open', 'claimed', 'waiting_for_user', 'waiting_for_aws'];
const taken: States = ['claimed', 'waiting_for_user', 'waiting_for_aws'];
const nobodys: States = ['open'];
const never: States = [];

/** The one table: in which states an administrator may do what. Nobody else may do anything, and nothing reopens. */
export const permissions: Record<TicketAction | RecordAction, Record<'holder' | 'admin', States>> = {
  claim: { holder: nobodys, admin: nobodys },
  reply: { holder: underWay, admin: underWay },
  note: { holder: underWay, admin: underWay },
  resolve: { holder: underWay, admin: underWay },
  reassign: { holder: underWay, admin: underWay },
  snooze: { holder: underWay, admin: underWay },
  not_mine: { holder: taken, admin: never },
  seen: { holder: underWay, admin: underWay },
  check: { holder: underWay, admin: underWay },
  // Whoever has it cannot approve of it as well; that is said in its own words, so it is no matter of this table.
  approve: { holder: underWay, admin: underWay },
};

/** Null: it may be done. */
export function refusalOf(role: TicketRole, action: TicketAction | RecordAction, state: TicketState): Refusal | null {
  switch (role) {
    case 'requester':
      return 'action-own-ticket';
    case 'member':
    case 'outsider':
      return 'action-not-yours';
    case 'unknown':
      return 'action-not-checked';
    case 'holder':
    case 'admin':
      return permissions[action][role].includes(state) ? null : 'action-too-late';
  }
}

/**
 * Whether the ticket is about this person. Ids of two platforms cannot be compared, so there the name decides: somebody
 * of the same name may be kept from a ticket that others can take, but nobody acts on their own from the other side.
 */
export function isRequester({ details }: Pick<Ticket, 'details'>, platform: Platform, person: Person): boolean {
  if (details.person.id === person.id) return true;
  const isElsewhere = details.platform !== platform && chats.includes(details.platform) && chats.includes(platform);
  return isElsewhere && sameName(details.person.name) === sameName(person.name);
}
const chats: readonly Platform[] = ['slack', 'teams'];
const sameName = (name: string): string => name.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();

/** @param admin whether they may act on tickets at all, as it is at this moment */
export function roleOf(
  ticket: Pick<Ticket, 'details' | 'claimedBy' | 'claimedById'>,
  platform: Platform,
  person: Person,
  admin: 'yes' | 'no' | 'unknown',
): TicketRole {
  if (isRequester(ticket, platform, person)) return 'requester';
  if (!person.member) return 'outsider';
  if (admin !== 'yes') return admin === 'no' ? 'member' : 'unknown';
  return isWith(ticket, person) ? 'holder' : 'admin';
}
