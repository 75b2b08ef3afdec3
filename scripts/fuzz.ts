import { parseArgs } from 'node:util';
import { fuzz } from '../test/security/fuzz/run';
import { targets } from '../test/security/fuzz/targets';
import { failWith } from './fail';

/** `npm run fuzz`: a million mutated inputs to every parser of the edge. `-- --inputs N --seed N`. Exit 1 on any crash. */
try {
  const { values } = parseArgs({
    options: {
      inputs: { type: 'string', default: '1000000' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    },
  });
  const [inputs, seed] = [Number(values.inputs), Number(values.seed)];
  const crashes = fuzz(inputs, seed);
  for (const { target, error, input } of crashes) console.error(`${target}: ${error}\n    input (base64): ${input}`);
  console.log(
    `${inputs.toLocaleString('en')} inputs to ${targets.length} parsers, seed ${seed}: ${crashes.length} crashes`,
  );
  if (crashes.length > 0) process.exitCode = 1;
} catch (error) {
  failWith(error);
}
