import { LRUCache } from 'lru-cache';
import type { ButtonId, Content, Phrases } from '../core/content';
import type { Conversation } from '../core/conversation';
import type { Button } from '../core/message';
import { stepAt } from '../core/navigate';
import { isAsk, type QuestionWording } from '../core/scenario';
import type { Entities } from '../core/understanding';
import { questionWording } from './wording';

/** Words that carry no answer, dropped before comparing: "yes please", "well, the second one I guess". */
const fillers = new Set([
  'please',
  'pls',
  'plz',
  'thanks',
  'thank',
  'thx',
  'ty',
  'cheers',
  'you',
  'well',
  'hm',
  'hmm',
  'uh',
  'um',
  'ok',
  'okay',
  'so',
  'sorry',
  'i',
  'think',
  'guess',
  'believe',
  'suppose',
  'just',
  'its',
  'it',
  'is',
  'the',
  'a',
  'an',
  'my',
  'that',
  'one',
  'probably',
  'maybe',
  'im',
  'am',
  'option',
  'number',
  'answer',
  'would',
  'be',
  'say',
  'was',
  'as',
  'and',
  'sir',
  'mate',
  'hey',
  'oh',
  'ah',
]);

const ordinals: readonly (readonly string[])[] = [
  ['1', 'first', '1st', 'one', 'a', 'top'],
  ['2', 'second', '2nd', 'two', 'b', 'latter'],
  ['3', 'third', '3rd', 'three', 'c'],
  ['4', 'fourth', '4th', 'four', 'd'],
  ['5', 'fifth', '5th', 'five', 'e'],
  ['6', 'sixth', '6th', 'six'],
  ['7', 'seventh', '7th', 'seven'],
  ['8', 'eighth', '8th', 'eight'],
  ['9', 'ninth', '9th', 'nine'],
  ['10', 'tenth', '10th', 'ten'],
];

