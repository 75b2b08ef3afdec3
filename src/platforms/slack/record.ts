import type { Incoming } from '../../core/message';
import type { PlatformParts } from '../../core/platform';
import type { Arrival } from './arrival';
import type { Background } from './background';
import type { Homes } from './homes';
import type { Credentials } from './identity';
import type { LivePosts } from './live-posts';
import type { OpenTicket } from './open-ticket';
import type { Anchor, TypingSign } from './typing';
import type { WebClient } from './web-api';

export interface ReceiveParts
  extends Pick<PlatformParts, 'inbox' | 'memory' | 'reader' | 'words' | 'clock' | 'mask' | 'log' | 'refused'> {
  /** With a short time limit: a person waits for a modal to open. */
  client: WebClient;
  credentials: Credentials;
  homes: Homes;
  live: LivePosts;
  tickets: OpenTicket;
  typing: TypingSign;
  background: Background;
}

/**
 * Puts it into the inbox. When this resolves, Slack may be told that we have it.
 * @param anchor where a sign of typing may stand until the answer is there
 */
export async function record(
  { inbox, typing }: ReceiveParts,
  incoming: Incoming,
  anchor?: Anchor,
): Promise<'recorded' | 'duplicate'> {
  const result = await inbox.receive(incoming);
  if (result === 'recorded' && anchor) typing.expect(incoming.conversation, anchor);
  return result;
}

export const arrivalOf = ({ clock, mask, credentials }: ReceiveParts, botUser?: string | null): Arrival => ({
  at: clock.now(),
  mask,
  team: credentials.identity?.team ?? null,
  botUser: botUser ?? credentials.identity?.botUser ?? null,
});
