import { containerBootstrap } from '@nlpjs/core';
import { LangEn } from '@nlpjs/lang-en-min';
import { NluNeural } from '@nlpjs/nlu';

import BayesClassifier = require('natural/lib/natural/classifiers/bayes_classifier');
import LogisticRegressionClassifier = require('natural/lib/natural/classifiers/logistic_regression_classifier');

import { outOfScope, type TrainingRow } from '../../src/core/understanding';
import { milliseconds, percentile, share } from './numbers';
import type { Row } from './rows';

export interface PeerFigures {
  forced_accuracy: number | null;
  train_ms: number;
  p50_ms: number | null;
  p99_ms: number | null;
}

interface Peer {
  train(rows: readonly TrainingRow[]): Promise<void> | void;
  best(text: string): Promise<string> | string;
}

/** Its time grows with rows times words times intents; beyond this it takes minutes. */
const mostRowsForLogisticRegression = 120;

function natural(Classifier: typeof BayesClassifier): Peer {
  const classifier = new Classifier();
  return {
    train(rows) {
      for (const { text, intent } of rows) classifier.addDocument(text, intent);
      classifier.train();
    },
    best: (text) => classifier.getClassifications(text)[0]?.label ?? '',
  };
}

async function nlpjs(): Promise<Peer> {
  const container = await containerBootstrap();
  container.use(LangEn);
  const nlu = new NluNeural({ locale: 'en', container, log: false });
  return {
    train: async (rows) => {
      await nlu.train(rows.map(({ text, intent }) => ({ utterance: text, intent })));
    },
    best: async (text) => (await nlu.process(text)).classifications[0]?.intent ?? '',
  };
}

async function measure(peer: Peer, rows: readonly TrainingRow[], test: readonly Row[]): Promise<PeerFigures> {
  const before = performance.now();
  await peer.train(rows);
  const trainMs = performance.now() - before;
  const times: number[] = [];
  let right = 0;
  for (const { text, intent, also } of test) {
    const from = process.hrtime.bigint();
    const found = await peer.best(text);
    times.push(Number(process.hrtime.bigint() - from) / 1e6);
    if (found === intent || also?.includes(found)) right++;
  }
  return {
    forced_accuracy: share(right, test.length),
    train_ms: milliseconds(trainMs),
    p50_ms: percentile(times, 0.5),
    p99_ms: percentile(times, 0.99),
  };
}

/** What others make of the same in-scope rows. natural's logistic regression is null where it would not finish. */
export async function comparePeers(all: readonly TrainingRow[], test: readonly Row[]) {
  const rows = all.filter((row) => row.intent !== outOfScope);
  const inside = test.filter((row) => row.intent !== outOfScope);
  return {
    natural_bayes: await measure(natural(BayesClassifier), rows, inside),
    natural_logistic_regression:
      rows.length <= mostRowsForLogisticRegression
        ? await measure(natural(LogisticRegressionClassifier), rows, inside)
        : null,
    nlpjs: await measure(await nlpjs(), rows, inside),
  };
}
