import { z } from 'zod';
import { cardFaults, type Known } from './card-rules';

/** Teams' strictest published limit of a message, as the whole JSON of the activity. */
export const MESSAGE_LIMIT_BYTES = 28 * 1024;
export const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';

const account = z.strictObject({
  id: z.string().min(1),
  name: z.string().optional(),
  aadObjectId: z.string().optional(),
  role: z.string().optional(),
});
const mentionEntity = z.strictObject({
  type: z.literal('mention'),
  mentioned: z.strictObject({ id: z.string().min(1), name: z.string().min(1) }),
  text: z.string().regex(/^<at>.+<\/at>$/),
});
const attachment = z.strictObject({ contentType: z.literal(ADAPTIVE_CARD), content: z.looseObject({}) });
const conversation = z.strictObject({
  id: z.string().min(1),
  name: z.string().optional(),
  isGroup: z.boolean().optional(),
  conversationType: z.enum(['personal', 'groupChat', 'channel']).optional(),
  tenantId: z.string().optional(),
  aadObjectId: z.string().optional(),
});
const channelData = z.strictObject({
  tenant: z.strictObject({ id: z.string() }).optional(),
  team: z.looseObject({ id: z.string() }).optional(),
  channel: z.looseObject({ id: z.string() }).optional(),
  notification: z.strictObject({ alert: z.boolean() }).optional(),
});

const envelope = {
  id: z.string().optional(),
  channelId: z.literal('msteams').optional(),
  serviceUrl: z.string().optional(),
  locale: z.string().optional(),
  from: account.optional(),
  recipient: account.optional(),
  conversation: conversation.optional(),
  replyToId: z.string().optional(),
  inputHint: z.enum(['acceptingInput', 'ignoringInput', 'expectingInput']).optional(),
  channelData: channelData.optional(),
};
const typing = z.strictObject({ type: z.literal('typing'), ...envelope });
const message = z.strictObject({
  type: z.literal('message'),
  ...envelope,
  text: z.string().optional(),
  textFormat: z.enum(['plain', 'markdown']).optional(),
  summary: z.string().min(1).optional(),
  importance: z.enum(['low', 'normal', 'high', 'urgent']).optional(),
  attachmentLayout: z.enum(['list', 'carousel']).optional(),
  attachments: z.array(attachment).max(10).optional(),
  entities: z.array(mentionEntity).optional(),
});
const schema = z.discriminatedUnion('type', [typing, message]);

export type OutgoingMessage = z.infer<typeof message>;
export type Outgoing = z.infer<typeof schema>;

/** Where an activity is said to go, and who is there. */
export interface Setting extends Known {
  serviceUrl: string;
  botId: string;
  /** Ids that `conversation.id` may have. */
  conversationIds: string[];
  isPerson(id: string): boolean;
  /** False where only the shape of activities counts. */
  checksContent: boolean;
  /** What may stand in text though it is Markdown or HTML. */
  markupAllowed: RegExp[];
}

export type Checked = { activity: Outgoing; faults: string[] } | { activity: null; faults: string[] };

/** Checks what the bot wants to send. Without an activity it is so wrong that nothing can be shown. */
export function checkOutgoing(json: unknown, setting: Setting): Checked {
  const parsed = schema.safeParse(json);
  if (!parsed.success) return { activity: null, faults: parsed.error.issues.map(issueText) };
  const activity = parsed.data;
  const faults = [...addressFaults(activity, setting)];
  if (activity.type === 'message' && setting.checksContent) faults.push(...contentFaults(activity, setting));
  return { activity, faults };
}

const issueText = ({ path, message: text }: z.core.$ZodIssue): string => `activity.${path.join('.')}: ${text}`;

function addressFaults(activity: Outgoing, setting: Setting): string[] {
  const { conversation: where, from, recipient, serviceUrl } = activity;
  return [
    ...(where && !setting.conversationIds.includes(where.id)
      ? [`activity.conversation.id is ${where.id}, but the address says ${setting.conversationIds[0] ?? '?'}`]
      : []),
    ...(from && from.id !== setting.botId ? [`activity.from is ${from.id}, not the bot`] : []),
    ...(recipient && !setting.isPerson(recipient.id)
      ? [`activity.recipient is ${recipient.id}, who is nobody here`]
      : []),
    ...(serviceUrl && serviceUrl !== setting.serviceUrl ? [`activity.serviceUrl is ${serviceUrl}`] : []),
  ];
}

function contentFaults(activity: OutgoingMessage, setting: Setting): string[] {
  const { text = '', attachments = [], summary } = activity;
  return [
    ...(text && attachments.length
      ? ['text and attachment in one activity: Teams splits them, and the id is lost']
      : []),
    ...(text.trim() || attachments.length ? [] : ['a message without anything in it']),
    ...(attachments.length && !summary?.trim() ? ['a card without a summary: nothing of it is readable as text'] : []),
    ...markupFaults(activity, setting.markupAllowed),
    ...mentionFaults(activity, setting),
    ...attachments.flatMap(({ content }) => cardFaults(content, setting)),
  ];
}

const mentionTag = /<at>.*?<\/at>/g;
const markup: readonly [RegExp, string][] = [
  [/<\/?[a-z][^>]*>/i, 'an HTML tag'],
  [/!?\[[^\]]+\]\([^)\s]+[^)]*\)/, 'a Markdown link'],
  [/(\*\*|__|~~)(?=\S).+?\1/s, 'Markdown emphasis'],
  [/(?<![\w*])\*(?=\S)[^*\n]+\*(?![\w*])|(?<![\w_])_(?=\S)[^_\n]+_(?![\w_])/, 'Markdown emphasis'],
  [/`[^`]+`/, 'Markdown code'],
  [/^ {0,3}(#{1,6}|>|[-*+]|\d+\.)\s/m, 'a Markdown heading, quotation or list'],
  [/&(?:#\d+|[a-z]+);/i, 'an HTML entity'],
];

/** Text that Teams would format: words of a person must never become a link or lose their stars. */
function markupFaults({ text = '', textFormat }: OutgoingMessage, allowed: RegExp[]): string[] {
  if (textFormat === 'plain') return [];
  const rest = allowed.reduce((left, pattern) => left.replace(pattern, ''), text.replace(mentionTag, ''));
  return markup
    .filter(([pattern]) => pattern.test(rest))
    .map(
      ([, what]) =>
        `text would be read as Markdown (${what}); say textFormat “plain”: ${JSON.stringify(text.slice(0, 80))}`,
    );
}

function mentionFaults({ text = '', entities = [] }: OutgoingMessage, setting: Setting): string[] {
  const tags: string[] = text.match(mentionTag) ?? [];
  const declared = entities.map((entity) => entity.text);
  return [
    ...tags.filter((tag) => !declared.includes(tag)).map((tag) => `${tag} in the text without a mention entity`),
    ...declared
      .filter((tag) => !tags.includes(tag))
      .map((tag) => `a mention entity ${tag} that the text does not hold`),
    ...entities
      .filter(({ mentioned }) => !setting.isMember(mentioned.id))
      .map(({ mentioned }) => `mentions ${mentioned.name} (${mentioned.id}), who is nobody here`),
  ];
}
