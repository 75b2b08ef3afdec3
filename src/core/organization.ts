import { z } from 'zod';
import { roleSchema } from './escalation';
import { dayOf, planOn, type SupportPlans } from './support-plan';

const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'write a date as 2027-01-01');
const duration = z.string().regex(/^\d+(s|m|h|d)$/, 'write a duration as 15m, 1h or 2d');
const httpsUrl = z.url({ protocol: /^https$/, error: 'an https address is needed' });

const destinationSchema = z
  .strictObject({ slack: z.string().optional(), teams: z.string().optional(), email: z.email().optional() })
  .refine((d) => Object.keys(d).length > 0, 'name at least one way: slack, teams or email');
const routeSchema = z.strictObject({
  tiers: z.array(z.strictObject({ to: z.array(z.string()).min(1), claim_within: duration })).min(1),
});

/** `organization.yaml`: what is true of this company. Every part is optional. */
export const organizationSchema = z
  .strictObject({
    version: z.literal(1),
    name: z.string().optional(),
    timezone: z.string().refine(isTimeZone, 'unknown time zone; write it as Europe/Berlin').optional(),
    portal_urls: z.array(httpsUrl).optional(),
    accounts: z
      .array(
        z.strictObject({
          id: z.string().regex(/^\d{12}$/, 'an account id has twelve digits and needs quotes'),
          alias: z
            .string()
            .regex(/^[a-z0-9-]+$/)
            .optional(),
          name: z.string().optional(),
          kind: z.enum(['standalone', 'management', 'member']).optional(),
          owner: z.string().optional(),
        }),
      )
      .optional(),
    identity_provider: z.strictObject({ name: z.string().optional(), reset_url: httpsUrl.optional() }).optional(),
    contacts: z
      .strictObject({ mail: z.string(), network: z.string(), security: z.string(), billing: z.string() })
      .partial()
      .optional(),
    /** Ids of `intents/support-plans.yaml`. Plans change; each is true only between its dates (`until` included). */
    support_plans: z
      .array(z.strictObject({ plan: z.string(), from: isoDate.optional(), until: isoDate.optional() }))
      .optional(),
    destinations: z.record(z.string(), destinationSchema).optional(),
    routes: z.partialRecord(z.union([z.literal('default'), roleSchema]), routeSchema).optional(),
    admins: z
      .strictObject({ slack: z.array(z.string()), teams: z.array(z.string()) })
      .partial()
      .optional(),
  })
  .superRefine((organization, context) => {
    for (const [role, route] of Object.entries(organization.routes ?? {})) {
      route.tiers.forEach((tier, index) => {
        tier.to.forEach((name, position) => {
          if (!organization.destinations?.[name]) {
            context.addIssue({
              code: 'custom',
              path: ['routes', role, 'tiers', index, 'to', position],
              message: `unknown destination "${name}"`,
            });
          }
        });
      });
    }
  });
export type Organization = z.infer<typeof organizationSchema>;

export const noOrganization: Organization = { version: 1 };

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The plan in force on a day, so that a plan that has ended is never named. */
export function supportPlanOn(organization: Organization, at: number): string | undefined {
  const day = dayOf(at);
  return organization.support_plans?.find(({ from, until }) => (!from || from <= day) && (!until || day <= until))
    ?.plan;
}

/** The company's facts by the names that `known` lines use; what is not in the file is absent. */
export function companyFacts(organization: Organization, at: number, plans: SupportPlans = {}): Record<string, string> {
  const { contacts, identity_provider: provider } = organization;
  const plan = supportPlanOn(organization, at);
  const accounts = organization.accounts?.map((account) =>
    [account.name ?? account.alias, account.id, account.alias && account.name ? `alias ${account.alias}` : undefined]
      .filter(Boolean)
      .join(', '),
  );
  const facts: Record<string, string | undefined> = {
    portal_url: organization.portal_urls?.join(' or '),
    identity_provider: provider?.name,
    identity_provider_reset: provider?.reset_url,
    accounts: accounts?.join('; '),
    contact_mail: contacts?.mail,
    contact_network: contacts?.network,
    contact_security: contacts?.security,
    contact_billing: contacts?.billing,
    support_plan: plan === undefined ? undefined : planOn(plans, plan, at),
  };
  return Object.fromEntries(Object.entries(facts).filter((entry): entry is [string, string] => Boolean(entry[1])));
}
