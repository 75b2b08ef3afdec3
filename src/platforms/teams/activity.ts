import { z } from 'zod';

/**
 * What Teams POSTs, as far as we read it. Everything else in an activity is dropped here: what is not named cannot be
 * relied on by accident.
 */
const id = z.string().min(1).max(1_000);
const name = z.string().nullish();

const accountSchema = z.object({
  id,
  name,
  /** The directory's id; people who are in no directory have none. */
  aadObjectId: id.nullish(),
  tenantId: id.nullish(),
  role: z.string().nullish(),
});
export type Account = z.infer<typeof accountSchema>;

const conversationSchema = z.object({
  id,
  conversationType: z.string().nullish(),
  tenantId: id.nullish(),
  isGroup: z.boolean().nullish(),
});

const channelDataSchema = z.object({
  tenant: z.object({ id: id.nullish() }).nullish(),
  team: z.object({ id: id.nullish() }).nullish(),
  channel: z.object({ id: id.nullish(), type: z.string().nullish() }).nullish(),
  eventType: z.string().nullish(),
});

/** Without these no request is an activity of Teams, whatever its kind. */
export const envelopeSchema = z.object({
  type: z.string().min(1).max(100),
  channelId: z.string().min(1).max(100),
  serviceUrl: z.string().min(1).max(2_000),
  conversation: conversationSchema.nullish(),
  channelData: channelDataSchema.nullish().catch(null),
});
export type Envelope = z.infer<typeof envelopeSchema>;

/** What somebody did somewhere. */
export const deedSchema = z.object({
  ...envelopeSchema.shape,
  id,
  timestamp: z.string().max(100).nullish(),
  from: accountSchema,
  recipient: accountSchema,
  conversation: conversationSchema,
});
export type Deed = z.infer<typeof deedSchema>;

const list = z
  .array(z.unknown())
  .max(500)
  .nullish()
  .transform((items) => items ?? []);
const accounts = z
  .array(accountSchema)
  .nullish()
  .transform((items) => items ?? []);

export const messageSchema = z.object({
  ...deedSchema.shape,
  text: z.string().nullish(),
  value: z.unknown().optional(),
  /** The message whose button was pressed. */
  replyToId: id.nullish(),
  entities: list,
  attachments: list,
});
export type Message = z.infer<typeof messageSchema>;

export const invokeSchema = z.object({
  ...deedSchema.shape,
  name: z.string().nullish(),
  value: z.unknown().optional(),
  replyToId: id.nullish(),
});

export const installationSchema = z.object({ ...deedSchema.shape, action: z.string().nullish() });
export const conversationUpdateSchema = z.object({
  ...deedSchema.shape,
  membersAdded: accounts,
  membersRemoved: accounts,
});

const mentionSchema = z.object({
  type: z.literal('mention'),
  mentioned: z.object({ id, name }),
  text: z.string().min(1).max(500),
});
export type Mention = z.infer<typeof mentionSchema>;

export const mentionsOf = (entities: readonly unknown[]): Mention[] =>
  entities.flatMap((entity) => {
    const parsed = mentionSchema.safeParse(entity);
    return parsed.success ? [parsed.data] : [];
  });

const attachmentSchema = z.object({ contentType: z.string().max(200), name: z.string().nullish() });

/** Names of files and pictures; what Teams adds by itself (the message as HTML, quoted messages, cards) is none. */
export const fileNamesOf = (attachments: readonly unknown[]): string[] =>
  attachments.flatMap((attachment) => {
    const parsed = attachmentSchema.safeParse(attachment);
    if (!parsed.success) return [];
    const { contentType, name: called } = parsed.data;
    if (contentType === 'application/vnd.microsoft.teams.file.download.info') return [called || 'file'];
    return contentType.startsWith('image/') ? [called || 'picture'] : [];
  });
