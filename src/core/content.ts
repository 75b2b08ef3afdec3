import { z } from 'zod';
import { type Guide, type Link, type Role, type Rule, roles } from './escalation';
import { questionWordingSchema, type Scenario } from './scenario';
import { secretKinds } from './secrets';
import type { SupportPlans } from './support-plan';

const roleNames = Object.keys(roles) as [Role, ...Role[]];

/** How a role is spoken of: `who` stands in the middle of a sentence, `button` on the button that asks them. */
const roleWordingSchema = z.strictObject({ who: z.string(), button: z.string().max(40) });

/** Every sentence of the bot that no scenario owns. The code refers to these names; the check refuses a missing one. */
export const phraseNames = [
  'greeting',
  'help',
  'thanks',
  'goodbye',
  'solved',
  'cancelled',
  'started-over',
  'not-understood',
  'menu',
  'clarify',
  'type-corrected',
  'switched',
  'welcome-back',
  'nothing-to-go-back-to',
  'did-it-help',
  'shall-i-ask',
  'offer-person',
  'handed-over',
  'handed-over-urgent',
  'already-handed-over',
  'already-asked',
  'ticket-waits',
  'ticket-stays',
  'ticket-taken',
  'not-sent',
  'pick',
  'solved-with-ticket',
  'ticket-claimed',
  'ticket-resolved',
  'relayed',
  'second-problem',
  'second-problem-dropped',
  'secret-seen',
  'file-not-read',
  'empty',
  'too-long',
  'stale-button',
  'about-me',
  'aws-text',
  'handed-over-aws',
  'aws-status',
  'aws-noted',
  'solved-with-aws',
  'aws-answered-yet',
  'aws-asks-no-more',
  'forget-ask',
  'forget-open',
  'forgotten',
  'not-forgotten',
  'export',
  'export-too-long',
  'why-nothing',
  'meaning',
  'why',
  'turn-failed',
  'too-fast',
  'ticket-cancelled',
  'ticket-returned',
  'message-privately',
  'continue-privately',
  'answered-privately',
  'message-changed',
  'not-your-button',
  'unknown-card',
  'message-closed',
  'action-too-late',
  'action-not-yours',
  'action-not-checked',
  'action-own-ticket',
  'ticket-next-tier',
  'ticket-next-reachable',
  'ticket-nobody-took',
  'ticket-nobody-reached',
  'ticket-starts-later',
  'ticket-waits-for-you',
  'ticket-waits-for-aws',
  'ticket-one-of-many',
  'too-many-requests',
  'desk-still-waiting',
  'desk-open-again',
  'desk-idle',
  'desk-awake',
  'desk-no-answer',
  'desk-has-aws-answered',
  'desk-alarm',
  'home-mine',
  'home-none',
  'home-queue',
  'home-empty',
  'ticket-reassigned',
  'ticket-waits-aws',
  'ticket-sent-to-aws',
  'ticket-refused',
  'ticket-duplicate',
  'ticket-not-needed',
  'action-needs-approval',
  'action-no-such-place',
  'action-no-such-admin',
  'action-own-approval',
  'check-done-already',
  'words-changed',
  'words-gone',
  'file-noted',
  'status-received',
  'status-seen',
  'status-taken',
  'status-your-turn',
  'status-aws',
  'status-none',
  'desk-queue',
  'desk-queue-empty',
  'desk-mine',
  'desk-mine-empty',
  'desk-found',
  'desk-found-none',
  'desk-unknown',
  'desk-ticket',
  'desk-on-call',
  'desk-no-schedule',
  'desk-override',
  'desk-override-fault',
  'desk-not-yours',
  'desk-not-checked',
] as const;
export type PhraseName = (typeof phraseNames)[number];

export const buttonIds = [
  'solved',
  'not_solved',
  'ask_admin',
  'person',
  'start_over',
  'next',
  'back',
  'yes',
  'no',
  'something_else',
  'forget_me',
  'aws_text',
  'aws_sent',
  'export_me',
] as const;
export type ButtonId = (typeof buttonIds)[number];

