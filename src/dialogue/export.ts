import type { Person, Reply } from '../core/message';
import { exportReply } from '../core/personal-data';
import type { Outcome } from './draft';
import type { TurnParts } from './turn-parts';
import { phrase } from './wording';

/** More of it is no reading for a chat. */
const longestExport = 40_000;
/** One message of every platform holds a reply of this length, also where each character takes several bytes. */
const longestReply = { characters: 6_000, paragraphs: 20 };
/** And each paragraph of it is shown whole. */
const longestParagraph = { characters: 1_000, lines: 20 };

/** Everything that is kept of the person, as JSON, before the words about it. */
export async function withExport(parts: TurnParts, person: Person, outcome: Outcome): Promise<Outcome> {
  const text = JSON.stringify(await parts.store.personalData(person.id), null, 2);
  if (text.length > longestExport) {
    const { buttons } = outcome.conversation;
    const size = text.length.toLocaleString('en');
    return { ...outcome, replies: [phrase(parts.content(), 'export-too-long', { size }, buttons)] };
  }
  return { ...outcome, replies: [...exportReplies(text), ...outcome.replies] };
}

/** The text in pieces that each platform shows whole; put one after the other they are the text again. */
export function exportReplies(text: string): Reply[] {
  const { characters, paragraphs } = longestReply;
  return packed(piecesOf(text), characters, paragraphs).map((some) => ({
    name: exportReply,
    say: some.map((piece) => [{ text: piece }]),
    buttons: [],
    links: [],
  }));
}

/** Parted at the ends of lines where there are any, and never within a character. */
function piecesOf(text: string): string[] {
  const { characters, lines } = longestParagraph;
  const short = new RegExp(`[^]{1,${characters}}(?![\\uDC00-\\uDFFF])`, 'g');
  const parts = text.split(/(?<=\n)/).flatMap((line) => line.match(short) ?? []);
  return packed(parts, characters, lines).map((some) => some.join(''));
}

/** In order, and each group as long as the two limits let it be. */
function packed(texts: readonly string[], mostCharacters: number, most: number): string[][] {
  const groups: string[][] = [];
  let size = 0;
  for (const text of texts) {
    const last = groups.at(-1);
    if (last && last.length < most && size + text.length <= mostCharacters) {
      last.push(text);
      size += text.length;
    } else {
      groups.push([text]);
      size = text.length;
    }
  }
  return groups;
}
