import { z } from 'zod';
import {
  button,
  checkboxes,
  conversationsSelect,
  datePicker,
  imageElement,
  multiStaticSelect,
  overflow,
  plainTextInput,
  radioButtons,
  staticSelect,
  usersSelect,
} from './block-kit-elements';
import { anyText, blockId, mrkdwnText, plainText, webAddress } from './block-kit-objects';
import { richText } from './block-kit-rich-text';
import { type Mentions, mrkdwnFaults } from './mrkdwn';
import type { Json } from './types';

/** A message's blocks as JSON; published nowhere, found by those who met `msg_blocks_too_long`. */
export const totalOfBlocks = 13_200;

const id = { block_id: blockId.optional() };

const section = z
  .strictObject({
    type: z.literal('section'),
    ...id,
    text: anyText(3000).optional(),
    fields: z.array(anyText(2000)).min(1).max(10).optional(),
    accessory: z
      .discriminatedUnion('type', [
        button,
        imageElement,
        staticSelect,
        multiStaticSelect,
        usersSelect,
        conversationsSelect,
        datePicker,
        overflow,
        checkboxes,
        radioButtons,
      ])
      .optional(),
    expand: z.boolean().optional(),
  })
  .refine(({ text, fields }) => text ?? fields, { message: 'needs text or fields' });

const header = z.strictObject({ type: z.literal('header'), ...id, text: plainText(150) });
const divider = z.strictObject({ type: z.literal('divider'), ...id });
const context = z.strictObject({
  type: z.literal('context'),
  ...id,
  elements: z
    .array(z.discriminatedUnion('type', [imageElement, plainText(3000), mrkdwnText(3000)]))
    .min(1)
    .max(10),
});
const actions = z.strictObject({
  type: z.literal('actions'),
  ...id,
  elements: z
    .array(
      z.discriminatedUnion('type', [
        button,
        staticSelect,
        usersSelect,
        conversationsSelect,
        datePicker,
        overflow,
        checkboxes,
        radioButtons,
      ]),
    )
    .min(1)
    .max(25),
});
const image = z.strictObject({
  type: z.literal('image'),
  ...id,
  image_url: webAddress,
  alt_text: z.string().min(1).max(2000),
  title: plainText(2000).optional(),
});
const input = z.strictObject({
  type: z.literal('input'),
  ...id,
  label: plainText(2000),
  element: z.discriminatedUnion('type', [
    plainTextInput,
    staticSelect,
    multiStaticSelect,
    usersSelect,
    conversationsSelect,
    datePicker,
    checkboxes,
    radioButtons,
  ]),
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
});

const block = z.discriminatedUnion('type', [section, header, divider, context, actions, image, input, richText]);

const idsIn = (it: unknown, name: string): string[] => {
  if (Array.isArray(it)) return it.flatMap((one) => idsIn(one, name));
  if (typeof it !== 'object' || it === null) return [];
  const own = (it as Json)[name];
  return [...(typeof own === 'string' ? [own] : []), ...Object.values(it).flatMap((one) => idsIn(one, name))];
};
const repeated = (ids: string[]): string[] => ids.filter((one, at) => ids.indexOf(one) !== at);

const blocksUpTo = (max: number) =>
  z
    .array(block)
    .max(max)
    .superRefine((blocks, context) => {
      for (const twice of repeated(idsIn(blocks, 'block_id')))
        context.addIssue({ code: 'custom', message: `block_id ${twice} is used twice` });
      for (const [at, one] of blocks.entries())
        for (const twice of repeated(idsIn(one, 'action_id')))
          context.addIssue({ code: 'custom', path: [at], message: `action_id ${twice} is used twice in a block` });
    });

const viewParts = {
  blocks: blocksUpTo(100),
  private_metadata: z.string().max(3000).optional(),
  callback_id: z.string().max(255).optional(),
  external_id: z.string().max(255).optional(),
};
const modal = z
  .strictObject({
    type: z.literal('modal'),
    ...viewParts,
    title: plainText(24),
    submit: plainText(24).optional(),
    close: plainText(24).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    submit_disabled: z.boolean().optional(),
  })
  .refine(({ blocks, submit }) => submit ?? !blocks.some(({ type }) => type === 'input'), {
    message: 'a modal with inputs needs submit',
  });
const home = z.strictObject({ type: z.literal('home'), ...viewParts });

const message = blocksUpTo(50);

/** In Slack's words and with its pointers: `must be less than 3001 characters [json-pointer:/blocks/0/text/text]`. */
function faultsOf(schema: z.ZodType, value: unknown, root: string): string[] {
  const told = ({ code, path, message: said, ...issue }: z.core.$ZodIssue): string => {
    const pointer = [root, ...path.map(String)].join('/');
    const limit = 'maximum' in issue ? Number(issue.maximum) : 0;
    const counted = 'origin' in issue && issue.origin === 'string' ? 'characters' : 'items';
    const words =
      code === 'too_big' && counted === 'characters'
        ? `must be less than ${limit + 1} characters`
        : code === 'too_big' && 'origin' in issue && issue.origin === 'array'
          ? `no more than ${limit} items allowed`
          : code === 'unrecognized_keys' && 'keys' in issue
            ? `unknown property ${String(issue.keys)}`
            : said;
    return `${words} [json-pointer:${pointer}]`;
  };
  return schema.safeParse(value).error?.issues.map(told) ?? [];
}

/** What Slack would refuse in a message's blocks; empty when nothing. */
export const messageBlockFaults = (blocks: unknown): string[] => faultsOf(message, blocks, '/blocks');

/** What Slack would refuse in a view. */
export const viewFaults = (view: unknown, type: 'modal' | 'home'): string[] =>
  faultsOf(type === 'modal' ? modal : home, view, '/view');

export const tooLong = (blocks: unknown): boolean => JSON.stringify(blocks).length > totalOfBlocks;

/** Faults of the texts inside valid blocks or views: what Slack takes, and people suffer from. */
export function textFaultsIn(it: unknown, allowed: Mentions, pointer: string): string[] {
  if (Array.isArray(it)) return it.flatMap((one, at) => textFaultsIn(one, allowed, `${pointer}/${at}`));
  if (typeof it !== 'object' || it === null) return [];
  const object = it as Json;
  const here = (fault: string): string => `${fault} [json-pointer:${pointer}]`;
  if (object.type === 'mrkdwn' && typeof object.text === 'string') return mrkdwnFaults(object.text, allowed).map(here);
  if (object.type === 'user' && typeof object.user_id === 'string' && !allowed.has(object.user_id))
    return [here(`unknown mention ${object.user_id}`)];
  return Object.entries(object).flatMap(([key, value]) => textFaultsIn(value, allowed, `${pointer}/${key}`));
}
