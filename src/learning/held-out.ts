import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ContentError } from '../content/faults';
import { readYamlFile } from '../content/yaml-file';
import type { HeldOut } from './exam';

const schema = z.looseObject({
  intent: z.string(),
  phrases: z.array(z.looseObject({ text: z.string(), also: z.array(z.string()).optional() })),
});

/** The phrases that examine the bot and never teach it. None where the tests are not installed. */
export function readHeldOut(folder: string): HeldOut[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name) => {
      const file = readYamlFile(join(folder, name), `test/utterances/en/${name}`, schema);
      if (file.kind === 'faulty') throw new ContentError(file.faults);
      const { intent, phrases } = file.value;
      return phrases.map(({ text, also = [] }) => ({ text, intent, also }));
    });
}
