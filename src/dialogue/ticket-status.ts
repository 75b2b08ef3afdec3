import type { PhraseName } from '../core/content';
import type { Ticket } from '../core/ticket';

/** How a request stands, as its employee reads it. */
export function statusOf({ state, seenAt }: Ticket): PhraseName {
  switch (state) {
    case 'claimed':
      return 'status-taken';
    case 'waiting_for_user':
      return 'status-your-turn';
    case 'waiting_for_aws':
      return 'status-aws';
    default:
      return seenAt === null ? 'status-received' : 'status-seen';
  }
}
