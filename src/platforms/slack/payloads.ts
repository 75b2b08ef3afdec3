import { z } from 'zod';

/**
 * What we read of Slack's payloads; everything else in them is left alone, so that Slack may add to them. Names are
 * Slack's own.
 */

const files = z.array(z.object({ name: z.string().nullish() })).optional();

const wrapper = {
  team_id: z.string(),
  authorizations: z
    .array(z.object({ team_id: z.string().nullish(), user_id: z.string(), is_bot: z.boolean() }))
    .optional(),
  is_ext_shared_channel: z.boolean().optional(),
};

/** A message of a person as it stands in an event. */
const said = z.object({
  user: z.string().optional(),
  bot_id: z.string().nullish(),
  subtype: z.string().optional(),
  text: z.string().nullish(),
  ts: z.string(),
  thread_ts: z.string().optional(),
  user_team: z.string().nullish(),
  edited: z.object({ ts: z.string() }).optional(),
  files,
});
export type Said = z.infer<typeof said>;

const place = { channel: z.string(), channel_type: z.string().optional(), event_ts: z.string().optional() };

const changed = z.object({
  type: z.literal('message'),
  subtype: z.literal('message_changed'),
  ...place,
  message: said,
  previous_message: said.optional(),
});
const deleted = z.object({
  type: z.literal('message'),
  subtype: z.literal('message_deleted'),
  ...place,
  deleted_ts: z.string(),
  previous_message: said.optional(),
});
const written = said.extend({ type: z.literal('message'), ...place });

export const messageEvent = z.object({ ...wrapper, event: z.union([changed, deleted, written]) });
export type MessageEvent = z.infer<typeof messageEvent>;

export const mentionEvent = z.object({ ...wrapper, event: said.extend({ type: z.literal('app_mention'), ...place }) });
export type MentionEvent = z.infer<typeof mentionEvent>;

export const homeOpenedEvent = z.object({
  ...wrapper,
  event: z.object({
    type: z.literal('app_home_opened'),
    user: z.string(),
    channel: z.string(),
    tab: z.string().optional(),
    view: z.unknown().optional(),
  }),
});
export type HomeOpenedEvent = z.infer<typeof homeOpenedEvent>;

const user = z.object({
  id: z.string(),
  name: z.string().optional(),
  username: z.string().optional(),
  team_id: z.string().nullish(),
});
export type PayloadUser = z.infer<typeof user>;
const team = z.object({ id: z.string() }).nullish();

export const blockAction = z.object({
  user,
  team,
  trigger_id: z.string(),
  container: z.object({
    type: z.string(),
    message_ts: z.string().optional(),
    channel_id: z.string().optional(),
    thread_ts: z.string().optional(),
    is_ephemeral: z.boolean().optional(),
  }),
  message: z.object({ thread_ts: z.string().optional() }).optional(),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().optional() })).min(1),
});
export type BlockAction = z.infer<typeof blockAction>;

export const viewSubmission = z.object({
  type: z.literal('view_submission'),
  user,
  team,
  view: z.object({
    id: z.string(),
    private_metadata: z.string(),
    state: z.object({
      values: z.record(
        z.string(),
        z.record(
          z.string(),
          z.object({
            value: z.string().nullish(),
            selected_option: z.object({ value: z.string() }).nullish(),
            selected_user: z.string().nullish(),
          }),
        ),
      ),
    }),
  }),
});
export type ViewSubmission = z.infer<typeof viewSubmission>;

export const messageShortcut = z.object({
  user,
  team,
  trigger_id: z.string(),
  channel: z.object({ id: z.string() }),
  message: z.object({ text: z.string().nullish(), files }),
});
export type MessageShortcut = z.infer<typeof messageShortcut>;

export const slashCommand = z.object({
  command: z.string(),
  text: z.string().default(''),
  team_id: z.string(),
  user_id: z.string(),
  user_name: z.string().optional(),
  channel_id: z.string(),
  trigger_id: z.string(),
});
export type SlashCommand = z.infer<typeof slashCommand>;

export const tokenEvent = z.object({ event: z.object({ type: z.enum(['tokens_revoked', 'app_uninstalled']) }) });

const kinds = z.object({
  type: z.string().max(60).optional(),
  command: z.string().max(60).optional(),
  callback_id: z.string().max(60).optional(),
  event: z.object({ type: z.string().max(60).optional(), subtype: z.string().max(60).optional() }).optional(),
});

/** What kind of payload it is, for the log: names of Slack's, and nothing anybody wrote. */
export function describe(body: unknown): string {
  const { type, command, callback_id, event } = kinds.safeParse(body).data ?? {};
  return [type, command, callback_id, event?.type, event?.subtype].filter(Boolean).join(' ') || 'not a payload';
}
