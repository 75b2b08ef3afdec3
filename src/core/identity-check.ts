import type { Guide } from './escalation';
import type { TicketEvent } from './ticket';

export const checkIds = ['known', 'call_back', 'second_proof', 'recent_changes'] as const;
export type CheckId = (typeof checkIds)[number];

/** What has to be looked at before anything is reset, by how hard the guide wants the person checked. */
const checksOf: Record<Guide['verify'], readonly CheckId[]> = {
  none: [],
  light: ['known'],
  full: ['call_back', 'second_proof', 'recent_changes'],
  'two-people': ['call_back', 'second_proof', 'recent_changes'],
};

export interface IdentityCheck {
  /** Each check, with the name of whoever did it. What they found out is nowhere. */
  checks: { id: CheckId; by: string | null }[];
  /** A second administrator has to approve; `by` are those who have. */
  approval: { needed: boolean; by: string[] };
}

/** How far the check of the person has come, read from the ticket's history. */
export function identityCheck(verify: Guide['verify'], history: readonly TicketEvent[]): IdentityCheck {
  const doneBy = (id: CheckId) => history.find(({ action, text }) => action === 'check' && text === id)?.actor ?? null;
  const approvers = history.filter(({ action }) => action === 'approve').map(({ actor }) => actor);
  return {
    checks: checksOf[verify].map((id) => ({ id, by: doneBy(id) })),
    approval: { needed: verify === 'two-people', by: [...new Set(approvers)] },
  };
}

/** Whether a reset counts as done: if it takes two, somebody approved who is none of these. */
export const isApproved = ({ approval }: IdentityCheck, doers: readonly (string | null)[]): boolean =>
  !approval.needed || approval.by.some((name) => !doers.includes(name));
