import { z } from 'zod';
import { commonWords } from './data/common-words';
import { clean, words } from './normalise';

/** Shape of `intents/languages.yaml`. */
export const languagesSchema = z.strictObject({
  version: z.literal(1),
  languages: z.array(
    z.strictObject({
      /** ISO 639-1. */
      code: z.string().length(2),
      name: z.string(),
      /** Common words of the language that English does not have; `en` lists English ones, as a counterweight. */
      words: z.array(z.string()).optional(),
      /** Unicode scripts that give the language away. */
      scripts: z.array(z.string()).optional(),
      /** Said to somebody who writes in this language. */
      line: z.string().optional(),
    }),
  ),
});
export type LanguagesFile = z.infer<typeof languagesSchema>;

/** Tells the language of a cleaned text: `en` unless it is clearly another. */
export type DetectLanguage = (cleaned: string, words: readonly string[]) => string;

export function createLanguageDetector(file: LanguagesFile | null): DetectLanguage {
  if (!file) return () => 'en';
  const votes = new Map<string, string[]>();
  const scripts: Array<{ code: string; pattern: RegExp }> = [];
  for (const { code, words: list = [], scripts: names = [] } of file.languages) {
    for (const word of new Set(list.flatMap((item) => words(clean(item)))))
      votes.set(word, [...(votes.get(word) ?? []), code]);
    if (names.length > 0)
      scripts.push({ code, pattern: new RegExp(`[${names.map((n) => `\\p{Script=${n}}`).join('')}]`, 'gu') });
  }
  return (cleaned, typed) => {
    const script = byScript(cleaned, scripts);
    if (script) return script;
    // What somebody quotes need not be in the language they speak.
    return byWords(cleaned.includes('"') ? words(cleaned.replace(quoted, ' ')) : typed, votes);
  };
}

const latin = /[a-z]/gi;
const quoted = /"[^"]*"/g;
const english = new Set(commonWords);
const ascii = /^[\x20-\x7e]*$/;

/** A sign of Chinese or Korean says as much as three letters; names alone do not make a language. */
function byScript(cleaned: string, scripts: ReadonlyArray<{ code: string; pattern: RegExp }>): string | null {
  if (ascii.test(cleaned)) return null;
  const letters = cleaned.match(latin)?.length ?? 0;
  for (const { code, pattern } of scripts) {
    const count = cleaned.match(pattern)?.length ?? 0;
    if (count >= 2 && count * 3 > letters) return code;
  }
  return null;
}

function byWords(typed: readonly string[], votes: ReadonlyMap<string, readonly string[]>): string {
  const counts = new Map<string, number>();
  let englishVotes = 0;
  let total = 0;
  for (const word of typed) {
    if (word.charCodeAt(0) < 58) continue;
    total++;
    const codes = votes.get(word);
    if (!codes) {
      if (english.has(word)) englishVotes += 0.35;
      continue;
    }
    if (codes.includes('en')) {
      englishVotes++;
      continue;
    }
    for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1 / Math.sqrt(codes.length));
  }
  // One short word may be anything.
  if (total === 1 && (typed[0] as string).length < 4) return 'en';
  let best = 'en';
  let most = 0;
  for (const [code, count] of counts) {
    if (count > most) {
      most = count;
      best = code;
    }
  }
  const enough = total <= 3 ? most >= total / 2 && englishVotes < 1 : most >= 1.6 && most / total >= 0.2;
  return most > 0 && enough && most > 1.5 * englishVotes ? best : 'en';
}
