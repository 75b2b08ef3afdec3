import { z } from 'zod';

const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'write a date as 2027-01-01');

/** `support-plans.yaml`: the plans the bot may name, each until the last day it exists. */
export const supportPlansSchema = z
  .strictObject({
    plans: z.record(
      z.string().regex(/^[a-z-]+$/),
      z.strictObject({
        name: z.string(),
        cases_by_api: z.boolean().optional(),
        last_day: isoDate.optional(),
        successor: z.string().optional(),
      }),
    ),
  })
  .superRefine(({ plans }, context) => {
    for (const [id, { successor }] of Object.entries(plans)) {
      if (successor && !plans[successor])
        context.addIssue({ code: 'custom', path: ['plans', id, 'successor'], message: `unknown plan "${successor}"` });
    }
  });
export type SupportPlans = z.infer<typeof supportPlansSchema>['plans'];

export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** How a plan is named on a day: with its end while that is ahead, by its successor once it is past. */
export function planOn(plans: SupportPlans, id: string, at: number): string {
  const plan = plans[id];
  if (!plan) return id;
  if (!plan.last_day) return plan.name;
  const successor = plan.successor ? plans[plan.successor]?.name : undefined;
  if (dayOf(at) <= plan.last_day)
    return `${plan.name} (until ${plan.last_day}${successor ? `, then ${successor} is offered` : ''})`;
  return successor
    ? `${successor} (successor of ${plan.name}; ask your billing team whether you moved)`
    : `${plan.name} (ended on ${plan.last_day})`;
}
