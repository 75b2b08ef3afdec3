import type { Content } from '../../src/core/content';
import { outOfScope } from '../../src/core/understanding';
import type { WordGroup } from '../../src/learning/alike';
import type { Exam, Marks } from '../../src/learning/exam';
import type { Lesson } from '../../src/teaching';

export const reasons = { not_understood: 'not understood', not_solved: 'did not help' } as const;

/** A group as a person reads it in a terminal. */
export function groupText({ suggested, words }: WordGroup, number: number, of: number): string {
  return [
    `Group ${number} of ${of}${suggested ? `, perhaps ${suggested}` : ''}`,
    ...words.map(({ id, text, reason, step }) => `  ${id}  ${text}   (${reasons[reason]}${step ? ` at ${step}` : ''})`),
  ].join('\n');
}

const share = (part: number, whole: number): string => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`);

const marksText = (when: string, { rows, right, asked, wrong }: Marks): string =>
  `    ${when.padEnd(7)} ${rows} phrases: ${share(right, rows)} right, ${share(asked, rows)} not sure, ${share(wrong, rows)} wrong`;

/** What a change would add and do, before anything is written. */
export function lessonText({ changes, before, after, worse }: Lesson): string {
  if (changes.length === 0) return 'Nothing is given to an intent that is not taught already.';
  const pair = (title: string, pick: (exam: Exam) => Marks | null): string[] => {
    const [one, two] = [pick(before), pick(after)];
    return one && two ? [`  ${title}`, marksText('before', one), marksText('after', two)] : [];
  };
  return [
    ...changes.flatMap(({ path, added }) => [`intents/${path}`, ...added.map((line) => `  + ${line}`)]),
    'Examined',
    ...pair('taught phrases, each by a model that never saw it', (exam) => exam),
    ...pair('phrases nobody taught', ({ heldOut }) => heldOut),
    ...worse.map(({ text, wanted, now }) => `  WORSE “${text}” is ${wanted}, and would be taken for ${now}`),
  ].join('\n');
}

/** What may stand where an intent is asked for. */
export function intentFault(content: Content, intent: string): string | null {
  if (intent === outOfScope || content.byIntent.has(intent)) return null;
  if (/^(?!act\.)[a-z]+\.[a-z_]+$/.test(intent)) return null;
  return `“${intent}” is no intent. Use one of ${[...content.byIntent.keys()].sort().join(', ')}, ${outOfScope} for what is not for us, or name a new one like network.vpn_needed.`;
}
