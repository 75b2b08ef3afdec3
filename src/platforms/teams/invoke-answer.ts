import type { Effect } from './presses';

/** What a POST is answered with. */
export interface Answer {
  status: number;
  body?: unknown;
}

export const done: Answer = { status: 200 };

/** Said below the card, to the person who pressed alone, until the card itself is changed for everybody. */
const gotIt = 'Got it. One moment …';

/**
 * The answer to a pressed `Action.Execute`. What a press changes is not in it: the outbox changes the message for
 * everybody a moment later, and a card in the answer would be shown first to one person and then once more to all.
 */
export function invokeAnswer(effect: Effect): Answer {
  switch (effect.kind) {
    case 'recorded':
      return answer('application/vnd.microsoft.activity.message', gotIt);
    case 'word':
      return answer('application/vnd.microsoft.activity.message', effect.words);
    case 'card':
      return answer('application/vnd.microsoft.card.adaptive', effect.card);
  }
}

const answer = (type: string, value: unknown): Answer => ({ status: 200, body: { statusCode: 200, type, value } });

/** The protocol's answer to an invoke that the bot does not know. */
export const unknownInvoke: Answer = { status: 501 };
