import { parentPort, workerData } from 'node:worker_threads';
import { loadContent } from './content/load';
import { readTrainingRows } from './content/training';
import type { TrainingRow } from './core/understanding';
import { type Exam, examine, type HeldOut } from './learning/exam';
import { readVocabulary } from './understanding';

export interface ExamTask {
  root: string;
  added: readonly TrainingRow[];
  heldOut: readonly HeldOut[];
}

/** How well understanding does without and with what would be added. */
export interface ExamResult {
  before: Exam;
  after: Exam;
  /** Held-out phrases that were taken rightly before, and are not after. */
  worse: { text: string; wanted: string; now: string }[];
}

/** Training twice takes several seconds; here it holds up no conversation. */
function compare({ root, added, heldOut }: ExamTask): ExamResult {
  const rows = readTrainingRows(root, loadContent(root).scenarios);
  const vocabulary = readVocabulary(root);
  const before = examine(rows, vocabulary, heldOut);
  const after = examine([...rows, ...added], vocabulary, heldOut);
  const isRight = ({ intent, also }: HeldOut, taken: string | null) =>
    taken !== null && [intent, ...also].includes(taken);
  const worse = heldOut.flatMap((phrase, index) => {
    const now = after.taken[index] ?? null;
    return isRight(phrase, before.taken[index] ?? null) && !isRight(phrase, now)
      ? [{ text: phrase.text, wanted: phrase.intent, now: now ?? 'not sure' }]
      : [];
  });
  return { before: before.exam, after: after.exam, worse };
}

parentPort?.postMessage(compare(workerData as ExamTask));
