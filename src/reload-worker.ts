import { parentPort, workerData } from 'node:worker_threads';
import { ContentError, type Fault } from './content/faults';
import { loadContent } from './content/load';
import { readTrainingRows } from './content/training';
import type { Content } from './core/content';
import type { TrainingRow } from './core/understanding';
import { loadOrTrain } from './nlu';
import { readVocabulary, type Vocabulary } from './understanding';

/** What the worker is to read, and where it leaves the model, which is no plain data. */
export interface ReloadTask {
  root: string;
  modelFile: string;
}

/** All that was read in one go, so that content, rows and model belong together. */
export type ReloadResult =
  | { kind: 'read'; content: Content; rows: TrainingRow[]; vocabulary: Vocabulary }
  | { kind: 'faulty'; faults: readonly Fault[] };

/** Reading, checking and training take seconds; here they hold up no conversation. */
function read({ root, modelFile }: ReloadTask): ReloadResult {
  try {
    const content = loadContent(root);
    const vocabulary = readVocabulary(root);
    const rows = readTrainingRows(root, content.scenarios);
    const { file } = loadOrTrain({ rows, entities: vocabulary.entities, cacheFile: [modelFile] });
    if (file === null) throw new Error(`the trained model cannot be written to ${modelFile}`);
    return { kind: 'read', content, rows, vocabulary };
  } catch (error) {
    if (error instanceof ContentError) return { kind: 'faulty', faults: error.faults };
    throw error;
  }
}

parentPort?.postMessage(read(workerData as ReloadTask));
