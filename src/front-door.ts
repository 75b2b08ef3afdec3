import { createHash } from 'node:crypto';
import type { Content } from './core/content';
import type { Incoming, Platform } from './core/message';
import type { Inbox, Outgoing, PlatformSender, Understander } from './core/ports';
import { sealed } from './core/sealed';
import { maskSecrets } from './core/secrets';
import type { Budgets } from './limits/budgets';

export interface FrontDoorParts {
  inbox: Inbox;
  content: () => Content;
  understander: Understander;
  budgets: Budgets;
  senders: ReadonlyMap<Platform, PlatformSender>;
  received(platform: string, kind: string): void;
  refused(platform: string, reason: string): void;
  warn(fields: object, message: string): void;
}

/** What every platform's input passes before it is written: secrets out, floods held back and told kindly. */
export function createFrontDoor(parts: FrontDoorParts): Inbox {
  const { inbox, budgets, received, refused } = parts;
  return {
    async receive(incoming) {
      const safe = sealed(incoming, maskSecrets, digestOf);
      const verdict = await budgets.take(safe, () => isUrgent(parts, safe));
      if (verdict === 'within') {
        const result = await inbox.receive(safe);
        if (result === 'recorded') received(safe.platform, safe.kind);
        return result;
      }
      refused(safe.platform, 'too many');
      if (verdict === 'first_over') void tell(parts, safe);
      // The platform must not send it again: who wrote it knows that it was not read.
      return 'duplicate';
    },
  };
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url');
const helpPresses = ['person', 'ask_admin'];
const longestLook = 500;

/** A problem that cannot wait, or the wish for a person; both at the price of one look by the classifier. */
function isUrgent({ content, understander }: FrontDoorParts, incoming: Incoming): boolean {
  if (incoming.kind === 'press') return helpPresses.includes(incoming.press);
  if (incoming.kind !== 'text' && incoming.kind !== 'edit') return false;
  const { intent, decision } = understander.understand(incoming.text.slice(0, longestLook));
  return decision !== 'not_understood' && content().byIntent.get(intent)?.severity === 'urgent';
}

async function tell({ content, senders, warn }: FrontDoorParts, incoming: Incoming): Promise<void> {
  const { platform, conversation, person, address = null, key } = incoming;
  const text = content().phrases.say['too-fast'];
  const say = { name: 'phrases/too-fast', say: [[{ text }]], buttons: [], links: [] };
  const notice: Extract<Outgoing, { kind: 'notice' }> = {
    kind: 'notice',
    platform,
    conversation,
    person,
    address,
    say,
  };
  try {
    await senders.get(platform)?.send(notice, `${key}/too-fast`, 1);
  } catch (error) {
    warn({ err: error, platform }, 'could not tell somebody that they write too fast');
  }
}