export const phrasesSchema = z.strictObject({
  say: z
    .object(Object.fromEntries(phraseNames.map((name) => [name, z.string().min(2)])) as Record<PhraseName, z.ZodString>)
    .strict(),
  buttons: z
    .object(
      Object.fromEntries(
        buttonIds.map((id) => [
          id,
          z.strictObject({ label: z.string().max(40), also: z.array(z.string()).default([]) }),
        ]),
      ) as Record<ButtonId, z.ZodObject<{ label: z.ZodString; also: z.ZodDefault<z.ZodArray<z.ZodString>> }>>,
    )
    .strict(),
  roles: z
    .object(
      Object.fromEntries(roleNames.map((role) => [role, roleWordingSchema])) as Record<Role, typeof roleWordingSchema>,
    )
    .strict(),
  account_types: z.strictObject({
    root: z.string(),
    iam: z.string(),
    identity_center: z.string(),
    federated: z.string(),
  }),
  verify: z.strictObject({ none: z.string(), light: z.string(), full: z.string(), 'two-people': z.string() }),
  /** What is checked about a person, as its button says it; `approve` is what a second administrator does. */
  checks: z.strictObject({
    known: z.string().max(75),
    call_back: z.string().max(75),
    second_proof: z.string().max(75),
    recent_changes: z.string().max(75),
    approve: z.string().max(75),
  }),
  /** What is unusual about a request, for whoever may grant it. */
  risks: z.strictObject({
    urgency: z.string(),
    authority: z.string(),
    for_somebody_else: z.string(),
    wants_check_skipped: z.string(),
    repeated: z.string(),
    profile_changed: z.string(),
    name_with_instructions: z.string(),
  }),
  /** How a ticket ended, as whoever resolves it picks it. */
  outcomes: z.strictObject({
    solved: z.string().max(75),
    sent_to_aws: z.string().max(75),
    refused: z.string().max(75),
    duplicate: z.string().max(75),
    not_needed: z.string().max(75),
  }),
  /** How long a ticket may be laid aside. */
  snoozes: z.strictObject({
    '30m': z.string().max(75),
    '2h': z.string().max(75),
    morning: z.string().max(75),
    aws: z.string().max(75),
  }),
  /** Words people ask the meaning of. The bot explains, and goes on where it was. */
  glossary: z.array(z.strictObject({ terms: z.array(z.string()).min(1), means: z.string(), link: z.string() })),
  /** Label of the link to the page a rule rests on. */
  rule_source: z.string(),
  /** Written into a ticket when its employee says that it works. */
  solved_alone: z.string(),
  /** Title of a request that belongs to no scenario. */
  wants_person: z.string(),
  /** Stands on every ping: what the bot did not check about the person. */
  not_verified: z.string(),
  /** For each kind of secret: how it is called, and what to do about it. */
  secrets: z.record(z.enum(secretKinds), z.strictObject({ what: z.string(), advice: z.string() })),
  /** What the bot knows of a person, a line each; `{value}` is the fact. */
  about_me: z.strictObject({
    name: z.string(),
    type: z.string(),
    account: z.string(),
    words: z.string(),
    ticket: z.string(),
    kept: z.string(),
    review: z.string(),
    readers: z.string(),
    file: z.string(),
    closing: z.string(),
  }),
  /** The text for a form of AWS Support, a line each; `{value}` is the fact. */
  aws_text: z.strictObject({
    problem: z.string(),
    account: z.string(),
    account_unknown: z.string(),
    kind: z.string(),
    words: z.string(),
    tried: z.string(),
    /** What is asked of AWS, by form. */
    asks: z.strictObject({ 'aws-support:account-form': z.string(), 'aws-support:mfa-form': z.string() }),
    ready: z.string(),
  }),
  questions: z.record(z.string(), questionWordingSchema),
  /** Intents that head the menu, in order. */
  menu: z.array(z.string()),
});
export type Phrases = z.infer<typeof phrasesSchema>;

/** Everything in `intents/` except what the classifier learns from. */
export interface Content {
  scenarios: Scenario[];
  byIntent: Map<string, Scenario>;
  byName: Map<string, Scenario>;
  rules: Map<string, Rule>;
  links: Map<string, Link>;
  guides: Map<string, Guide>;
  phrases: Phrases;
  supportPlans: SupportPlans;
  /** Languages that are recognised but not served, by ISO code: the polite line and its name. */
  languages: Map<string, { name: string; line: string }>;
}
