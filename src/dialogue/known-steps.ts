import type { Content } from '../core/content';
import type { Conversation } from '../core/conversation';
import type { Position } from '../core/navigate';

/**
 * The conversation without what the content no longer holds: content may change while people are in the middle of it. Who
 * stood on a step that is gone begins that scenario anew; who stood in a scenario that is gone is shown the topics.
 */
export function onKnownSteps(content: Content, conversation: Conversation): Conversation {
  const { position, earlier, trail, second, awaiting } = conversation;
  const isKnown = (place: Position) => content.byName.get(place.scenario)?.steps[place.step] !== undefined;
  const isTold = ({ step }: { step: string }) => {
    const at = step.indexOf('/');
    return isKnown({ scenario: step.slice(0, at), step: step.slice(at + 1) });
  };
  const staysTrue =
    (!position || isKnown(position)) &&
    earlier.every((place) => isKnown(place.position)) &&
    trail.every(isTold) &&
    (!second || content.byIntent.has(second.intent));
  if (staysTrue) return conversation;
  const scenario = position && content.byName.get(position.scenario);
  const moved =
    !position || isKnown(position) ? position : scenario ? { scenario: scenario.name, step: scenario.start } : null;
  return {
    ...conversation,
    position: moved,
    page: moved === position ? conversation.page : 0,
    awaiting: moved === position ? awaiting : { kind: 'nothing' },
    buttons: moved === position ? conversation.buttons : [],
    earlier: earlier
      .filter((place) => isKnown(place.position))
      .map((place) => ({ ...place, trail: place.trail.filter(isTold) })),
    trail: trail.filter(isTold),
    second: second && content.byIntent.has(second.intent) ? second : null,
  };
}