/** Lower case, no punctuation or accents of type; apostrophes vanish so that "im" and "I'm" are one. */
export const simplify = remembered((text) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’‘`´]/g, '')
    .replace(/[^\p{L}\p{N}\s.@/-]/gu, ' ')
    .replace(/[.]+(?=\s|$)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim(),
);

const words = (text: string): string[] => (text === '' ? [] : text.split(' '));
const bare = remembered((text) =>
  words(text)
    .filter((word) => !fillers.has(word))
    .join(' '),
);

/**
 * The same few hundred wordings are compared with everything that is typed, so what they come to is kept. Only short
 * texts are: nobody's long message stays in memory.
 */
function remembered(simpler: (text: string) => string): (text: string) => string {
  const known = new LRUCache<string, string>({ max: 5_000 });
  return (text) => {
    if (text.length > 60) return simpler(text);
    let simple = known.get(text);
    if (simple === undefined) {
      simple = simpler(text);
      known.set(text, simple);
    }
    return simple;
  };
}

/** Words as they are compared: simplified, and without fillers. */
interface Compared {
  simple: string;
  bare: string;
}

const compared = (text: string): Compared => {
  const simple = simplify(text);
  return { simple, bare: bare(simple) };
};

/** The same words, give or take fillers: "yes please" is "yes", but "no idea" is not "no". */
const isSame = (said: Compared, meant: Compared): boolean =>
  said.simple === meant.simple || (said.bare !== '' && said.bare === (meant.bare || meant.simple));

export const means = (text: string, phrase: string): boolean => isSame(compared(text), compared(phrase));

/** A fixed command or one of the buttons that exist everywhere, typed instead of pressed. */
export function typedButton(phrases: Phrases, text: string, among: readonly ButtonId[]): ButtonId | null {
  const said = compared(text);
  const exact = among.find((id) => wordings(phrases, id).some(({ simple }) => simple === said.simple));
  return exact ?? among.find((id) => wordings(phrases, id).some((way) => isSame(said, way))) ?? null;
}

/** Mere assent: as part of a longer text it asks for nothing. "The boss said just do it" is no request to ask somebody. */
const assent = new Set('do it that please pls sure ok okay go ahead yes'.split(' '));

/** "can i talk to a human pls", "yes please, ask them": a short text that holds one of the ways to say a button. */
export function holds(phrases: Phrases, text: string, id: ButtonId): boolean {
  const said = ` ${simplify(text)} `;
  if (words(said.trim()).length > 9) return false;
  return wordings(phrases, id).some(
    ({ simple }) => simple.includes(' ') && !words(simple).every((word) => assent.has(word)) && says(said, simple),
  );
}

/** By the button as content has it: new content brings new wordings. */
const knownWordings = new WeakMap<object, readonly Compared[]>();

function wordings(phrases: Phrases, id: ButtonId): readonly Compared[] {
  const button = phrases.buttons[id];
  let known = knownWordings.get(button);
  if (!known) {
    known = [button.label, ...button.also].map(compared);
    knownWordings.set(button, known);
  }
  return known;
}

interface Option {
  id: string;
  /** All ways to say it. */
  ways: string[];
}

/** The choices on offer, with every way to say them. */
function optionsOnOffer(content: Content, conversation: Conversation): Option[] {
  const { position, awaiting } = conversation;
  const ways = new Map<string, string[]>();
  if (position && (awaiting.kind === 'answer' || awaiting.kind === 'outcome')) {
    const { scenario, step } = stepAt(content, position);
    const wording = isAsk(step)
      ? questionWording(content, scenario, step.ask).answers
      : (scenario.wording.steps[position.step]?.choices ?? {});
    for (const [value, { label, also }] of Object.entries(wording))
      ways.set(`choose:${value}`, [label, value.replace(/_/g, ' '), ...also]);
  }
  return conversation.buttons
    .filter((button) => button.id.startsWith('choose:'))
    .map((button) => ({ id: button.id, ways: [button.label, ...(ways.get(button.id) ?? [])] }));
}

/** Which choice a typed text means: its label, a synonym, its place in the list, or a fact it contains. Null if none or several. */
export function typedChoice(
  content: Content,
  conversation: Conversation,
  text: string,
  corrected: string,
  entities: Entities,
): string | null {
  const options = optionsOnOffer(content, conversation);
  if (options.length === 0) return null;
  for (const said of [text, corrected].map(compared)) {
    const exact = options.filter((option) => option.ways.some((way) => simplify(way) === said.simple));
    if (exact.length === 1) return exact[0]!.id;
    const same = options.filter((option) => option.ways.some((way) => isSame(said, compared(way))));
    if (same.length === 1) return same[0]!.id;
  }
  // At a told step the numbers on show are its actions, so "1" is no choice there.
  const place = conversation.awaiting.kind === 'outcome' ? null : typedPlace(options, text);
  // "What is IAM?" asks; it does not answer.
  if (place === null && conversation.awaiting.kind === 'answer' && isQuestion(text)) return null;
  return (
    place ??
    byEntity(content, conversation, options, entities) ??
    contained(options, corrected) ??
    contained(options, text) ??
    sharesWord(conversation, options, corrected)
  );
}

/** "what is an iam user?", "what does mfa mean": the word asked about, or null. */
export function askedMeaning(text: string): string | null {
  const said = simplify(text);
  const [, is] = /^(?:what|whats)(?: is| are)?(?: an?| the| your)? (.+?)(?: again)?$/.exec(said) ?? [];
  const [, mean] = /^what does(?: an?| the)? (.+?) mean$/.exec(said) ?? [];
  return mean ?? is ?? null;
}

const asking = /^(?:what|whats|who|whos|whose|how|where|which|when|why|is|are|do|does|can|could|should|would)$/;

/** Begins as a question does, with more than a word behind it; "root?" is an answer said doubtfully. */
function isQuestion(text: string): boolean {
  const said = words(simplify(text));
  return said.length > 2 && asking.test(said[0]!);
}

/** "2", "the second one", "last". */
function typedPlace(options: readonly Option[], text: string): string | null {
  const said = words(simplify(text)).filter((word) => !fillers.has(word) || word === 'one' || word === 'a');
  const core = said.length > 1 ? said.filter((word) => word !== 'one' && word !== 'a') : said;
  if (core.length !== 1) return null;
  const word = core[0]!.replace(/\.$/, '');
  if (word === 'last' || word === 'bottom') return options[options.length - 1]!.id;
  const index = ordinals.findIndex((names) => names.includes(word));
  return options[index]?.id ?? null;
}

/** The slot the question fills was said in the text: "iam i think". */
function byEntity(
  content: Content,
  conversation: Conversation,
  options: readonly Option[],
  entities: Entities,
): string | null {
  if (!conversation.position || conversation.awaiting.kind !== 'answer') return null;
  const { step } = stepAt(content, conversation.position);
  if (!isAsk(step)) return null;
  const value = slotsOf(entities)[step.ask];
  return value !== undefined && options.some((option) => option.id === `choose:${value}`) ? `choose:${value}` : null;
}

const negations = new Set([
  'not',
  'never',
  'dont',
  'didnt',
  'doesnt',
  'havent',
  'hasnt',
  'hadnt',
  'isnt',
  'arent',
  'wasnt',
  'werent',
  'aint',
  'cant',
  'cannot',
  'couldnt',
  'wont',
  'wouldnt',
  'without',
  'neither',
  'nor',
]);
const bareAnswers = new Set(['yes', 'yep', 'no', 'nope']);
const notBare = new Set(['idea', 'clue', 'way', 'one', 'problem', 'matter', 'longer', 'more', 'such', 'thanks']);

/** Whether the words hold the phrase and do not deny it: "i have not checked" does not say "checked". @param said padded with blanks @param reach how many words before the phrase may deny it */
function says(said: string, phrase: string, reach = 3): boolean {
  const at = said.indexOf(` ${phrase} `);
  if (at < 0) return false;
  const before = words(said.slice(0, at).trim());
  const [next = ''] = words(said.slice(at + phrase.length + 2).trim());
  // A lone "no" answers only at the beginning, and "no clue" is no "no".
  if (bareAnswers.has(phrase)) return before.length === 0 && !notBare.has(next);
  return !before.slice(-reach).some((word) => negations.has(word)) && before.at(-1) !== 'no';
}

/** A short text that contains exactly one option's words; the longest match decides, so "no idea" beats "no". */
function contained(options: readonly Option[], text: string): string | null {
  const said = ` ${simplify(text)} `;
  if (words(said.trim()).length > 8) return null;
  const found = options.flatMap(({ id, ways }) => {
    const held = ways.map(simplify).filter((meant) => meant.length >= 2 && says(said, meant));
    return held.length > 0 ? [{ id, longest: held.reduce((a, b) => (b.length > a.length ? b : a)) }] : [];
  });
  const [best, ...others] = found.sort((a, b) => b.longest.length - a.longest.length);
  // "root or iam" names two; "no idea" names one, because its "no" is part of it.
  const several = others.some(
    ({ longest }) => !` ${best!.longest} `.includes(` ${longest} `) || longest === best!.longest,
  );
  return best && !several ? best.id : null;
}

const denies = (list: readonly string[]): boolean => list.some((word) => word === 'no' || negations.has(word));

/** To a question: a short text that shares a telling word with one answer only, "uhm the thing with email". */
function sharesWord(conversation: Conversation, options: readonly Option[], text: string): string | null {
  const said = words(simplify(text)).filter((word) => word.length > 2 && !fillers.has(word));
  if (conversation.awaiting.kind !== 'answer' || said.length > 6 || denies(said)) return null;
  const sharing = options.filter((option) =>
    option.ways.some((way) => {
      const meant = words(simplify(way));
      return !denies(meant) && meant.some((word) => !fillers.has(word) && said.includes(word));
    }),
  );
  return sharing.length === 1 ? sharing[0]!.id : null;
}

/** An answer given before its question was asked: words of two or more that only one answer has. Null if unclear. */
export function saidAnswer(wording: QuestionWording, values: readonly string[], text: string): string | null {
  const said = ` ${simplify(text)} `;
  const found = values.filter((value) => {
    const { label, also } = wording.answers[value]!;
    return [label, ...also].map(simplify).some((way) => way.includes(' ') && way.length >= 8 && says(said, way, 1));
  });
  return found.length === 1 ? found[0]! : null;
}

/** Facts found in words, as slots. */
export function slotsOf(entities: Entities): Record<string, string> {
  const slots: Record<string, string> = {};
  for (const [name, value] of Object.entries(entities)) {
    if (value === undefined) continue;
    if (name === 'identity_source' && value === 'managed_ad') slots[name] = 'active_directory';
    else slots[name] = typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
  }
  return slots;
}

export const onOffer = (conversation: Conversation, id: string): Button | undefined =>
  conversation.buttons.find((button) => button.id === id);
