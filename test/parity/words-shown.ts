import { type Line, plain } from '../../src/core/message';
import type { ChatLine } from '../../src/core/ports';
import type { Shown } from './stage';

type Answer = Exclude<ChatLine, { from: 'person' }>;

/** Blanks and invisible characters are each client's own affair. */
const bare = (text: string): string => text.replace(/[\s\u2060\u200b]+/g, '');

function linesOf(answer: Answer): Line[] {
  if (answer.from === 'admin') return [[{ text: answer.name }], [{ text: answer.text }]];
  const { say, steps, note, question } = answer.reply;
  return [...say, ...(steps?.items ?? []), ...(note ? [note] : []), ...(question ? [question] : [])];
}

/** The parts of these answers that none of the messages shows. */
export function missingWords(answers: readonly Answer[], messages: readonly Shown[]): string[] {
  const screen = messages.map(({ text }) => bare(text)).join('\n');
  return answers
    .flatMap(linesOf)
    .map(plain)
    .filter((text) => !screen.includes(bare(text)));
}
