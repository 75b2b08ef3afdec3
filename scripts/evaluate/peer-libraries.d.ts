/** The parts of the compared libraries that are called; they bring no types for these paths. */
declare module 'natural/lib/natural/classifiers/bayes_classifier' {
  class BayesClassifier {
    addDocument(text: string, label: string): void;
    train(): void;
    getClassifications(text: string): Array<{ label: string; value: number }>;
  }
  export = BayesClassifier;
}
declare module 'natural/lib/natural/classifiers/logistic_regression_classifier' {
  import BayesClassifier = require('natural/lib/natural/classifiers/bayes_classifier');
  export = BayesClassifier;
}
declare module '@nlpjs/core' {
  export interface Container {
    use(part: unknown): void;
  }
  export function containerBootstrap(): Promise<Container>;
}
declare module '@nlpjs/lang-en-min' {
  export const LangEn: unknown;
}
declare module '@nlpjs/nlu' {
  import type { Container } from '@nlpjs/core';
  export class NluNeural {
    constructor(settings: { locale: string; container: Container; log: boolean });
    train(corpus: Array<{ utterance: string; intent: string }>): Promise<unknown>;
    process(text: string): Promise<{ classifications: Array<{ intent: string; score: number }> }>;
  }
}
