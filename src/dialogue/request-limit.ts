import type { Outcome } from './draft';
import type { TurnParts } from './turn-parts';
import { button, phrase } from './wording';

/** So many requests to people within an hour; what is urgent always gets through. */
const mostRequests = 5;
const hourMs = 3_600_000;

/** The outcome as it is, or, from somebody who has sent too many requests already, with a kind word in place of another. */
export async function withinLimit(parts: TurnParts, conversation: string, outcome: Outcome): Promise<Outcome> {
  const { open } = outcome;
  if (!open || open.details.severity === 'urgent') return outcome;
  const before = await parts.store.tickets({ closed: true, limit: mostRequests, conversation });
  const fifth = before[mostRequests - 1];
  if (!fifth || fifth.createdAt <= parts.clock.now() - hourMs) return outcome;
  const buttons = [button(parts.content(), 'start_over')];
  return {
    ...outcome,
    open: null,
    conversation: { ...outcome.conversation, awaiting: { kind: 'nothing' }, buttons },
    replies: [phrase(parts.content(), 'too-many-requests', {}, buttons)],
  };
}
