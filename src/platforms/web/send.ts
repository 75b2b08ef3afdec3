import { replyText } from '../../core/message';
import type { Destination, PlatformSender } from '../../core/ports';
import type { EventStreams } from './event-streams';

/** Nothing can fail here: the words are in the store, and a browser that is away reads them when it comes back. */
export const createSender = (streams: EventStreams): PlatformSender => ({
  async send(outgoing, key) {
    if (outgoing.kind === 'notice') streams.notice({ key, name: outgoing.person.name, text: replyText(outgoing.say) });
    else streams.chatChanged(outgoing.conversation);
    return { kind: 'sent' };
  },
});

/** The admins' half: always there, sees every ticket. */
export const createDesk = (streams: EventStreams): Destination => ({
  async ping({ ticket }) {
    streams.deskChanged(ticket);
    return { kind: 'sent' };
  },
});
