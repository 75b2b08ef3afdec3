import { z } from 'zod';
import { roleSchema } from './escalation';

const stepName = z
  .string()
  .regex(/^[a-z0-9-]+(\/[a-z0-9-]+)*$/, 'step names are lower-case words with dashes and slashes');
const value = z.string().regex(/^[a-z0-9_]+$/, 'values are lower-case words with underscores');
const set = z.record(z.string(), z.string());

/** Where an answer leads: a step of this scenario, or (`go`) the start of another one, perhaps noting facts on the way. */
export const targetSchema = z.union([
  stepName,
  z.strictObject({ to: stepName, set: set.optional() }),
  z.strictObject({ go: z.string(), set: set.optional() }),
]);
export type Target = z.infer<typeof targetSchema>;

/** Leads past a step when all the named slots have these values already. */
const insteadSchema = z.array(z.strictObject({ if: set, then: targetSchema })).min(1);

/** A question. Skipped when the slot is already known and its value is among the answers. */
export const askStepSchema = z.strictObject({
  ask: value,
  instead: insteadSchema.optional(),
  rule: z.string().optional(),
  answers: z
    .record(value, targetSchema)
    .refine((a) => Object.keys(a).length >= 2, 'a question needs at least two answers'),
});

/**
 * Something told: what to do, with "did this help?" behind it. `offer` puts somebody who can help on the step:
 * a person of the company (the bot pings them) or a party outside (the bot prepares the form).
 */
export const tellStepSchema = z.strictObject({
  /** The rows of `escalation.yaml` that judge this step; what any of them forbids is forbidden. */
  rule: z.union([z.string(), z.array(z.string()).min(1)]),
  links: z.array(z.string()).min(1),
  offer: roleSchema.optional(),
  /** What is to do here only prepares for that person: the step ends in "shall I ask them?", and "yes" asks them. */
  prepares: z.literal(true).optional(),
  guide: z.string().optional(),
  /** Who is meant when the person says "a person please" here; by default the `offer`, else the scenario's. */
  person: roleSchema.optional(),
  /** Known facts that lead somewhere else at once, e.g. an error text the person quoted. */
  instead: insteadSchema.optional(),
  /** Extra buttons, by value. */
  choices: z.record(value, targetSchema).default({}),
  /** Where "that did not help" leads. Without it the offer (or the person) is next. */
  then: targetSchema.optional(),
});

export const stepSchema = z.union([askStepSchema, tellStepSchema]);
export type AskStep = z.infer<typeof askStepSchema>;
export type TellStep = z.infer<typeof tellStepSchema>;
export type Step = AskStep | TellStep;
export const isAsk = (step: Step): step is AskStep => 'ask' in step;

export const scenarioSchema = z.strictObject({
  intent: z.string().regex(/^[a-z]+\.[a-z_]+$/),
  owner: z.string(),
  /** Fallback for "a person please" where a step names nobody. */
  person: roleSchema,
  severity: z.enum(['normal', 'urgent']).default('normal'),
  /** Many people may meet it at once for one reason: then the people who can help are called once for all of them. */
  may_be_outage: z.boolean().default(false),
  start: stepName,
  steps: z.record(stepName, stepSchema),
});
export type ScenarioData = z.infer<typeof scenarioSchema>;

const answerWording = z.strictObject({
  label: z.string().min(1).max(40),
  /** Other ways people say it, for typed answers. */
  also: z.array(z.string()).default([]),
});
export const questionWordingSchema = z.strictObject({
  ask: z.string().min(5),
  why: z.string().optional(),
  answers: z.record(value, answerWording),
});
export type QuestionWording = z.infer<typeof questionWordingSchema>;

export const tellWordingSchema = z.strictObject({
  /** Sentences shown first, when the company's fact is known and the person is a member. `{value}` is the fact. */
  known: z.record(z.string(), z.string()).default({}),
  say: z.string().min(5),
  /** A few words for "already tried" on a ping. */
  title: z.string().min(3).max(80),
  /** Numbered actions; long lists are paged behind "next". */
  do: z.array(z.string()).default([]),
  note: z.string().optional(),
  why: z.string().optional(),
  choices: z.record(value, answerWording).default({}),
});
export type TellWording = z.infer<typeof tellWordingSchema>;

/** `<lang>.yaml` of a scenario. */
export const scenarioWordingSchema = z.strictObject({
  title: z.string().min(5).max(60),
  summary: z.string().min(10),
  questions: z.record(value, questionWordingSchema).default({}),
  steps: z.record(stepName, tellWordingSchema),
});
export type ScenarioWording = z.infer<typeof scenarioWordingSchema>;

/** A scenario with its wording, as the dialogue uses it. `name` is its folder. */
export interface Scenario extends ScenarioData {
  name: string;
  wording: ScenarioWording;
}
