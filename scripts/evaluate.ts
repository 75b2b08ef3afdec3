/**
 * `npm run -s evaluate -- --train FILE --test FILE`: trains the shipped classifier on any labelled JSONL and examines it;
 * `--test FILE` alone examines the shipped intents. Prints one JSON object; docs/understanding.md says what its fields mean.
 * `--peers` adds other classifiers in the same run, `--learning-curve` the accuracy with fewer rows, `--reliability FILE.svg`
 * draws how far confidence can be believed. `--measure FOLDER --test FILE` measures everything in docs/understanding.md, with
 * the public sets of a folder and held-out messages of our own, and writes it; `--page` writes it anew from the same figures.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadContent } from '../src/content/load';
import { readTrainingRows } from '../src/content/training';
import { checkedContent, intentsFolder, packageRoot } from '../src/package-files';
import { readVocabulary } from '../src/understanding';
import { crossValidated } from './evaluate/cross-validated';
import { examine } from './evaluate/examine';
import { learningCurve } from './evaluate/learning-curve';
import { reliabilityPlot } from './evaluate/plots';
import { readRows, UsageError } from './evaluate/rows';
import { writeUnderstanding } from './evaluate/write-understanding';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      train: { type: 'string' },
      test: { type: 'string' },
      peers: { type: 'boolean', default: false },
      'learning-curve': { type: 'boolean', default: false },
      reliability: { type: 'string' },
      measure: { type: 'string' },
      page: { type: 'boolean', default: false },
    },
  });
  if (values.page) {
    writeUnderstanding(packageRoot());
    return;
  }
  const root = intentsFolder();
  const vocabulary = readVocabulary(root);
  const shippedRows = () => readTrainingRows(root, loadContent(root, checkedContent()).scenarios);
  if (!values.test) throw new UsageError('--test FILE is missing. Use --test FILE, or --train FILE --test FILE.');
  const test = readRows(values.test, 'test');
  if (values.measure !== undefined) {
    const { measure }: typeof import('./evaluate/measure') = require('./evaluate/measure');
    const figures = await measure(values.measure, shippedRows(), test, vocabulary);
    writeUnderstanding(packageRoot(), figures);
    return;
  }
  const rows = values.train === undefined ? shippedRows() : readRows(values.train, 'train');
  const { model, samples, result } = examine(rows, test, vocabulary);
  // Compared libraries are installed for development only.
  const peers: typeof import('./evaluate/peers') | null = values.peers ? require('./evaluate/peers') : null;
  if (values.reliability)
    writeFileSync(values.reliability, reliabilityPlot('Confidence and truth', result.calibration));
  console.log(
    JSON.stringify({
      ...result,
      ...(values.train === undefined ? { cross_validated: crossValidated(rows, model, samples) } : {}),
      ...(peers ? { peers: await peers.comparePeers(rows, test) } : {}),
      ...(values['learning-curve'] ? { learning_curve: learningCurve(rows, test, vocabulary) } : {}),
    }),
  );
}

main().catch((error: unknown) => {
  const usage = error instanceof UsageError || (error instanceof TypeError && 'code' in error);
  console.error(usage ? (error as Error).message : error);
  process.exitCode = 1;
});
