import type { TrainingRow } from '../../src/core/understanding';
import { crossValidated } from './cross-validated';
import { examine, type Vocabulary } from './examine';
import { comparePeers } from './peers';
import type { Row } from './rows';
import { type LabelledSet, publicSets } from './sets';

export type Measured = Awaited<ReturnType<typeof measure>>;

/** Every figure of docs/understanding.md. Takes some minutes; most of them go into the largest set and the peers. */
export async function measure(
  folder: string,
  shipped: readonly TrainingRow[],
  heldOut: readonly Row[],
  vocabulary: Vocabulary,
) {
  const { braun, clinc } = publicSets(folder);
  const { model, samples, result } = examine(shipped, heldOut, vocabulary);
  const sets = [];
  for (const set of [...braun, ...clinc]) sets.push(await examineSet(set, vocabulary));
  return {
    sets,
    shipped: {
      training_rows: shipped.length,
      held_out: result,
      cross_validated: crossValidated(shipped, model, samples),
    },
  };
}

async function examineSet({ name, train, test }: LabelledSet, vocabulary: Vocabulary) {
  const { per_intent: _, confusions: __, ...ours } = examine(train, test, vocabulary).result;
  return { name, training_rows: train.length, ours, peers: await comparePeers(train, test) };
}
