import type { Message } from './activity';
import { mentionsOf } from './activity';

/** Longer than anything a person types, short of what the body limit lets through. */
const MAX_TEXT = 16_000;

/** Whether the bot itself is addressed; only then it listens where others read along. */
export const mentionsBot = ({ entities, recipient }: Pick<Message, 'entities' | 'recipient'>): boolean =>
  mentionsOf(entities).some(({ mentioned }) => mentioned.id === recipient.id);

/** The words alone: without the bot's own name, and with the names of others as words. */
export function typedText({ text, entities, recipient }: Pick<Message, 'text' | 'entities' | 'recipient'>): string {
  let words = text ?? '';
  for (const { mentioned, text: tag } of mentionsOf(entities)) {
    const name = mentioned.id === recipient.id ? '' : (mentioned.name ?? tag.replace(/<\/?at[^>]*>/gi, ''));
    words = words.split(tag).join(name);
  }
  return words
    .replace(/<at[^>]*>(.*?)<\/at>/gis, '$1')
    .replace(/&nbsp;|\u00a0/g, ' ')
    .slice(0, MAX_TEXT)
    .trim();
}
