import { z } from 'zod';
import { blockId, webAddress } from './block-kit-objects';

/** The rich text block. It has no published total; single texts are held to the 3,000 of a section. */

const style = z
  .strictObject({
    bold: z.boolean().optional(),
    italic: z.boolean().optional(),
    strike: z.boolean().optional(),
    code: z.boolean().optional(),
  })
  .optional();
const words = z.string().min(1).max(3000);

const text = z.strictObject({ type: z.literal('text'), text: words, style });
const link = z.strictObject({
  type: z.literal('link'),
  url: z.union([webAddress, z.string().regex(/^(mailto|tel):\S+$/)]),
  text: words.optional(),
  unsafe: z.boolean().optional(),
  style,
});
const emoji = z.strictObject({
  type: z.literal('emoji'),
  name: z.string().regex(/^[a-z0-9_+'-]+$/),
  unicode: z.string().optional(),
});
const user = z.strictObject({ type: z.literal('user'), user_id: z.string().regex(/^[UW][A-Z0-9]+$/), style });

const inline = z.array(z.discriminatedUnion('type', [text, link, emoji, user])).min(1);
const section = z.strictObject({ type: z.literal('rich_text_section'), elements: inline });
const border = z.union([z.literal(0), z.literal(1)]).optional();

export const richText = z.strictObject({
  type: z.literal('rich_text'),
  block_id: blockId.optional(),
  elements: z
    .array(
      z.discriminatedUnion('type', [
        section,
        z.strictObject({
          type: z.literal('rich_text_list'),
          style: z.enum(['bullet', 'ordered']),
          elements: z.array(section).min(1),
          indent: z.int().min(0).max(8).optional(),
          offset: z.int().min(0).optional(),
          border,
        }),
        z.strictObject({ type: z.literal('rich_text_quote'), elements: inline, border }),
        z.strictObject({
          type: z.literal('rich_text_preformatted'),
          elements: z.array(z.discriminatedUnion('type', [text, link])).min(1),
          border,
        }),
      ]),
    )
    .min(1),
});
