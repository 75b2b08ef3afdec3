import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { TrainingRow } from '../core/understanding';
import { commonWords } from './data/common-words';
import { buildLexicon, type EntitiesFile, type Lexicon } from './lexicon';
import { codeVersion, type Model, train } from './model';
import { deserialise, serialise } from './model-file';
import { shippedVectors } from './shipped-vectors';
import { trainingHash } from './training-hash';

export interface LoadOrTrainOptions {
  rows: readonly TrainingRow[];
  /** `trainingHash(rows)` when the caller has it already. */
  hash?: string;
  /** Where a model file may lie; read in this order. After training the first place that can be written gets it. */
  cacheFile?: readonly string[];
  /** `intents/entities.yaml`, whose synonyms training uses. */
  entities?: EntitiesFile | null;
}

export interface LoadedModel {
  model: Model;
  /** `trained` took seconds; `file` took milliseconds. */
  from: 'file' | 'trained';
  file: string | null;
}

/** The model of exactly these rows: from a file if one fits, otherwise trained, and kept for next time. Never throws over a cache. */
export function loadOrTrain({ rows, hash, cacheFile = [], entities = null }: LoadOrTrainOptions): LoadedModel {
  const key = modelHash(hash ?? trainingHash(rows), entities);
  const lexicon = buildLexicon(entities);
  for (const file of cacheFile) {
    const model = readModel(file, key, lexicon);
    if (model) return { model, from: 'file', file };
  }
  const model = train(rows, { lexicon, commonWords, vectors: shippedVectors() });
  const bytes = cacheFile.length > 0 ? serialise(model, key) : null;
  const file = bytes ? (cacheFile.find((path) => keep(path, bytes)) ?? null) : null;
  return { model, from: 'trained', file };
}

/** Everything that decides what training gives. */
export function modelHash(rowsHash: string, entities: EntitiesFile | null): string {
  return createHash('sha256')
    .update(`${codeVersion}\n${rowsHash}\n${JSON.stringify(entities)}\n${commonWords.join(' ')}`)
    .digest('hex');
}

function readModel(file: string, hash: string, lexicon: Lexicon): Model | null {
  try {
    return deserialise(readFileSync(file), hash, lexicon);
  } catch {
    return null;
  }
}

/** Written aside and renamed, so that no reader ever sees half a model. */
function keep(file: string, bytes: Buffer): boolean {
  const aside = `${file}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(aside, bytes);
    renameSync(aside, file);
    return true;
  } catch {
    try {
      rmSync(aside, { force: true });
    } catch {
      // The folder itself cannot be used; nothing was left behind.
    }
    return false;
  }
}
