import type { Reading } from './features';
import type { Lexicon } from './lexicon';
import { type Holding, holdings } from './possession';

/** Words read as concepts, before anything is made of what they say together. */
interface Concepts {
  list: string[];
  /** Place of each concept's first word. */
  starts: number[];
  /** Concepts that a sign of a pause stands before. */
  breaks: Set<number>;
}

/** A list of words read with the lexicon: each phrase that has a synonym becomes its one word. @param breaks see `words` */
export function readingOf(lexicon: Lexicon, text: readonly string[], breaks: readonly number[] = []): Reading {
  const concepts = conceptsOf(lexicon, text, breaks);
  const { list } = concepts;
  const home = list.some((concept) => lexicon.home.has(concept));
  const marks: string[] = [];
  if (!home) for (const concept of list) if (lexicon.alone.has(concept)) marks.push(`alone_${concept}`);
  const alone = marks.length > 0 ? 1 : 0;
  const held = holdings(list, concepts.breaks);
  for (let i = 0; i < list.length; i++) if (held[i] === 'lost') marks.push(`lost_${list[i]}`);
  return {
    words: text,
    concepts: list.map((concept, i) => (held[i] === 'ok' ? `ok_${concept}` : concept)),
    letters: held.includes('ok') ? lettersOf(text, concepts, held) : text,
    marks,
    foreign: list.some((concept) => lexicon.foreign.has(concept)) ? 1 : 0,
    alone,
    tool: list.some((concept) => lexicon.tools.has(concept)) ? 1 : 0,
    ok: held.includes('ok') ? 1 : 0,
    lost: held.includes('lost') ? 1 : 0,
    clauses: concepts.breaks.size,
  };
}

function conceptsOf(lexicon: Lexicon, text: readonly string[], pauses: readonly number[]): Concepts {
  const concepts: Concepts = { list: [], starts: [], breaks: new Set() };
  let pause = 0;
  for (let i = 0; i < text.length; i++) {
    while (pause < pauses.length && (pauses[pause] as number) < i) pause++;
    if (pauses[pause] === i) concepts.breaks.add(concepts.list.length);
    const match = lexicon.synonyms.matchAt(text, i);
    concepts.list.push(match ? match.value : (text[i] as string));
    concepts.starts.push(i);
    if (match) i = match.end - 1;
  }
  return concepts;
}

/** What works would look like the problem to the letters, so its words are left out. */
function lettersOf(
  text: readonly string[],
  { starts }: Concepts,
  held: ReadonlyArray<Holding | undefined>,
): readonly string[] {
  return starts.flatMap((start, i) => (held[i] === 'ok' ? [] : text.slice(start, starts[i + 1] ?? text.length)));
}
