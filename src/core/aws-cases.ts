import { isPerson, type Role } from './escalation';
import type { Ticket } from './ticket';

/** The forms of AWS Support that somebody who cannot sign in may use. */
export const awsForms = ['aws-support:account-form', 'aws-support:mfa-form'] as const satisfies readonly Role[];
export type AwsForm = (typeof awsForms)[number];

export const isAwsForm = (role: Role | undefined): role is AwsForm => awsForms.some((form) => form === role);

/** The person waits for AWS by themselves: nobody of the company works on it, and the bot asks how it stands. */
export const isWithAws = ({ role, claimedBy }: Pick<Ticket, 'role' | 'claimedBy'>): boolean =>
  !isPerson(role) && claimedBy === null;
