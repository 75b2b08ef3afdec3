import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TrainingRow } from '../../src/core/understanding';
import { fewerRows } from './learning-curve';
import { type Row, readRows, UsageError } from './rows';

/** A public set with its official split, or fewer rows of it. */
export interface LabelledSet {
  name: string;
  train: TrainingRow[];
  test: Row[];
}

const braun = ['chatbot', 'askubuntu', 'webapplications'];

/** Braun et al. 2017 and CLINC150 from the files of a folder: one JSON object a line with text, intent and split. */
export function publicSets(folder: string): { braun: LabelledSet[]; clinc: LabelledSet[] } {
  const missing = [...braun, 'clinc150']
    .map((name) => join(folder, `${name}.jsonl`))
    .filter((file) => !existsSync(file));
  if (missing.length > 0)
    throw new UsageError(`missing: ${missing.join(', ')}. The page needs these public sets as JSONL.`);
  const read = (name: string): LabelledSet => {
    const file = join(folder, `${name}.jsonl`);
    return { name, train: readRows(file, 'train'), test: readRows(file, 'test') };
  };
  const { train, test } = read('clinc150');
  return {
    braun: braun.map(read),
    clinc: [
      ...[10, 30].map((most) => ({
        name: `CLINC150, ${most} rows an intent`,
        train: fewerRows(train, () => most),
        test,
      })),
      { name: 'CLINC150, all rows', train, test },
    ],
  };
}
