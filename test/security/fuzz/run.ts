import { seededRandom } from '../../../src/core/seeded-random';
import { mutate } from './mutate';
import { type Target, targets } from './targets';

export interface Crash {
  target: string;
  error: string;
  /** As base64, so that it can be kept and played again. */
  input: string;
}

/**
 * Mutates valid inputs of every parser, and inputs that came of that, for `inputs` times in all. The same seed makes the
 * same inputs.
 */
export function fuzz(inputs: number, seed: number, only: readonly Target[] = targets): Crash[] {
  const random = seededRandom(seed);
  const crashes: Crash[] = [];
  const pools: Buffer[][] = only.map(({ seeds }) => seeds.map((text) => Buffer.from(text)));
  for (let n = 0; n < inputs && crashes.length < 20; n++) {
    const index = n % only.length;
    const target = only[index]!;
    const pool = pools[index]!;
    const bytes = mutate(pool[Math.floor(random() * pool.length)]!, random);
    // Some of what was made is made worse; valid inputs stay in the pool.
    if (random() < 0.05) pool[target.seeds.length + Math.floor(random() * 40)] ??= bytes;
    try {
      target.run(bytes);
    } catch (error) {
      crashes.push({ target: target.name, error: String(error).slice(0, 300), input: bytes.toString('base64') });
    }
    for (let hole = target.seeds.length; hole < pool.length; hole++) pool[hole] ??= bytes;
  }
  return crashes;
}
