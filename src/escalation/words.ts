import type { Content, PhraseName } from '../core/content';
import type { Reply, Span } from '../core/message';

/** A sentence of the engine. Values may be a person's words: they stay plain text. */
export function sentence(content: Content, name: PhraseName, values: Readonly<Record<string, string>>): Reply {
  const spans = content.phrases.say[name]
    .trim()
    .split(/(\{[a-z_]+\})/)
    .filter((part) => part !== '')
    .map((part): Span => ({ text: /^\{[a-z_]+\}$/.test(part) ? (values[part.slice(1, -1)] ?? part) : part }));
  return { name: `phrases/${name}`, say: [spans], buttons: [], links: [] };
}
