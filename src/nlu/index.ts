/** The public face of understanding: what the composition root, content checks and scripts may use. */
export { type LanguagesFile, languagesSchema } from './language';
export { type EntitiesFile, entitiesSchema } from './lexicon';
export { type LoadedModel, type LoadOrTrainOptions, loadOrTrain, modelHash } from './load-or-train';
export type { Model } from './model';
export { trainingHash } from './training-hash';
export { createUnderstander, type UnderstanderOptions } from './understander';
