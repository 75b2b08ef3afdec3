import { type Decision, outOfScope, type TrainingRow } from '../core/understanding';
import { createUnderstander } from '../nlu';
import { decide, oursProbability, probability, type Sample } from '../nlu/confidence';
import { commonWords } from '../nlu/data/common-words';
import { buildLexicon } from '../nlu/lexicon';
import { train } from '../nlu/model';
import { shippedVectors } from '../nlu/shipped-vectors';
import type { Vocabulary } from '../understanding';

/** A phrase that nobody taught, with the intents it may be taken for. */
export interface HeldOut {
  text: string;
  intent: string;
  also: readonly string[];
}

export interface Marks {
  rows: number;
  /** Answered with the right intent, or rightly left alone. */
  right: number;
  /** Not sure, and asked. */
  asked: number;
  /** Answered with another intent. */
  wrong: number;
}

export interface Exam extends Marks {
  heldOut: Marks | null;
}

export interface Examined {
  exam: Exam;
  /** For each held-out phrase what it was taken for; null where it was asked or not understood. */
  taken: (string | null)[];
}

/**
 * Trains on the rows and tells how well that goes: on every written row by a model that never saw it (five or fewer
 * folds), and on phrases nobody taught where there are some.
 */
export function examine(rows: readonly TrainingRow[], vocabulary: Vocabulary, heldOut: readonly HeldOut[]): Examined {
  let samples: readonly Sample[] = [];
  const lexicon = buildLexicon(vocabulary.entities);
  const model = train(rows, { lexicon, commonWords, vectors: shippedVectors(), onSamples: (all) => (samples = all) });
  const folds = empty();
  for (const { row, evidence, first } of samples) {
    const { confidence } = model;
    const decision = decide(confidence, probability(confidence, evidence), oursProbability(confidence, evidence));
    const intent = decision === 'not_understood' ? outOfScope : (model.intents[first] ?? outOfScope);
    mark(folds, decision, intent, [rows[row]!.intent]);
  }
  const understander = createUnderstander(model, vocabulary);
  const marks = empty();
  const taken = heldOut.map(({ text, intent, also }) => {
    const understood = understander.understand(text);
    mark(marks, understood.decision, understood.intent, [intent, ...also]);
    return understood.decision === 'answer' ? understood.intent : null;
  });
  return { exam: { ...folds, heldOut: heldOut.length > 0 ? marks : null }, taken };
}

const empty = (): Marks => ({ rows: 0, right: 0, asked: 0, wrong: 0 });

function mark(marks: Marks, decision: Decision, intent: string, wanted: readonly string[]): void {
  marks.rows += 1;
  if (wanted.includes(intent) && decision !== 'clarify') marks.right += 1;
  else if (decision === 'answer') marks.wrong += 1;
  else marks.asked += 1;
}
