import { z } from 'zod';

/** Composition objects of Block Kit, with their published limits. Properties Slack does not know are refused. */

const length = (max: number) => z.string().min(1).max(max);

export const plainText = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: length(max), emoji: z.boolean().optional() });

export const mrkdwnText = (max: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: length(max), verbatim: z.boolean().optional() });

export const anyText = (max: number) => z.discriminatedUnion('type', [plainText(max), mrkdwnText(max)]);

export const blockId = length(255);
export const actionId = length(255);
export const webAddress = length(3000).regex(/^https?:\/\/\S+$/, 'must be an http or https address');

export const confirmation = z.strictObject({
  title: plainText(100),
  text: anyText(300),
  confirm: plainText(30),
  deny: plainText(30),
  style: z.enum(['primary', 'danger']).optional(),
});

const optionWith = <T extends z.ZodType>(text: T) =>
  z.strictObject({ text, value: length(150), description: plainText(75).optional() });

/** Of menus: plain text only. */
export const option = optionWith(plainText(75));
/** Of checkboxes and radio buttons: markup too. */
export const richOption = z.strictObject({
  text: anyText(75),
  value: length(150),
  description: anyText(75).optional(),
});
/** Of an overflow menu: may carry an address. */
export const overflowOption = z.strictObject({
  text: plainText(75),
  value: length(150),
  description: plainText(75).optional(),
  url: webAddress.optional(),
});

export const optionGroup = z.strictObject({ label: plainText(75), options: z.array(option).min(1).max(100) });
