import { z } from 'zod';
import type { Address } from '../../core/message';
import type { Account, Deed } from './activity';
import { chatOf } from './keys';

/**
 * Everything that is needed to speak in a place later, from outside of any request. The service's own address is part
 * of it: Teams moves conversations between its services, so the newest one counts.
 */
const addressSchema = z.object({
  serviceUrl: z.string(),
  tenant: z.string(),
  scope: z.enum(['personal', 'groupChat', 'channel']),
  /** As messages are sent to it: in a channel with its thread. Null for a personal chat that is not open yet. */
  conversation: z.string().nullable(),
  /** The team whose members may read along; null where the conversation has its own. */
  team: z.string().nullable(),
  bot: z.string(),
  user: z.object({ id: z.string(), aadObjectId: z.string().nullable() }).nullable(),
  /** The bot was removed from there. */
  gone: z.boolean().optional(),
});
export type TeamsAddress = z.infer<typeof addressSchema>;
type Scope = TeamsAddress['scope'];

/** The address if it is one of ours; null for none, and for what another version may have kept. */
export function readAddress(address: Address | null): TeamsAddress | null {
  const parsed = addressSchema.safeParse(address);
  return parsed.success ? parsed.data : null;
}

/** Where something was done. */
export function addressOf(deed: Deed, tenant: string): TeamsAddress {
  const { serviceUrl, conversation, channelData, from, recipient } = deed;
  const scope = scopeOf(deed);
  const hasOwnMembers = channelData?.channel?.type === 'shared' || channelData?.channel?.type === 'private';
  return {
    serviceUrl,
    tenant,
    scope,
    conversation: conversation.id,
    team: scope === 'channel' && !hasOwnMembers ? (channelData?.team?.id ?? null) : null,
    bot: recipient.id,
    user: { id: from.id, aadObjectId: from.aadObjectId ?? null },
  };
}

function scopeOf({ conversation, channelData }: Deed): Scope {
  const { conversationType } = conversation;
  if (conversationType === 'personal' || conversationType === 'groupChat' || conversationType === 'channel')
    return conversationType;
  if (channelData?.channel?.id || channelData?.team?.id) return 'channel';
  return conversation.isGroup ? 'groupChat' : 'personal';
}

/** The same person alone. The chat is opened when there is something to say. */
export const alone = (address: TeamsAddress): TeamsAddress =>
  address.scope === 'personal' ? address : { ...address, scope: 'personal', conversation: null, team: null };

/** The place itself, without thread and person. */
export const wholePlace = (address: TeamsAddress): TeamsAddress => ({
  ...address,
  conversation: address.conversation && chatOf(address.conversation),
  user: null,
});

/** Who asks may have no entry in a directory; Teams' own id is all there is then. */
export const userKey = ({ aadObjectId, id }: Account): string => aadObjectId ?? id;
