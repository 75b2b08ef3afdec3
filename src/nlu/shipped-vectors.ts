import { WordVectors } from './word-vectors';

let vectors: WordVectors | undefined;

/** The vectors that come with the product. Read at the first training only: a model file carries its own. */
export function shippedVectors(): WordVectors {
  if (vectors) return vectors;
  const data: typeof import('./data/word-vectors') = require('./data/word-vectors');
  vectors = WordVectors.unpack(data.words, data.packed, data.dimensions);
  return vectors;
}
