import { z } from 'zod';

/**
 * The part of the Adaptive Cards 1.5 schema that we use, as strict shapes: an element, action or property that is not
 * in it is a fault. Narrower than the published schema in one point, on purpose: text may stand in a TextRun only.
 */
const spacing = z.enum(['None', 'Small', 'Default', 'Medium', 'Large', 'ExtraLarge', 'Padding']);
const placed = {
  id: z.string().min(1).optional(),
  spacing: spacing.optional(),
  separator: z.boolean().optional(),
  isVisible: z.boolean().optional(),
};

const textRun = z.strictObject({
  type: z.literal('TextRun'),
  text: z.string().min(1),
  weight: z.enum(['Lighter', 'Default', 'Bolder']).optional(),
  size: z.enum(['Default', 'Small', 'Medium', 'Large', 'ExtraLarge']).optional(),
  color: z.enum(['Default', 'Dark', 'Light', 'Accent', 'Good', 'Warning', 'Attention']).optional(),
  isSubtle: z.boolean().optional(),
  fontType: z.enum(['Default', 'Monospace']).optional(),
});
const richTextBlock = z.strictObject({ type: z.literal('RichTextBlock'), ...placed, inlines: z.array(textRun).min(1) });
const inputText = z.strictObject({
  type: z.literal('Input.Text'),
  ...placed,
  id: z.string().min(1),
  label: z.string().min(1),
  isMultiline: z.boolean().optional(),
  maxLength: z.number().int().positive().optional(),
  placeholder: z.string().optional(),
  isRequired: z.boolean().optional(),
  errorMessage: z.string().optional(),
});

const inputChoices = z.strictObject({
  type: z.literal('Input.ChoiceSet'),
  ...placed,
  id: z.string().min(1),
  label: z.string().min(1),
  style: z.enum(['compact', 'expanded']).optional(),
  choices: z.array(z.strictObject({ title: z.string().min(1), value: z.string().min(1) })).min(1),
  value: z.string().optional(),
  placeholder: z.string().optional(),
  isRequired: z.boolean().optional(),
  errorMessage: z.string().optional(),
});

const data = z.record(z.string(), z.union([z.string(), z.number()]));
const title = z.string().min(1).max(75);
const submit = z.strictObject({ type: z.literal('Action.Submit'), title, data });
const execute = z.strictObject({
  type: z.literal('Action.Execute'),
  title,
  verb: z.string().min(1),
  data,
  style: z.enum(['default', 'positive', 'destructive']).optional(),
  fallback: submit,
});
const openUrl = z.strictObject({
  type: z.literal('Action.OpenUrl'),
  title,
  url: z.url({ protocol: /^https$/ }),
  tooltip: z.string(),
});
const toggle = z.strictObject({
  type: z.literal('Action.ToggleVisibility'),
  title,
  targetElements: z.array(z.string()).min(1),
});
const form = z.strictObject({
  type: z.literal('AdaptiveCard'),
  body: z.array(z.discriminatedUnion('type', [inputText, inputChoices])).min(1),
  actions: z.array(execute).min(1),
});
const showCard = z.strictObject({ type: z.literal('Action.ShowCard'), title, card: form });
const action = z.discriminatedUnion('type', [execute, openUrl, toggle, showCard]);
const actionSet = z.strictObject({ type: z.literal('ActionSet'), ...placed, actions: z.array(action).min(1).max(6) });

type Element = z.infer<typeof richTextBlock> | z.infer<typeof actionSet> | Nested;
interface Nested {
  type: 'Container' | 'ColumnSet';
}
const element: z.ZodType<Element> = z.lazy(() =>
  z.discriminatedUnion('type', [richTextBlock, actionSet, container, columnSet]),
);
const container = z.strictObject({
  type: z.literal('Container'),
  ...placed,
  items: z.array(element).min(1),
  style: z.enum(['default', 'emphasis', 'good', 'attention', 'warning', 'accent']).optional(),
});
const columnSet = z.strictObject({
  type: z.literal('ColumnSet'),
  ...placed,
  columns: z
    .array(
      z.strictObject({
        type: z.literal('Column'),
        width: z.union([z.enum(['auto', 'stretch']), z.string().regex(/^\d+px$/)]),
        items: z.array(element),
      }),
    )
    .min(1),
});

export const cardSchema = z.strictObject({
  type: z.literal('AdaptiveCard'),
  $schema: z.literal('http://adaptivecards.io/schemas/adaptive-card.json'),
  version: z.literal('1.5'),
  fallbackText: z.string().min(1),
  body: z.array(element).min(1),
  actions: z.array(action).min(1).max(6).optional(),
});

/** All pairs of property path and text in a card, the path without array positions: `body.inlines.text`. */
export function texts(value: unknown, path = ''): { path: string; type: string; text: string }[] {
  if (Array.isArray(value)) return value.flatMap((item) => texts(item, path));
  if (typeof value !== 'object' || value === null) return [];
  const type = 'type' in value ? String(value.type) : '';
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' ? [{ path: `${path}.${key}`, type, text: inner }] : texts(inner, `${path}.${key}`),
  );
}
