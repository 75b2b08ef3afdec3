import { z } from 'zod';
import { durationSchema } from './duration';
import type { Role } from './escalation';

const webhookSchema = z.strictObject({
  /** Plain http only where nobody but this machine listens. */
  url: z.string().refine(isHttpsOrLoopback, 'an https address is needed'),
  /** The environment variable that holds the secret both sides sign with. */
  secret_env: z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'name an environment variable'),
});
export type WebhookWay = z.infer<typeof webhookSchema>;

function isHttpsOrLoopback(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname));
}

/** What is absent is left to AWS; codes are AWS’s own, and `npm run doctor` lists those that the plan knows. */
const awsSupportSchema = z.strictObject({
  service: z.string().optional(),
  category: z.string().optional(),
  severity: z.enum(['low', 'normal', 'high', 'urgent', 'critical']).optional(),
  issue_type: z.enum(['customer-service', 'technical']).default('customer-service'),
  language: z.enum(['en', 'ja', 'zh', 'ko']).default('en'),
});

/** A way to reach people: a channel, a list, a program. */
export const destinationSchema = z
  .strictObject({
    slack: z.string().optional(),
    teams: z.string().optional(),
    email: z.email().optional(),
    webhook: webhookSchema.optional(),
    aws_support: awsSupportSchema.optional(),
    /** Nobody reads there who must not know of a suspected attack. */
    restricted: z.boolean().optional(),
  })
  .refine(
    ({ restricted: _, ...ways }) => Object.keys(ways).length > 0,
    'name at least one way: slack, teams, email, webhook or aws_support',
  );
export type DestinationFacts = z.infer<typeof destinationSchema>;

const tierSchema = z.strictObject({
  /** Names under destinations, on_call or people; or an e-mail address. */
  to: z.array(z.string()).min(1),
  claim_within: durationSchema,
  /** A name under working_hours: the tier is called in that time only. */
  hours: z.string().optional(),
  /** How often it is called before the next one is, each time `claim_within` after the last. */
  repeat: z.int().min(1).max(20).optional(),
});
export type Tier = z.infer<typeof tierSchema>;

export const routeSchema = z.strictObject({
  tiers: z.array(tierSchema).min(1),
  /** It must lead to persons, and to places marked as restricted, alone. */
  restricted: z.boolean().optional(),
});
export type Route = z.infer<typeof routeSchema>;

/** Roles that somebody has for one account, not for the whole company. */
export const rolesOfAnAccount: readonly Role[] = ['account-admin', 'account-owner', 'project-owner', 'billing-owner'];

/** Ids that stand for one person: a channel is open to whoever is in it. */
const isOnePerson = (platform: 'slack' | 'teams', id: string): boolean =>
  platform === 'slack' ? /^[UW][A-Z0-9]+$/.test(id) : id.startsWith('29:');

/** Whether only those read it who were meant to. */
export function isRestricted({ slack, teams, email, webhook, aws_support, restricted }: DestinationFacts): boolean {
  if (restricted !== undefined) return restricted;
  return (
    email === undefined &&
    webhook === undefined &&
    aws_support === undefined &&
    (slack === undefined || isOnePerson('slack', slack)) &&
    (teams === undefined || isOnePerson('teams', teams))
  );
}

/** Another program that is told of tickets. */
export interface Webhook {
  url: string;
  /** `whsec_` and base64, or any text. */
  secret: string;
}

/** The webhooks of the file with their secrets; `missing` are the variables that hold none. */
export function webhooksOf(
  { destinations = {} }: { destinations?: Record<string, DestinationFacts> | undefined },
  env: Readonly<Record<string, string | undefined>>,
): { webhooks: Map<string, Webhook>; missing: { destination: string; variable: string }[] } {
  const webhooks = new Map<string, Webhook>();
  const missing: { destination: string; variable: string }[] = [];
  for (const [name, { webhook }] of Object.entries(destinations)) {
    if (!webhook) continue;
    const secret = env[webhook.secret_env]?.trim();
    if (secret) webhooks.set(name, { url: webhook.url, secret });
    else missing.push({ destination: name, variable: webhook.secret_env });
  }
  return { webhooks, missing };
}
