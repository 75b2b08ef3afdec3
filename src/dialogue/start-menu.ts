import type { Content } from '../core/content';
import type { Reply } from '../core/message';
import { button, phrase } from './wording';

/** Topics on one page of the menu. */
export const menuSize = 8;

/** Topics in the order of `phrases/`: what locks somebody out comes first; the rest by title. */
export function menuOrder(content: Content): Content['scenarios'] {
  const first = content.phrases.menu;
  const rank = (intent: string) => (first.includes(intent) ? first.indexOf(intent) : first.length);
  return [...content.scenarios].sort(
    (a, b) => rank(a.intent) - rank(b.intent) || a.wording.title.localeCompare(b.wording.title),
  );
}

/**
 * The greeting with the first topics, for places outside of a conversation. Its buttons work at any time, because a
 * topic names its scenario (`topic:<intent>`) and answers no question.
 */
export const startMenu = (content: Content): Reply =>
  phrase(content, 'greeting', {}, [
    ...menuOrder(content)
      .slice(0, menuSize)
      .map(({ intent, wording }) => ({ id: `topic:${intent}`, label: wording.title })),
    button(content, 'person'),
  ]);
