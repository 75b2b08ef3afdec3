import { z } from 'zod';
import { durationSchema, milliseconds } from './duration';
import { colleagueSchema, scheduleSchema, timeZoneSchema, workingHoursSchema } from './duty';
import { roleSchema } from './escalation';
import { faultsOfNames } from './organization-names';
import { destinationSchema, routeSchema } from './routes';
import { dayOf, planOn, type SupportPlans } from './support-plan';

const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'write a date as 2027-01-01');
const httpsUrl = z.url({ protocol: /^https$/, error: 'an https address is needed' });
/** What people and places are called inside the file. */
const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'a name is made of letters, digits, dots and dashes');

const shortestKeptMs = 24 * 60 * 60_000;
/** What a platform delivers a second time is only recognised as long as the first is kept. */
const keptFor = durationSchema.refine(
  (duration) => !durationSchema.safeParse(duration).success || milliseconds(duration) >= shortestKeptMs,
  'at least 1d',
);

/** `organization.yaml`: what is true of this company. Every part is optional. */
export const organizationSchema = z
  .strictObject({
    version: z.literal(1),
    name: z.string().optional(),
    timezone: timeZoneSchema.optional(),
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
          /** The id or e-mail address of a colleague; asked first where only the owner of an account can help. */
          owner: z.string().optional(),
          /** A name under account_routes, for the roles that somebody has for one account. */
          route: z.string().optional(),
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
    people: z.record(name, colleagueSchema).optional(),
    working_hours: z.record(name, workingHoursSchema).optional(),
    on_call: z.record(name, scheduleSchema).optional(),
    destinations: z.record(name, destinationSchema).optional(),
    routes: z.partialRecord(z.union([z.literal('default'), roleSchema]), routeSchema).optional(),
    account_routes: z.record(name, routeSchema).optional(),
    /** Who is called when an account may be under attack, whatever the role. */
    urgent: routeSchema.optional(),
    /** What happens to a ticket by itself after these times. */
    follow_up: z
      .strictObject({
        remind_after: durationSchema,
        return_after: durationSchema,
        ask_user_after: durationSchema,
        ask_aws_after: durationSchema,
      })
      .partial()
      .optional(),
    /** The weekly report: where it goes (by default to whoever is asked first), and when. `to: []` switches it off. */
    report: z
      .strictObject({
        to: z.array(z.string()),
        day: z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']),
        at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time as "09:00", in quotes'),
      })
      .partial()
      .optional(),
    /** How long data is kept after it was last touched; docs/privacy.md says what each kind holds. */
    retention: z
      .strictObject({ conversations: keptFor, requests: keptFor, review: keptFor, figures: keptFor })
      .partial()
      .optional(),
    admins: z
      .strictObject({ slack: z.array(z.string()), teams: z.array(z.string()) })
      .partial()
      .optional(),
  })
  .superRefine((organization, context) => {
    for (const { path, message } of faultsOfNames(organization)) context.addIssue({ code: 'custom', path, message });
    organization.report?.to?.forEach((place, position) => {
      if (Object.hasOwn(organization.destinations ?? {}, place)) return;
      context.addIssue({ code: 'custom', path: ['report', 'to', position], message: `unknown destination "${place}"` });
    });
  });
export type Organization = z.infer<typeof organizationSchema>;

export const noOrganization: Organization = { version: 1 };

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
