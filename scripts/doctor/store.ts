import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { CodedError, errorCodes } from '../../src/core/errors';
import { check, type KnownFault } from './check';
import { isOfEarlierVersion } from './deployment';

/** The start's own word for each fault, so that both say the same. */
const asCoded = (code: keyof typeof errorCodes): KnownFault => ({
  kind: 'fault',
  fault: errorCodes[code].meaning,
  remedy: errorCodes[code].remedy,
});

/** Whether the embedded store opens. One that is not there yet is not made. */
export const store = check(
  'store',
  {
    'store-locked': asCoded('STORE_LOCKED'),
    'store-corrupt': asCoded('STORE_CORRUPT'),
    'store-unwritable': asCoded('STORE_UNWRITABLE'),
    'store-newer': asCoded('STORE_NEWER'),
  },
  async ({ storeFile: file, store: open }, report) => {
    if (file === null) return;
    if (!existsSync(file)) return report.ok('none yet; the first start makes it');
    if (isOfEarlierVersion(file))
      return report.ok(`${resolve(file)} was made by an earlier version; the next start brings it up to date`);
    try {
      const tickets = await (await open())?.tickets({ closed: false, limit: 1000 });
      report.ok(`${resolve(file)} opens; ${tickets?.length ?? 0} open tickets`);
    } catch (error) {
      const id = error instanceof CodedError ? byCode[error.code] : undefined;
      if (!id) throw error;
      report.found(id, `The file is ${resolve(file)}.`);
    }
  },
);

const byCode: Partial<
  Record<keyof typeof errorCodes, 'store-locked' | 'store-corrupt' | 'store-unwritable' | 'store-newer'>
> = {
  STORE_LOCKED: 'store-locked',
  STORE_CORRUPT: 'store-corrupt',
  STORE_UNWRITABLE: 'store-unwritable',
  STORE_NEWER: 'store-newer',
};
