import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import {
  actionId,
  confirmation,
  option,
  optionGroup,
  overflowOption,
  plainText,
  richOption,
  webAddress,
} from './block-kit-objects';

/** Interactive elements of Block Kit. Those this bot has no use for are left out, and so refused. */

const id = { action_id: actionId.optional() };
const confirm = { confirm: confirmation.optional() };
const focus = { focus_on_load: z.boolean().optional() };
const placeholder = { placeholder: plainText(150).optional() };

export const button = z.strictObject({
  type: z.literal('button'),
  ...id,
  ...confirm,
  text: plainText(75),
  url: webAddress.optional(),
  value: z.string().max(2000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: z.string().max(75).optional(),
});

interface Choices {
  options?: unknown[] | undefined;
  option_groups?: { options: unknown[] }[] | undefined;
  initial_option?: unknown;
  initial_options?: unknown[] | undefined;
}

/** Either options or groups; and what is chosen at first must be one of them, letter by letter. */
function checkChoices(menu: Choices, context: z.core.$RefinementCtx): void {
  if (Boolean(menu.options) === Boolean(menu.option_groups))
    context.addIssue({ code: 'custom', message: 'needs either options or option_groups' });
  const offered = menu.options ?? menu.option_groups?.flatMap(({ options }) => options) ?? [];
  const chosen = menu.initial_options ?? (menu.initial_option ? [menu.initial_option] : []);
  for (const choice of chosen)
    if (!offered.some((it) => isDeepStrictEqual(it, choice)))
      context.addIssue({ code: 'custom', message: 'initial option is not one of the options' });
}

const menuChoices = {
  options: z.array(option).min(1).max(100).optional(),
  option_groups: z.array(optionGroup).min(1).max(100).optional(),
};

export const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    ...id,
    ...confirm,
    ...focus,
    ...placeholder,
    ...menuChoices,
    initial_option: option.optional(),
  })
  .superRefine(checkChoices);

export const multiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    ...id,
    ...confirm,
    ...focus,
    ...placeholder,
    ...menuChoices,
    initial_options: z.array(option).min(1).optional(),
    max_selected_items: z.int().min(1).optional(),
  })
  .superRefine(checkChoices);

export const usersSelect = z.strictObject({
  type: z.literal('users_select'),
  ...id,
  ...confirm,
  ...focus,
  ...placeholder,
  initial_user: z.string().optional(),
});

export const conversationsSelect = z.strictObject({
  type: z.literal('conversations_select'),
  ...id,
  ...confirm,
  ...focus,
  ...placeholder,
  initial_conversation: z.string().optional(),
  default_to_current_conversation: z.boolean().optional(),
});

export const datePicker = z.strictObject({
  type: z.literal('datepicker'),
  ...id,
  ...confirm,
  ...focus,
  ...placeholder,
  initial_date: z.iso.date().optional(),
});

export const overflow = z.strictObject({
  type: z.literal('overflow'),
  ...id,
  ...confirm,
  options: z.array(overflowOption).min(1).max(5),
});

const fewOptions = { options: z.array(richOption).min(1).max(10) };

export const checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    ...id,
    ...confirm,
    ...focus,
    ...fewOptions,
    initial_options: z.array(richOption).min(1).optional(),
  })
  .superRefine(checkChoices);

export const radioButtons = z
  .strictObject({
    type: z.literal('radio_buttons'),
    ...id,
    ...confirm,
    ...focus,
    ...fewOptions,
    initial_option: richOption.optional(),
  })
  .superRefine(checkChoices);

export const plainTextInput = z
  .strictObject({
    type: z.literal('plain_text_input'),
    ...id,
    ...focus,
    ...placeholder,
    initial_value: z.string().max(3000).optional(),
    multiline: z.boolean().optional(),
    min_length: z.int().min(0).max(3000).optional(),
    max_length: z.int().min(1).max(3000).optional(),
    dispatch_action_config: z
      .strictObject({
        trigger_actions_on: z
          .array(z.enum(['on_enter_pressed', 'on_character_entered']))
          .min(1)
          .max(2),
      })
      .optional(),
  })
  .refine(({ initial_value = '', max_length = 3000 }) => initial_value.length <= max_length, {
    message: 'initial_value is longer than max_length',
  });

export const imageElement = z.strictObject({
  type: z.literal('image'),
  image_url: webAddress,
  alt_text: z.string().min(1).max(2000),
});
