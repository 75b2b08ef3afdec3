import { z } from 'zod';
import { accountTypes } from './understanding';

/**
 * Who can help with a sign-in problem, by the codes of the documented rules. `group` is the public name printed
 * in `escalation.to`; `kind` says how the bot gets there: a `person` of the company receives a ping, an `outside`
 * party is reached by the employee through a form or page, prepared by the bot.
 */
export const roles = {
  'account-admin': { group: 'admin', kind: 'person' },
  'account-owner': { group: 'admin', kind: 'person' },
  'org-admin': { group: 'admin', kind: 'person' },
  'idc-admin': { group: 'admin', kind: 'person' },
  'idp-admin': { group: 'admin', kind: 'person' },
  'project-owner': { group: 'admin', kind: 'person' },
  'mail-admin': { group: 'it_admin', kind: 'person' },
  'network-admin': { group: 'network_admin', kind: 'person' },
  'security-team': { group: 'security_team', kind: 'person' },
  'billing-owner': { group: 'billing_owner', kind: 'person' },
  'aws-support:account-form': { group: 'aws_support', kind: 'outside' },
  'aws-support:mfa-form': { group: 'aws_support', kind: 'outside' },
  'aws-trust-safety': { group: 'aws_trust_safety', kind: 'outside' },
  'amazon-retail-cs': { group: 'amazon_customer_service', kind: 'outside' },
} as const satisfies Record<string, { group: string; kind: 'person' | 'outside' }>;

export type Role = keyof typeof roles;
export type Group = (typeof roles)[Role]['group'];

export const roleSchema = z.enum(Object.keys(roles) as [Role, ...Role[]]);

export const isPerson = (role: Role): boolean => roles[role].kind === 'person';

/** The public names of some roles, in order, each once. */
export function groupsOf(list: readonly Role[]): Group[] {
  return [...new Set(list.map((role) => roles[role].group))];
}

const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'write a date as 2026-11-22');

/** One documented rule: for this problem and this kind of user, who can help, and who never can. */
export const ruleSchema = z.strictObject({
  /** `<problem>/<kind of user>`, e.g. `mfa-lost-iam-user/iam-user`. */
  id: z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/),
  user: z.string().min(3),
  /** The account types it speaks of; absent where it holds for all. */
  for: z.array(z.enum(accountTypes)).optional(),
  /** True: member accounts of an organisation only. False: standalone and management accounts only. */
  member: z.boolean().optional(),
  self_service: z.boolean(),
  /** In the order to try them; empty when nobody but the person can act. */
  to: z.array(roleSchema),
  never: z.array(roleSchema),
  /** Why it is so, in words that can be read out to the person who asks. */
  reason: z.string().min(10),
  basis: z.enum(['documented', 'derived', 'inferred', 'recommendation']),
  source: z.url(),
  checked: isoDate,
});
export type Rule = z.infer<typeof ruleSchema>;

export const rulesFileSchema = z.strictObject({ rules: z.array(ruleSchema).min(1) });

/** A link a reply may carry. `form` marks the pages that are themselves a way to escalate. */
export const linkSchema = z.strictObject({
  label: z.string().min(3).max(70),
  url: z.url(),
  checked: isoDate,
  form: roleSchema.optional(),
});
export type Link = z.infer<typeof linkSchema> & { id: string };
export const linksFileSchema = z.record(z.string().regex(/^[a-z0-9-]+$/), linkSchema);

/** What an administrator does, once the person is verified: shown on the ping and in `admin.reset_for_user`. */
export const guideSchema = z.strictObject({
  title: z.string().min(5),
  for: roleSchema,
  /** How hard the person must be checked first. `two-people`: full check, and a second person approves. */
  verify: z.enum(['none', 'light', 'full', 'two-people']),
  console: z.array(z.string()).default([]),
  /** Commands, `<account-id>`-style words are filled where known. */
  cli: z.array(z.string()).default([]),
  permissions: z.array(z.string()).default([]),
  mind: z.array(z.string()).default([]),
  links: z.array(z.string()).min(1),
});
export type Guide = z.infer<typeof guideSchema> & { id: string };
